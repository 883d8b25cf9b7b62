"""The long run: `python -m tests.promises --steps 200000`, then every planted mistake, which must be found.

Each machine is 100 steps; a broken promise is shrunk and shown with the way there, and named by its seed.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import count
from multiprocessing import get_context
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.promises.mutants import MUTANTS
from tests.promises.runs import explore

SEEDS = 6
"""With so many seeds, 60 machines of 50 steps each, a planted mistake is looked for."""


def main() -> int:
    """Run as many steps as asked for on as many cores; 1 when a promise broke or a mistake was not found."""
    options = _options()
    console = Console()
    begun, steps = monotonic(), 0
    broken: list[str] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        ProcessPoolExecutor(options.jobs, get_context("spawn"), max_tasks_per_child=20) as pool,
        Progress(*columns, console=console, disable=not console.is_terminal) as progress,
    ):
        bar = progress.add_task("steps", total=options.steps)
        seeds = count(options.seed)
        waiting = {pool.submit(explore, next(seeds)) for _ in range(options.jobs)}
        while waiting and not broken:
            done = next(as_completed(waiting))
            waiting.remove(done)
            taken, fault = done.result()
            steps += taken
            progress.update(bar, completed=steps)
            if fault:
                broken.append(fault)
                console.print(fault, markup=False)
            if steps < options.steps and not broken:
                waiting.add(pool.submit(explore, next(seeds)))
            if not console.is_terminal and steps // 5000 != (steps - taken) // 5000:
                console.print(f"{steps} steps, {len(broken)} broken, {monotonic() - begun:.0f} s", markup=False)
    console.print(f"{steps} steps, {len(broken)} broken, {monotonic() - begun:.0f} s", markup=False)
    missed = _mutants(console) if options.mutants else []
    return 1 if broken or missed else 0


def _mutants(console: Console) -> list[str]:
    missed = []
    for name in MUTANTS:
        taken, fault = 0, ""
        for seed in range(1, SEEDS + 1):
            steps, fault = explore(seed, 60, 50, name, shrink=False)
            taken += steps
            if fault:
                break
        first = fault.partition("\n")[0]
        console.print(f"{name}: {f'found after {taken} steps: {first[:140]}' if fault else 'NOT FOUND'}", markup=False)
        missed += [] if fault else [name]
    return missed


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.promises", description=__doc__)
    parser.add_argument("--steps", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--no-mutants", dest="mutants", action="store_false")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
