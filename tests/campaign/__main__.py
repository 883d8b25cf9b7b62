"""`make campaign`: both engines, then each mutant, which has to be caught."""

import argparse
import asyncio
import os
import sys

from rich.console import Console
from rich.table import Table

os.environ.setdefault("PTB_TIMEDELTA", "1")

from tests.campaign.run import Result, campaign
from tests.engines import fresh_database, postgres_server

MUTANTS = ("confirm_first", "blind_acknowledge", "send_inside")


def main() -> int:
    """Run the campaign; exit code 1 when a figure is off or a mutant lives."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--reports", type=int, default=300)
    options.add_argument("--kills", type=int, default=26)
    options.add_argument("--seed", type=int, default=2026)
    options.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    options.add_argument("--no-mutants", action="store_true")
    given = options.parse_args()
    console = Console()
    results: list[Result] = []
    alive: list[str] = []
    if given.engine != "postgresql":
        results.append(
            asyncio.run(campaign(reports=given.reports, kills=given.kills, seed=given.seed, say=console.print))
        )
    if given.engine != "sqlite":
        server = postgres_server()
        try:
            url = fresh_database(server.get_uri())
            found = campaign(
                reports=given.reports, kills=given.kills, seed=given.seed, database=url, replicas=2, say=console.print
            )
            results.append(asyncio.run(found))
        finally:
            server.cleanup()
    console.print(_table(results))
    for result in results:
        for name, wrong in result.wrong.items():
            for sentence in wrong[:5]:
                console.print(f"{result.engine}: {name}: {sentence}", style="red", markup=False)
    for mutant in () if given.no_mutants else MUTANTS:
        caught = asyncio.run(
            campaign(reports=24, kills=8, seed=given.seed, module=f"tests.campaign.mutants.{mutant}", faults=False)
        )
        names = {name: len(wrong) for name, wrong in caught.wrong.items() if wrong}
        console.print(f"mutant {mutant}: {'caught by ' + str(names) if names else 'ALIVE'}")
        if not names:
            alive.append(mutant)
    return 1 if alive or any(result.violations for result in results) else 0


def _table(results: list[Result]) -> Table:
    table = Table("figure", *(result.engine for result in results))
    rows = {
        "reports": [str(r.reports) for r in results],
        "kills": [f"{sum(r.kills.values())} at {len(r.kills)} points" for r in results],
        "presses": [str(r.presses) for r in results],
        "repeated messages / unknown outcomes": [f"{r.repeats} / {r.unknowns}" for r in results],
        **{name: [str(len(r.wrong[name])) for r in results] for name in (results[0].wrong if results else ())},
        "seconds": [f"{r.seconds:.0f}" for r in results],
    }
    for name, values in rows.items():
        table.add_row(name, *values)
    return table


if __name__ == "__main__":
    sys.exit(main())
