"""The audit: plain questions to the database and to Telegram's log; each returns what is wrong, in sentences."""

from collections import Counter

from sqlmodel import Session, col, select

from bot.core.moves import ENDS
from bot.demo.server import LocalTelegram
from storage import timeline
from storage.tables import Case, Inbox, Outbox, Report, Timeline
from tests.campaign.people import Told, answered

SENDS = ("sendMessage", "sendPhoto", "sendVoice", "sendVideoNote")


def lost_reports(session: Session, told: Told) -> list[str]:
    """I1: whoever read a number has a report with it; I12: nobody else has one he was not told of."""
    stored = {report.chat_id: report.number for report in session.exec(select(Report))}
    return [
        f"{number} was said to {chat} and is not stored"
        for chat, number in told.numbers.items()
        if stored.get(chat) != number
    ]


def duplicate_reports(session: Session) -> list[str]:
    """I2: one submission is one report."""
    counts = Counter(report.chat_id for report in session.exec(select(Report)))
    return [f"{chat} has {count} reports" for chat, count in counts.items() if count > 1]


def without_due_time(session: Session) -> list[str]:
    """I3: every case that is not at an end has a next due time."""
    ends = [status.value for status in ENDS]
    query = select(Case).where(col(Case.next_due_at).is_(None), col(Case.status).not_in(ends))
    return [f"case {case.number} has no due time" for case in session.exec(query)]


def unconfirmed(session: Session, telegram: LocalTelegram) -> list[str]:
    """I1: every update that Telegram thinks was received is in the inbox and done."""
    states = {row.update_id: row.state for row in session.exec(select(Inbox))}
    handed = {entry["update_id"] for entry in telegram.deliveries()}
    return [f"update {update} is {states.get(update, 'lost')}" for update in handed if states.get(update) != "done"]


def winners(session: Session) -> list[str]:
    """I5: exactly one winner a round."""
    found = Counter(
        (entry.case_id, entry.data) for entry in session.exec(select(Timeline).where(Timeline.event == "acknowledge"))
    )
    cases = Counter(case_id for case_id, _ in found.elements())
    return [f"case {case_id} was won {count} times" for case_id, count in cases.items() if count > 1]


def unanswered(told: Told) -> list[str]:
    """I5: each presser reads an answer."""
    return [
        f"{phone.id} pressed {number} and read nothing" for phone, number in told.presses if not answered(phone, number)
    ]


def order(session: Session) -> list[str]:
    """I7: messages to one chat arrived in the order they were said."""
    query = select(Outbox).where(Outbox.state == "sent", col(Outbox.message_id).is_not(None), Outbox.kind != "edit")
    last: dict[int, int] = {}
    wrong = []
    for row in session.exec(query.order_by(col(Outbox.seq))):
        assert row.message_id is not None
        if row.message_id < last.get(row.dest, 0):
            wrong.append(f"message {row.seq} overtook another")
        last[row.dest] = row.message_id
    return wrong


def repeats(session: Session, telegram: LocalTelegram) -> tuple[int, int]:
    """(messages that arrived more than once, outcomes counted as unknown)."""
    rows = session.exec(select(Outbox).where(Outbox.channel == "telegram", Outbox.kind != "edit")).all()
    arrived = sum(call["performed"] for call in telegram.calls() if call["method"] in SENDS)
    sent = sum(row.state == "sent" and row.kind != "menu" for row in rows)
    return arrived - sent, sum(row.unknowns for row in rows)


def beyond(session: Session, telegram: LocalTelegram) -> list[str]:
    """I4, I8: repeats never exceed the unknown outcomes, and nothing arrives that was not said."""
    more, unknown = repeats(session, telegram)
    return [f"{more} repeats, but only {unknown} unknown outcomes"] if more > unknown else []


def left_over(session: Session) -> list[str]:
    """Everything said was sent, or has become pointless."""
    query = select(Outbox).where(col(Outbox.state).in_(("pending", "sending", "dead")))
    return [f"message {row.seq} ({row.kind}) is {row.state}: {row.error}" for row in session.exec(query)]


def chains(session: Session) -> list[str]:
    """Every timeline follows from itself."""
    ids = session.exec(select(Case.id)).all()
    return [f"timeline of {case_id} broken" for case_id in ids if timeline.broken_at(session, case_id) is not None]


def everything(session: Session, telegram: LocalTelegram, told: Told) -> dict[str, list[str]]:
    """All questions by name."""
    return {
        "reports lost": lost_reports(session, told) + [f"{chat} never got a number" for chat in told.given_up],
        "duplicate reports": duplicate_reports(session),
        "without a due time": without_due_time(session),
        "updates lost": unconfirmed(session, telegram),
        "double winners": winners(session),
        "presses unanswered": unanswered(told),
        "out of order": order(session),
        "beyond unknowns": beyond(session, telegram),
        "left over": left_over(session),
        "chains broken": chains(session),
    }
