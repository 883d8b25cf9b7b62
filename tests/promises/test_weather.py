"""A small slice of the bad weather in tests/promises/weather.py, on both engines; 500 cases are `make campaign`'s."""

import pytest

from tests.promises.weather import play
from tests.support.engines import ENGINES
from tests.support.length import each, many
from tests.support.world import World


@pytest.mark.parametrize("both", each(ENGINES, "postgresql"), indirect=True)
async def test_after_25_minutes_of_502_every_ask_and_every_question_is_shown_within_a_minute(both: World) -> None:
    found = await play(both, cases=6, residents=2, paced=False, step=many(20, 60))
    assert found.well, found
