"""The figures as people read them: a table on the terminal, and docs/performance.md with its picture."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.figures import KEPT, Figure, Part

PAGE = KEPT.with_suffix(".md")
PICTURE = KEPT.with_suffix(".svg")
TITLES = {
    "intake": (
        "Reports",
        "Whole reports by buttons (16 updates), ours against the same conversation written the usual way (Application, "
        "async SQLModel, a commit an update). *As many calls* makes as many Bot API calls a press as ours. Each round "
        "runs all three in turn; ratios are of one round. That everybody was asked in order and each question once, "
        "got one number, and that every report is stored, is checked in each run of ours.",
    ),
    "tick": (
        "What time does",
        "A sweep over a database that has grown: as many open cases as closed ones, copied from real ones. CPU of the "
        "process that sweeps; on PostgreSQL the server works beside it, so there the seconds stand too.",
    ),
    "lists": ("Lists", "From the message or press to the list on the phone, over as many open as closed cases."),
    "latency": (
        "One press, one ping",
        "Residents stand at the review and press *Kirim laporan*, without limits: until the number, and until the "
        "worker's phone rings.",
    ),
    "backlog": (
        "A backlog",
        "Messages that wait for as many chats leave at 28 a second (default limits) while residents press and somebody "
        "floods their own chat.",
    ),
    "flood": (
        "A flood",
        "200 strangers write as fast as they can (default limits). Meanwhile darurat cases are reported, one worker "
        "floods their own chat, and a stranger presses *Ada bahaya* for the first time.",
    ),
    "rest": ("At rest, and loaded", "The process itself, as the system tells: memory, CPU, wake-ups of its threads."),
    "replicas": ("Replicas", "One and two bots on one PostgreSQL; one that is frozen while it polls."),
    "size": ("What is stored", "Rows and bytes that a report leaves behind once it is answered."),
}


def show(console: Console, part: Part) -> None:
    """One part on the terminal."""
    table = Table("", "measured", "aim", "", title=f"{TITLES[part.name][0]}{' (quick)' if part.quick else ''}")
    for figure in part.figures:
        colour = {True: "green", False: "red", None: ""}[figure.met]
        table.add_row(_named(figure), _value(figure), _aim(figure), _verdict(figure), style=colour)
    console.print(table)
    for note in part.notes:
        console.print(note, markup=False)


def write(parts: Mapping[str, Part]) -> None:
    """The page and its picture, of the parts as they were run last."""
    from tests.bench.picture import draw

    drawn = [
        replace(figure, name=f"{title}: {figure.name}")
        for name, (title, _) in TITLES.items()
        if name in parts
        for figure in parts[name].figures
    ]
    draw(drawn, PICTURE)
    PAGE.write_text(_page(parts), "utf-8")


def _page(parts: Mapping[str, Part]) -> str:
    lines = [
        "# What it costs",
        "",
        "Written by `make bench ARGS=--write`; do not edit it. The aims are those the makers set themselves. Where a",
        "range stands, the figure is the median of the rounds. CPU is that of the bot's process.",
        "",
        f"![How far each figure is from its aim]({Path(PICTURE).name})",
        "",
    ]
    for name, (title, told) in TITLES.items():
        if name in parts:
            lines += _section(title, told, parts[name])
    return "\n".join(lines)


def _section(title: str, told: str, part: Part) -> list[str]:
    quick = ", a quick run: too short to judge by" if part.quick else ""
    lines = [f"## {title}", "", told, "", f"*{part.when}; {part.machine}{quick}.*", ""]
    lines += ["| | measured | aim | |", "|---|---|---|---|"]
    for figure in part.figures:
        lines.append(f"| {_named(figure)} | {_value(figure)} | {_aim(figure)} | {_verdict(figure)} |")
    lines += ["", *(f"- {note}" for note in part.notes)]
    return lines if not part.notes else [*lines, ""]


def _named(figure: Figure) -> str:
    return f"{figure.name} ({figure.note})" if figure.note else figure.name


def _value(figure: Figure) -> str:
    if figure.value is None:
        return "not reached"
    spread = ""
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        spread = f" ({number(figure.low)} to {number(figure.high)})"
    return f"{number(figure.value)} {figure.unit}{spread}".replace("  ", " ").strip()


def _aim(figure: Figure) -> str:
    return "" if figure.aim is None else f"{'at least' if figure.least else 'at most'} {number(figure.aim)}"


def _verdict(figure: Figure) -> str:
    return {True: "met", False: "not met", None: ""}[figure.met]


def number(value: float) -> str:
    """A value with as many digits as mean something."""
    if value == int(value) or abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"
