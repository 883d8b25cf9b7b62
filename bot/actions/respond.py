"""What a worker does with a case: one function a deed, for deeds that are more than the row of their move.

Whoever calls has come through the one door and has looked whether the table of moves lets them (handlers.desk).
None = too late, or no longer so: what is true now is said instead.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.actions import case_cards, ladder, news, owners
from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.turn import Turn
from bot.core.escalation import Stuck, Wait
from bot.core.figures import today
from bot.core.moves import Event
from bot.core.ownership import waits_until
from bot.core.passing import TONIGHT, next_morning
from bot.core.standing import Given
from bot.texts import case_buttons
from bot.texts.times import at_words
from storage import additions, kinds, timeline

MET, MISSED = "bertemu", "kosong"
OUTCOMES = ("tertolong", "bukan_kasus")


@dataclass(frozen=True, slots=True)
class Already:
    """Everybody up to the end of the ladder was asked a moment ago; they are asked again at `until`."""

    file: CaseFile
    until: datetime


Outcome = CaseFile | Already | None


def acknowledge(turn: Turn, file: CaseFile) -> Outcome:
    """*Saya tangani*: the first one wins, everybody else's card changes, the reporter hears it (row 40)."""
    return move(turn, file, Event.ACKNOWLEDGE, Given(by=_me(file)))


def read(turn: Turn, file: CaseFile) -> Outcome:
    """*Buka rincian*: logged, and the ladder runs on (row 140)."""
    return move(turn, file, Event.READ)


def view(turn: Turn, file: CaseFile) -> Outcome:
    """*Lihat gambar*: logged each time, who and when (row 126)."""
    return move(turn, file, Event.VIEW)


def decline(turn: Turn, file: CaseFile) -> Outcome:
    """*Tidak bisa*: this ask is over, and if nobody else on the rung is left the next person is asked at once.

    Why is asked afterwards: of a darurat at night in the morning, if nobody has it by then.
    """
    assert file.ask is not None
    night = file.facts.night_until is not None
    given = Given(by=_me(file), reason=TONIGHT if night else None, people=(file.ask.person,))
    file = move(turn, file, Event.DECLINE, given)
    case_cards.draw(turn, file)
    if night and file.by is not None and file.by.chat_id is not None:
        speech = turn.speech(file.by.chat_id)
        text = speech.say("d_pagi", nomor=file.case.number, **at_words(turn.now))
        message = case_buttons.reasons(speech, file.facts, text)
        turn.say(
            file.by.chat_id, replace(message, silent=True), kinds.WHY, case=file.case, rings_at=next_morning(turn.now)
        )
    return ladder.step(turn, file)[0]


def explain(turn: Turn, file: CaseFile, reason: str) -> Outcome:
    """Why it was passed on: whoever is asked now, or has it, reads it; what was said before is said anew."""
    assert file.ask is not None
    additions.keep_why(turn.session, file.ask, None)
    return move(turn, file, Event.EXPLAIN, Given(by=_me(file), reason=reason, people=(file.ask.person,)))


def escalate(turn: Turn, file: CaseFile) -> Outcome:
    """*Eskalasi sekarang*: the next rung at once; a stale button cannot do it twice (rows 58, 59)."""
    if file.ask is None or file.ask.rung < file.case.rung:
        return None
    file, action = ladder.climb_now(turn, move(turn, file, Event.ESCALATE))
    return Already(file, action.until) if isinstance(action, Wait | Stuck) else file


def called(turn: Turn, file: CaseFile) -> Outcome:
    """*Sudah saya telepon*: quiet for a while, once the case has climbed; it stands in the timeline who phoned."""
    return move(turn, file, Event.PHONE) if file.facts.climbed else None


def mute(turn: Turn, file: CaseFile, reason: str) -> Outcome:
    """*Tenang 1 jam*: JSC is not rung for an hour, twice in a round at most."""
    return move(turn, file, Event.MUTE, Given(reason=reason)) if file.facts.mutable else None


def undo(turn: Turn, file: CaseFile) -> Outcome:
    """*Salah pencet*: only the winner, only within two minutes; the ladder keeps its times."""
    if not file.facts.undoable:
        return None
    return owners.open_again(turn, file, Event.UNDO, "undo")


def give_back(turn: Turn, file: CaseFile) -> Outcome:
    """*Kembalikan*: the ladder takes the case back from its owner; at JSC any colleague may give it back."""
    return owners.open_again(turn, file, Event.GIVE_BACK, "given_back")


def progress(turn: Turn, file: CaseFile) -> Outcome:
    """*Sedang dikerjakan*: the owner was heard; the visit is awaited next, and no word moves that."""
    return move(turn, file, Event.PROGRESS)


def visit(turn: Turn, file: CaseFile, found: str) -> Outcome:
    """*Sudah bertemu* or *Tidak ketemu*: only this moves the clock of the visit."""
    return move(turn, file, Event.MEET if found == MET else Event.MISS)


def hold(turn: Turn, file: CaseFile, reason: str, days: int) -> Outcome:
    """*Menunggu …*: the owner was heard; until that morning nobody asks, and the case is not late (rows 57, 138).

    Its reporter hears so, at most once a day. The same press once more changes nothing.
    """
    until = waits_until(days, turn.now, file.policy.hours)
    if (file.case.waiting_for, file.case.next_due_at) == (reason, until):
        return file
    before = timeline.last(turn.session, file.case.id, "wait")
    file = move(turn, file, Event.WAIT, Given(reason=reason, days=days))
    if before is None or today(before) != today(turn.now):
        news.waiting(turn, file)
    return file


def close(turn: Turn, file: CaseFile, outcome: str) -> Outcome:
    """*Selesai* with an outcome (row 71): the case is at an end and its reporters hear so."""
    return move(turn, file, Event.CLOSE, Given(outcome=outcome))


def nothing(_: Turn, file: CaseFile) -> Outcome:
    """A question before a deed: nothing changes yet."""
    return file


def _me(file: CaseFile) -> str:
    """The member who came through the door."""
    assert file.by is not None
    return file.by.id
