"""Days as people type them."""

from datetime import date

import pytest

from bot.core.days import read_day

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("hari ini", date(2026, 3, 2)),
        ("Besok", date(2026, 3, 3)),
        ("lusa", date(2026, 3, 4)),
        ("tomorrow", date(2026, 3, 3)),
        ("5", date(2026, 3, 5)),
        ("1", date(2026, 4, 1)),
        ("31", date(2026, 3, 31)),
        ("5/3", date(2026, 3, 5)),
        (" 05-03 ", date(2026, 3, 5)),
        ("1/3", date(2027, 3, 1)),
        ("5 maret", date(2026, 3, 5)),
        ("20 Apr", date(2026, 4, 20)),
        ("20 april 2026", date(2026, 4, 20)),
        ("20.4.26", date(2026, 4, 20)),
        ("29 februari", date(2028, 2, 29)),
        ("31/2", None),
        ("32", None),
        ("0", None),
        ("5/13", None),
        ("5 mar et", None),
        ("minggu depan", None),
        ("", None),
        ("cuti", None),
        ("٥/٣", None),
    ],
)
def test_a_typed_day(typed: str, expected: date | None) -> None:
    assert read_day(typed, TODAY, TODAY) == expected


def test_a_date_without_a_year_is_the_next_one_that_can_be_meant() -> None:
    assert read_day("2/3", date(2026, 3, 3), TODAY) == date(2027, 3, 2)
    assert read_day("3", date(2026, 3, 4), TODAY) == date(2026, 4, 3)
    assert read_day("29/2", date(2028, 1, 1), TODAY) == date(2028, 2, 29)
