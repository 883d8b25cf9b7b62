"""Four people press at the same moment, many times on each engine: one wins, and each of them is answered."""

from pathlib import Path

import pytest

from tests.campaign.presses import Wanted, house, press_all
from tests.promises.press_mutants import MUTANTS, Mutant
from tests.support.length import each, many

CASES, MORE = many(100, 8), many(600, 25)
SHOWN = many(25, 4)
"""So many of them are followed to the phones; the campaign follows them all."""
SOME = tuple(mutant for mutant in MUTANTS if mutant.name != "no table of moves on PostgreSQL")
"""That one is seen on SQLite in each run."""


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
async def test_one_of_four_wins_every_time(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    server = request.getfixturevalue("postgres") if engine == "postgresql" else None
    async with house(tmp_path, server, 1) as (w, doors):
        tally = await press_all(w, doors, Wanted(CASES, shown=SHOWN, more=MORE))
    assert not tally.faults, tally.faults[:5]
    assert tally.won_once == tally.cases >= CASES
    assert len(tally.winners) >= many(4, 2), "whoever is first wins, whatever their role"
    if server is not None:
        assert tally.met > tally.cases / 4, "the presses must really run into each other"


@pytest.mark.parametrize("mutant", each(MUTANTS, *SOME), ids=lambda mutant: mutant.name)
async def test_a_mistake_is_seen(
    mutant: Mutant, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mutant.used_by, mutant.function, mutant.made())
    server = request.getfixturevalue("postgres") if mutant.engine == "postgresql" else None
    async with house(tmp_path, server, 1) as (w, doors):
        tally = await press_all(w, doors, Wanted(6))
    assert any(mutant.seen in fault for fault in tally.faults), tally.faults
