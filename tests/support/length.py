"""How much of a long test runs: a part in each run of the tests, the whole in the campaign (`WHOLE=1`)."""

import os

WHOLE = bool(os.environ.get("WHOLE"))


def many(whole: int, part: int) -> int:
    """So many of something: the `whole` in the campaign, else a `part`."""
    return whole if WHOLE else part
