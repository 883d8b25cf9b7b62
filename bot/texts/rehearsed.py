"""A rehearsal of the ladder in words, for an admin at a terminal."""

from collections.abc import Iterator
from datetime import date, datetime

from bot.core.hours import WIB
from bot.core.rehearsal import Absent, Kind, Line, Rehearsal
from bot.texts.catalog import Speech
from bot.texts.times import clock, date_words


def heading(speech: Speech, told: Rehearsal, place: str, override: str | None) -> list[str]:
    """What is rehearsed: the ladder, the place and the moment, whose rules and whose roster.

    `place` and `override` are the names of where it is, and of the place that the rules are meant for, if any.
    """
    made = told.made
    urgency, year = speech.word(f"urgensi-{made.urgency}"), str(made.began.astimezone(WIB).year)
    sort = " · ".join(code for code in made.sort if code)
    return [
        speech.word("tangga-judul", urgensi=urgency, tempat=place, kode=made.kecamatan),
        speech.word("tangga-masuk", kapan=_when(speech, made.began), tahun=year),
        *([speech.word("tangga-jenis", jenis=sort)] if sort else []),
        _rules(speech, told, override),
        speech.word("tangga-rekaan" if told.imaginary else "tangga-daftar"),
    ]


def _rules(speech: Speech, told: Rehearsal, place: str | None) -> str:
    """Whose rules these are."""
    sort = told.override.code if told.override else None
    if sort and place:
        return speech.word("tangga-khusus-keduanya", jenis=sort, tempat=place)
    if sort:
        return speech.word("tangga-khusus-jenis", jenis=sort)
    return speech.word("tangga-khusus", tempat=place) if place else speech.word("tangga-bawaan")


def columns(speech: Speech) -> tuple[str, str, str, str]:
    """The heads of the table."""
    return (
        speech.word("tangga-kolom-waktu"),
        speech.word("tangga-kolom-tingkat"),
        speech.word("tangga-kolom-siapa"),
        speech.word("tangga-kolom-keterangan"),
    )


def row(speech: Speech, line: Line) -> tuple[str, str, str, str]:
    """One line of the table: when, on which rung, who, and what is to be said of it."""
    step = line.step
    stuck = step.kind is Kind.STUCK
    who = (
        speech.word("tangga-orang", peran=speech.word(f"tangga-peran-{role}"), jumlah=str(count))
        for role, count in line.roles.items()
    )
    rung = "" if stuck else str(step.rung + 1)
    return _when(speech, step.at), rung, "\n".join(who), "\n".join(_notes(speech, line))


def days_off(speech: Speech, told: Rehearsal) -> list[str]:
    """The holidays on which the ladder goes on all the same."""
    return [speech.word("tangga-hari-libur", hari=_day(speech, day), nama=name) for day, name in told.days_off]


def owner(speech: Speech, told: Rehearsal) -> list[str]:
    """By when somebody who takes it on the first rung must be heard, and which days do not count."""
    if told.clock is None:
        return []
    taken, first, visit, last = told.clock.taken_at, told.clock.first_word, told.clock.visit, told.clock.progress
    lines = [
        speech.word("tangga-diambil", kapan=_when(speech, taken)),
        "  " + speech.word("tangga-pertama", kapan=_when(speech, first)),
        "  " + speech.word("tangga-kunjungan", kapan=_when(speech, visit)),
        "  " + speech.word("tangga-lanjut", kapan=_when(speech, last)),
    ]
    lines += ["    " + speech.word("tangga-libur", hari=_day(speech, day), nama=name) for day, name in told.not_counted]
    return lines + [speech.word("tangga-libur-belum-tahu", tahun=str(year)) for year in told.unknown_years]


def _notes(speech: Speech, line: Line) -> Iterator[str]:
    match line.step.kind:
        case Kind.REMIND:
            yield speech.word("tangga-pengingat")
        case Kind.REPEAT:
            yield speech.word("tangga-ulangan")
        case Kind.STUCK:
            yield speech.word("tangga-buntu")
    if line.held:
        yield speech.word("tangga-ditahan", kapan=_when(speech, line.step.rings_at))
    for absent in line.absent:
        yield _absent(speech, absent)


def _absent(speech: Speech, absent: Absent) -> str:
    who = speech.word(f"tangga-peran-{absent.role}")
    if absent.until is not None:
        return speech.word("tangga-cuti", peran=who, kapan=_when(speech, absent.until))
    return speech.word(f"tangga-nihil-{absent.why}", peran=who)


def _when(speech: Speech, at: datetime) -> str:
    """ "Kamis 24/12 15.00"."""
    return f"{_day(speech, at.astimezone(WIB).date())} {clock(at)}"


def _day(speech: Speech, day: date) -> str:
    return speech.label(date_words(day))
