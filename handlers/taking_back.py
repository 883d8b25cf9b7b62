"""To take a report back: it is asked whether the person needs help no more, and only *Ya, tarik* does it (row 158)."""

from collections.abc import Sequence

from bot.actions import additions as telling
from bot.actions import taking_back as deeds
from bot.actions.fixed_clock import knows_end
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition
from bot.core.inputs import Input, Typed
from bot.core.moves import ENDS
from bot.texts.message import Key, Message, column
from handlers import added, own_reports
from handlers.acts import Who
from handlers.added import NONE
from handlers.questions import says
from storage import additions, cases
from storage.tables import Addition as Row
from storage.tables import Draft, Report

MORE = 2
"""How many words more may stand beside a phrase like "orangnya sudah pulang"."""


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """ "Batal", "tarik laporan TS-…", "orangnya sudah pulang": which report, and is it to be taken back?"""
    text = given.text if isinstance(given, Typed) else ""
    found = own_reports.mentioned(turn.session, who, text)
    if found is not None and knows_end(found[1], found[0]):
        own_reports.show_report(turn, who, found[0].id)
        return
    mine = (found[0],) if found is not None else added.about(turn, who)
    goes_home = says(turn.speech(who.chat_id), "kata-pulang", text, more=MORE)
    _ask(turn, who, mine, text if goes_home else "")


def press(turn: Turn, who: Who, report_id: str) -> str:
    """*Tarik laporan*, under one of a person's own reports."""
    found = cases.own_report(turn.session, report_id, who.chat_id)
    if found is None:
        return turn.speech(who.chat_id).word("tombol_lama")
    report, case = found
    if (case.status in ENDS and not report.fixed_clock) or report.withdrawn_at is not None:
        return own_reports.show_report(turn, who, report_id)
    _ask(turn, who, (report,), "")
    return ""


def yes(turn: Turn, row: Row) -> None:
    """*Ya, tarik*: the case ends by it, or its workers know; words that came with it reach whoever goes on."""
    added.close(turn, row)
    told, report = additions.content(turn.session, row), added.report_of(turn, row)
    done = deeds.take_back(turn, report.id, row.chat_id)
    if not told.text or telling.add(turn, row) is None:
        additions.drop(turn.session, row)
    if done is None:
        own_reports.show_report(turn, Who(row.chat_id, row.chat_id, private=True), report.id)
    elif done.over:
        added.said(turn, report, "tarik_selesai")
    else:
        added.said(turn, report, "tarik_catat" if done.discreet else "tarik_lanjut")


def no(turn: Turn, row: Row) -> None:
    """*Batal*: it goes on."""
    report = added.report_of(turn, row)
    added.let_be(turn, row)
    added.said(turn, report, "tarik_tidak")


def _ask(turn: Turn, who: Who, reports: Sequence[Report], text: str) -> None:
    """The one question; what else waited for a word is settled first."""
    before = added.leave(turn, additions.waiting(turn.session, who.chat_id))
    report = before if before is not None and before in reports else reports[0]
    row = additions.begin(turn.session, report, Addition(text, withdraws=True), turn.now, added.due(turn))
    speech = turn.speech(who.chat_id)
    keys = [Key(speech.word("b-ya-tarik", nomor=one.number), b.Belongs(row.id, one.id)) for one in reports]
    keys.append(Key(speech.word("b-batal-tarik"), b.Belongs(row.id, NONE)))
    question = speech.say("tarik_tanya", nomor=report.number)
    row.offer_uid = turn.say(who.chat_id, Message(question, column(keys)))
