"""`make bench`: what the bot costs and how quickly it answers, part by part, beside the aims of the issue."""

import argparse
import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

os.environ.setdefault("PTB_TIMEDELTA", "1")  # before anything imports the library

from tests.bench import figures, page
from tests.bench.asked import Asked
from tests.bench.backlog import backlog
from tests.bench.bots import Missing
from tests.bench.figures import Figure, Part
from tests.bench.flood import flood
from tests.bench.intake import intake
from tests.bench.latency import latency
from tests.bench.lists import lists
from tests.bench.replicas import replicas
from tests.bench.rest import rest
from tests.bench.size import size
from tests.bench.tick import tick
from tests.support.engines import postgres_server

PARTS: dict[str, Callable[[Asked], Awaitable[list[Figure]]]] = {
    "intake": intake,
    "tick": tick,
    "lists": lists,
    "latency": latency,
    "backlog": backlog,
    "flood": flood,
    "rest": rest,
    "replicas": replicas,
    "size": size,
}
LONGEST = 3 * 3600.0
"""Seconds after which a part hangs; each wait in it has a shorter limit of its own."""


def main() -> None:
    """Run what was asked for, show it, and write it down if that was asked for too."""
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    logging.basicConfig(level=logging.ERROR)  # what goes to people who were only copied can never arrive
    console = Console()
    done: dict[str, Part] = {}
    with _postgres() as server:
        try:
            for name in options.only:
                done[name] = _run(console, name, options, server)
                page.show(console, done[name])
        except KeyboardInterrupt:
            console.print("interrupted; every process was ended")
    if options.write:
        kept = {**figures.kept(), **done}
        figures.keep(kept)
        page.write(kept)


def _run(console: Console, name: str, options: argparse.Namespace, server: Callable[[], str]) -> Part:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task(name)
        asked = Asked(
            options.quick, options.rounds, lambda text: progress.update(bar, description=f"{name}: {text}"), server
        )
        found: list[Figure] = []
        try:
            found = asyncio.run(_within(PARTS[name](asked)))
        except (Missing, TimeoutError) as error:
            asked.notes.append(f"NOT WHOLE: {error or 'it took too long'}")
    return figures.made(name, found, asked.notes, quick=options.quick)


async def _within(part: Awaitable[list[Figure]]) -> list[Figure]:
    async with asyncio.timeout(LONGEST):
        return await part


@contextmanager
def _postgres() -> Iterator[Callable[[], str]]:
    """A real PostgreSQL, started when it is first asked for, ended with the bench."""
    started: list[Any] = []

    def url() -> str:
        if not started:
            started.append(postgres_server())
        return str(started[0].get_uri())

    try:
        yield url
    finally:
        for server in started:
            server.cleanup()


def _options() -> argparse.Namespace:
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--only", type=_parts, default=tuple(PARTS), help=f"parts, with commas: {', '.join(PARTS)}")
    options.add_argument("--quick", action="store_true", help="little of everything: does it run, roughly how fast")
    options.add_argument("--rounds", type=int, help="rounds of which the median is shown (5; quick: 1)")
    options.add_argument("--write", action="store_true", help="write docs/performance.md, its picture and its figures")
    given = options.parse_args()
    given.rounds = given.rounds or (1 if given.quick else 5)
    return given


def _parts(text: str) -> tuple[str, ...]:
    names = tuple(name for name in text.split(",") if name)
    if unknown := [name for name in names if name not in PARTS]:
        raise argparse.ArgumentTypeError(f"no part is called {', '.join(unknown)}")
    return names


if __name__ == "__main__":
    main()
