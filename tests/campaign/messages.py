"""The audit of what was sent: which call belongs to which outbox row, and whether order and repeats are as promised."""

from collections.abc import Iterator, Sequence
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


@dataclass(slots=True)
class Matched:
    """Every row with its calls; `strays` are messages that no row accounts for."""

    rows: list[Sent]
    strays: list[Call]


def match(found: Evidence) -> Matched:
    """Tell which call showed which row: each names it."""
    rows = {row.uid: Sent(row) for row in found.outbox if row.channel == "telegram" and row.kind not in SILENT_KINDS}
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
    same case; about one case the order is always kept.
    """
    chats: dict[int, list[tuple[Outbox, int]]] = {}
    for sent in sorted(matched.rows, key=lambda sent: sent.row.seq):
        if sent.calls and sent.row.state == "sent":
            chats.setdefault(sent.row.dest, []).append((sent.row, min(call.number for call in sent.calls)))
    return [fault for dest, rows in chats.items() for fault in _overtaken(dest, rows)]


def _overtaken(dest: int, rows: Sequence[tuple[Outbox, int]]) -> Iterator[str]:
    """What of one chat went before something that it may not overtake; of each row the first."""
    hurries: dict[str | None, int] = {}
    """By case: the most urgent ping about it that is said later."""
    ranks: list[int] = []
    for row, _ in reversed(rows):
        own = row.priority if row.priority <= PING else LIST
        if row.case_id is not None:
            own = hurries[row.case_id] = min(own, hurries.get(row.case_id, LIST))
        ranks.append(own)
    ranks.reverse()
    for n, (row, number) in enumerate(rows):
        for earlier, (before, at) in enumerate(rows[:n]):
            same_case = row.case_id is not None and row.case_id == before.case_id
            if number < at and (same_case or ranks[n] >= ranks[earlier]):
                yield f"chat {dest}: outbox {row.seq} ({row.kind}) arrived before {before.seq} ({before.kind})"
                break


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
