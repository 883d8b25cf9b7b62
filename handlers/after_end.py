"""Answers after the end: thanks, a case opened again, words for whoever is above its workers (rows 77, 78)."""

from bot.actions import after_end as deeds
from bot.actions import complaints
from bot.actions.casefile import hold
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition, more
from bot.core.after_end import AGAIN, NO
from bot.core.danger_words import Alarm
from bot.core.inputs import Input, Typed, words_of
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock
from handlers import added, adding, alarm, own_reports, shown
from handlers.acts import Who
from handlers.closing import with_numbers
from handlers.questions import says, says_yes, typed_nav
from storage import additions, kinds
from storage.tables import Addition as Row
from storage.tables import Draft, Report

OPEN, OTHER, CASE = "buka", "lain", "kasus"
LAPOR = "https://www.lapor.go.id"


def answered(turn: Turn, who: Who, button: b.Helped) -> str:
    """A button under the news of the end."""
    report = deeds.answer(turn, button.report, who.chat_id, button.round, button.answer)
    speech = turn.speech(who.chat_id)
    if report is None:
        return speech.word("tombol_lama")
    if button.answer == NO:
        _ask_what(turn, who, report)
    elif button.answer == AGAIN:
        _open(turn, report)
    else:
        added.said(turn, report, "t_puas")
    return ""


def complained(turn: Turn, who: Who, button: b.Complain) -> str:
    """*Buka lagi*, *Jangan ke petugas yang sama*."""
    row = additions.complaint(turn.session, button.addition, who.chat_id)
    if row is None or button.wish not in (OPEN, OTHER, CASE):
        return turn.speech(who.chat_id).word("tombol_lama")
    report = added.report_of(turn, row)
    closes = row.told_at is None
    if (closes and button.wish == CASE) or (not closes and button.wish == OPEN):
        return turn.speech(who.chat_id).word("tombol_lama")
    added.close(turn, row)
    row.told_at = row.told_at or turn.now  # what follows until its time is up is for the same eyes
    turn.session.add(row)
    if closes:
        _open(turn, report, other=button.wish == OTHER)
    elif button.wish == CASE:
        _into_the_case(turn, row, report)
    else:
        _somebody_else(turn, report)
    return ""


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """What is said to "Apa yang belum?" is for whoever is above the workers; a bare yes, no or cancel skips it."""
    row = additions.waiting(turn.session, who.chat_id)
    assert row is not None and row.complaint
    speech, report = turn.speech(who.chat_id), added.report_of(turn, row)
    if isinstance(given, Typed) and _skips(speech, given.text):
        complained(turn, who, b.Complain(row.id, OPEN))
        return
    found = alarm.heard(words_of(given))
    if shown.is_no_complaint(turn, report, given):
        if (words := shown.words_of(given)) is None:
            return
        given = words
    before = additions.content(turn.session, row)
    whole, fresh = more(before, given), more(Addition(), given)
    if whole is None or fresh is None:
        adding.refuse(turn, who, given, before)
        return
    first = row.told_at is None
    row.told_at = turn.now
    added.close(turn, additions.keep(turn.session, row, whole))
    file = hold(turn, row.case_id)
    assert file is not None
    read = complaints.pass_on(turn, file, fresh)
    thank(turn, row, read=read)
    if first:
        _open(turn, report)
    if found is not None:
        ask_danger(turn, who, report, found)


def unanswered(turn: Turn, row: Row) -> None:
    """Nobody said what was missing: the case is opened again all the same."""
    added.close(turn, row)
    first, row.due_at = row.told_at is None, None
    row.told_at = row.told_at or turn.now
    turn.session.add(row)
    if first:
        _open(turn, added.report_of(turn, row))


def thank(turn: Turn, row: Row, *, read: bool, number: str | None = None) -> None:
    """Who reads it, and where else it may be said; of the report with this `number` it may be meant for its case."""
    speech = turn.speech(row.chat_id)
    keys = [
        Key(speech.word("b-petugas-lain"), b.Complain(row.id, OTHER)),
        Key(speech.word("b-lapor-go-id"), url=LAPOR),
    ]
    if number is not None:
        keys.append(Key(speech.word("b-tambahkan", nomor=number), b.Complain(row.id, CASE)))
    turn.say(row.chat_id, Message(speech.say("keluhan" if read else "keluhan_simpan"), column(keys)))


def _ask_what(turn: Turn, who: Who, report: Report) -> None:
    added.leave(turn, additions.waiting(turn.session, who.chat_id))
    row = additions.begin(turn.session, report, Addition(), turn.now, added.due(turn), complaint=True)
    speech = turn.speech(who.chat_id)
    assert row.due_at is not None
    keys = (
        Key(speech.word("b-buka-lagi"), b.Complain(row.id, OPEN)),
        Key(speech.word("b-petugas-lain"), b.Complain(row.id, OTHER)),
    )
    text = speech.say("t_belum", nomor=report.number, jam=clock(row.due_at))
    row.offer_uid = turn.say(who.chat_id, Message(text, column(keys)))


def ask_danger(turn: Turn, who: Who, report: Report, found: Alarm) -> None:
    """The words do not reach the workers, so danger in them is asked about; whoever is in it reads numbers first."""
    speech = turn.speech(who.chat_id)
    if alarm.is_own(found):
        alarm.numbers(turn, who, found)
    keys = (
        Key(speech.word("b-ya-sekarang"), b.DangerNow(report.id, "ya")),
        Key(speech.word("b-tidak"), b.DangerNow(report.id, "tidak")),
    )
    text = with_numbers(turn, who.chat_id, speech.say("tebak_gawat"))
    turn.say(who.chat_id, Message(text, column(keys)), kinds.DANGER)


def _open(turn: Turn, report: Report, *, other: bool = False) -> None:
    """Open the case again, and say so."""
    if deeds.reopen(turn, report, other=other) is None:
        own_reports.show_report(turn, Who(report.chat_id, report.chat_id, private=True), report.id)
        return
    added.said(turn, report, "t_buka_lain" if other else "t_buka")


def _somebody_else(turn: Turn, report: Report) -> None:
    """After a complaint: whoever has the case keeps it, and whoever is above reads the wish; else others are asked."""
    file = hold(turn, report.case_id)
    assert file is not None
    deeds.somebody_else(turn, file, report)
    added.said(turn, report, "keluhan_lain")


def _into_the_case(turn: Turn, row: Row, report: Report) -> None:
    """It was no complaint, but something about the person: the workers read it."""
    told = additions.content(turn.session, row)
    additions.drop(turn.session, row)
    added.add(turn, additions.begin(turn.session, report, told, turn.now, turn.now))


def _skips(speech: Speech, text: str) -> bool:
    return says_yes(speech, text) or says(speech, "kata-tidak", text) or typed_nav(speech, text) is not None
