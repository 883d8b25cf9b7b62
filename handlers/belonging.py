"""Answers to what is asked after the number: where something belongs, and whether there is danger now."""

from bot.actions import additions as deeds
from bot.actions import deadlines
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition
from bot.core.correct_flow import WHERE
from bot.core.inputs import Input, Typed
from bot.core.put_right import place_instead
from bot.texts.message import Key, Message, column
from handlers import added, alarm, asking, correcting, offers, opening, taking_back
from handlers.acts import Who
from handlers.added import NONE, OTHER, WRONG_PLACE
from handlers.questions import says, says_yes
from storage import additions, cases, kinds
from storage.tables import Addition as Row
from storage.tables import Draft

YES, NO = "ya", "tidak"


def answered(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Yes, no or cancel, typed to what was asked."""
    row = additions.waiting(turn.session, who.chat_id)
    assert row is not None and isinstance(given, Typed)
    speech = turn.speech(who.chat_id)
    yes = says_yes(speech, given.text)
    if row.told_at is not None:
        danger_now(turn, who, row.report_id, YES if yes or alarm.now(speech, given.text) else NO)
    elif additions.content(turn.session, row).withdraws:
        (taking_back.yes if yes else taking_back.no)(turn, row)
    elif yes:
        added.add(turn, row)
    elif says(speech, "kata-tidak", given.text):
        added.close(turn, row)
        offers.offer(turn, added.as_draft(turn, who, row))
    else:
        added.drop(turn, row)


def belongs(turn: Turn, who: Who, button: b.Belongs) -> str:
    """A button under the question where it belongs."""
    row = additions.hold(turn.session, button.addition)
    speech = turn.speech(who.chat_id)
    if row is None or row.chat_id != who.chat_id or (row.told_at is not None and button.where != OTHER):
        return speech.word("tombol_lama")
    if button.where == OTHER:
        added.close(turn, row)
        draft = added.as_draft(turn, who, row)
        if draft.question_uid is None:
            opening.first(turn, draft)
        else:
            asking.resume(turn, draft)
        return ""
    told = additions.content(turn.session, row)
    what, _, of = button.where.partition("-")
    if what == WRONG_PLACE and not told.withdraws:
        return _wrong_place(turn, who, row, told, of)
    if button.where == NONE:
        (taking_back.no if told.withdraws else added.drop)(turn, row)
        return ""
    found = cases.own_report(turn.session, button.where, who.chat_id) if told.withdraws else None
    reports = added.about(turn, who) if found is None else (found[0],)
    report = next((report for report in reports if report.id == button.where), None)
    if report is None:
        return speech.word("tombol_lama")
    row.report_id, row.case_id = report.id, report.case_id
    (taking_back.yes if told.withdraws else added.add)(turn, additions.keep(turn.session, row, told))
    return ""


def _wrong_place(turn: Turn, who: Who, row: Row, told: Addition, of: str) -> str:
    """The words reach the case, whatever becomes of the correction; the place they name is asked about by its name.

    `of`: the id of the one report that was meant among several; "" where there is one alone.
    """
    if of:
        report = next((report for report in added.about(turn, who) if report.id == of), None)
        if report is None:
            return turn.speech(who.chat_id).word("tombol_lama")
        row.report_id, row.case_id = report.id, report.case_id
        row = additions.keep(turn.session, row, told)
    added.close(turn, row)
    if deeds.add(turn, row) is None:
        added.add(turn, row)
        return ""
    return correcting.press(turn, who, b.Correct(row.report_id, WHERE), place_instead(told.text))


def danger_now(turn: Turn, who: Who, report_id: str, answer: str) -> str:
    """Whether there is danger now: yes makes the case darurat and rings whoever is awaited."""
    speech, row = turn.speech(who.chat_id), additions.waiting(turn.session, who.chat_id)
    if row is not None and row.told_at is not None and row.report_id == report_id:
        added.close(turn, row)
        row.due_at = None
    found = cases.own_report(turn.session, report_id, who.chat_id)
    if found is None or answer not in (YES, NO):
        return speech.word("tombol_lama")
    if answer == NO:
        added.said(turn, found[0], "tambah_tenang")
        return ""
    file = deeds.worsen(turn, report_id, who.chat_id)
    report, case = found
    phone = speech.word(turn.house.known.knowledge.emergency_key(case.kabupaten))
    if file is None:
        turn.say(who.chat_id, Message(speech.say("gawat", telepon=phone)), kinds.DANGER)
        return ""
    # Whose news comes by a clock of its own does not read here whether somebody has the case.
    key = "naik_darurat" if file.owner is None or report.fixed_clock else "naik_darurat_petugas"
    if file.case.stuck:
        key = "naik_darurat_buntu"
    elif file.owner is None and not report.fixed_clock:
        report.promised_at = report.news_at = deadlines.promise(file, turn.now)
        turn.session.add(report)
    keys = (
        Key(speech.word("b-sudah-telepon"), b.Phoned(report.id, "sudah")),
        Key(speech.word("b-tidak-bisa-telepon"), b.Phoned(report.id, "takbisa")),
    )
    text = speech.say(key, nomor=report.number, telepon=phone)
    turn.say(who.chat_id, Message(text, column(keys)), kinds.DANGER)
    return ""
