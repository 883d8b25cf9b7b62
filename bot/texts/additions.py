"""What a reporter told after the number, as the workers read it: whole to whoever has the case, masked to others."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from bot.core.addition import Addition
from bot.core.pictures import spoken
from bot.texts.case_buttons import owner_rows, take_key
from bot.texts.case_ends import word_by
from bot.texts.case_facts import LAMPS, CaseFacts, Fact, Handling
from bot.texts.case_files import files
from bot.texts.case_lines import Line, bubble, despair, line
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape, masked
from bot.texts.message import Message, column
from bot.texts.times import at_words

LONGEST = 1200
"""Characters of one text that are shown."""


def lines(speech: Speech, told: Addition, at: datetime, *, whole: bool) -> Iterator[Line]:
    """What was added, with its moment."""
    if told.text:
        shown = clean(told.text) if whole else masked(clean(told.text))
        quote = f"<blockquote>{escape(cut(shown, LONGEST))}</blockquote>"
        yield line(f"{speech.say('r_tambahan', **at_words(at))}\n{quote}", Fact.ADDED)
    elif told.media or told.point:
        yield line(speech.say("r_tambahan", **at_words(at)), Fact.ADDED)
    if told.point and whole:
        lat, lon = told.point
        yield line(speech.say("r_titik", lat=f"{lat:.3f}", lon=f"{lon:.3f}"), Fact.POINT)


def to_owner(speech: Speech, case: CaseFacts, told: Addition, at: datetime) -> Iterator[Message]:
    """To whoever has the case: what was added, and each picture and recording."""
    head = line(f"{LAMPS[case.urgency]} {speech.say('w_tambahan', nomor=case.number)}", Fact.URGENCY, Fact.NUMBER)
    said = lines(speech, told, at, whole=True)
    beware = despair(speech, case, Handling())
    first = (head,) if beware is None else (head, beware)
    yield replace(bubble((*first, *said), owner_rows(speech, case)), protected=True)
    yield from files(spoken(told.media) if case.on_tap else told.media)


def offered_to_owner(speech: Speech, case: CaseFacts) -> Message:
    """To whoever has the case: a picture was offered, and not kept."""
    said = f"{LAMPS[case.urgency]} {speech.say('w_gambar_ditawarkan', nomor=case.number)}"
    return bubble((line(said, Fact.URGENCY, Fact.NUMBER, Fact.UNKEPT),), owner_rows(speech, case))


def danger_to_owner(speech: Speech, case: CaseFacts, due: datetime | None) -> Message:
    """To whoever has the case: there is danger now, and by when a word is due."""
    told = line(speech.say("w_bahaya", lampu=LAMPS[case.urgency], nomor=case.number), Fact.URGENCY, Fact.NUMBER)
    parts = (told, despair(speech, case, Handling()), word_by(speech, case, Handling(until=due)))
    return bubble([part for part in parts if part is not None], owner_rows(speech, case))


def danger(speech: Speech, case: CaseFacts, *, group: bool) -> Message:
    """One line under the card of whoever may answer: there is danger now; a group only reads along."""
    told = line(speech.say("l_bahaya", lampu=LAMPS[case.urgency], nomor=case.number), Fact.URGENCY, Fact.NUMBER)
    return bubble((told,), () if group else column((take_key(speech, case, "b-saya-tangani"),)), silent=group)
