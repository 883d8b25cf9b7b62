"""What the audit reads: our own tables, Telegram's log of calls and deliveries, and what the people saw and did.

Chats of our tables bear their real ids here, as Telegram's log and the people do.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import select

from storage import timeline
from storage.database import Database
from storage.session import Session
from storage.tables import Case, Inbox, Outbox, Received, Report, Timeline
from tests.campaign.desk import RemoteTelegram
from tests.campaign.named import ROW
from tests.campaign.people import Press
from tests.support.references import real_ids

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, as Telegram saw it."""

    number: int
    at: float
    method: str
    params: Wire
    code: int = 200
    description: str = ""
    fault: str = ""
    performed: bool = True
    result: Any = None

    @property
    def chat(self) -> int:
        """The chat it was meant for; 0 when it names none."""
        return int(self.params.get("chat_id") or 0)

    @property
    def row(self) -> str:
        """The uid of the row it shows."""
        return str(self.params.get(ROW, ""))

    @property
    def arrived(self) -> bool:
        """Whether the person sees what this call was to show (an edit to what is there already counts)."""
        return self.performed or "not modified" in self.description

    @property
    def message_id(self) -> int | None:
        """The message it made."""
        return self.result.get("message_id") if isinstance(self.result, dict) else None


@dataclass(frozen=True, slots=True)
class Update:
    """An update that came in: "new", "dead" or "done", and when it was handled."""

    update_id: int
    state: str
    done_at: datetime


@dataclass(slots=True)
class Evidence:
    """Everything one run left behind; plain lists, so that a test can make its own."""

    now: datetime
    calls: list[Call] = field(default_factory=list)
    deliveries: list[tuple[int, float]] = field(default_factory=list)
    """(update id, when) of every time an update was handed to the bot, in the order of time."""
    expired: frozenset[int] = frozenset()
    """Updates that Telegram itself dropped for their age: a press after 150 seconds, the rest after a day."""
    pending: int = 0
    presses: list[Press] = field(default_factory=list)
    numbers: dict[int, list[str]] = field(default_factory=dict)
    """The numbers each resident read on their phone."""
    silent: list[str] = field(default_factory=list)
    """People who were not answered although they tried again and again, and what never came to rest."""
    aside: frozenset[str] = frozenset()
    """The uids of rows that a bot put aside, as its log says: what was said after them need not wait for them."""
    inbox: list[Update] = field(default_factory=list)
    outbox: list[Outbox] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    timeline: list[Timeline] = field(default_factory=list)
    quiet: bool = True
    """Whether nothing was said while all this was read."""
    broken: list[tuple[str, int]] = field(default_factory=list)
    """(case, seq) of timeline entries that do not follow from the one before."""


async def from_telegram(telegram: RemoteTelegram, found: Evidence) -> None:
    """Add what Telegram noted down."""
    found.calls = [Call(**raw) for raw in await telegram.ask("calls")]
    found.deliveries = [(raw["update_id"], raw["at"]) for raw in await telegram.ask("deliveries")]
    quiet = await telegram.ask("quiet")
    found.expired, found.pending = frozenset(quiet["expired"]), quiet["pending"]


def from_database(db: Database, found: Evidence) -> None:
    """Add what our own tables hold."""

    def read(session: Session) -> None:
        waiting = {row.update_id: row.state for row in session.exec(select(Inbox))}
        received = session.exec(select(Received)).all()
        found.inbox = [Update(row.update_id, waiting.get(row.update_id, "done"), row.at) for row in received]
        found.outbox = sorted(session.exec(select(Outbox)).all(), key=lambda row: row.seq)
        found.reports = list(session.exec(select(Report)).all())
        found.cases = list(session.exec(select(Case)).all())
        real = real_ids(session)
        for row in (*found.outbox, *found.reports):
            session.expunge(row)  # so that nothing of this is written
            name = "dest" if isinstance(row, Outbox) else "chat_id"
            setattr(row, name, real.get(getattr(row, name), 0))
        found.timeline = sorted(session.exec(select(Timeline)).all(), key=lambda row: (row.case_id, row.seq))
        checked = ((case.id, timeline.broken_at(session, case.id)) for case in found.cases)
        found.broken = [(case_id, seq) for case_id, seq in checked if seq is not None]

    db.write(read, "audit")
