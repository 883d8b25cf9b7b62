"""Working days: what fourteen of them are, how long an owner may be silent, and a year nobody told us of (row 65)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.hours import WIB, Hours
from bot.core.ownership import first_word_by
from bot.core.workdays import Calendar, after_working_days, unknown_years
from bot.data.calendar import load_calendar
from bot.engine.almanac import Almanac
from bot.localtelegram.phones import Phone
from storage import jobs
from tests.support.world import MALANG, SINGOSARI, World
from tests.wire.test_sender import rows

INDONESIA = load_calendar({})
FIRST, LAST = date(2025, 1, 1), date(2028, 12, 31)


def at(text: str) -> datetime:
    """A moment in WIB, such as "2026-12-23 15:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


moments = st.datetimes(datetime(2025, 1, 1), datetime(2028, 6, 1), timezones=st.just(UTC))  # noqa: DTZ001 - UTC is put in
calendars = st.one_of(
    st.just(INDONESIA),
    st.dictionaries(st.dates(FIRST, LAST), st.just("libur"), max_size=60).map(Calendar),
)


@given(moments, st.integers(1, 40), calendars)
def test_it_ends_on_a_working_day_with_exactly_so_many_between(start: datetime, days: int, calendar: Calendar) -> None:
    end = after_working_days(start, days, calendar)
    first, last = start.astimezone(WIB), end.astimezone(WIB)
    assert calendar.works(last.date())
    assert last.time() == first.time()
    passed = (first.date() + timedelta(days=n) for n in range(1, (last.date() - first.date()).days + 1))
    assert sum(calendar.works(day) for day in passed) == days


@given(moments, moments, st.integers(1, 40), calendars)
def test_whoever_begins_later_never_ends_on_an_earlier_day(
    one: datetime, other: datetime, days: int, calendar: Calendar
) -> None:
    early, late = sorted((one, other))
    ends = [after_working_days(start, days, calendar).date() for start in (early, late)]
    assert ends == sorted(ends)
    assert after_working_days(early, days, calendar) < after_working_days(early, days + 1, calendar)


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02 09:00", 1, "2026-03-03 09:00"),
        ("2026-03-06 15:00", 1, "2026-03-09 15:00"),  # Friday
        ("2026-03-07 15:00", 1, "2026-03-09 15:00"),  # Saturday
        ("2026-03-10 10:00", 14, "2026-04-07 10:00"),  # Nyepi, Lebaran with cuti bersama, Good Friday
        ("2026-12-22 15:00", 14, "2027-01-15 15:00"),  # Christmas with cuti bersama, New Year, Isra Mikraj
        ("2026-04-30 23:30", 1, "2026-05-04 23:30"),  # Labour Day, a Friday; over the end of the month
    ],
)
def test_days_off_are_left_out(start: str, days: int, end: str) -> None:
    assert after_working_days(at(start), days, INDONESIA) == at(end)


def test_the_day_is_that_of_wib_and_none_is_refused() -> None:
    evening_in_london = datetime(2026, 3, 5, 20, tzinfo=UTC)  # Friday 03.00 WIB
    assert after_working_days(evening_in_london, 1, INDONESIA) == at("2026-03-09 03:00")
    with pytest.raises(ValueError, match="at least one"):
        after_working_days(evening_in_london, 0, INDONESIA)


def test_the_settings_add_days_and_take_them_away() -> None:
    own = load_calendar({date(2026, 3, 3): "Hari Jadi", date(2026, 12, 24): False})
    assert (own.works(date(2026, 3, 3)), own.works(date(2026, 12, 24))) == (False, True)
    assert (INDONESIA.works(date(2026, 3, 3)), INDONESIA.works(date(2026, 12, 24))) == (True, False)
    assert own.named(date(2026, 3, 1), date(2026, 3, 10)) == [(date(2026, 3, 3), "Hari Jadi")]


