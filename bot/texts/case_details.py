"""What a reporter told, in private and protected: whole to whoever has the case, with numbers masked to others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.addition import Addition
from bot.core.pictures import spoken
from bot.core.report import Medium
from bot.texts import additions
from bot.texts.case_facts import CaseFacts, Fact
from bot.texts.case_files import files
from bot.texts.case_lines import Line, bubble, joined, line, place, places
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape, masked
from bot.texts.message import Message
from bot.texts.notes import Note, why_lines
from bot.texts.notes import lines as note_lines
from bot.texts.times import at_words

LONGEST = 1200
"""Characters of one text of the reporter's that are shown."""


@dataclass(frozen=True, slots=True)
class Details:
    """What the reporter wrote and sent."""

    landmark: str
    story: str
    point: tuple[float, float] | None
    phone: str | None
    files: tuple[Medium, ...]
    more: tuple[tuple[datetime, Addition], ...] = ()
    """What they told after the number, and when."""
    complaints: tuple[tuple[datetime, str], ...] = ()
    """What they said of the work on it, where the reader is above those who did it."""
    notes: tuple[Note, ...] = ()
    """What whoever had the case noted, and whether the reader hears and sees all of it."""
    shows_notes: bool = False
    whys: tuple[Note, ...] = ()
    """Why it was passed on, where that was said in words; everybody who may open the case hears it."""
    contact: str | None = None
    """Whose number it is, where somebody reported for a resident."""
    way: str = ""
    """Through whom, or at what hours, a reporter who is harmed may be reached."""


def details(speech: Speech, case: CaseFacts, told: Details, *, whole: bool) -> tuple[Message, ...]:
    """One message of words, and for the owner (`whole`) one for each picture and recording that comes with the case."""
    text = replace(bubble(_lines(speech, case, told, whole=whole)), protected=True)
    noted = tuple(medium for note in told.notes for medium in note.told.media) if told.shows_notes else ()
    why = tuple(medium for one in told.whys for medium in one.told.media)
    if not whole:
        return (text, *files((*(spoken(noted) if case.on_tap else noted), *why)))
    media = (*why, *told.files, *(medium for _, one in told.more for medium in one.media), *noted)
    return (text, *files(spoken(media) if case.on_tap else media))


def _lines(speech: Speech, case: CaseFacts, told: Details, *, whole: bool) -> Iterator[Line]:
    yield line(f"<b>{speech.say('r_judul', nomor=case.number)}</b>", Fact.NUMBER)
    found = joined(", ", places(case) or [place(speech, case)])
    yield Line(f"📍 {found.text}", found.shows)
    if told.way and whole:
        yield line(
            f"{speech.say('r_cara')}\n<blockquote>{escape(cut(clean(told.way), LONGEST))}</blockquote>", Fact.WAY
        )
    for key, text, fact in (("r_patokan", told.landmark, Fact.LANDMARK), ("r_cerita", told.story, Fact.STORY)):
        if text:
            shown = clean(text) if whole else masked(clean(text))
            yield line(f"{speech.say(key)}\n<blockquote>{escape(cut(shown, LONGEST))}</blockquote>", fact)
    if told.point and whole:
        lat, lon = told.point
        yield line(speech.say("r_titik", lat=f"{lat:.3f}", lon=f"{lon:.3f}"), Fact.POINT)
    for at, one in told.more:
        yield from additions.lines(speech, one, at, whole=whole)
    for at, text in told.complaints:
        quote = f"<blockquote>{escape(cut(clean(text), LONGEST))}</blockquote>"
        yield line(f"{speech.say('r_keluhan', **at_words(at))}\n{quote}", Fact.ADDED)
    yield from note_lines(speech, told.notes, whole=told.shows_notes)
    yield from why_lines(speech, told.whys, whole=told.shows_notes)
    if not told.phone:
        yield line(speech.say("r_lewat_bot"), Fact.CONTACT)
    elif whole:
        if told.contact:
            yield line(speech.say(f"r_telepon-{told.contact}", nomor=told.phone), Fact.CONTACT, Fact.PHONE)
        else:
            yield line(speech.say("r_telepon", nomor=told.phone), Fact.CONTACT, Fact.PHONE)
    else:
        yield line(speech.say("r_telepon_ada"), Fact.CONTACT)
    count = len(told.files) + sum(len(one.media) for _, one in told.more)
    if count and not whole:
        yield line(speech.say("c_berkas", jumlah=str(count)), Fact.FILES)
