"""The session of one transaction: SQLModel's own, and with it the vault that seals and what was said so far.

A transaction may have parts, one for each turn: one that fails is undone, with what it said, and its neighbours stay.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

import sqlmodel
from sqlalchemy import Executable
from sqlalchemy.engine import Connection, CursorResult, Engine

from storage.tables import Member, Report
from storage.vault import Vault

T = TypeVar("T")
Values = Mapping[str, Any] | Sequence[Mapping[str, Any]]


class Alone(Exception):
    """This part touches what others hold too (a case): its work needs a transaction of its own."""


@dataclass(slots=True)
class Line:
    """One message as it goes into the outbox; its columns by their names."""

    uid: str
    channel: str
    dest: int
    kind: str
    priority: int
    payload_sealed: bytes | None
    edits_uid: str | None
    replies_uid: str | None
    case_id: str | None
    case_round: int | None
    ask_id: str | None
    in_place: int | None
    slot: str | None
    not_before: datetime
    created_at: datetime
    state: str = "pending"
    attempts: int = 0
    unknowns: int = 0
    fallbacks: int = 0
    fence: int = 0
    message_id: int | None = None


@dataclass(slots=True)
class Said:
    """What was said and which lanes it woke; it is written down just before its transaction commits."""

    rows: list[Line] = field(default_factory=list)
    lanes: dict[tuple[str, int], tuple[datetime, int]] = field(default_factory=dict)
    """By channel and destination: since when a lane is ready, and its best priority."""
    newest: dict[int, tuple[int, datetime]] = field(default_factory=dict)
    """By chat: the number of the message that its person wrote, and when."""
    pressed: dict[int, tuple[str, int, datetime]] = field(default_factory=dict)
    """By chat: a message that nobody knew to have arrived until it was pressed, its number, and when that was."""

    def wake(self, lane: tuple[str, int], ready: datetime, priority: int) -> None:
        """Have a lane ready no later than that, and no less urgent."""
        old = self.lanes.get(lane, (ready, priority))
        self.lanes[lane] = (min(old[0], ready), min(old[1], priority))

    def add(self, other: "Said") -> None:
        """Take over what was said elsewhere, behind what was said here."""
        self.rows.extend(other.rows)
        for lane, (ready, priority) in other.lanes.items():
            self.wake(lane, ready, priority)
        self.newest |= other.newest
        self.pressed |= other.pressed


@dataclass(slots=True)
class Ahead:
    """What was read ahead for many cases at once (see `storage.ahead`); empty in a transaction about one."""

    reports: dict[str, list[Report]] = field(default_factory=dict)
    """By case, the oldest first."""
    members: dict[str, Member] = field(default_factory=dict)
    languages: dict[int, str] = field(default_factory=dict)
    """By chat."""
    tails: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By case: the number and the hash of the last entry of its timeline."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """Entries of these timelines that are written down just before the commit."""
    cards: set[str] = field(default_factory=set)
    """Messages of which is known in which chats they stand: in those of `standing`."""
    standing: set[tuple[str, int]] = field(default_factory=set)
    kept: list[object] = field(default_factory=list)
    """Rows that the session would forget."""
    reader: Callable[[], None] | None = None

    def ready(self) -> "Ahead":
        """The same, read now if it was not yet."""
        reader, self.reader = self.reader, None
        if reader is not None:
            reader()
        return self


class Session(sqlmodel.Session):
    """One transaction, or one part of it."""

    def __init__(self, bind: Engine | Connection, vault: Vault | None, *, part: bool = False) -> None:
        super().__init__(bind, expire_on_commit=False, autoflush=True, join_transaction_mode="rollback_only")
        self._vault, self._part = vault, part
        self.said = Said()
        """Handed in by the turn: what this transaction says."""
        self.ahead = Ahead()
        self._endings: dict[Callable[[Session], None], None] = {}

    @property
    def vault(self) -> Vault:
        """The vault that seals in this database."""
        assert self._vault is not None, "a database without a vault can only be migrated"
        return self._vault

    def core(self, statement: Executable, values: Values | None = None) -> CursorResult[*tuple[Any, ...]]:
        """Execute a statement about tables, not about their classes; what was changed is written first.

        It goes straight to the connection: what a session adds to it costs more than the statement does.
        """
        self.flush()
        return self.connection().execute(statement, values)

    def apart(self, work: "Callable[[Session], T]") -> T:
        """Do `work` as a part of this transaction; when it raises, all that it did and said is undone."""
        connection = self.connection()
        connection.exec_driver_sql("SAVEPOINT part")
        part = Session(connection, self._vault, part=True)
        try:
            result = work(part)
            part.flush()
        except BaseException:
            part.close()
            if connection.in_transaction():  # a flush that failed has ended the whole transaction already
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT part")
            raise
        part.close()
        self.said.add(part.said)
        self._endings |= part._endings
        return result

    def alone(self) -> None:
        """Go on only in a transaction of one's own: Alone in a part of another."""
        if self._part:
            raise Alone

    def at_end(self, finish: "Callable[[Session], None]") -> None:
        """Have `finish` called once, just before the commit."""
        self._endings[finish] = None

    def end(self) -> None:
        """Call what waits for the end, and flush: only the commit is left."""
        endings, self._endings = self._endings, {}
        for finish in endings:
            finish(self)
        self.flush()
