"""Column types and identifiers shared by all tables."""

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, DateTime, Integer, bindparam, literal_column
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine

from bot.core.buttons import ALPHABET

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The `not_before` of what may go at once: never later than a clock that was turned back."""

NUMBER_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class Moment(TypeDecorator[datetime]):
    """An aware moment, stored in UTC; SQLite forgets zones, so a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """To the database: UTC, without a zone where the engine has none."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone is no moment")
        utc = value.astimezone(UTC)
        return utc if dialect.name == "postgresql" else utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """From the database: always aware, always UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


NOW, MOST = bindparam("now", type_=Moment()), bindparam("most", type_=Integer())
"""Parameters of statements that are built once: what is asked each second, or in each turn, is not built each time."""


def full_hour(moment: datetime) -> datetime:
    """The first full hour after a moment: what becomes old within an hour is forgotten together."""
    return (moment + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)


def fixed(word: str) -> Any:
    """A word that stands in the statement itself: an index of some rows is used only if the database reads which."""
    return literal_column(f"'{word}'")


class Serial(TypeDecorator[int]):
    """A 64-bit key that the database counts up; SQLite only counts a plain INTEGER."""

    impl = BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """INTEGER on SQLite (64 bits there too), BIGINT elsewhere."""
        return dialect.type_descriptor(Integer() if dialect.name == "sqlite" else BigInteger())


def new_id(length: int = 12) -> str:
    """A random identifier made before INSERT; 12 characters carry 60 bits."""
    return "".join(ALPHABET[byte % 32] for byte in secrets.token_bytes(length))


def new_number() -> str:
    """A report number: short, random, no letters that look alike, e.g. "TS-7K4Q2M"."""
    return "TS-" + "".join(secrets.choice(NUMBER_ALPHABET) for _ in range(6))
