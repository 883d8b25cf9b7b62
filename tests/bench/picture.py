"""The picture of docs/performance.md: how far each figure is from its aim."""

from collections.abc import Sequence
from pathlib import Path

from tests.bench.figures import Figure

MET, MISSED = "#2e7d32", "#c62828"
WORST = 100.0
"""A figure that was not reached at all is drawn as this many times its aim."""


def draw(figures: Sequence[Figure], path: Path) -> None:
    """A bar a figure that has an aim: up to the line is met, beyond it is not."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "tersapa"  # the same figures make the same file
    from matplotlib import pyplot

    judged = [figure for figure in figures if figure.met is not None][::-1]
    canvas, axes = pyplot.subplots(figsize=(10, max(2.0, 0.3 * len(judged) + 1)))
    shares = [_share(figure) for figure in judged]
    rows = range(len(judged))
    axes.barh(rows, shares, color=[MET if figure.met else MISSED for figure in judged])
    axes.set_yticks(rows, [figure.name for figure in judged])
    axes.axvline(1, color="black", linewidth=1)
    axes.set_xscale("log")
    axes.set_xlabel("share of the aim that is used (beyond 1: not met)")
    axes.tick_params(axis="y", labelsize=7)
    canvas.tight_layout()
    canvas.savefig(path, format="svg", metadata={"Date": None})
    pyplot.close(canvas)


def _share(figure: Figure) -> float:
    """How much of what the aim allows is used; 1 is exactly the aim."""
    assert figure.aim is not None
    if figure.value is None:
        return WORST
    if figure.least:
        return min(WORST, figure.aim / figure.value) if figure.value else WORST
    if not figure.aim:  # none is allowed
        return 0.01 if not figure.value else WORST
    return min(WORST, max(0.01, figure.value / figure.aim))
