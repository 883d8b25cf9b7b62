"""The end of a report: submit it, and say the number with what happens next."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.actions import deadlines
from bot.actions.house import House
from bot.actions.speak import say, speech_for
from bot.actions.submit import Submitted, submit
from bot.core import buttons as b
from bot.core.escalation import Climb
from bot.core.report import from_answers
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from storage import drafts, outbox
from storage.tables import Draft


def finish(session: Session, house: House, draft: Draft, answers: Mapping[str, Any], now: datetime) -> None:
    """Store the report and say its number; the receipt is in the same transaction as the report (I1)."""
    told = from_answers(answers, now)
    sent = submit(session, house, draft, told, now)
    speech = speech_for(session, house, draft.chat_id)
    bare = bool(answers.get("_papan"))
    drafts.drop(session, draft)
    if not sent.fresh:
        say(
            session,
            draft.chat_id,
            Message(speech.say("sudah_terkirim", nomor=sent.report.number), bare=bare),
            now,
        )
        return
    text = f"{speech.say('nomor', nomor=sent.report.number)}\n\n{_next(session, house, speech, sent, now)}"
    keys = (
        Key(speech.word("b-salin-nomor"), copy=sent.report.number),
        Key(speech.word("b-lihat-laporan"), b.ShowReport(sent.report.id)),
    )
    say(session, draft.chat_id, Message(text, column(keys)), now, kind="receipt", priority=outbox.PRESS)
    if advice := house.known.knowledge.advice(told.category, told.danger, own=told.of_oneself):
        phone = speech.word(house.known.knowledge.emergency_key(sent.case.kabupaten))
        line = Message(speech.say(advice, telepon=phone))
        # After the number, but behind everybody else's cards: in an outage five hundred advices would delay them.
        say(session, draft.chat_id, line, now, kind="question", priority=outbox.RECEIPT)


def _next(session: Session, house: House, speech: Speech, sent: Submitted, now: datetime) -> str:
    """The one line after the number: who is asked, and when the next news comes at the latest."""
    case, first = sent.case, sent.first
    phone = speech.word(house.known.knowledge.emergency_key(case.kabupaten))
    if not isinstance(first, Climb):
        return speech.say("nomor_buntu", daftar=speech.word(house.known.knowledge.emergency_list_key(case.kabupaten)))
    until = deadlines.promise(session, case, deadlines.policy_of(session, case))
    sent.report.promised_at = until
    session.add(sent.report)
    if case.urgency == "darurat":
        return speech.say("nomor_darurat", telepon=phone)
    when = {"hari": day(speech, until), "jam": clock(until)}
    roles = deadlines.policy_of(session, case).rungs[first.rung].ask
    if case.skip_kecamatan and "jsc" not in roles:
        return speech.say("nomor_langsung", **when)
    if first.rings_at > now:
        rings = {"hari": day(speech, first.rings_at), "jam": clock(first.rings_at)}
        return speech.say("nomor_besok", telepon=phone, **rings)
    if "tksk" in roles:
        return speech.say("nomor_sekarang", **when)
    return speech.say("nomor_provinsi" if "jsc" in roles else "nomor_kabupaten", **when)
