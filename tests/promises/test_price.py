"""What a report costs the database at most: whoever raises a number says why in the CHANGELOG.

One resident reports by buttons only, from /start to the number, and one worker is rung. Counted are the transactions
that write, and all their statements; looks that find nothing depend on the machine. `make bench` counts those too.
"""

import pytest

from tests.support.tally import Tally
from tests.support.world import SINGOSARI, World

UPDATES = 16
PRICE = {"sqlite": (381, 74), "postgresql": (430, 90)}
"""Statements and commits of one whole report at most, by engine: a claim may share a record's transaction, or not."""


@pytest.mark.postgres
async def test_a_report_costs_so_many_statements_and_commits(both: World) -> None:
    await both.worker("tksk", SINGOSARI)
    resident = both.person()
    tally, before = Tally().watch(both.app.db.engine), len(both.telegram.deliveries())
    number = await both.reports_by_buttons(resident)
    assert resident.find("Nomor laporan", number)
    assert len(both.telegram.deliveries()) - before == UPDATES
    statements, commits = PRICE[both.app.db.engine.dialect.name]
    assert tally.counts.of_writers <= statements, tally.most()
    assert tally.counts.commits <= commits
