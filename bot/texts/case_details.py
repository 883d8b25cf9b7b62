"""What a reporter told, in private and protected: whole to whoever has the case, with numbers masked to others."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.texts.case_facts import CaseFacts, Fact
from bot.texts.case_lines import Line, bubble, joined, line, place, places
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape, masked
from bot.texts.message import File, Message

LONGEST = 1200
"""Characters of one text of the reporter's that are shown."""


@dataclass(frozen=True, slots=True)
class Details:
    """What the reporter wrote and sent."""

    landmark: str
    story: str
    point: tuple[float, float] | None
    phone: str | None
    files: tuple[tuple[str, str], ...]


def details(speech: Speech, case: CaseFacts, told: Details, *, whole: bool) -> tuple[Message, ...]:
    """One message of words, and for the owner (`whole`) one for each picture and recording."""
    text = replace(bubble(_lines(speech, case, told, whole=whole)), protected=True)
    if not whole:
        return (text,)
    shows = frozenset({Fact.FILES})
    media = (Message("", file=File(kind, id_), protected=True, shows=shows) for kind, id_ in told.files)
    return (text, *media)


def _lines(speech: Speech, case: CaseFacts, told: Details, *, whole: bool) -> Iterator[Line]:
    yield line(f"<b>{speech.say('r_judul', nomor=case.number)}</b>", Fact.NUMBER)
    found = joined(", ", places(case) or [place(speech, case)])
    yield Line(f"📍 {found.text}", found.shows)
    for key, text, fact in (("r_patokan", told.landmark, Fact.LANDMARK), ("r_cerita", told.story, Fact.STORY)):
        if text:
            shown = clean(text) if whole else masked(clean(text))
            yield line(f"{speech.say(key)}\n<blockquote>{escape(cut(shown, LONGEST))}</blockquote>", fact)
    if told.point and whole:
        lat, lon = told.point
        yield line(speech.say("r_titik", lat=f"{lat:.3f}", lon=f"{lon:.3f}"), Fact.POINT)
    if not told.phone:
        yield line(speech.say("r_lewat_bot"), Fact.CONTACT)
    elif whole:
        yield line(speech.say("r_telepon", nomor=told.phone), Fact.CONTACT, Fact.PHONE)
    else:
        yield line(speech.say("r_telepon_ada"), Fact.CONTACT)
    if told.files and not whole:
        yield line(speech.say("c_berkas", jumlah=str(len(told.files))), Fact.FILES)
