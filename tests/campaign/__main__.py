"""`make campaign`: both engines under kills and faults, then three mutants that must be caught."""

import argparse
import asyncio
import signal
import sys

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.campaign.figures import Figures, figures
from tests.campaign.mutants import MUTANTS, mutant_plan
from tests.campaign.plan import Plan, draw
from tests.campaign.run import Result, run
from tests.campaign.table import say, show, show_mutants
from tests.engines import fresh_database, postgres_server

ENGINES = ("sqlite", "postgresql")


def main() -> int:
    """Run what was asked for; 1 when any figure is off, 0 otherwise."""
    options = _options()
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs inherit "ignore"
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    console = Console()
    engines = ENGINES if options.engine == "both" else (options.engine,)
    results: dict[str, tuple[Result, Figures]] = {}
    mutants: dict[str, Figures] = {}
    server = postgres_server() if "postgresql" in engines else None
    try:
        for engine in engines:
            database = fresh_database(server.get_uri()) if server and engine == "postgresql" else None
            result = _play(console, draw(engine, options.reports, options.kills, options.seed), database)
            results[engine] = (result, figures(result))
        for name in MUTANTS if options.mutants else ():
            mutants[name] = figures(_play(console, mutant_plan(name, options.seed)))
    except KeyboardInterrupt:
        say(console, "interrupted; every process was ended")
        return 1
    finally:
        if server is not None:
            server.cleanup()
    show(console, results)
    show_mutants(console, mutants)
    off = any(made.wrong for _, made in results.values()) or not all(made.wrong for made in mutants.values())
    say(console, f"seed {options.seed}: {'NOT AS PROMISED' if off else 'every figure is as promised'}")
    return 1 if off else 0


def _play(console: Console, plan: Plan, database: str | None = None) -> Result:
    """One run, with a bar on a terminal and plain lines elsewhere."""
    name = f"mutant {plan.mutant}" if plan.mutant else plan.engine
    say(console, f"{name}: {plan.reports} reports, {len(plan.kills)} kills, seed {plan.seed}")
    if not console.is_terminal:

        def line(reports: int, kills: int) -> None:
            say(console, f"  {name}: {reports} reports, {kills} kills")

        return asyncio.run(run(plan, database, line))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        told = progress.add_task("reports", total=plan.reports)
        died = progress.add_task("kills", total=len(plan.kills))

        def bar(reports: int, kills: int) -> None:
            progress.update(told, completed=reports)
            progress.update(died, completed=kills)

        return asyncio.run(run(plan, database, bar))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.campaign", description=__doc__)
    parser.add_argument("--engine", choices=(*ENGINES, "both"), default="both")
    parser.add_argument("--reports", type=int, default=300)
    parser.add_argument("--kills", type=int, default=26)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--no-mutants", dest="mutants", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
