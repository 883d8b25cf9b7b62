"""What became of a message, written down with its consequences for the case: one transaction, one outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.actions import absence, deadlines, news
from bot.actions.casefile import CaseFile, hold
from bot.actions.moving import move
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core.hours import WIB
from bot.core.moves import Event, Status
from bot.core.standing import Given
from storage import chats, jobs, lanes, outbox, roster, sending, timeline
from storage.cases import lock
from storage.claims import Claimed
from storage.kinds import KINDS
from storage.sending import Became
from storage.session import Session
from storage.tables import Ask

AT_ONCE = timedelta(minutes=2)
"""A ping that arrives within this was delivered as the receipt assumed."""
TOLD = {outbox.JSC: "l_webhook_hangus", outbox.MAIL: "l_surel_hangus"}
"""What admins hear, by channel, when something on it was given up."""


@dataclass(frozen=True, slots=True)
class Ping:
    """One ask that a message carried."""

    uid: str
    case_id: str
    ask_id: str


def delivered(turn: Turn, claimed: Claimed, message_id: int | None) -> None:
    """It arrived: the clock of an ask begins now, and the case is looked at again."""
    pings = _hold_cases(turn.session, claimed)
    at = claimed.edits if message_id is None else message_id
    if not sending.record(turn.session, claimed, Became("sent", at, turn.now)):
        return
    _disarm_pressed(turn, claimed)
    if claimed.channel == outbox.TELEGRAM and KINDS[claimed.kind].bubble:
        chats.reachable(turn.session, claimed.dest, True, turn.now)
    if claimed.channel == outbox.MAIL and claimed.fails:  # one server carries all mail: the others need not wait
        lanes.knock(turn.session, outbox.MAIL)
    for ping in pings:
        _ask_changed(turn, ping, Event.ARRIVE)


def _disarm_pressed(turn: Turn, claimed: Claimed) -> None:
    """It is a new bubble after a press: now that it is there, the pressed one loses its buttons."""
    if claimed.in_place is not None and claimed.edits != claimed.in_place:
        turn.edit(claimed.dest, claimed.in_place, None)


def plain(claimed: Claimed) -> bool:
    """Whether its arrival means nothing to a case."""
    kind = KINDS[claimed.kind]
    return claimed.channel == outbox.TELEGRAM and not kind.asks and not kind.bundles


def arrived(turn: Turn, sent: Sequence[tuple[Claimed, int | None]]) -> bool:
    """Many plain ones arrived; False when one of them is no longer ours, and nothing was written down."""
    shown = [(claimed, claimed.edits if number is None else number) for claimed, number in sent]
    if not sending.arrived(turn.session, shown, turn.now):
        return False
    for claimed, _ in sent:
        _disarm_pressed(turn, claimed)
        if claimed.unreachable and KINDS[claimed.kind].bubble:
            chats.reachable(turn.session, claimed.dest, True, turn.now)
    return True


def later(turn: Turn, claimed: Claimed, delay: timedelta, error: str, *, counts: bool) -> None:
    """It surely did not arrive; it goes again after `delay`, and only its own lane waits.

    A try that does not count (429) was answered, so the channel lives.
    """
    failed_at = turn.now if counts else None
    became = Became("pending", error=error, counts=counts, failed_at=failed_at, answered=not counts)
    if sending.record(turn.session, claimed, became):
        lanes.pause(turn.session, claimed.channel, claimed.dest, turn.now + delay)


def refused(turn: Turn, claimed: Claimed, delay: timedelta, error: str) -> None:
    """The credentials were refused: nothing is used up, but the lane fails."""
    became = Became("pending", error=error, counts=False, failed_at=turn.now)
    if sending.record(turn.session, claimed, became) and delay:
        lanes.pause(turn.session, claimed.channel, claimed.dest, turn.now + delay)


def in_doubt(turn: Turn, claimed: Claimed, delay: timedelta, error: str) -> None:
    """Nobody knows whether it arrived: once more, counted."""
    if sending.record(turn.session, claimed, Became("pending", error=error, unknown=True, failed_at=turn.now)):
        lanes.pause(turn.session, claimed.channel, claimed.dest, turn.now + delay)


def parked(turn: Turn, claimed: Claimed, delay: timedelta, error: str) -> None:
    """It alone does not get through: it waits aside, and those behind it in its lane go on."""
    later = turn.now + delay
    # Its lane goes on failing until something arrives there: that nothing did is no sign that Telegram is well.
    sending.record(turn.session, claimed, Became("pending", error=error, unknown=True, not_before=later))


def migrated(turn: Turn, claimed: Claimed, address: int) -> None:
    """The group has a new address: this row surely did not arrive, and goes there with all others of its lane."""
    sending.record(turn.session, claimed, Became("pending", error="migrated", counts=False))
    chats.move(turn.session, claimed.dest, address, turn.house.group)


def anew(session: Session, claimed: Claimed, error: str) -> None:
    """The bubble that was to turn into it is gone, or cannot be changed: a new bubble says it."""
    sending.record(session, claimed, Became("pending", error=error[:200], anew=True, answered=True))


def fall_back(session: Session, claimed: Claimed, payload: Mapping[str, Any], error: str) -> None:
    """Telegram refused the text: the same words once more, plainer."""
    sending.record(session, claimed, Became("pending", error=error, plainer=payload))


def lost(turn: Turn, claimed: Claimed, error: str, *, unreachable: bool = False, answered: bool = False) -> None:
    """It can never arrive: an ask that died makes its case due now; admins hear who is out of reach (row 100).

    `answered` when the other side said so itself, which is a sign of its life.
    """
    hanging = absence.touched(turn.session, roster.roles_of(turn.session, claimed.dest)) if unreachable else ()
    pings = _hold_cases(turn.session, claimed, hanging)
    became = Became("dead", error=error, failed_at=None if answered else turn.now, answered=answered)
    if not sending.record(turn.session, claimed, became):
        return
    if unreachable:
        absence.unreachable(turn, claimed.dest)
    for ping in pings:
        _ask_changed(turn, ping, Event.FAIL)


def given_up(turn: Turn, claimed: Claimed, error: str) -> None:
    """It was tried long enough; what JSC will not hear is told to the admins, once a day."""
    lost(turn, claimed, error)
    day = turn.now.astimezone(WIB).date().isoformat()
    if claimed.channel not in TOLD or not jobs.first(turn.session, f"given up {claimed.channel}", day, turn.now):
        return
    tell_admins(turn, TOLD[claimed.channel])


def _pings(session: Session, claimed: Claimed) -> list[Ping]:
    """The asks a message speaks for: a card or its repetition for its own, a digest for all that it bundles."""
    if KINDS[claimed.kind].asks and claimed.case_id and claimed.ask_id:
        return [Ping(claimed.uid, claimed.case_id, claimed.ask_id)]
    if not KINDS[claimed.kind].bundles:
        return []
    parts = outbox.bundled(session, claimed.uid)
    return [Ping(row.uid, row.case_id, row.ask_id) for row in parts if KINDS[row.kind].asks and row.ask_id]


def _hold_cases(session: Session, claimed: Claimed, others: Sequence[str] = ()) -> list[Ping]:
    """Take the cases before the lane, in the order in which turns and the sweep take them, so that none deadlock."""
    pings = _pings(session, claimed)
    for case_id in sorted({ping.case_id for ping in pings} | set(others)):
        lock(session, case_id)
    return pings


def _ask_changed(turn: Turn, ping: Ping, event: Event) -> None:
    file = hold(turn, ping.case_id)
    ask = next((ask for ask in file.asks if ask.id == ping.ask_id), None) if file is not None else None
    if file is None or ask is None or ask.ping_uid != ping.uid:
        return
    first = ask.delivered_at is None
    file = move(turn, file, event, Given(people=(ask.person,), role=ask.role), actor=timeline.TELEGRAM)
    if event is Event.ARRIVE and first and file.case.status == Status.OPEN:
        _first_delivery(turn, file, ask)


def _first_delivery(turn: Turn, file: CaseFile, ask: Ask) -> None:
    """What the receipt promised counted from a delivery at once; a later one is news, and counts from now (row 75)."""
    later = file.case.urgency != "darurat" and turn.now - file.case.round_at > AT_ONCE
    first = all(other.delivered_at is None for other in file.asks if other.id != ask.id)
    if later and first and ask.asked == 1 and ask.rung == file.case.rung:
        news.delivered(turn, file, deadlines.deadline(file)[1])
