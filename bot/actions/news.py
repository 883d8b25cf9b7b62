"""News for the reporter: number and status only, roles and never names, nobody blamed (rows 74-76, 116, 134)."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import say, speech_for
from bot.core import buttons as b
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from storage import cases, outbox
from storage.tables import Case, Report


def climbed(session: Session, house: House, case: Case, roles: Sequence[str], until: datetime, now: datetime) -> None:
    """Somebody further up is asked now; in darurat the reporter is told not to wait."""
    province = any(role in ("jsc", "jsc2") for role in roles)
    if case.urgency == "darurat" and province:
        _tell(session, house, case, "k_darurat_belum", now, until)
    else:
        _tell(session, house, case, "k_provinsi" if province else "k_kabupaten", now, until)


def taken(session: Session, house: House, case: Case, now: datetime) -> None:
    """A human has it."""
    _tell(session, house, case, "k_diambil", now)


def stuck(session: Session, house: House, case: Case, now: datetime) -> None:
    """Nobody can be asked: said as it is, with whom to phone."""
    _tell(session, house, case, "k_buntu", now)


def closed(session: Session, house: House, case: Case, now: datetime) -> None:
    """The case is at an end; rinciannya are nobody's business."""
    _tell(session, house, case, "t_umum" if case.outcome == "tertolong" else "t_bukan", now)


def _tell(session: Session, house: House, case: Case, key: str, now: datetime, until: datetime | None = None) -> None:
    for report in cases.reports(session, case):
        speech = speech_for(session, house, report.chat_id)
        phone = speech.word(house.known.knowledge.emergency_key(case.kabupaten))
        values = {"nomor": report.number, "telepon": phone}
        if until is not None:
            report.promised_at = until
            session.add(report)
            values |= {"hari": day(speech, until, now), "jam": clock(until)}
        text = speech.say(key, **values)
        say(
            session,
            report.chat_id,
            Message(text, column(report_keys(session, house, report))),
            now,
            kind="news",
            priority=outbox.RECEIPT,
        )


def report_keys(session: Session, house: House, report: Report) -> list[Key]:
    """The way back to a report from any news of it."""
    speech = speech_for(session, house, report.chat_id)
    return [Key(speech.word("b-lihat-laporan"), b.ShowReport(report.id))]
