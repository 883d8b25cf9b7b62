"""What a summary's buttons open: the cases behind a figure, the areas, the kecamatan with nobody; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.core import buttons as b
from bot.core.figures import Counts
from bot.texts.case_facts import LAMPS
from bot.texts.catalog import Speech
from bot.texts.clean import escape
from bot.texts.message import Key, Message, column
from bot.texts.summary_cards import CaseLine, to_list
from bot.texts.times import age, clock, full_date

PAGE = 8
"""Cases on one page of a list: with the two buttons to turn it, a message has ten at most."""
NAMES = 8
"""Kecamatan of one kabupaten that are named before the rest is only counted."""
KABUPATEN = 10
"""Kabupaten/kota on one page of the empty kecamatan."""


@dataclass(frozen=True, slots=True)
class AreaLine:
    """One area of the breakdown; no place for cases of which none is known."""

    place: str | None
    counts: Counts
    empty: int


@dataclass(frozen=True, slots=True)
class Holes:
    """The kecamatan of one kabupaten/kota in which no TKSK can be reached."""

    place: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page of the cases behind a figure (`what`) of the summary of `when`."""

    what: str
    when: date
    shown: Sequence[CaseLine]
    total: int
    number: int


def case_list(speech: Speech, page: CasePage, now: datetime) -> Message:
    """One page of cases; a button for each that its reader may open."""
    if not page.shown:
        return Message(speech.say("r_daftar_kosong"))
    if page.what == "tanpa":
        title = speech.say("r_tanpa", jumlah=str(page.total))
    elif page.what == "telat":
        title = speech.say("r_telat", jumlah=str(page.total))
    elif page.what == "menunggu":
        title = speech.say("r_menunggu", jumlah=str(page.total))
    else:
        title = speech.say("r_masuk", jumlah=str(page.total), **full_date(speech, page.when - timedelta(days=1)))
    lines = [title, *(f"{line.entry(speech).text} · {age(speech, now - line.since)}" for line in page.shown)]
    opens = [line.case for line in page.shown if line.opens]
    keys = [Key(f"{LAMPS[case.urgency]} {case.number}", b.Read(case.case_id, case.round)) for case in opens]
    keys += _pages(speech, page.what, page.when, page.number, page.total, PAGE)
    return Message("\n".join(lines), column(keys))


def by_area(speech: Speech, lines: Sequence[AreaLine], now: datetime) -> Message:
    """Every area of which there is something to say."""
    shown = [line for line in lines if line.counts != Counts()]
    if not shown:
        return Message(speech.say("r_daftar_kosong"))
    text = [speech.say("r_wilayah", jam=clock(now))]
    for line in shown:
        counts = line.counts
        figures = (
            ("🔴", counts.unowned),
            ("🟠", counts.late),
            ("⏳", counts.waiting),
            ("🆕", counts.new),
            ("✅", counts.done),
            ("📵", line.empty),
        )
        shown_figures = [f"{lamp} {number}" for lamp, number in figures if number]
        if counts.answered:
            shown_figures.append(f"👍 {counts.helped}/{counts.answered}")
        told = " · ".join(shown_figures)
        text.append(f"{_place(speech, line.place)}: {told}")
    text.append(speech.say("r_arti"))
    return Message("\n".join(text))


def empty_places(speech: Speech, holes: Sequence[Holes], when: date, page: int) -> Message:
    """The kecamatan in which no TKSK can be reached, by kabupaten/kota; of one kabupaten all are named."""
    if not holes:
        return Message(speech.say("r_daftar_kosong"))
    shown = holes[page * KABUPATEN : (page + 1) * KABUPATEN]
    lines = [speech.say("r_kosong", jumlah=str(sum(len(hole.names) for hole in holes)))]
    for hole in shown:
        named = hole.names if len(holes) == 1 else hole.names[:NAMES]
        names = escape(", ".join(named))
        if more := len(hole.names) - len(named):
            names += f", {speech.say('r_lagi', jumlah=str(more))}"
        lines.append(f"<b>{escape(hole.place)}</b> ({len(hole.names)}): {names}")
    return Message("\n".join(lines), column(_pages(speech, "kosong", when, page, len(holes), KABUPATEN)))


def _pages(speech: Speech, what: str, when: date, page: int, total: int, size: int) -> list[Key]:
    keys = []
    if (page + 1) * size < total:
        keys.append(Key(speech.word("b-halaman-sesudah"), to_list(when, what, page + 1)))
    if page:
        keys.append(Key(speech.word("b-halaman-sebelum"), to_list(when, what, page - 1)))
    return keys


def _place(speech: Speech, place: str | None) -> str:
    return escape(place) if place else speech.say("tempat-tidak-tahu")
