"""`make campaign`: both engines under kills, faults and troubles, four presses at once, and three planted mistakes."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

os.environ.setdefault("PTB_TIMEDELTA", "1")  # before anything imports the library

from tests.campaign.figures import Figures, figures
from tests.campaign.mutants import MUTANTS, mutant_plan
from tests.campaign.plan import TROUBLES, Plan, draw
from tests.campaign.presses import Tally, Wanted, house, press_all
from tests.campaign.run import Result, run
from tests.campaign.table import say, show, show_mutants, show_presses
from tests.support.engines import fresh_database, postgres_server

ENGINES = ("sqlite", "postgresql")
REPLICAS = 2
"""So many bots take turns on PostgreSQL while four people press."""


def main() -> int:
    """Run what was asked for; 1 when any figure is off, 0 otherwise."""
    options = _options()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit "ignore"
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    console = Console()
    engines = ENGINES if options.engine == "both" else (options.engine,)
    results: dict[str, tuple[Result, Figures]] = {}
    mutants: dict[str, Figures] = {}
    presses: dict[str, Tally] = {}
    server = postgres_server() if "postgresql" in engines else None
    try:
        for engine in engines if options.reports else ():
            database = fresh_database(server.get_uri()) if server and engine == "postgresql" else None
            plan = draw(engine, options.reports, options.kills, options.seed)
            plan = replace(plan, limits=options.limits, troubles=TROUBLES[engine] if options.troubles else ())
            result = _play(console, plan, database)
            results[engine] = (result, figures(result))
        for engine in engines if options.presses else ():
            url = server.get_uri() if server and engine == "postgresql" else None
            presses[engine] = _press(console, engine, url, options.presses, options.seed)
        for name in MUTANTS if options.mutants else ():
            mutants[name] = figures(_play(console, mutant_plan(name, options.seed)))
    except KeyboardInterrupt:
        say(console, "interrupted; every process was ended")
        return 1
    finally:
        if server is not None:
            server.cleanup()
    show(console, results)
    show_presses(console, presses)
    show_mutants(console, mutants)
    off = any(made.wrong for _, made in results.values()) or not all(made.wrong for made in mutants.values())
    off = off or any(tally.faults or tally.won_once != options.presses for tally in presses.values())
    say(console, f"seed {options.seed}: {'NOT AS PROMISED' if off else 'every figure is as promised'}")
    return 1 if off else 0


def _play(console: Console, plan: Plan, database: str | None = None) -> Result:
    """One run."""
    name = f"mutant {plan.mutant}" if plan.mutant else plan.engine
    say(console, f"{name}: {plan.reports} reports, {len(plan.kills)} kills, seed {plan.seed}")
    with _bars(console, name, reports=plan.reports, kills=len(plan.kills)) as tell:
        return asyncio.run(run(plan, database, lambda reports, kills: tell(reports=reports, kills=kills)))


def _press(console: Console, engine: str, server: str | None, count: int, seed: int) -> Tally:
    """Four people press for so many cases; on PostgreSQL two bots take the turns."""
    say(console, f"{engine}: four people press at once for {count} cases, seed {seed}")

    async def play(tell: Callable[..., None]) -> Tally:
        with tempfile.TemporaryDirectory(prefix="tersapa-presses-") as folder:
            async with house(Path(folder), server, REPLICAS) as (w, doors):
                return await press_all(w, doors, Wanted(count, seed), lambda cases: tell(cases=cases))

    with _bars(console, engine, cases=count) as tell:
        return asyncio.run(play(tell))


@contextmanager
def _bars(console: Console, name: str, **totals: int) -> Iterator[Callable[..., None]]:
    """A bar for each total on a terminal, and plain lines elsewhere; gives what tells them how far it is."""
    if not console.is_terminal:

        def line(**done: int) -> None:
            say(console, f"  {name}: " + ", ".join(f"{count} {what}" for what, count in done.items()))

        yield line
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        tasks: dict[str, Any] = {what: progress.add_task(what, total=total) for what, total in totals.items()}

        def bar(**done: int) -> None:
            for what, count in done.items():
                progress.update(tasks[what], completed=count)

        yield bar


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--presses", type=int, default=2000, help="cases that four people press for at once; 0: none")
    parser.add_argument("--kills", type=int, default=26)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument(
        "--limits", action="store_true", help="Telegram refuses who sends too fast; the bot paces itself"
    )
    parser.add_argument("--no-troubles", dest="troubles", action="store_false", help="no freeze, outage, lock, restart")
    parser.add_argument("--no-mutants", dest="mutants", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
