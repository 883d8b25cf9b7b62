"""I1-I9 under everything that can happen: 80 runs of 50 steps each in every run of the tests."""

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.promises.machine import Promises

RUNS = settings(
    max_examples=20,
    stateful_step_count=50,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("number", range(4))
def test_twenty_runs_of_fifty_steps(number: int) -> None:
    run_state_machine_as_test(seed(number)(type("Promises", (Promises,), {})), settings=RUNS)
