"""The end of a report: submit it, and say the number with what happens next."""

from collections.abc import Mapping
from typing import Any

from bot.actions import deadlines, ladder, promises
from bot.actions.submit import Submitted, submit
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.escalation import Climb
from bot.core.report import Report as Told
from bot.core.report import from_answers
from bot.core.report_facts import COMES_ALONE
from bot.core.report_flow import takes_it
from bot.core.words import Words
from bot.texts.case_card import owner_card
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from handlers import asking
from storage import cases, drafts, kinds
from storage.tables import Draft


def finish(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """Store the report and say its number; the receipt is in the same transaction as the report (I1)."""
    told = from_answers(answers, turn.now)
    sent = submit(turn, draft, told, keeps=takes_it(answers))
    speech = turn.speech(draft.chat_id)
    bare = asking.take_keyboard(turn, drafts.all_of(turn.session, draft.chat_id))
    asking.done(turn, draft, answers)
    if not sent.fresh:
        turn.say(draft.chat_id, Message(speech.say("sudah_terkirim", nomor=sent.report.number), bare=bare))
        return
    if sent.file.owner is not None:
        _theirs(turn, speech, draft, sent)
        return
    if told.reach is not None:
        _unspoken(turn, speech, draft, told, sent)
        return
    text = f"{speech.say('nomor', nomor=sent.report.number)}\n\n{_next(turn, speech, sent)}"
    keys = (
        Key(speech.word("b-salin-nomor"), copy=sent.report.number),
        Key(speech.word("b-lihat-laporan"), b.ShowReport(sent.report.id)),
    )
    turn.say(draft.chat_id, Message(text, column(keys)), kinds.RECEIPT)
    field, kin = turn.house.known.knowledge, told.of_family
    advice = field.advice(told.category, told.danger, own=told.of_oneself, family=kin)
    if advice is None and told.quick:
        advice = "saran_cepat"
    if advice is not None:
        phone = speech.word(turn.house.known.knowledge.emergency_key(sent.file.case.kabupaten))
        line = Message(speech.say(advice, telepon=phone))
        # After the number, but behind everybody else's cards: in an outage five hundred advices would delay them.
        turn.say(draft.chat_id, line, kinds.ADVICE)


def _theirs(turn: Turn, speech: Speech, draft: Draft, sent: Submitted) -> None:
    """Whoever sent it has it: its number, and the card of whoever has a case."""
    promises.begin(turn, sent.file, sent.report)
    text = f"{speech.say('nomor', nomor=sent.report.number)}\n\n{speech.say('nomor_ditangani')}"
    turn.say(draft.chat_id, Message(text), kinds.RECEIPT)
    card = owner_card(speech, sent.file.facts, sent.file.case.next_due_at)
    turn.say(draft.chat_id, card, kinds.OWNER_CARD, case=sent.file.case)


def _unspoken(turn: Turn, speech: Speech, draft: Draft, told: Told, sent: Submitted) -> None:
    """Whoever is harmed reads all in one message that they can hide: what comes later says nothing (R5)."""
    promises.begin(turn, sent.file, sent.report)
    comes = "nomor_sendiri" if told.reach == COMES_ALONE else "nomor_diam"
    known = turn.house.known.knowledge
    advice = known.advice(told.category, told.danger, own=True)
    assert advice is not None, "whoever reports for themselves always has one"
    phone = speech.word(known.emergency_key(sent.file.case.kabupaten))
    reached = not sent.file.case.stuck and sent.file.case.fired_at is not None
    lines = [
        speech.say("nomor_aman", nomor=sent.report.number),
        speech.say("nomor_luar_diam" if sent.file.listed else "nomor_petugas" if reached else "nomor_terus_dicoba"),
        speech.say(comes),
        speech.say(advice, telepon=phone),
    ]
    keys = (Key(speech.word("b-sembunyikan"), b.Menu(Go.HIDE)),)
    turn.say(draft.chat_id, Message("\n\n".join(lines), column(keys)), kinds.RECEIPT)


def sent_before(turn: Turn, chat_id: int, draft_id: str) -> str | None:
    """A button of a draft that was sent: its number; None when it never was."""
    number = cases.number_of_draft(turn.session, chat_id, draft_id)
    return None if number is None else turn.speech(chat_id).word("sudah_terkirim", nomor=number)


def _next(turn: Turn, speech: Speech, sent: Submitted) -> str:
    """The one line after the number: who is asked, and when the next news comes at the latest."""
    case, first = sent.file.case, sent.first
    phone = speech.word(turn.house.known.knowledge.emergency_key(case.kabupaten))
    until = promises.begin(turn, sent.file, sent.report)
    if sent.file.listed:
        assert until is not None and case.kabupaten is not None
        where = turn.house.known.places.get(case.kabupaten)
        assert where is not None
        return speech.say("nomor_luar", kabupaten=where.label, hari=day(speech, until), jam=clock(until))
    if not isinstance(first, Climb) or until is None:
        return speech.say(
            "nomor_buntu", daftar=speech.word(turn.house.known.knowledge.emergency_list_key(case.kabupaten))
        )
    if case.urgency == "darurat":
        return speech.say("nomor_darurat", telepon=phone)
    when = {"hari": day(speech, until), "jam": clock(until)}
    roles = sent.file.policy.rungs[first.rung].ask
    if case.skip_kecamatan and "jsc" not in roles:
        return speech.say("nomor_langsung", **when)
    if first.rings_at > turn.now:
        rings = {"hari": day(speech, first.rings_at), "jam": clock(first.rings_at)}
        return speech.say("nomor_besok", telepon=phone, **rings)
    if any(ladder.is_filled(turn, sent.file, rung) for rung in first.skipped):
        return speech.say("nomor_diteruskan", **when)
    if "tksk" in roles:
        return speech.say("nomor_sekarang", **when)
    if "tksk" not in sent.file.policy.rungs[0].ask:  # nobody passed over a TKSK who is not there
        return speech.say("nomor_ke", siapa=Words(f"orang-{deadlines.asked_role(sent.file)}"), **when)
    return speech.say("nomor_provinsi" if "jsc" in roles else "nomor_kabupaten", **when)
