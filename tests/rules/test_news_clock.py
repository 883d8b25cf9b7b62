"""When a reporter hears news: rare, not at night but in darurat, and promised only where it may be said (124, 134)."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import WIB
from bot.core.news_clock import APART, LOUD, MOST, Told, earliest, on_the_clock, promised

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
urgencies = st.sampled_from(sorted(MOST))
moments = st.timedeltas(timedelta(0), timedelta(days=400)).map(lambda n: datetime(2025, 12, 1, tzinfo=WIB) + n)
waits = st.lists(st.timedeltas(timedelta(0), timedelta(hours=7)), max_size=60)


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=WIB)


def said(urgency: str, start: datetime, gaps: list[timedelta], *, must: bool) -> list[datetime]:
    """When a reporter is told, if something happens after each of these gaps and each waits for its moment."""
    told, ready, heard = Told(), start, list[datetime]()
    for gap in gaps:
        ready += gap
        at = earliest(urgency, told, max([ready, *heard[-1:]]), must=must)
        told = told.again(at)
        heard.append(at)
    return heard


@given(urgencies, moments, waits)
def test_however_much_happens_news_is_rare(urgency: str, start: datetime, gaps: list[timedelta]) -> None:
    heard = said(urgency, start, gaps, must=False)
    assert all(later - sooner >= APART for sooner, later in pairwise(heard))
    assert max(Counter(at.astimezone(WIB).date() for at in heard).values(), default=0) <= MOST[urgency]
    assert urgency == "darurat" or all(LOUD.is_open(at) for at in heard)


@given(urgencies, moments, waits)
def test_what_must_be_known_waits_five_minutes_or_for_the_morning(
    urgency: str, start: datetime, gaps: list[timedelta]
) -> None:
    told = Told()
    for at in said(urgency, start, gaps, must=False):
        told = told.again(at)
    ready = (told.at or start) + MINUTE
    at = earliest(urgency, told, ready, must=True)
    latest = ready + APART
    assert ready <= at <= (latest if urgency == "darurat" else LOUD.opening(latest))


@given(urgencies, moments, st.integers(0, 8), st.timedeltas(APART, timedelta(days=3)))
def test_at_a_promised_moment_something_may_be_said(urgency: str, now: datetime, pieces: int, ahead: timedelta) -> None:
    told = Told(now, pieces)
    by = promised(urgency, told, now + ahead)
    assert by >= now + ahead and earliest(urgency, told, by) == by
    assert by - (now + ahead) <= DAY + timedelta(hours=7)


@pytest.mark.parametrize(
    ("urgency", "told", "ready", "at"),
    [
        ("mendesak", Told(), wib(2, 20, 59), wib(2, 20, 59)),
        ("mendesak", Told(), wib(2, 21), wib(3, 6)),
        ("mendesak", Told(wib(2, 20, 58), 1), wib(2, 20, 59), wib(3, 6)),
        ("darurat", Told(wib(2, 22), 1), wib(2, 22, 1), wib(2, 22, 5)),
        ("darurat", Told(wib(2, 22), 8), wib(2, 22, 6), wib(3, 6)),
        ("biasa", Told(wib(2, 12), 2), wib(2, 13), wib(3, 6)),
        ("biasa", Told(wib(2, 12), 2), wib(3, 13), wib(3, 13)),
        ("biasa", Told(wib(2, 12), 2), wib(2, 11), wib(3, 6)),  # the clock was set back
    ],
)
def test_the_moment_of_news(urgency: str, told: Told, ready: datetime, at: datetime) -> None:
    assert earliest(urgency, told, ready) == at


def test_the_last_piece_of_a_day_promises_the_morning() -> None:
    assert promised("biasa", Told(wib(2, 12), 2), wib(2, 18)) == wib(3, 6, 10)
    assert promised("biasa", Told(wib(2, 12), 1), wib(2, 18)) == wib(2, 18)


def clock(urgency: str, sent: datetime, count: int) -> list[datetime]:
    found = [sent]
    for _ in range(count):
        found.append(on_the_clock(urgency, sent, found[-1]))
    return found[1:]


@given(urgencies, moments)
def test_the_fixed_clock_keeps_the_rule_and_goes_on(urgency: str, sent: datetime) -> None:
    told = Told()
    for at in clock(urgency, sent, 20):
        assert earliest(urgency, told, at) == at
        assert at == at.replace(second=0, microsecond=0), "it can be named"
        assert told.at is None or at - told.at <= timedelta(days=7)
        told = told.again(at)


@given(urgencies, moments, st.timedeltas(timedelta(0), timedelta(days=60)))
def test_the_fixed_clock_knows_only_when_the_report_was_sent(urgency: str, sent: datetime, ahead: timedelta) -> None:
    """Whoever looks later, after an outage or a restart, finds a moment of the same row."""
    assert on_the_clock(urgency, sent, sent + ahead) in clock(urgency, sent, 30)


def test_the_fixed_clock_by_example() -> None:
    assert clock("mendesak", wib(2, 9), 8) == [
        wib(2, 11), wib(3, 8), wib(4, 8), wib(5, 8), wib(7, 8), wib(9, 8), wib(16, 8), wib(23, 8),
    ]  # fmt: skip
    assert clock("darurat", wib(2, 23), 4) == [wib(2, 23, 15), wib(3, 0), wib(3, 2), wib(3, 8)]
    assert clock("mendesak", wib(2, 23), 1) == [wib(3, 8)]
    assert clock("biasa", wib(2, 7), 1) == [wib(3, 8)]
