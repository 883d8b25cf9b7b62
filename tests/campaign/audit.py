"""The audit of what was stored: each function looks at one promise and returns what breaks it, in words."""

import re
from collections import Counter, defaultdict
from datetime import timedelta

from bot.core.moves import ENDS, Status
from storage.tables import Outbox
from tests.campaign.evidence import Call, Evidence
from tests.campaign.people import Press
from tests.campaign.residents import NUMBER

LATE = timedelta(seconds=5)
"""How long a due case may wait while the bot runs: two ticks, and the work of one pass."""
ANY_NUMBER = re.compile(r"TS-[0-9A-Z-]+")
RELEASES = ("undo", "release", "close", "withdraw")
"""Events after which nobody holds a case."""


def lost_updates(found: Evidence) -> list[str]:
    """I1: an update that was confirmed to Telegram is in the inbox, and it was handled.

    One that was handed to a bot that died, and that Telegram then dropped for its age, was lost by nobody here.
    """
    states = {row.update_id: row.state for row in found.inbox}
    confirmed = max((int(call.params.get("offset") or 0) for call in found.calls if _confirms(call)), default=0)
    handed = {update_id for update_id, _ in found.deliveries}
    faults = [
        f"update {number}: confirmed and not in the inbox"
        for number in sorted(handed - found.expired)
        if number < confirmed and number not in states
    ]
    faults += [f"update {number}: {state} at the end" for number, state in states.items() if state != "done"]
    unseen = {press.update_id for press in found.presses} - handed - found.expired
    faults += [
        f"update {number}: confirmed before it was handed over" for number in sorted(unseen) if number < confirmed
    ]
    if found.pending:
        faults.append(f"{found.pending} updates still wait at Telegram")
    return faults


def _confirms(call: Call) -> bool:
    return call.method == "getUpdates" and (call.performed or call.code == 409)


def lost_reports(found: Evidence) -> list[str]:
    """I1: whoever was shown a number, or has a receipt under way, has a report with that number."""
    stored = {(report.chat_id, report.number) for report in found.reports}
    shown = {(user, number) for user, numbers in found.numbers.items() for number in numbers}
    for call in found.calls:
        if call.performed and call.method == "sendMessage":
            text = str(call.params.get("text", "")).replace("<b>", "").replace("</b>", "")
            shown |= {(call.chat, number) for number in NUMBER.findall(text)}
    faults = [f"{number}: shown to {user} and not stored" for user, number in sorted(shown - stored)]
    faults += [f"{number}: stored, but {user} was never told" for user, number in sorted(stored - shown)]
    receipts = Counter(row.dest for row in found.outbox if row.kind == "receipt")
    reports = Counter(report.chat_id for report in found.reports)
    faults += [
        f"chat {chat}: {receipts[chat]} receipts for {reports[chat]} reports"
        for chat in sorted(receipts.keys() | reports.keys())
        if receipts[chat] != reports[chat]
    ]
    cases = {case.id for case in found.cases}
    return faults + [f"{report.number}: its case is gone" for report in found.reports if report.case_id not in cases]


def doubled_reports(found: Evidence) -> list[str]:
    """I2: one submission is one report, and one report is one case here."""
    told = {user: len(set(numbers)) for user, numbers in found.numbers.items()}
    have = Counter(report.chat_id for report in found.reports)
    faults = [
        f"chat {chat}: {have[chat]} reports, {told[chat]} told; {_receipts(found, chat)}"
        for chat in told
        if have[chat] > told[chat]
    ]
    origins = Counter(report.origin for report in found.reports)
    faults += [f"{origin}: {count} reports of one draft" for origin, count in origins.items() if count > 1]
    cases = Counter(report.case_id for report in found.reports)
    return faults + [f"case {case}: {count} reports" for case, count in cases.items() if count > 1]


def _receipts(found: Evidence, chat: int) -> str:
    """How the receipts of a chat fared: who waits long for one may tell the same once more."""
    rows = [row for row in found.outbox if row.dest == chat and row.kind == "receipt"]
    told = (f"said {row.created_at:%H:%M:%S}, sent {row.sent_at:%H:%M:%S}" for row in rows if row.sent_at)
    return f"receipts: {', '.join(told)}"


def no_due_time(found: Evidence) -> list[str]:
    """I3: a case that is not at an end has a next due time, and none is overdue while the bot runs."""
    faults = []
    for case in found.cases:
        if case.status in ENDS:
            continue
        if case.next_due_at is None:
            faults.append(f"case {case.number}: {case.status} and never due")
        elif case.next_due_at < found.now - LATE:
            faults.append(f"case {case.number}: overdue by {found.now - case.next_due_at}")
        elif case.status == Status.OPEN and case.rung < 0 and not case.stuck:
            faults.append(f"case {case.number}: open and nobody was ever asked")
    return faults


