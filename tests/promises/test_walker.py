"""Sixty people walk forty acts each through the bot, three worlds of twenty; `make campaign` walks further."""

import pytest

from tests.promises.walker import walk


@pytest.mark.parametrize("seed", range(1, 4))
async def test_nothing_that_people_do_breaks_the_conversation(seed: int) -> None:
    assert await walk(seed, 40) >= 20 * 40
