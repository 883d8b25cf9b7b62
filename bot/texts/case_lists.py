"""Cases in one line each: in a list, in a digest, and in the short replies under a card."""

from collections.abc import Sequence
from datetime import datetime

from bot.core import buttons as b
from bot.texts import waiting_cards
from bot.texts.case_buttons import decline_key, quiet_keys, take_key
from bot.texts.case_facts import LAMPS, CaseFacts, Fact
from bot.texts.case_lines import Line, bubble, category, group_kind, joined, line, place
from bot.texts.catalog import Speech
from bot.texts.clean import escape
from bot.texts.message import Key, Message, column
from bot.texts.times import at_words


def entry(speech: Speech, case: CaseFacts, due: datetime | None, *, group: bool = False) -> Line:
    """One case in a list: urgency, number, kind, place, and until when something is expected or for what it waits."""
    known = case.for_group() if group else case
    kind = group_kind(speech, known) if group else category(speech, known)
    parts = [_lamp(known), kind, place(speech, known, parent=False)]
    if due is not None:
        parts.append(_until(speech, known, due))
    return joined(" · ", parts)


def digest(speech: Speech, shown: Sequence[tuple[CaseFacts, datetime]], count: int, *, group: bool) -> Message:
    """Many open cases in one message, the gravest first: a line and a button each."""
    pointer = b.Take if group else b.Read
    keys = [Key(_lamp(case).text, pointer(case.case_id, case.round)) for case, _ in shown]
    lines = [line(speech.say("c_banyak_grup" if group else "c_banyak", jumlah=str(count)))]
    lines += [entry(speech, case, due, group=group) for case, due in shown]
    if count > len(shown):
        lines.append(line(speech.say("r_lagi", jumlah=str(count - len(shown)))))
    return bubble(lines, column(keys), silent=group)


def beyond(speech: Speech, shown: Sequence[CaseFacts], count: int, *, group: bool) -> Message:
    """Where the service has not begun: what waits there since when, with a button to read each and to take it."""
    pointer = b.Take if group else b.Read
    keys = [Key(_lamp(case).text, pointer(case.case_id, case.round)) for case in shown]
    lines = [line(speech.say("d_luar_layanan", jumlah=str(count)))]
    for case in shown:
        since = line(speech.say("c_dilaporkan", **at_words(case.created_at)), Fact.REPORTED)
        where = [line(escape(case.kabupaten), Fact.KABUPATEN)] if case.kecamatan and case.kabupaten else []
        lines.append(joined(" · ", (entry(speech, case, None, group=group), *where, since)))
    if count > len(shown):
        lines.append(line(speech.say("r_lagi", jumlah=str(count - len(shown)))))
    return bubble(lines, column(keys), silent=group)


def reminder(speech: Speech, case: CaseFacts, due: datetime | None, then: str | None = None) -> Message:
    """A short reply to the first card (row 55); the last one before it climbs, with `then`, says to whom."""
    if due is None:
        told = line(speech.say("l_ingat_terus", nomor=case.number), Fact.NUMBER)
    elif then is not None:
        text = speech.say("l_terakhir", nomor=case.number, peran=speech.word(f"peran-{then}"), **at_words(due))
        told = line(text, Fact.NUMBER, Fact.DEADLINE, Fact.NEXT_ROLE)
    else:
        told = line(speech.say("l_ingat", nomor=case.number, **at_words(due)), Fact.NUMBER, Fact.DEADLINE)
    return bubble((told,), column((take_key(speech, case, "b-saya-tangani"),)))


def repeated(speech: Speech, case: CaseFacts, role: str, *, group: bool) -> Message:
    """The end of the ladder asks again: one line under the card, for a group without a sound."""
    text = speech.say("l_ulang", lampu=LAMPS[case.urgency], nomor=case.number, **at_words(case.created_at))
    told = line(text, Fact.URGENCY, Fact.NUMBER, Fact.HOLDER, Fact.REPORTED)
    take = take_key(speech, case, "b-pegang-jsc" if group else "b-saya-tangani")
    quiet = () if group else quiet_keys(speech, case, jsc=role == "jsc")
    return bubble((told,), column((take, *quiet)), silent=group)


def open_again(speech: Speech, case: CaseFacts, why: str, until: datetime | None, role: str | None) -> Message:
    """A case that somebody had is open: one line under the card of whoever may answer now; a group has no role."""
    said = {"lampu": LAMPS[case.urgency], "nomor": case.number, "alasan": speech.word(f"terbuka-{why}")}
    told = line(speech.say("w_dibuka_lagi_segera", **said), Fact.URGENCY, Fact.NUMBER, Fact.HOLDER)
    if until is not None:
        text = speech.say("w_dibuka_lagi", **said, **at_words(until))
        told = line(text, Fact.URGENCY, Fact.NUMBER, Fact.HOLDER, Fact.DEADLINE)
    take = take_key(speech, case, "b-pegang-jsc" if role is None else "b-saya-tangani")
    decline = (decline_key(speech, case),) if role is not None else ()
    return bubble((told,), column((take, *decline)), silent=role is None)


def graver(speech: Speech, case: CaseFacts, *, group: bool) -> Message:
    """A worker raised it: one line under the card of whoever may answer now."""
    urgency = speech.word(f"urgensi-{case.urgency}")
    text = speech.say("l_naik", lampu=LAMPS[case.urgency], nomor=case.number, urgensi=urgency)
    told = line(text, Fact.URGENCY, Fact.NUMBER, Fact.HOLDER)
    take = take_key(speech, case, "b-pegang-jsc" if group else "b-saya-tangani")
    return bubble((told,), column((take,)), silent=group)


def _lamp(case: CaseFacts) -> Line:
    return line(f"{LAMPS[case.urgency]} {case.number}", Fact.URGENCY, Fact.NUMBER)


def _until(speech: Speech, case: CaseFacts, due: datetime) -> Line:
    """The end of a line of a list: until when something is expected, or for what the case waits."""
    if case.waits_for is None:
        return line(speech.say("c_batas", **at_words(due)), Fact.DEADLINE)
    return line(waiting_cards.entry(speech, case.waits_for, due), Fact.WAITING, Fact.DEADLINE)