def test_a_year_without_decree_is_unknown_until_the_settings_say_anything_of_it() -> None:
    year = max(INDONESIA.known_years) + 1
    first, last = at(f"{year - 1}-12-31 20:00"), at(f"{year}-01-02 00:00")
    assert {2026, 2027} <= INDONESIA.known_years
    assert unknown_years(INDONESIA, first, last) == [year]
    assert unknown_years(load_calendar({date(year, 12, 24): False}), first, last) == []


def test_nobody_is_asked_in_quiet_hours() -> None:
    taken, quiet = at("2026-03-02 20:00"), Hours(at("2026-03-02 06:00").time(), at("2026-03-02 22:00").time())
    assert first_word_by("mendesak", taken, quiet) == at("2026-03-03 06:00")


async def taken(w: World, kind: str = "Gangguan jiwa", danger: str = "Dirantai") -> tuple[Phone, Phone, str]:
    """A case that its TKSK took, with a koordinator above them: (TKSK, koordinator, number)."""
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), kind=kind, danger=danger)
    await w.press(tksk, "Saya tangani")
    return tksk, koordinator, number


def asked(phone: Phone) -> int:
    """How often an owner was asked how it goes."""
    return len([bubble for bubble in phone.from_bot() if "Bagaimana sekarang?" in bubble.text])


async def due(w: World) -> str:
    """Day and hour in WIB at which the owner is asked next; the clock runs, so the minute is left out."""
    found = (await w.case()).next_due_at
    assert found is not None
    return f"{found.astimezone(WIB):%Y-%m-%d %H}"


async def speaks(w: World, phone: Phone, label: str = "Sedang dikerjakan") -> None:
    """Time passes until the owner is asked, not before they had to speak, and they answer."""
    before, case = asked(phone), await w.case()
    assert case.next_due_at is not None
    left = (case.next_due_at - w.now).total_seconds()
    await w.passes(seconds=left - 60)
    assert asked(phone) == before
    await w.passes(seconds=62)
    assert asked(phone) == before + 1
    await w.press(phone, label)


async def test_after_the_first_word_comes_the_visit_and_then_fourteen_working_days_over_lebaran(w: World) -> None:
    tksk, koordinator, number = await taken(w)
    assert await due(w) == "2026-03-02 15"
    await speaks(w, tksk)
    assert await due(w) == "2026-03-03 09", "the visit counts from the taking, not from the word"
    assert tksk.find(number, "Kabar kunjungan kami tunggu sampai Selasa 3/3 pukul 09.")
    await speaks(w, tksk, "Sudah bertemu")
    assert await due(w) == "2026-03-30 09", "Nyepi, Lebaran and its cuti bersama do not count"
    assert tksk.find(number, "Sudah bertemu: kami catat", "Senin 30/3 pukul 09.")
    await speaks(w, tksk)
    assert await due(w) == "2026-04-20 09", "and again; Good Friday does not count"
    await w.passes(days=21, hours=5)
    assert (asked(tksk), koordinator.find(number)) == (4, None)
    await w.passes(hours=8)
    assert len(await rows(w, kind="follow_up")) == 5
    assert koordinator.find(number), "asked twice, and then the case climbs again"
    assert (await w.case()).heard_at is None


async def test_fourteen_working_days_over_the_end_of_the_year(w: World) -> None:
    w.telegram.turn(set=at("2026-12-21 09:00").isoformat())
    tksk, _, _ = await taken(w, "Lansia", "Tidak ada")
    assert await due(w) == "2026-12-22 09"
    await speaks(w, tksk)
    assert await due(w) == "2026-12-24 09"
    await speaks(w, tksk, "Sudah bertemu")
    assert await due(w) == "2027-01-18 09"


async def test_in_darurat_a_word_is_wanted_in_half_an_hour_and_the_visit_in_a_day(w: World) -> None:
    tksk, _, _ = await taken(w, danger="Menyerang")
    await w.passes(minutes=29)
    assert asked(tksk) == 0
    await w.passes(minutes=2)
    assert asked(tksk) == 1
    await w.press(tksk, "Sedang dikerjakan")
    assert await due(w) == "2026-03-03 09"


