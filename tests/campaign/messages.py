"""The audit of what was sent: which call belongs to which outbox row, and whether order and repeats are as promised."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from storage.kinds import LIST, PING
from storage.tables import Outbox
from tests.campaign.evidence import Call, Evidence

SILENT_KINDS = ("menu", "toast")
"""Rows that show nothing in a chat."""


@dataclass(slots=True)
class Sent:
    """One outbox row and the calls that showed it, in the order in which they came."""

    row: Outbox
    calls: list[Call] = field(default_factory=list)
    aside: bool = False
    """Whether a bot put it aside after many tries in doubt: those said after it did not wait for it."""


@dataclass(slots=True)
class Matched:
    """Every row with its calls; `strays` are messages that no row accounts for."""

    rows: list[Sent]
    strays: list[Call]


def match(found: Evidence) -> Matched:
    """Tell which call showed which row: each names it."""
    shown = (row for row in found.outbox if row.channel == "telegram" and row.kind not in SILENT_KINDS)
    rows = {row.uid: Sent(row, aside=row.uid in found.aside) for row in shown}
    strays = []
    for call in found.calls:
        if not call.chat or not call.arrived or not call.method.startswith(("send", "edit")):
            continue
        if (sent := rows.get(call.row)) is not None and sent.row.dest == call.chat:
            sent.calls.append(call)
        else:
            strays.append(call)
    return Matched(list(rows.values()), strays)


def never_said(matched: Matched) -> list[str]:
    """I8 and I4: no message without a stored row, and no row is called sent that never arrived."""
    faults = [
        f"chat {call.chat}: call {call.number} ({call.method}) shows what no row holds" for call in matched.strays
    ]
    return faults + [
        f"outbox {sent.row.seq} ({sent.row.kind}): called sent, and nothing arrived"
        for sent in matched.rows
        if sent.row.state == "sent" and not sent.calls
    ]


def out_of_order(matched: Matched) -> list[str]:
    """I7: in each chat, what was said first arrives first, edits included.

    Only what asks about a case, or says whom to phone, may overtake, and takes along what was said before it about the
    same case; about one case the order is always kept. What was put aside after many tries in doubt may be
    overtaken. A ping that never left hurried it too, while it waited: until its case was taken, say.
    """
    chats: dict[int, list[tuple[Sent, int]]] = {}
    never_left: dict[int, list[Outbox]] = {}
    for sent in sorted(matched.rows, key=lambda sent: sent.row.seq):
        if sent.calls and sent.row.state == "sent":
            chats.setdefault(sent.row.dest, []).append((sent, min(call.number for call in sent.calls)))
        elif sent.row.state in ("cancelled", "bundled"):
            never_left.setdefault(sent.row.dest, []).append(sent.row)
    return [fault for dest, rows in chats.items() for fault in _overtaken(dest, rows, never_left.get(dest, ()))]


def _overtaken(dest: int, told: Sequence[tuple[Sent, int]], never_left: Sequence[Outbox]) -> Iterator[str]:
    """What of one chat went before something that it may not overtake; of each row the first."""
    rows = [(sent.row, number) for sent, number in told]
    for n, (row, number) in enumerate(rows):
        behind = (ping for ping in never_left if ping.seq > row.seq)
        urgency = _urgency(row, (*(later for later, _ in rows[n:]), *behind))
        for earlier, (before, at) in enumerate(rows[:n]):
            if number > at or told[earlier][0].aside:
                continue
            same_case = row.case_id is not None and row.case_id == before.case_id
            # A ping about its case that was said later still did not hurry it then.
            if same_case or urgency >= _urgency(before, (known for known, _ in rows[earlier : n + 1])):
                tries = f"tried {before.attempts} times, {before.unknowns} in doubt, {before.error or 'no error'}"
                yield f"chat {dest}: outbox {row.seq} ({row.kind}) arrived before {before.seq} ({before.kind}; {tries})"
                break


def _urgency(row: Outbox, beside: Iterable[Outbox]) -> int:
    """How urgent a row is: as it is itself, or as the most urgent ping about its case among those `beside` it."""
    pings = (one.priority for one in (row, *beside) if one is row or (row.case_id and one.case_id == row.case_id))
    return min((priority for priority in pings if priority <= PING), default=LIST)


def beyond_unknowns(matched: Matched) -> list[str]:
    """I4: a row is repeated no more often than its outcome was unknown."""
    return [
        f"outbox {sent.row.seq} ({sent.row.kind}): {repeats(sent)} repeats, {sent.row.unknowns} unknown outcomes"
        for sent in matched.rows
        if repeats(sent) > sent.row.unknowns
    ]


def repeats(sent: Sent) -> int:
    """How many more times than once a row was shown; an edit that changes nothing shows nothing."""
    return max(0, sum(call.performed for call in sent.calls) - 1)
