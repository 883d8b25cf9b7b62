"""Counts what a bot asks of its database: statements, transactions, and the commits of those that wrote."""

from collections import Counter
from dataclasses import astuple, dataclass, field
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

WRITES = ("INSERT", "UPDATE", "DELETE", "WITH")
NO_WORK = ("BEGIN", "PRAGMA")
"""What the driver of PostgreSQL does without a statement."""


@dataclass(slots=True)
class Counts:
    """So far; `of_writers` are the statements of those transactions that wrote something.

    A look that finds nothing is made again and again while time passes, so how many there are depends on the machine.
    What is written does not.
    """

    statements: int = 0
    transactions: int = 0
    of_writers: int = 0
    commits: int = 0

    def __sub__(self, before: "Counts") -> "Counts":
        mine, theirs = (astuple(counts) for counts in (self, before))
        return Counts(*(now - then for now, then in zip(mine, theirs, strict=True)))


@dataclass(slots=True)
class Tally:
    """Counts the transactions of an engine, or of all of them."""

    counts: Counts = field(default_factory=Counts)
    texts: Counter[str] = field(default_factory=Counter)
    """How often each statement was made in a transaction that wrote."""
    _open: dict[int, list[str]] = field(default_factory=dict)

    def watch(self, engine: Engine | type[Engine]) -> "Tally":
        """Count from now on."""
        event.listen(engine, "begin", self._begun)
        event.listen(engine, "before_cursor_execute", self._asked)
        event.listen(engine, "commit", self._committed)
        return self

    def most(self) -> str:
        """The statements of transactions that wrote, the most frequent first, for whoever asks where they come from."""
        return "\n".join(f"{times} x {' '.join(text.split())[:100]}" for text, times in self.texts.most_common())

    def _begun(self, connection: Any) -> None:
        self._open[id(connection)] = []

    def _asked(self, connection: Any, _: Any, statement: str, *__: Any) -> None:
        if not statement.startswith(NO_WORK) and (asked := self._open.get(id(connection))) is not None:
            asked.append(statement)

    def _committed(self, connection: Any) -> None:
        asked = self._open.pop(id(connection), None)
        if asked is None:
            return
        self.counts.transactions += 1
        self.counts.statements += len(asked)
        if any(statement.lstrip().startswith(WRITES) for statement in asked):
            self.counts.commits += 1
            self.counts.of_writers += len(asked)
            self.texts.update(asked)
