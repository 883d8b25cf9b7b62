"""Some machines from one seed, shrunk and told when a promise breaks; a process of its own may run them."""

import contextlib
import logging
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.promises.machine import Promises
from tests.promises.mutants import MUTANTS

RUNS, STEPS = 10, 100


def explore(
    number: int, runs: int = RUNS, steps: int = STEPS, mutant: str | None = None, *, shrink: bool = True
) -> tuple[int, str]:
    """Some machines from one seed: how many steps they took, and what broke ("" when nothing did)."""
    logging.disable(logging.CRITICAL)
    phases = (Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    options = settings(
        max_examples=runs,
        stateful_step_count=steps,
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
        inner = error.exceptions if isinstance(error, ExceptionGroup) else (error,)  # what fails once only is a group
        whys = "; ".join(f"{type(why).__name__} {why}" for why in inner)
        notes = "\n".join(note for why in (*inner, error) for note in getattr(why, "__notes__", ()))
        return Promises.steps - before, f"seed {number}: {whys}\n{notes}"
    finally:
        logging.disable(logging.NOTSET)
    return Promises.steps - before, ""
