"""Twenty people walk some acts each through the bot; `make campaign` walks further."""

import pytest

from tests.promises.walker import walk
from tests.support.length import many


@pytest.mark.parametrize("seed", range(1, many(4, 2)))
async def test_nothing_that_people_do_breaks_the_conversation(seed: int) -> None:
    acts = many(40, 11)
    assert await walk(seed, acts) >= 20 * acts
