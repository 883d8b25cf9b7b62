"""News for the reporter: number and status only, roles and never names, nobody blamed (rows 74-76, 116, 134)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from types import MappingProxyType

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import say, speech_for
from bot.core import buttons as b
from bot.core.hours import Hours
from bot.core.words import Words
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from storage import cases, outbox
from storage.tables import Case, Report

NOTHING_MORE: Mapping[str, str | Words] = MappingProxyType({})
LOUD = Hours(time(6), time(21))
"""Outside these hours news makes no sound, save in darurat."""


def delivered(session: Session, house: House, case: Case, then: str | None, until: datetime, now: datetime) -> None:
    """The first ping arrived, later than the receipt could know: until when, counted from there (row 75)."""
    if then is None:
        return _tell(session, house, case, "k_lanjut", now, until)
    return _tell(session, house, case, "k_hubungi", now, until, {"lalu": Words(f"orang-{then}")})


def climbed(session: Session, house: House, case: Case, roles: Sequence[str], until: datetime, now: datetime) -> None:
    """Somebody further up is asked now; in darurat the reporter is told not to wait."""
    if case.created_at >= now:  # the receipt says it
        return
    province = any(role in ("jsc", "jsc2") for role in roles)
    if case.urgency == "darurat":
        _tell(session, house, case, "k_darurat_belum", now, until)
    elif province:
        _tell(session, house, case, "k_provinsi", now, until)
    else:
        _tell(session, house, case, "k_naik", now, until, {"siapa": Words(f"orang-{roles[-1]}")})


def goes_on(session: Session, house: House, case: Case, until: datetime, now: datetime) -> None:
    """Whoever had it has it no more: others are asked, and nobody is blamed."""
    _tell(session, house, case, "k_lanjut", now, until)


def late(session: Session, house: House, case: Case, report: Report, role: str, until: datetime, now: datetime) -> None:
    """A promise to this reporter was broken: said, with a new one; in darurat he is told again not to wait."""
    if case.urgency == "darurat":
        _tell_one(session, house, case, report, "k_darurat_belum", now, until)
    else:
        _tell_one(session, house, case, report, "k_terlambat", now, until, {"siapa": Words(f"orang-{role}")})


def outage(session: Session, house: House, case: Case, report: Report, since: datetime, now: datetime) -> None:
    """The service was away when the news was due (row 123)."""
    _tell_one(session, house, case, report, "k_gangguan", now, None, {"jam": clock(since), "jam2": clock(now)})


def taken(session: Session, house: House, case: Case, now: datetime) -> None:
    """A human has it; whoever reported for themselves is not told to keep away."""
    for report in cases.reports(session, case):
        told = cases.content(session, report)
        own = told is not None and told.of_oneself
        _tell_one(session, house, case, report, "k_diambil_diri" if own else "k_diambil", now)


def waiting(session: Session, house: House, case: Case, now: datetime) -> None:
    """Whoever has it waits for something outside: for what, and where, is nobody's business; no day is promised."""
    _tell(session, house, case, "k_menunggu", now)


def stuck(session: Session, house: House, case: Case, now: datetime) -> None:
    """Nobody can be asked: said as it is, with whom to phone."""
    _tell(session, house, case, "k_buntu", now)


def closed(session: Session, house: House, case: Case, now: datetime) -> None:
    """The case is at an end; its details are nobody's business."""
    _tell(session, house, case, "t_umum" if case.outcome == "tertolong" else "t_bukan", now)


def _tell(
    session: Session,
    house: House,
    case: Case,
    key: str,
    now: datetime,
    until: datetime | None = None,
    more: Mapping[str, str | Words] = NOTHING_MORE,
) -> None:
    for report in cases.reports(session, case):
        _tell_one(session, house, case, report, key, now, until, more)


def _tell_one(
    session: Session,
    house: House,
    case: Case,
    report: Report,
    key: str,
    now: datetime,
    until: datetime | None = None,
    more: Mapping[str, str | Words] = NOTHING_MORE,
) -> None:
    """One news; `until` is what it promises, and without it nothing is promised any more."""
    speech = speech_for(session, house, report.chat_id)
    told: dict[str, str | Words] = {"nomor": report.number, **more}
    told["daftar"] = speech.word(house.known.knowledge.emergency_list_key(case.kabupaten))
    report.promised_at = until
    session.add(report)
    if until is not None:
        told |= {"hari": day(speech, until), "jam": clock(until)}
    keys = report_keys(session, house, report)
    if key == "k_darurat_belum":
        keys = [
            Key(speech.word("b-sudah-telepon"), b.Phoned(report.id, "sudah")),
            Key(speech.word("b-tidak-bisa-telepon"), b.Phoned(report.id, "takbisa")),
            *keys,
        ]
    silent = case.urgency != "darurat" and not LOUD.is_open(now)
    message = Message(speech.say(key, **told), column(keys), silent=silent)
    say(session, report.chat_id, message, now, kind="news", priority=outbox.RECEIPT)


def report_keys(session: Session, house: House, report: Report) -> list[Key]:
    """The way back to a report from any news of it."""
    speech = speech_for(session, house, report.chat_id)
    return [Key(speech.word("b-lihat-laporan"), b.ShowReport(report.id))]
