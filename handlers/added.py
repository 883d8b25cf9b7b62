"""What was said after the number: where it belongs is asked, it reaches its case, or becomes a report of its own."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.actions import additions as deeds
from bot.actions.hidden import is_hidden, is_of_oneself
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import ADDED_AFTER, ADDED_SOON, OPEN_FOR
from bot.core.buttons import Go
from bot.core.correct_flow import WHERE
from bot.core.inputs import Media, Pin
from bot.core.media import Look, look
from bot.core.place_step import PLACE
from bot.core.put_right import names_wrong_place
from bot.core.question import Answered
from bot.core.report_flow import REPORT
from bot.core.story_step import add_media, more_text
from bot.core.walk import apply
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock
from handlers import asking, offers, opening, shown
from handlers.acts import Who
from handlers.closing import known
from storage import additions, drafts
from storage.tables import Addition as Row
from storage.tables import Draft, Report

OTHER, NONE, WRONG_PLACE = "lain", "bukan", WHERE


def about(turn: Turn, who: Who) -> Sequence[Report]:
    """The reports that something said now may be about, the newest first."""
    return additions.may_be_about(turn.session, who.chat_id, turn.now - OPEN_FOR)


def recent(turn: Turn, who: Who) -> Sequence[Report]:
    """The same, and those at their end: somebody may still ask about them."""
    return additions.recent(turn.session, who.chat_id, turn.now - OPEN_FOR)


def due(turn: Turn, report: Report | None = None) -> datetime:
    """When a word is no longer waited for: at a full minute, as it is said; of a `report` in darurat within one."""
    if report is not None and deeds.is_grave(turn, report):
        return turn.now + ADDED_SOON
    return (turn.now + ADDED_AFTER).replace(second=0, microsecond=0) + timedelta(minutes=1)


def ask(turn: Turn, row: Row, above: str = "") -> None:
    """Where does it belong? An earlier copy of the question loses its buttons; `above`: what is said first."""
    speech, reports = turn.speech(row.chat_id), about(turn, Who(row.chat_id, row.chat_id, private=True))
    assert row.due_at is not None
    number, one = report_of(turn, row).number, len(reports) == 1
    if row.due_at - row.created_at == ADDED_SOON:
        text = speech.say("untuk_laporan_segera" if one else "untuk_laporan_mana_segera", nomor=number)
    else:
        text = speech.say("untuk_laporan" if one else "untuk_laporan_mana", nomor=number, jam=clock(row.due_at))
    text = "\n\n".join(part for part in (above, text) if part)
    keys = [Key(speech.word("b-tambahkan", nomor=report.number), b.Belongs(row.id, report.id)) for report in reports]
    keys += [Key(speech.word(f"b-laporan-{where}"), b.Belongs(row.id, where)) for where in (OTHER, NONE)]
    if any(is_of_oneself(turn, report) for report in reports):
        keys.append(Key(speech.word("b-sembunyikan"), b.Menu(Go.HIDE)))
    if names_wrong_place(additions.content(turn.session, row).text):
        keys[len(reports) : len(reports)] = _wrong_places(speech, row, reports)
    old, row.offer_uid = row.offer_uid, turn.say(row.chat_id, Message(text, column(keys)))
    turn.session.add(row)
    if old is not None:
        turn.edit(row.chat_id, old, None)


def _wrong_places(speech: Speech, row: Row, reports: Sequence[Report]) -> list[Key]:
    """*Salah tempat*: of the one report, or of each by its number."""
    if len(reports) == 1:
        return [Key(speech.word("b-salah-tempat"), b.Belongs(row.id, WRONG_PLACE))]
    return [
        Key(speech.word("b-salah-tempat-di", nomor=report.number), b.Belongs(row.id, f"{WRONG_PLACE}-{report.id}"))
        for report in reports
    ]


def add(turn: Turn, row: Row, *, unasked: bool = False) -> None:
    """It reaches its case, and the reporter hears that; of a case at its end it is offered for a new report.

    `unasked`: nobody looks at the phone now, so whoever is harmed hears nothing of it.
    """
    close(turn, row)
    shown.dropped(turn, report_of(turn, row))
    file, report = deeds.add(turn, row), report_of(turn, row)
    if unasked and file is not None and is_hidden(turn, file, report):
        return
    if file is None:
        who = Who(row.chat_id, row.chat_id, private=True)
        turn.say(row.chat_id, Message(turn.speech(row.chat_id).say("tambah_selesai", nomor=report.number)))
        offers.offer(turn, as_draft(turn, who, row))
        return
    # Whose news comes by a clock of its own does not read here whether somebody has the case.
    told_owner = file.owner is not None and not report.fixed_clock
    said(turn, report, "sudah_tambah" if told_owner else "tambah_dicatat")


def as_draft(turn: Turn, who: Who, row: Row) -> Draft:
    """What was said becomes a report of its own, or goes on with the one at hand."""
    told = additions.content(turn.session, row)
    draft = drafts.named(turn.session, (who.chat_id, REPORT.name)) or opening.begin(turn, who, REPORT, {})
    before = answers = drafts.answers_of(turn.session, draft)
    if told.text:
        answers = apply(REPORT, answers, more_text(answers, told.text).updates)
    for medium in told.media:
        seen = Look(medium.look) if medium.look else look(medium.kind)
        added = add_media(answers, Media(medium.kind, medium.file_id, medium.file_id, look=seen))
        answers = apply(REPORT, answers, added.updates) if isinstance(added, Answered) else answers
    if told.point is not None and PLACE.name not in answers:
        near = REPORT.keeps(answers, Pin(*told.point), None, known(turn, who.chat_id))
        answers = apply(REPORT, answers, near.updates) if isinstance(near, Answered) else answers
    answers = REPORT.storable(answers, known(turn, draft.chat_id))
    asking.remark(turn, draft, before, answers)
    asking.keep(turn, draft, answers)
    if row.told_at is None:
        additions.drop(turn.session, row)
    return draft


def drop(turn: Turn, row: Row) -> None:
    """It belongs nowhere."""
    close(turn, row)
    report = report_of(turn, row)
    additions.drop(turn.session, row)
    said(turn, report, "tambah_bukan")


def let_be(turn: Turn, row: Row) -> None:
    """Nothing is taken back; the words that sounded so are a message for the workers all the same."""
    told = additions.content(turn.session, row)
    if told.text:
        add(turn, additions.keep(turn.session, row, replace(told, withdraws=False)))
    else:
        close(turn, row)
        additions.drop(turn.session, row)


def said(turn: Turn, report: Report, key: str) -> None:
    """One line about a report, and the way to it."""
    speech = turn.speech(report.chat_id)
    keys = (Key(speech.word("b-lihat-laporan"), b.ShowReport(report.id)),)
    turn.say(report.chat_id, Message(speech.say(key, nomor=report.number), column(keys)))


def close(turn: Turn, row: Row) -> None:
    """The question about it loses its buttons."""
    uid, row.offer_uid = row.offer_uid, None
    if uid is not None:
        turn.edit(row.chat_id, uid, None)


def leave(turn: Turn, row: Row | None) -> Report | None:
    """No word about this one is waited for any more; nothing is taken back by silence. Returns its report."""
    if row is None or row.complaint:  # that one settles itself
        return None
    report = report_of(turn, row)
    row.due_at = None
    turn.session.add(row)
    turn.session.flush()
    if row.told_at is None and additions.content(turn.session, row).withdraws:
        let_be(turn, row)
    elif row.told_at is None:
        add(turn, row)
    return report


def report_of(turn: Turn, row: Row) -> Report:
    """The report that it is about."""
    report = turn.session.get(Report, row.report_id)
    assert report is not None, "an addition is about a report"
    return report
