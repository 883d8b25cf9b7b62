"""Hours: the opening is the first open moment, over midnight, Sundays, month and year ends, whatever the settings."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.config import hours
from bot.core.hours import WIB, Hours

DAY, NIGHT = Hours(time(6), time(22)), Hours(time(22), time(6))
WORK, ALWAYS = Hours(time(7), time(20), sunday=False), Hours()
MINUTE = timedelta(minutes=1)
clocks = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
settings_of_hours = st.builds(Hours, clocks, clocks, st.booleans())
moments = st.timedeltas(timedelta(0), timedelta(days=1200)).map(lambda n: datetime(2025, 12, 1, tzinfo=WIB) + n)


def wib(day: int, hour: int, minute: int = 0, month: int = 3, year: int = 2026) -> datetime:
    """A moment in WIB; 1, 8 and 15 March 2026 are Sundays."""
    return datetime(year, month, day, hour, minute, tzinfo=WIB)


@pytest.mark.parametrize(
    ("kept", "at", "opens"),
    [
        (ALWAYS, wib(1, 3), wib(1, 3)),
        (DAY, wib(2, 5, 59), wib(2, 6)),
        (DAY, wib(2, 6), wib(2, 6)),
        (DAY, wib(2, 21, 59), wib(2, 21, 59)),
        (DAY, wib(2, 22), wib(3, 6)),
        (DAY, wib(31, 23), wib(1, 6, month=4)),
        (DAY, wib(31, 22, month=12), wib(1, 6, month=1, year=2027)),
        (DAY, wib(28, 23, month=2, year=2028), wib(29, 6, month=2, year=2028)),
        (WORK, wib(7, 20), wib(9, 7)),
        (WORK, wib(8, 12), wib(9, 7)),
        (WORK, wib(31, 21, month=10), wib(2, 7, month=11)),
        (NIGHT, wib(2, 12), wib(2, 22)),
        (NIGHT, wib(2, 23), wib(2, 23)),
        (NIGHT, wib(3, 5, 59), wib(3, 5, 59)),
        (NIGHT, wib(3, 6), wib(3, 22)),
        (Hours(time(22), time(6), sunday=False), wib(8, 0), wib(9, 0)),
        (Hours(sunday=False), wib(8, 0), wib(9, 0)),
        (Hours(time(9), time(9), sunday=False), wib(8, 12), wib(9, 0)),
        (Hours(time(6, 0, 30), time(22)), wib(2, 6), datetime(2026, 3, 2, 6, 0, 30, tzinfo=WIB)),
        (Hours(time(23, 59), time(0)), wib(2, 0), wib(2, 23, 59)),
    ],
)
def test_the_next_opening(kept: Hours, at: datetime, opens: datetime) -> None:
    assert kept.opening(at) == opens
    assert kept.opening(at.astimezone(UTC)) == opens, "the zone in which a moment is written changes nothing"


@given(settings_of_hours, moments)
@example(Hours(time(0), time(0, 1), sunday=False), wib(7, 0, 1))
def test_the_opening_is_the_first_open_moment(kept: Hours, at: datetime) -> None:
    opening = kept.opening(at)
    assert opening >= at
    assert kept.is_open(opening)
    if opening > at:  # hours change on whole minutes only, so these are all moments that matter
        moment = at
        while moment < opening:
            assert not kept.is_open(moment)
            moment = moment.replace(second=0, microsecond=0) + MINUTE
        assert opening.utcoffset() == timedelta(0), "stored in UTC"


@given(settings_of_hours, moments, st.timedeltas(timedelta(0), timedelta(days=9)))
def test_later_never_opens_earlier(kept: Hours, at: datetime, more: timedelta) -> None:
    assert kept.opening(at) <= kept.opening(at + more)
    assert kept.opening(kept.opening(at)) == kept.opening(at)


@given(settings_of_hours, moments, st.integers(-12, 14))
def test_only_wib_counts(kept: Hours, at: datetime, zone: int) -> None:
    elsewhere = at.astimezone(timezone(timedelta(hours=zone)))
    assert kept.is_open(elsewhere) == kept.is_open(at)
    assert kept.opening(elsewhere) == kept.opening(at)


def test_a_week_of_work_has_the_hours_it_should() -> None:
    start = datetime.combine(date(2026, 12, 28), time(0), WIB)  # over the end of a year
    week = [start + n * MINUTE for n in range(7 * 24 * 60)]
    assert sum(map(WORK.is_open, week)) == 6 * 13 * 60
    assert sum(map(DAY.is_open, week)) == 7 * 16 * 60
    assert sum(map(NIGHT.is_open, week)) == 7 * 8 * 60
    assert all(map(ALWAYS.is_open, week))


def test_always_means_always() -> None:
    assert ALWAYS.always
    assert Hours(time(9), time(9)).always
    assert not Hours(sunday=False).always
    assert not DAY.always


def test_hours_as_they_are_written_in_the_settings() -> None:
    assert hours("always") == ALWAYS
    assert hours("06:00-22:00") == DAY
    assert hours("07:00-20:00 not sunday") == WORK
    assert hours("00:00-24:00 not sunday") == Hours(sunday=False)
    for wrong in ("6-22", "06:00-22:00 not monday", "25:00-26:00", "", 7):
        with pytest.raises(ValueError, match=r"expected|hour must be"):
            hours(wrong)
