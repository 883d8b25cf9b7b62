"""What a part of the bench is asked for, and what it hands back besides figures."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from tests.support.engines import fresh_database

T = TypeVar("T")
ENGINES = ("SQLite", "PostgreSQL")


@dataclass(slots=True)
class Asked:
    """How thorough a part is to be; it tells what it does, and notes what no figure says."""

    quick: bool
    rounds: int
    tell: Callable[[str], None]
    server: Callable[[], str]
    """The URL of a real PostgreSQL, started when it is first needed."""
    notes: list[str] = field(default_factory=list)

    def so(self, thorough: T, quick: T) -> T:
        """One of the two."""
        return quick if self.quick else thorough

    def database(self, engine: str) -> str | None:
        """The URL of an empty database of its own; None means a file of SQLite."""
        return fresh_database(self.server()) if engine == "PostgreSQL" else None
