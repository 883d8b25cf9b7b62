"""News for the reporter: number and status only, roles and never names, nobody blamed (rows 74-76, 116, 134)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from types import MappingProxyType

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.hours import Hours
from bot.core.words import Words
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day, day_words
from storage import kinds
from storage.tables import Report

NOTHING_MORE: Mapping[str, str | Words] = MappingProxyType({})
LOUD = Hours(time(6), time(21))
"""Outside these hours news makes no sound, save in darurat."""


def delivered(turn: Turn, file: CaseFile, then: str | None, until: datetime) -> None:
    """The first ping arrived, later than the receipt could know: until when, counted from there (row 75)."""
    if then is None:
        return _tell(turn, file, "k_lanjut", until)
    return _tell(turn, file, "k_hubungi", until, {"lalu": Words(f"orang-{then}")})


def climbed(turn: Turn, file: CaseFile, roles: Sequence[str], until: datetime) -> None:
    """Somebody further up is asked now; in darurat the reporter is told not to wait."""
    if file.case.created_at >= turn.now:  # the receipt says it
        return
    province = any(role in ("jsc", "jsc2") for role in roles)
    if file.case.urgency == "darurat":
        _tell(turn, file, "k_darurat_belum", until)
    elif not file.policy.hours.is_open(turn.now):
        _held_back(turn, file, f"orang-{'jsc' if province else roles[-1]}", until)
    elif province:
        _tell(turn, file, "k_provinsi", until)
    else:
        _tell(turn, file, "k_naik", until, {"siapa": Words(f"orang-{roles[-1]}")})


def goes_on(turn: Turn, file: CaseFile, until: datetime) -> None:
    """Whoever had it has it no more: others are asked, and nobody is blamed."""
    if file.policy.hours.is_open(turn.now):
        _tell(turn, file, "k_lanjut", until)
    else:
        _held_back(turn, file, "orang-petugas", until)


def goes_on_later(turn: Turn, file: CaseFile, until: datetime) -> None:
    """Whoever had it has it no more, and nobody is asked at this moment: when somebody will be."""
    _tell(turn, file, "k_lanjut_nanti", until)


def late(turn: Turn, file: CaseFile, report: Report, role: str, until: datetime) -> None:
    """A promise to this reporter was broken: said, with a new one; in darurat they are told again not to wait."""
    if file.case.urgency == "darurat":
        _tell_one(turn, file, report, "k_darurat_belum", until)
    else:
        _tell_one(turn, file, report, "k_terlambat", until, {"siapa": Words(f"orang-{role}")})


def outage(turn: Turn, file: CaseFile, report: Report, since: datetime) -> None:
    """The service was away when the news was due (row 123)."""
    _tell_one(turn, file, report, "k_gangguan", None, {"jam": clock(since), "jam2": clock(turn.now)})


def taken(turn: Turn, file: CaseFile) -> None:
    """A human has it; whoever reported for themselves is not told to keep away."""
    for report in file.reports:
        told = file.contents[report.id]
        own = told is not None and told.of_oneself
        _tell_one(turn, file, report, "k_diambil_diri" if own else "k_diambil")


def waiting(turn: Turn, file: CaseFile) -> None:
    """Whoever has it waits for something outside: for what and where is not said, and no day is promised."""
    _tell(turn, file, "k_menunggu")


def stuck(turn: Turn, file: CaseFile) -> None:
    """Nobody can be asked: said as it is, with whom to phone."""
    _tell(turn, file, "k_buntu")


def closed(turn: Turn, file: CaseFile) -> None:
    """The case is at an end; its details are not said."""
    _tell(turn, file, "t_umum" if file.case.outcome == "tertolong" else "t_bukan")


def _held_back(turn: Turn, file: CaseFile, who: str, until: datetime) -> None:
    """Somebody is asked, and their message waits for the opening: nobody is told that it rings now."""
    rings_at = file.policy.hours.opening(turn.now)
    _tell(turn, file, "k_nanti", until, {"siapa": Words(who), "mulai": day_words(rings_at), "buka": clock(rings_at)})


def _tell(
    turn: Turn, file: CaseFile, key: str, until: datetime | None = None, more: Mapping[str, str | Words] = NOTHING_MORE
) -> None:
    for report in file.reports:
        _tell_one(turn, file, report, key, until, more)


def _tell_one(
    turn: Turn,
    file: CaseFile,
    report: Report,
    key: str,
    until: datetime | None = None,
    more: Mapping[str, str | Words] = NOTHING_MORE,
) -> None:
    """One news; `until` is what it promises, and without it nothing is promised any more."""
    speech = turn.speech(report.chat_id)
    told: dict[str, str | Words] = {"nomor": report.number, **more}
    told["daftar"] = speech.word(turn.house.known.knowledge.emergency_list_key(file.case.kabupaten))
    report.promised_at = until
    if until is not None:
        told |= {"hari": day(speech, until), "jam": clock(until)}
    keys = report_keys(turn, report)
    if key == "k_darurat_belum":
        keys = [
            Key(speech.word("b-sudah-telepon"), b.Phoned(report.id, "sudah")),
            Key(speech.word("b-tidak-bisa-telepon"), b.Phoned(report.id, "takbisa")),
            *keys,
        ]
    silent = file.case.urgency != "darurat" and not LOUD.is_open(turn.now)
    message = Message(speech.say(key, **told), column(keys), silent=silent)
    turn.say(report.chat_id, message, kinds.NEWS)


def report_keys(turn: Turn, report: Report) -> list[Key]:
    """The way back to a report from any news of it."""
    speech = turn.speech(report.chat_id)
    return [Key(speech.word("b-lihat-laporan"), b.ShowReport(report.id))]
