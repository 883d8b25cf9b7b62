"""The long run: `python -m tests.promises --steps 200000`, then every planted mistake, which must be found.

Each machine is 100 steps; a broken promise is shrunk and shown with the way there, and named by its seed.
"""

import argparse
import contextlib
import logging
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from itertools import count
from multiprocessing import get_context
from time import monotonic
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

RUNS, STEPS = 10, 100


def explore(number: int, runs: int = RUNS, mutant: str | None = None, *, shrink: bool = True) -> tuple[int, str]:
    """Some machines from one seed: how many steps they took, and what broke ("" when nothing did)."""
    from tests.promises.machine import Promises
    from tests.promises.mutants import MUTANTS

    logging.disable(logging.CRITICAL)
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    options = settings(
        max_examples=runs,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        phases=phases,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    before = Promises.steps
    machine: Any = seed(number)(type("Promises", (Promises,), {}))
    try:
        with MUTANTS[mutant]() if mutant else contextlib.nullcontext():
            run_state_machine_as_test(machine, settings=options)
    except Exception as error:  # whatever a promise breaks with: a wrong book, a bot that never rests, a crash
        notes = "\n".join(getattr(error, "__notes__", ()))
        return Promises.steps - before, f"seed {number}: {type(error).__name__} {error}\n{notes}"
    finally:
        logging.disable(logging.NOTSET)
    return Promises.steps - before, ""


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
    from tests.promises.mutants import MUTANTS

    missed = []
    for name in MUTANTS:
        taken, fault = explore(1, 60, name, shrink=False)
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
