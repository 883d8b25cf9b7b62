"""How long a channel of ours waits after a failure (docs/decisions/0006-how-often-jsc-is-called.md)."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

WEBHOOK = tuple(timedelta(seconds=s) for s in (5, 30, 60, 120, 240, 480, 900))
MAIL = tuple(timedelta(seconds=s) for s in (60, 120, 300, 900))
DAY = timedelta(days=1)


def wait(steps: Sequence[timedelta], fails: int) -> timedelta:
    """The pause after a failure when there were `fails` in a row before it; the last goes on; up to 20 % is chance."""
    return steps[min(fails, len(steps) - 1)] * random.uniform(0.8, 1.2)


def asked(retry_after: str, now: datetime) -> timedelta:
    """What a Retry-After header asks for, in seconds or as a date: nothing if unreadable or past, at most a day."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(timedelta(seconds=int(text[:9])), DAY)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return timedelta(0)
    if moment.tzinfo is None:  # "-0000": a time in UTC of unknown origin
        moment = moment.replace(tzinfo=UTC)
    return max(timedelta(0), min(moment - now, DAY))