def unanswered_presses(found: Evidence) -> list[str]:
    """I5: every press that reached the bot was handled, and its presser saw a toast, a message or an edit after it."""
    states = {row.update_id: row.state for row in found.inbox}
    handed: dict[int, float] = {}
    for update_id, at in found.deliveries:
        handed.setdefault(update_id, at)
    latest: dict[int, float] = defaultdict(float)
    for call in found.calls:
        if call.arrived and call.chat:
            latest[call.chat] = max(latest[call.chat], call.at)
    toasts, faults = _toasted(found), []
    for press in found.presses:
        if press.update_id not in handed or (press.update_id in found.expired and press.update_id not in states):
            continue
        if states.get(press.update_id) != "done":
            faults.append(f"press {press.update_id}: {states.get(press.update_id, 'not stored')}")
        elif press.query_id not in toasts and latest[press.user] < handed[press.update_id]:
            faults.append(f"press {press.update_id} of {press.user}: met with silence")
    return faults


def untold_takers(found: Evidence) -> list[str]:
    """I5: whoever pressed to take a case reads in a message of that very turn what became of it."""
    return [
        f"take {press.update_id} of {press.user}: no message of that turn"
        for press in _without_message(found)
        if press.takes
    ]


def lost_toasts(found: Evidence) -> list[Press]:
    """Presses whose turn had nothing for the presser but a toast that was lost; they read only what came before."""
    toasts = _toasted(found)
    return [press for press in _without_message(found) if press.query_id not in toasts]


def _without_message(found: Evidence) -> list[Press]:
    """A turn stamps its inbox row and what it says with the same moment: by that they are known to each other."""
    handled = {row.update_id: row.done_at for row in found.inbox if row.state == "done"}
    said = {(row.dest, row.created_at) for row in found.outbox if row.state == "sent"}
    return [p for p in found.presses if p.update_id in handled and (p.user, handled[p.update_id]) not in said]


def double_winners(found: Evidence) -> list[str]:
    """I5: a case that somebody holds goes to nobody else, and only its holder is told "it is yours"."""
    faults = []
    owners: dict[str, str | None] = {}
    wins: Counter[str] = Counter()
    for entry in found.timeline:
        if entry.event == "acknowledge":
            if owners.get(entry.case_id) is not None:
                faults.append(f"case {entry.case_id}: taken by {entry.actor} while {owners[entry.case_id]} held it")
            owners[entry.case_id] = entry.actor
            wins[entry.case_id] += 1
        elif entry.event == "accept":  # its holder handed it over
            owners[entry.case_id] = entry.actor
            wins[entry.case_id] += 1
        elif entry.event in RELEASES:
            owners[entry.case_id] = None
    told: dict[str, set[int]] = defaultdict(set)
    for call in found.calls:
        text = str(call.params.get("text", ""))
        if call.performed and call.method == "sendMessage" and "sekarang Bapak/Ibu tangani" in text:
            for number in ANY_NUMBER.findall(text):
                told[number].add(call.chat)
    for case in found.cases:
        if len(told[case.number]) > wins[case.id]:
            faults.append(
                f"case {case.number}: {len(told[case.number])} were told it is theirs, {wins[case.id]} took it"
            )
        if owners.get(case.id) != case.owner_id:
            faults.append(f"case {case.number}: its owner and its timeline disagree")
    return faults


def leftovers(found: Evidence) -> list[str]:
    """Nothing is left on its way, and nothing died but what closes a bubble that its reader deleted."""
    return [
        f"outbox {row.seq} ({row.kind}): {row.state} {row.error or ''}".strip()
        for row in found.outbox
        if row.state not in ("sent", "cancelled", "bundled") and not _of_a_deleted_bubble(row)
    ]


def _of_a_deleted_bubble(row: Outbox) -> bool:
    return row.kind == "edit" and row.state == "dead" and "to edit not found" in (row.error or "")


def broken_chains(found: Evidence) -> list[str]:
    """The hash chain of every timeline holds."""
    return [f"case {case}: timeline entry {seq} does not follow" for case, seq in found.broken]


def silence(found: Evidence) -> list[str]:
    """Nobody was left without an answer for good, and everything came to rest."""
    return list(found.silent)


def _toasted(found: Evidence) -> set[str]:
    answers = (call for call in found.calls if call.method == "answerCallbackQuery" and call.performed)
    return {str(call.params.get("callback_query_id")) for call in answers}
