"""A small campaign in every run of the tests, and the mutants that its audit has to catch."""

import pytest

from tests.campaign.run import campaign
from tests.engines import fresh_database


async def test_sixty_reports_and_eight_kills_on_sqlite() -> None:
    result = await campaign(reports=60, kills=8, seed=7)
    assert not any(result.wrong.values()), result.wrong
    assert sum(result.kills.values()) >= 8
    assert result.presses


async def test_a_few_reports_on_postgresql_with_two_replicas(postgres: str) -> None:
    result = await campaign(reports=16, kills=4, seed=8, database=fresh_database(postgres), replicas=2)
    assert not any(result.wrong.values()), result.wrong


@pytest.mark.parametrize(
    ("mutant", "caught_by"),
    [
        ("confirm_first", {"updates lost"}),
        ("blind_acknowledge", {"double winners"}),
        ("send_inside", {"beyond unknowns", "reports lost", "out of order"}),
    ],
)
async def test_a_mutant_is_caught(mutant: str, caught_by: set[str]) -> None:
    result = await campaign(reports=8, kills=8, seed=3, module=f"tests.campaign.mutants.{mutant}", faults=False)
    assert caught_by & {name for name, wrong in result.wrong.items() if wrong}, result.wrong
