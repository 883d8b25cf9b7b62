"""What the bench measures: a figure, the issue's aim for it, and whether it is met. Kept as JSON between runs."""

import json
import os
import platform
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[2] / "docs" / "performance.json"


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; None when it was not reached, and then the note says what is missing.

    `aim` is the most it may be, with `least` the least.
    """

    name: str
    value: float | None
    unit: str
    aim: float | None = None
    least: bool = False
    low: float | None = None
    high: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Whether the aim is met; None where there is none."""
        if self.aim is None:
            return None
        if self.value is None:
            return False
        return self.value >= self.aim if self.least else self.value <= self.aim


def middle(name: str, values: Sequence[float], unit: str, aim: float | None = None, **more: Any) -> Figure:
    """The median of some rounds, with the lowest and the highest."""
    if not values:
        return Figure(name, None, unit, aim, **{"note": "no round was whole", **more})
    return Figure(name, statistics.median(values), unit, aim, low=min(values), high=max(values), **more)


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which that share of them lies, at the latest the slowest."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the bench as it was run last."""

    name: str
    figures: tuple[Figure, ...]
    quick: bool = False
    when: str = ""
    machine: str = ""
    notes: tuple[str, ...] = field(default=())


def made(name: str, figures: Sequence[Figure], notes: Sequence[str], *, quick: bool) -> Part:
    """A part that was run just now, here."""
    when = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    return Part(name, tuple(figures), quick, when, machine, tuple(notes))


def kept(path: Path = KEPT) -> dict[str, Part]:
    """The parts as they were run last, by name."""
    if not path.exists():
        return {}
    return {name: _part(raw) for name, raw in json.loads(path.read_text("utf-8")).items()}


def keep(parts: Mapping[str, Part], path: Path = KEPT) -> None:
    """Write them down."""
    path.write_text(json.dumps({name: asdict(part) for name, part in parts.items()}, indent=1) + "\n", "utf-8")


def _part(raw: dict[str, Any]) -> Part:
    figures = tuple(Figure(**figure) for figure in raw["figures"])
    return Part(**{**raw, "figures": figures, "notes": tuple(raw["notes"])})