async def test_words_alone_do_not_keep_a_case_that_nobody_visits(w: World) -> None:
    """W2: *Sedang dikerjakan* twice bought fourteen working days."""
    tksk, koordinator, number = await taken(w)
    assert tksk.find("Kabar pertama ditunggu Senin 2/3 pukul 15.", "Kunjungan paling lambat Selasa 3/3 pukul 09.")
    await w.press(tksk, "Sedang dikerjakan", "Sedang dikerjakan")
    assert await due(w) == "2026-03-03 09", "the second word says nothing new"
    await w.passes(hours=24, minutes=1)
    assert tksk.find("Yang ditunggu: kabar kunjungan", "Kalau tidak dijawab sampai Selasa 3/3 pukul 21.", "koordinator")
    await w.press(tksk, "Sedang dikerjakan")
    assert tksk.find(number, "waktu kunjungan sudah lewat", "tidak ketemu")
    assert await due(w) == "2026-03-03 15", "it is no answer, and everything goes on"
    await w.press(tksk, "Tidak ketemu")
    assert tksk.find(number, "Kunjungan berikutnya", "paling lambat Rabu 4/3 pukul 09.")
    assert (await due(w), (await w.case()).reminded) == ("2026-03-04 09", 0), "a visit that finds nobody is a visit"
    await w.passes(hours=36, minutes=5)
    assert koordinator.find(number), "asked twice, and then the case climbs again"
    taken_back = tksk.last()
    assert "kami teruskan ke koordinator" in taken_back.text and taken_back.labels == ["✋ Saya ambil lagi"]
    await w.press(tksk, "Saya ambil lagi")
    assert tksk.find(f"Laporan {number} sekarang Bapak/Ibu tangani")
    assert (await w.case()).status == "acknowledged"


async def test_an_owner_who_took_it_in_the_evening_is_asked_in_the_morning(w: World) -> None:
    w.telegram.turn(set=at("2026-03-02 20:00").isoformat())
    tksk, koordinator, number = await taken(w)
    await w.passes(hours=9, minutes=59)
    assert asked(tksk) == 0
    await w.passes(minutes=2)
    assert asked(tksk) == 1
    await w.passes(hours=12)
    assert koordinator.find(number)


async def test_admins_are_told_once_of_a_year_whose_holidays_nobody_knows(w: World) -> None:
    year = max(INDONESIA.known_years) + 1
    w.telegram.turn(set=at(f"{year - 1}-11-01 12:00").isoformat())
    admin = await w.worker("admin", "35")
    told = f"Hari libur {year} belum kami ketahui"
    assert not admin.find(told), "more than sixty days are left"
    await w.passes(days=2)
    await w.passes(days=1)
    await w.stop()
    await w.start()
    await w.passes(days=1)
    assert len([bubble for bubble in admin.from_bot() if told in bubble.text]) == 1
    assert [*await w.read(lambda s: jobs.done(s, "holidays"))] == [str(year)]
    second = Almanac(INDONESIA)
    assert not await w.read(lambda s: second.say(w.turn(s), year)), "the second replica says nothing"


async def test_an_unknown_year_waits_for_an_admin_and_not_for_one_the_settings_name(w: World) -> None:
    year = max(INDONESIA.known_years) + 1
    w.telegram.turn(set=at(f"{year}-02-01 12:00").isoformat())
    await w.settle()
    assert await w.read(lambda s: jobs.done(s, "holidays")) == {}
    admin = await w.worker("admin", "35")
    await w.stop()
    await w.start(holidays={f"{year}-01-01": "Tahun Baru", f"{year + 1}-01-01": "Tahun Baru"})
    await w.passes(days=1)
    assert not admin.find("Hari libur")
    await w.stop()
    await w.start()
    await w.passes(days=1)
    assert admin.find(f"Hari libur {year} belum kami ketahui")
