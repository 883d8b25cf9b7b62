"""The session of one transaction: SQLModel's own, and with it the vault that seals and what was said so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

import sqlmodel
from sqlalchemy.engine import Engine

from storage.tables import Outbox
from storage.vault import Vault


@dataclass(slots=True)
class Said:
    """What was said and which lanes it woke; it is written down just before its transaction commits."""

    rows: list[Outbox] = field(default_factory=list)
    lanes: dict[tuple[str, int], tuple[datetime, int]] = field(default_factory=dict)
    """By channel and destination: since when a lane is ready, and its best priority."""
    newest: dict[int, int] = field(default_factory=dict)
    """By chat: the number of the message that its person wrote."""
    pressed: dict[int, tuple[str, int, datetime]] = field(default_factory=dict)
    """By chat: a message that nobody knew to have arrived until it was pressed, its number, and when that was."""


class Session(sqlmodel.Session):
    """One transaction."""

    def __init__(self, engine: Engine, vault: Vault | None) -> None:
        super().__init__(engine, expire_on_commit=False, autoflush=True)
        self._vault = vault
        self.said = Said()
        """Handed in by the turn: what this transaction says."""
        self._endings: dict[Callable[[Session], None], None] = {}

    @property
    def vault(self) -> Vault:
        """The vault that seals in this database."""
        assert self._vault is not None, "a database without a vault can only be migrated"
        return self._vault

    def at_end(self, finish: "Callable[[Session], None]") -> None:
        """Have `finish` called once, just before the commit."""
        self._endings[finish] = None

    def end(self) -> None:
        """Call what waits for the end, and flush: only the commit is left."""
        endings, self._endings = self._endings, {}
        for finish in endings:
            finish(self)
        self.flush()
