"""One piece of news to one reporter: said now, or kept until it may be said (rows 116, 124, 134)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.actions import ending
from bot.actions.casefile import CaseFile
from bot.actions.hidden import comes_alone, is_hidden
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.after_end import AGAIN
from bot.core.moves import Status
from bot.core.news_clock import Told, earliest, promised
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from storage import kinds
from storage.tables import Report

TAKEN, WAITING, TAKEN_BACK = "taken", "waiting", "taken back"


@dataclass(frozen=True, slots=True)
class Piece:
    """News as it is at this moment."""

    key: str
    """Its text."""
    fact: str | None
    """What it says, as a code: who was told this last is not told it again."""
    plan: datetime | None = None
    """When the next news is planned; None when nothing is promised any more."""
    more: Mapping[str, str | Words] = field(default_factory=dict)
    again: bool = False
    """It is said though they were told the same last."""
    must: bool = False
    """It is said though the day's number is reached."""
    phones: bool = False
    """It asks whether somebody was phoned."""
    answers: tuple[str, ...] = ()
    """It asks whether it helped: what may be answered."""


def offer(turn: Turn, file: CaseFile, report: Report, piece: Piece) -> None:
    """Tell a reporter, now or at the moment from which it may be said: then they hear what is true then."""
    turn.session.add(report)
    if report.told == TAKEN_BACK:  # they want no more of it
        report.promised_at = report.news_at = None
        return
    if is_theirs(turn, file, report):  # they know; should they let it go, they begin to read news
        report.told, report.promised_at = piece.fact, piece.plan if report.fixed_clock else None
        report.news_at = report.promised_at
        return
    if piece.fact == report.told and not piece.again:
        report.news_at = report.promised_at
        return
    lost = is_lost(file, report)
    told = Told(report.told_at, report.told_pieces)
    at = earliest(file.case.urgency, told, turn.now, must=piece.must or lost, lost=lost)
    if at > turn.now:
        report.news_at = at
        return
    told = told.again(turn.now)
    until = promised(file.case.urgency, told, piece.plan) if piece.plan is not None else None
    report.promised_at = report.news_at = until
    report.told, report.told_at, report.told_pieces = piece.fact, told.at, told.pieces
    speech = turn.speech(report.chat_id)
    if not is_hidden(turn, file, report):
        turn.say(report.chat_id, _message(speech, turn, file, report, piece), kinds.NEWS)
    elif not comes_alone(file, report):
        turn.say(report.chat_id, _unspoken(speech, report), kinds.NEWS)


def is_theirs(turn: Turn, file: CaseFile, report: Report) -> bool:
    """Whether whoever reported it has the case themselves, or closed it."""
    holder = file.owner or (ending.ended_by(turn, file) if file.case.status == Status.CLOSED else None)
    return holder is not None and holder.chat_id == report.chat_id


def is_lost(file: CaseFile, report: Report) -> bool:
    """Whether its reporter believes that somebody has it, and nobody has it any more."""
    return file.case.status == Status.OPEN and report.told in (TAKEN, WAITING)


def _unspoken(speech: Speech, report: Report) -> Message:
    """That there is news, and nothing of what: it is read when the phone is safe."""
    key = Key(speech.word("b-buka-kabar"), b.ShowReport(report.id))
    return Message(speech.say("kabar_diam"), column((key,)), silent=True)


def _message(speech: Speech, turn: Turn, file: CaseFile, report: Report, piece: Piece) -> Message:
    values: dict[str, str | Words] = {"nomor": report.number}
    known = turn.house.known.knowledge
    values["daftar"] = speech.word(known.emergency_list_key(file.case.kabupaten))
    values["telepon"] = speech.word(known.emergency_key(file.case.kabupaten))
    if report.promised_at is not None:
        values |= {"hari": day(speech, report.promised_at), "jam": clock(report.promised_at)}
    values |= piece.more
    keys = [Key(speech.word("b-lihat-laporan"), b.ShowReport(report.id))]
    if piece.phones:
        keys = [
            Key(speech.word("b-sudah-telepon"), b.Phoned(report.id, "sudah")),
            Key(speech.word("b-tidak-bisa-telepon"), b.Phoned(report.id, "takbisa")),
            *keys,
        ]
    keys = [*(_answer(speech, file, report, piece, given) for given in piece.answers), *keys]
    return Message(speech.say(piece.key, **values), column(keys))


def _answer(speech: Speech, file: CaseFile, report: Report, piece: Piece, given: str) -> Key:
    alone = given == AGAIN and piece.answers == (AGAIN,)
    label = speech.word("b-berubah") if alone else speech.word(f"b-akhir-{given}")
    return Key(label, b.Helped(report.id, file.case.round, given))
