"""The audit of what was sent: which call belongs to which outbox row, and whether order and repeats are as promised."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from storage.tables import Outbox
from tests.campaign.evidence import Call, Evidence

MARK = "(ulangan) "
SILENT_KINDS = ("menu", "toast")
"""Rows that show nothing in a chat."""


@dataclass(slots=True)
class Sent:
    """One outbox row and the calls that showed it, in the order in which they came."""

    row: Outbox
    calls: list[Call] = field(default_factory=list)
    might: list[Call] = field(default_factory=list)
    """Where nobody can tell whose call is whose: all that might have shown it first."""


@dataclass(slots=True)
class Matched:
    """Every row with its calls; `strays` are messages that no row accounts for."""

    rows: list[Sent]
    strays: list[Call]


def match(found: Evidence) -> Matched:
    """Tell which call showed which row: by who tried it, where that was watched, else by what was recorded and said."""
    shown = [row for row in found.outbox if row.channel == "telegram" and row.kind not in SILENT_KINDS]
    calls = [call for call in found.calls if call.chat and call.arrived and call.method.startswith(("send", "edit"))]
    return _watched(shown, calls, found.tries) if found.tries else _guessed(shown, calls)


def _watched(shown: Sequence[Outbox], calls: Sequence[Call], tries: Sequence[tuple[int, int, str]]) -> Matched:
    """A chat is one lane: a call in it was made by the last row that was tried there before it."""
    rows = {row.uid: Sent(row) for row in shown}
    lanes: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for chat, before, uid in tries:
        lanes[chat].append((before, uid))
    strays = []
    for call in calls:
        uid = next((uid for before, uid in reversed(lanes[call.chat]) if before < call.number), "")
        if uid in rows:
            rows[uid].calls.append(call)
        else:
            strays.append(call)
    return Matched(list(rows.values()), strays)


def _guessed(shown: Sequence[Outbox], calls: Sequence[Call]) -> Matched:
    """By message id where it was recorded, else by the words of the next that was."""
    rows: dict[int, list[Sent]] = defaultdict(list)
    for row in shown:
        rows[row.dest].append(Sent(row))
    sends: dict[int, list[Call]] = defaultdict(list)
    edits: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        (sends if call.method.startswith("send") else edits)[call.chat].append(call)
    strays: list[Call] = []
    for chat in rows.keys() | sends.keys() | edits.keys():
        strays += _match_sends([sent for sent in rows[chat] if sent.row.edits_uid is None], sends[chat])
        strays += _match_edits(rows[chat], edits[chat])
    return Matched([sent for sents in rows.values() for sent in sents], strays)


def _match_sends(rows: Sequence[Sent], calls: Sequence[Call]) -> list[Call]:
    known: dict[int | None, Sent] = {sent.row.message_id: sent for sent in rows if sent.row.message_id is not None}
    recorded = [known.get(call.message_id) for call in calls]
    words = {sent.row.seq: _words(call) for call, sent in zip(calls, recorded, strict=True) if sent is not None}
    strays = []
    for at, call in enumerate(calls):
        sent = recorded[at] or _meant(_words(call), recorded[at + 1 :], recorded[:at], rows, words)
        if sent is None:
            strays.append(call)
        else:
            sent.calls.append(call)
    return strays


def _meant(
    said: str, after: Sequence[Sent | None], before: Sequence[Sent | None], rows: Sequence[Sent], words: dict[int, str]
) -> Sent | None:
    """The row that an unrecorded message belongs to: the next recorded one, an earlier one, or a cancelled one."""
    following = next((sent for sent in after if sent is not None), None)
    for sent in (following, *reversed(before)):
        if sent is not None and sent.row.unknowns and words.get(sent.row.seq) == said:
            return sent
    gone = (sent for sent in rows if sent.row.state != "sent" and sent.row.attempts > len(sent.calls))
    return next(gone, None)


def _match_edits(rows: Sequence[Sent], calls: Sequence[Call]) -> list[Call]:
    """Edits of one message arrive in turn; the same words once more are a repeat where an outcome was unknown.

    A row whose message is recorded ended with an edit that changed something: what changed nothing is the next one's.
    """
    made = {sent.row.uid: sent.row.message_id for sent in rows}
    lines: dict[int, list[Sent]] = defaultdict(list)
    for sent in rows:
        target = made.get(sent.row.edits_uid or "")
        if target is not None and (sent.row.state == "sent" or sent.row.unknowns):
            lines[target].append(sent)
    came: dict[int, list[Call]] = defaultdict(list)
    for call in calls:
        came[int(call.params.get("message_id") or 0)].append(call)
    strays = []
    for target, edits in came.items():
        line, at = lines[target], -1
        same_words = len({_words(call) for call in edits}) < len(edits)
        if len(line) > 1 and same_words and any(sent.row.unknowns for sent in line):
            for sent in line:
                sent.might = edits
        for number, call in enumerate(edits):
            same = at >= 0 and line[at].row.unknowns > 0 and _words(line[at].calls[-1]) == _words(call)
            spare = len(edits) - number > len(line) - at - 1
            ends = at >= 0 and not call.performed and line[at].row.message_id is not None
            if not (same and spare) or ends:
                at += 1
            if at < len(line):
                line[at].calls.append(call)
            else:
                strays.append(call)
                at = len(line) - 1
    return strays


def _words(call: Call) -> str:
    params = {name: value for name, value in call.params.items() if name not in ("reply_parameters", "message_id")}
    for name in ("text", "caption"):
        params[name] = str(params.get(name, "")).removeprefix(MARK)
    return f"{call.method} {sorted(params.items(), key=str)}"


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
    """I7: in each chat, what was said first arrives first, edits included; a doubt is in favour of the bot."""
    faults = []
    last: dict[int, tuple[int, int]] = {}
    for sent in sorted(matched.rows, key=lambda sent: sent.row.seq):
        if not sent.calls or sent.row.state != "sent":
            continue
        numbers = sorted(call.number for call in sent.might) or [min(call.number for call in sent.calls)]
        seq, number = last.get(sent.row.dest, (0, numbers[0]))
        first = next((at for at in numbers if at >= number), numbers[-1])
        if first < number:
            faults.append(f"chat {sent.row.dest}: outbox {sent.row.seq} ({sent.row.kind}) arrived before {seq}")
        else:
            last[sent.row.dest] = (sent.row.seq, first)
    return faults


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
