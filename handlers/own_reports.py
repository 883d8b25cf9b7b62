"""A person's own reports: number and status, at any time (row 8)."""

import re

from bot.actions import reporter
from bot.actions.fixed_clock import knows_end, shown_status
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.correct_flow import WHATS
from bot.core.moves import Status
from bot.core.report_facts import COMES_ALONE
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from handlers.acts import Who
from storage import cases
from storage.session import Session
from storage.tables import Case, Report

NUMBER = re.compile(r"(?:TS)?[\s-]*([0-9A-Z]{6})", re.IGNORECASE | re.ASCII)
"""A report's number as people write it: with or without its letters and dash."""
AMONG_WORDS = re.compile(r"TS[\s-]*[0-9A-Z]{6}", re.IGNORECASE | re.ASCII)
"""The same among other words: there its letters are wanted."""
KEPT = 100
"""Among how many of one's own reports a number is looked for."""


def my_reports(turn: Turn, who: Who, number: str = "") -> None:
    """All of them, or the one with this number."""
    speech = turn.speech(who.chat_id)
    mine = cases.reports_of(turn.session, who.chat_id)
    if number.strip() and mine:
        if (found := named(turn.session, who, number)) is not None:
            _show(turn, speech, who, *found)
            return
        turn.say(who.chat_id, Message(speech.say("nomor_tak_dikenal")))
    if not mine:
        keys = (Key(speech.word("b-lapor"), b.Menu(Go.REPORT)),)
        turn.say(who.chat_id, Message(speech.say("belum_ada_laporan"), column(keys)))
        return
    lines = [speech.say("laporan_saya")]
    lines += [speech.say("laporan_baris", nomor=r.number, status=speech.word(shown_status(c, r))) for r, c in mine]
    numbers = tuple(Key(report.number, b.ShowReport(report.id)) for report, _ in mine)
    turn.say(who.chat_id, Message("\n".join(lines), column(numbers)))


def show_report(turn: Turn, who: Who, report_id: str) -> str:
    """One of a person's own reports, by its button: number and status only."""
    found = cases.own_report(turn.session, report_id, who.chat_id)
    speech = turn.speech(who.chat_id)
    if found is None:
        return speech.word("tombol_lama")
    _show(turn, speech, who, *found)
    return ""


def phoned(turn: Turn, who: Who, report_id: str, answer: str) -> str:
    """Whether police or ambulance were phoned meanwhile: kept with the report, and shown on every card."""
    speech = turn.speech(who.chat_id)
    report = reporter.phoned(turn, report_id, answer, who.chat_id)
    if report is None:
        return speech.word("tombol_lama")
    key = "k_tak_bisa_telepon"
    if answer == "sudah":
        told = cases.content(turn.session, report)
        own = told is not None and told.of_oneself
        key = "k_sudah_telepon_diri" if own else "k_sudah_telepon"
    text = speech.say(key, nomor=report.number)
    turn.say(who.chat_id, Message(text))
    return ""


def _show(turn: Turn, speech: Speech, who: Who, report: Report, case: Case) -> None:
    lines = [speech.say("lihat", nomor=report.number, status=speech.word(shown_status(case, report)))]
    waits = case.status == Status.OPEN or report.fixed_clock
    told = cases.content(turn.session, report)
    hides = told is not None and told.reach is not None
    if report.promised_at and report.promised_at > turn.now and waits and not (told and told.reach == COMES_ALONE):
        when = {"hari": day(speech, report.promised_at), "jam": clock(report.promised_at)}
        lines.append(speech.say("lihat_janji", **when))
    over = knows_end(case, report)
    if hides and not over:
        lines.append(speech.say("saran_diri_kekerasan"))
    keys = [Key(speech.word("b-salin-nomor"), copy=report.number), Key(speech.word("b-lapor-lain"), b.Menu(Go.REPORT))]
    if hides:
        keys = [Key(speech.word("b-sembunyikan"), b.Menu(Go.HIDE))]
    if not over and report.withdrawn_at is None:
        keys.insert(0, Key(speech.word("b-bahaya"), b.DangerNow(report.id, "ya")))
        keys += [Key(speech.word(f"b-salah-{what}"), b.Correct(report.id, what)) for what in WHATS]
        keys.append(Key(speech.word("b-tarik"), b.TakeBack(report.id)))
    turn.say(who.chat_id, Message("\n".join(lines), column(keys)))


def named(session: Session, who: Who, text: str) -> tuple[Report, Case] | None:
    """The own report with the number that this text is, with its case; None when it is none."""
    written = NUMBER.fullmatch(text.strip())
    if written is None:
        return None
    number = f"TS-{written[1].upper()}"
    return next((pair for pair in cases.reports_of(session, who.chat_id, KEPT) if pair[0].number == number), None)


def mentioned(session: Session, who: Who, text: str) -> tuple[Report, Case] | None:
    """The own report whose number stands among these words."""
    written = AMONG_WORDS.search(text)
    return named(session, who, written[0]) if written is not None else None
