"""I1-I9 under everything that can happen: a few runs of 50 steps in each run of the tests, 200,000 in the campaign."""

import pytest

from tests.promises.runs import explore
from tests.support.length import many


@pytest.mark.parametrize("number", range(many(4, 2)))
def test_some_runs_of_fifty_steps(number: int) -> None:
    runs = many(8, 4)
    steps, fault = explore(number, runs, 50)
    assert not fault, fault
    assert steps >= runs * 30, "the machines did next to nothing"


@pytest.mark.parametrize(
    ("mutant", "promise", "seed"), [("everybody_wins", "I5", 2), ("given_away", "I5", 2), ("newest_first", "I7", 1)]
)
def test_a_planted_mistake_is_found(mutant: str, promise: str, seed: int) -> None:
    _, fault = explore(seed, 20, 50, mutant, shrink=False)
    assert promise in fault
