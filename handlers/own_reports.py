"""A person's own reports: number and status, at any time (row 8)."""

import re
from datetime import datetime

from sqlmodel import Session

from bot.actions import reporter
from bot.actions.house import House
from bot.actions.speak import say, speech_for
from bot.core import buttons as b
from bot.core.moves import Status
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from handlers.acts import Who
from storage import cases
from storage.tables import Case, Report

NUMBER = re.compile(r"(?:TS)?[\s-]*([0-9A-Z]{6})", re.IGNORECASE | re.ASCII)
"""A report's number as people write it: with or without its letters and dash."""
KEPT = 100
"""Among how many of one's own reports a number is looked for."""


def my_reports(session: Session, house: House, who: Who, now: datetime, number: str = "") -> None:
    """All of them, or the one with this number."""
    speech = speech_for(session, house, who.chat_id)
    mine = cases.reports_of(session, who.chat_id)
    if number.strip() and mine:
        if (found := _named(session, who, number)) is not None:
            _show(session, speech, who, *found, now)
            return
        say(session, who.chat_id, Message(speech.say("nomor_tak_dikenal")), now)
    if not mine:
        keys = (Key(speech.word("b-lapor"), b.Menu("lapor")),)
        say(session, who.chat_id, Message(speech.say("belum_ada_laporan"), column(keys)), now)
        return
    lines = [speech.say("laporan_saya")]
    lines += [speech.say("laporan_baris", nomor=r.number, status=speech.word(status_key(c))) for r, c in mine]
    numbers = tuple(Key(report.number, b.ShowReport(report.id)) for report, _ in mine)
    say(session, who.chat_id, Message("\n".join(lines), column(numbers)), now)


def asked_by_number(session: Session, house: House, who: Who, text: str, now: datetime) -> bool:
    """Whether the text is the number of one of his reports; then it is shown."""
    found = _named(session, who, text)
    if found is not None:
        _show(session, speech_for(session, house, who.chat_id), who, *found, now)
    return found is not None


def show_report(session: Session, house: House, who: Who, report_id: str, now: datetime) -> str:
    """One of a person's own reports, by its button: number and status only."""
    found = cases.own_report(session, report_id, who.chat_id)
    speech = speech_for(session, house, who.chat_id)
    if found is None:
        return speech.word("tombol_lama")
    _show(session, speech, who, *found, now)
    return ""


def phoned(session: Session, house: House, who: Who, report_id: str, answer: str, now: datetime) -> str:
    """Whether police or ambulance were phoned meanwhile: kept with the report, and shown on every card."""
    speech = speech_for(session, house, who.chat_id)
    case = reporter.phoned(session, house, report_id, answer, who.chat_id, now)
    if case is None:
        return speech.word("tombol_lama")
    key = "k_tak_bisa_telepon"
    if answer == "sudah":
        found = cases.own_report(session, report_id, who.chat_id)
        told = cases.content(session, found[0]) if found is not None else None
        own = told is not None and told.of_oneself
        key = "k_sudah_telepon_diri" if own else "k_sudah_telepon"
    text = speech.say(key, nomor=case.number)
    say(session, who.chat_id, Message(text), now)
    return ""


def status_key(case: Case) -> str:
    """The word a reporter reads for the state of his report (words.md, section 3)."""
    match case.status:
        case Status.OPEN:
            return "status-dihubungi" if case.rung >= 0 else "status-tersimpan"
        case Status.ACKNOWLEDGED:
            return "status-menunggu" if case.waiting_for is not None else "status-petugas"
        case _:
            return "status-selesai"


def _show(session: Session, speech: Speech, who: Who, report: Report, case: Case, now: datetime) -> None:
    lines = [speech.say("lihat", nomor=report.number, status=speech.word(status_key(case)))]
    if report.promised_at and report.promised_at > now and case.status == Status.OPEN:
        when = {"hari": day(speech, report.promised_at), "jam": clock(report.promised_at)}
        lines.append(speech.say("lihat_janji", **when))
    keys = (
        Key(speech.word("b-salin-nomor"), copy=report.number),
        Key(speech.word("b-lapor-lain"), b.Menu("lapor")),
    )
    say(session, who.chat_id, Message("\n".join(lines), column(keys)), now)


def _named(session: Session, who: Who, text: str) -> tuple[Report, Case] | None:
    written = NUMBER.fullmatch(text.strip())
    if written is None:
        return None
    number = f"TS-{written[1].upper()}"
    return next((pair for pair in cases.reports_of(session, who.chat_id, KEPT) if pair[0].number == number), None)
