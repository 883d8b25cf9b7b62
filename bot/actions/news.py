"""News for the reporter: number and status only, roles and never names, nobody blamed (rows 74-76, 116, 134).

What happens to a case is told by `telling`, which knows when. Whoever has a fixed clock hears nothing of it here.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.actions import deadlines, ending
from bot.actions.casefile import CaseFile
from bot.actions.telling import TAKEN, WAITING, Piece, is_lost, offer
from bot.actions.turn import Turn
from bot.core.escalation import AskState
from bot.core.moves import ENDS, Status
from bot.core.news_clock import on_the_clock
from bot.core.words import Words
from bot.texts.times import clock, day_words
from storage.tables import Report

PASSERS_BY = ("tetangga", "jalan")
"""Whom somebody reports that could keep away: not themselves, nor those they live with."""
STUCK, GRAVE, CLOSED, LISTED = "stuck", "grave", "closed", "listed"


def delivered(turn: Turn, file: CaseFile, then: str | None) -> None:
    """The first ping arrived, later than the receipt could know: until when, counted from there (row 75)."""
    more: dict[str, str | Words] = {"lalu": Words(f"orang-{then}")} if then else {}
    plan = deadlines.promise(file, turn.now)
    _tell(turn, file, Piece("k_hubungi" if then else "k_lanjut", asked(file), plan, more, again=True))


def climbed(turn: Turn, file: CaseFile, roles: Sequence[str]) -> None:
    """Somebody further up is asked now; in darurat the reporter is told not to wait."""
    if file.case.created_at >= turn.now and file.case.released_at is None:  # the receipt says it
        return
    who = "jsc" if any(role in ("jsc", "jsc2") for role in roles) else roles[-1]
    if file.case.urgency == "darurat":
        piece = _grave(turn, file)
    else:
        piece = _further(turn, file, who) if _rings(turn, file) else _held_back(turn, file, who)
    _tell(turn, file, piece)


def goes_on(turn: Turn, file: CaseFile, *, must: bool = False) -> None:
    """Whoever had it has it no more: others are asked, and nobody is blamed."""
    if file.listed:
        for report in free(file):
            offer(turn, file, report, replace(_listed(turn, report), must=must))
        return
    plan = deadlines.promise(file, turn.now)
    open_now = Piece("k_lanjut", asked(file), plan)
    piece = open_now if _rings(turn, file) else _held_back(turn, file, "petugas")
    _tell(turn, file, replace(piece, must=must))


def goes_on_later(turn: Turn, file: CaseFile) -> None:
    """Whoever had it has it no more, and nobody is asked at this moment: when somebody will be."""
    if file.listed:
        goes_on(turn, file)
        return
    _tell(turn, file, Piece("k_lanjut_nanti", asked(file), deadlines.promise(file, turn.now)))


def taken(turn: Turn, file: CaseFile) -> None:
    """A human has it; whoever reported for themselves is not told to keep away."""
    for report in free(file):
        offer(turn, file, report, _taken(turn, file, report))


def waiting(turn: Turn, file: CaseFile) -> None:
    """Whoever has it waits for something outside: for what and where is not said, and no day is promised."""
    _tell(turn, file, Piece("k_menunggu", WAITING, again=True))


def stuck(turn: Turn, file: CaseFile) -> None:
    """Nobody can be asked: said as it is, with whom to phone."""
    _tell(turn, file, Piece("k_buntu", STUCK))


def closed(turn: Turn, file: CaseFile) -> None:
    """The case is at an end; its details are not said."""
    for report in free(file):
        offer(turn, file, report, _closed(turn, file, report))


def as_it_is(turn: Turn, file: CaseFile, report: Report, *, over: bool, late: bool) -> Piece:
    """What a reporter is told when a moment comes and not an event: how the case stands then.

    `over` when a promised moment has come, `late` when it is long past.
    """
    case = file.case
    if case.status in ENDS:
        return _closed(turn, file, report)
    if case.status != Status.OPEN:
        return Piece("k_menunggu", WAITING) if case.waiting_for is not None else _taken(turn, file, report)
    if file.listed:
        return _listed(turn, report, again=over)
    if case.stuck or case.fired_at is None:
        return Piece("k_buntu", STUCK, again=over)
    if case.urgency == "darurat":
        return _grave(turn, file, again=over)
    who, plan = deadlines.asked_role(file), deadlines.promise(file, turn.now)
    if late:
        return Piece("k_terlambat", asked(file), plan, {"siapa": Words(f"orang-{who}")}, again=True)
    if over and report.told == asked(file):
        return Piece("k_masih", asked(file), plan, {"siapa": Words(f"orang-{who}")}, again=True)
    if not any(ask.state == AskState.WAITING for ask in file.asks):
        return Piece("k_lanjut_nanti", asked(file), plan)
    if not _rings(turn, file):
        return _held_back(turn, file, who)
    return _further(turn, file, who) if case.rung > 0 else Piece("k_lanjut", asked(file), plan)


def outage(report: Report, plan: datetime | None, since: datetime, until: datetime) -> Piece:
    """The service was away when the news was due (row 123)."""
    times: dict[str, str | Words] = {"jam": clock(since), "jam2": clock(until)}
    return Piece("k_gangguan", report.told, plan, times, again=True, must=True)


def asked(file: CaseFile) -> str:
    """The fact that somebody is asked: how far up is all a reporter may know of who."""
    return f"asked-{deadlines.asked_role(file)}"


def morning(turn: Turn, report: Report) -> datetime:
    """When a reporter hears next, where the service has not begun: in the morning, then ever more rarely."""
    return on_the_clock("biasa", report.created_at, turn.now)


def free(file: CaseFile) -> list[Report]:
    """The reports whose news comes when something happens."""
    return [report for report in file.reports if not report.fixed_clock]


def _rings(turn: Turn, file: CaseFile) -> bool:
    """Whether whoever is asked now is rung now."""
    return file.policy.hours.is_open(turn.now)


def _taken(turn: Turn, file: CaseFile, report: Report) -> Piece:
    told = file.contents[report.id]
    if told is not None and told.on_behalf:
        return Piece("k_diambil_wakil", TAKEN, must=True)
    passed_by = told is not None and not told.quick and told.who in PASSERS_BY
    if told is not None and turn.house.known.knowledge.looks_in(told.category, told.danger):
        passed_by = False  # they were asked to look in
    return Piece("k_diambil" if passed_by else "k_diambil_diri", TAKEN, must=True)


def _closed(turn: Turn, file: CaseFile, report: Report) -> Piece:
    offered, told = ending.answers(turn, file, report), file.contents[report.id]
    if told is not None and told.on_behalf and file.case.outcome == "tertolong":
        return Piece("t_umum_tanya_wakil" if offered else "t_umum_wakil", CLOSED, must=True, answers=offered)
    if told is not None and told.on_behalf:
        return Piece("t_bukan_wakil", CLOSED, must=True, answers=offered)
    if file.case.outcome != "tertolong":
        return Piece("t_bukan", CLOSED, must=True, answers=offered)
    return Piece("t_umum_tanya" if offered else "t_umum", CLOSED, must=True, answers=offered)


def _listed(turn: Turn, report: Report, *, again: bool = False) -> Piece:
    return Piece("k_luar_layanan", LISTED, morning(turn, report), again=again)


def _grave(turn: Turn, file: CaseFile, *, again: bool = False) -> Piece:
    return Piece("k_darurat_belum", GRAVE, deadlines.promise(file, turn.now), again=again, phones=True)


def _further(turn: Turn, file: CaseFile, who: str) -> Piece:
    plan = deadlines.promise(file, turn.now)
    if who in ("jsc", "jsc2"):
        return Piece("k_provinsi", asked(file), plan)
    return Piece("k_naik", asked(file), plan, {"siapa": Words(f"orang-{who}")})


def _held_back(turn: Turn, file: CaseFile, who: str) -> Piece:
    """Somebody is asked, and their message waits for the opening: nobody is told that it rings now."""
    rings_at = file.policy.hours.opening(turn.now)
    when: dict[str, str | Words] = {"mulai": day_words(rings_at), "buka": clock(rings_at)}
    return Piece("k_nanti", asked(file), deadlines.promise(file, turn.now), {"siapa": Words(f"orang-{who}"), **when})


def _lost(turn: Turn, file: CaseFile) -> Piece:
    """In darurat nobody waits any longer for whoever had it."""
    return Piece("k_darurat_lepas", GRAVE, deadlines.promise(file, turn.now), phones=True)


def _tell(turn: Turn, file: CaseFile, piece: Piece) -> None:
    grave = file.case.urgency == "darurat" and not file.case.stuck
    for report in free(file):
        offer(turn, file, report, _lost(turn, file) if grave and is_lost(file, report) else piece)
