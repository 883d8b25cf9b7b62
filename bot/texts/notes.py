"""A worker's notes: the question which case one belongs to, and how it is read; pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import buttons as b
from bot.core.addition import Addition
from bot.texts.additions import LONGEST
from bot.texts.case_buttons import read_key
from bot.texts.case_facts import LAMPS, CaseFacts, Fact
from bot.texts.case_lines import Line, line
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape, masked
from bot.texts.message import Key, Message, column
from bot.texts.times import at_words, clock

OTHERS = 2
"""Cases beside the first that stand in the question; with *Lainnya* and *Bukan* it has five buttons."""
NONE, MORE = "bukan", "lain"


@dataclass(frozen=True, slots=True)
class Note:
    """One note: when, as which role, and what."""

    at: datetime
    role: str
    told: Addition


def which_case(speech: Speech, note: str, cases: Sequence[CaseFacts], until: datetime, start: int = 0) -> Message:
    """For which of these cases? The first of all is meant if nobody answers; `start`: from which one on they are shown.

    `note` is the id of the note.
    """
    first, only = cases[0], len(cases) == 1
    text = speech.say("w_catatan" if only else "w_catatan_mana", nomor=first.number, jam=clock(until))
    shown = cases[start : start + 1 + OTHERS]
    keys = [_key(speech, note, case, first=case is first) for case in shown]
    if only:
        keys.append(read_key(speech, first))
    elif start + 1 + OTHERS < len(cases):
        keys.append(Key(speech.word("b-lainnya"), b.NoteFor(note, f"{MORE}-{start + 1 + OTHERS}")))
    elif start:
        keys.append(Key(speech.word("b-kembali"), b.NoteFor(note, f"{MORE}-0")))
    return Message(text, column((*keys, Key(speech.word("b-catatan-bukan"), b.NoteFor(note, NONE)))))


def lines(speech: Speech, notes: Sequence[Note], *, whole: bool) -> Iterator[Line]:
    """What was noted, each with its moment and the role of whoever did; numbers are masked unless `whole`."""
    for note in notes:
        head = speech.say("r_catatan", siapa=speech.word(f"peran-{note.role}"), **at_words(note.at))
        shown = clean(note.told.text) if whole else masked(clean(note.told.text))
        quote = f"\n<blockquote>{escape(cut(shown, LONGEST))}</blockquote>" if shown else ""
        if not shown and note.told.media:
            quote = f"\n{speech.say('c_berkas', jumlah=str(len(note.told.media)))}"
        yield line(head + quote, Fact.NOTED)
        if note.told.point and whole:
            lat, lon = note.told.point
            yield line(speech.say("r_titik", lat=f"{lat:.3f}", lon=f"{lon:.3f}"), Fact.POINT)


def why_lines(speech: Speech, whys: Sequence[Note], *, whole: bool) -> Iterator[Line]:
    """Why somebody passed it on, as they wrote it; what was only said is heard."""
    for why in whys:
        if shown := clean(why.told.text):
            quote = escape(cut(shown if whole else masked(shown), LONGEST))
            head = speech.say("r_alasan", siapa=speech.word(f"peran-{why.role}"))
            yield line(f"{head}\n<blockquote>{quote}</blockquote>", Fact.PASSED)


def _key(speech: Speech, note: str, case: CaseFacts, *, first: bool) -> Key:
    place = case.desa or case.kecamatan or case.kabupaten or ""
    label = f"{LAMPS[case.urgency]} {case.number}" + (f" · {place}" if place else "")
    pointer = b.Note(case.case_id, case.round, note)
    if first:
        return Key(speech.word("b-catatan-ya", nomor=case.number), pointer, style="success")
    return Key(label, pointer)
