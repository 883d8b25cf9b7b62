"""What the whole of a run must show at its end, in our books and in Telegram's log (I1, I2, I4, I5, I7, I8)."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime

from storage.inbox import REPEATS
from storage.tables import Outbox
from storage.types import EPOCH
from tests.campaign import audit, messages
from tests.campaign.evidence import Call, Evidence, from_database
from tests.campaign.messages import Matched
from tests.promises.stage import Stage
from tests.promises.walker import RECEIPT
from tests.support.references import real_ids

STORED: tuple[Callable[[Evidence], list[str]], ...] = (audit.double_winners, audit.broken_chains)
SEND = ":tinjau:kirim"
CHATTER = ("question", "answer", "menu")
"""Small talk is given up after this many sends of which nobody knows whether they arrived."""
UNKNOWNS = 5


def evidence(stage: Stage) -> Evidence:
    """Everything the run left behind."""
    found = Evidence(stage.now, presses=stage.presses)
    desk = stage.telegram.desk
    found.calls = [Call(**raw) for raw in desk.ask("calls")]
    found.deliveries = [(raw["update_id"], raw["at"]) for raw in desk.ask("deliveries")]
    quiet = desk.ask("quiet")
    found.expired, found.pending = frozenset(quiet["expired"]), quiet["pending"]
    from_database(stage.books, found)
    real, there = stage.read(real_ids), {row.seq for row in found.outbox}
    for seq, row in stage.forgotten.items():
        if seq not in there:  # a deed that was rolled back forgot nothing
            row.dest = real.get(row.dest, 0)
            found.outbox.append(row)
    found.outbox.sort(key=lambda row: row.seq)
    return found


def broken(stage: Stage) -> Iterator[str]:
    """Every promise that does not hold over the whole run."""
    found = evidence(stage)
    yield from _lost(stage, found)
    for check in STORED:
        yield from (f"{check.__name__}: {fault}" for fault in check(found))
    yield from _doubled(found)
    yield from _silence(stage, found)
    matched = messages.match(found)
    # The rest waits for its hour, which may lie before the moment it was said when the clock was set back since.
    at_once = [sent for sent in matched.rows if sent.row.not_before == EPOCH]
    yield from (f"I8: {fault}" for fault in messages.never_said(matched))
    yield from (f"I7: {fault}" for fault in messages.out_of_order(Matched(at_once, [])))
    yield from (f"I4: {fault}" for fault in messages.beyond_unknowns(matched))
    yield from (f"left on its way: {row.kind} to {row.dest}, {row.state} {row.error}" for row in _left(stage, found))


def _lost(stage: Stage, found: Evidence) -> Iterator[str]:
    """I1: what was handed over is handled, or grew too old at Telegram; every number shown is a report."""
    states = {row.update_id: row.state for row in found.inbox}
    old = set(found.expired)
    # That one was here is forgotten once Telegram cannot bring it again; a clock that was set back recalls nothing, and
    # what was handed over before it may have been handled at an earlier time than it came.
    since = (max((stage.now, *stage.backs)) - REPEATS + stage.back_by).timestamp()
    old |= {number for number, at in found.deliveries if number not in states and at <= since}
    for update_id in {number for number, _ in found.deliveries} - old:
        if states.get(update_id) != "done":
            yield f"I1: update {update_id} was handed over and is {states.get(update_id, 'nowhere')}"
    shown = {
        (call.chat, receipt[1])
        for call in found.calls
        if call.performed and (receipt := RECEIPT.search(str(call.params.get("text", ""))))
    }
    stored = {(report.chat_id, report.number) for report in found.reports}
    yield from (f"I1: {number} was shown to {chat} and is not stored" for chat, number in sorted(shown - stored))
    yield from (f"I1: {number} is stored, and {chat} was never told" for chat, number in sorted(stored - shown))


def _doubled(found: Evidence) -> Iterator[str]:
    """I2: a draft becomes one report, however often *Kirim laporan* is pressed."""
    handled = {row.update_id: row.done_at for row in found.inbox if row.state == "done"}
    sent: dict[tuple[datetime, int], set[str]] = defaultdict(set)
    for press in found.presses:
        at = handled.get(press.update_id)
        if at is not None and press.data.endswith(SEND):
            sent[at, press.user].add(press.data.split(":")[1])
    made = Counter((report.created_at, report.chat_id) for report in found.reports)
    used: set[str] = set()
    for (at, chat), drafts in sorted(sent.items()):
        fresh = drafts - used
        if made[at, chat] > len(fresh):
            yield f"I2: {made[at, chat]} reports of {chat} came from {len(fresh)} drafts not sent before"
        elif made[at, chat] == len(fresh):  # with fewer nobody knows which of them was too old
            used |= fresh


def _silence(stage: Stage, found: Evidence) -> Iterator[str]:
    """I5: whoever pressed was answered in that very turn, by a toast or by something said to them."""
    handled = {row.update_id: row.done_at for row in found.inbox if row.state == "done"}
    said: set[tuple[int, datetime]] = {(row.dest, row.created_at) for row in found.outbox}
    toasts = {(row.dest, row.created_at) for row in found.outbox if row.kind == "toast"}
    toasted = {
        str(call.params.get("callback_query_id"))
        for call in found.calls
        if call.method == "answerCallbackQuery" and call.performed
    }
    for press in found.presses:
        at = handled.get(press.update_id)
        if at is None or press.query_id in toasted or press.user in stage.unreached:
            continue
        kept = (stage.group.id, at) in toasts  # a stranger in the group reads nothing else
        if (press.user, at) not in said and not kept:
            yield f"I5: press {press.data} of {press.user} was met with silence"


def _left(stage: Stage, found: Evidence) -> Iterator[Outbox]:
    """What neither left, nor waits for its hour, nor died for somebody who blocked the bot."""
    for row in found.outbox:
        if row.state in ("sent", "cancelled", "bundled"):
            continue
        waits = row.state == "pending" and row.not_before > found.now
        given_up = row.state == "dead" and row.kind in CHATTER and row.unknowns >= UNKNOWNS
        if not waits and not given_up and row.dest not in stage.unreached:
            yield row
