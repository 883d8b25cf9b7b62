"""The trail of a private chat: the numbers of its newest messages and the hour of each, so that they can be deleted.

Telegram lets a bot delete what is younger than two days. Each lane keeps the trail of its chat as short text, which is
written in the statements that note its newest message anyway.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Text, bindparam, case, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import GenericFunction

from storage.session import Session
from storage.tables import Lane

LONGEST = 640
"""Characters: about fifty messages."""
DELETABLE = timedelta(hours=47)
"""Telegram says 48, and an hour that has begun counts whole."""
CHANNEL = "telegram"
_lane: Any = Lane.__table__  # type: ignore[attr-defined]
_TRAIL = select(_lane.c.trail).where(_lane.c.channel == CHANNEL, _lane.c.dest == bindparam("of_dest"))


class tail(GenericFunction[str]):
    """The last characters of a text."""

    type = Text()
    inherit_cache = True


@compiles(tail, "sqlite")
def _sqlite(element: Any, compiler: Any, **how: Any) -> str:
    return f"substr({compiler.process(element.clauses.clauses[0], **how)}, -{LONGEST})"


@compiles(tail, "postgresql")
def _postgresql(element: Any, compiler: Any, **how: Any) -> str:
    return f"right({compiler.process(element.clauses.clauses[0], **how)}, {LONGEST})"


def step(dest: int, message_id: int, at: datetime) -> str:
    """What a message adds to the trail of its chat; groups, whose references are negative, have none."""
    return f" {message_id:x}.{int(at.timestamp()) // 3600:x}" if dest > 0 else ""


def mark(message_id: int) -> str:
    """How a message begins in a trail, by which it is found there."""
    return f" {message_id:x}."


def longer(trail: Any, added: Any) -> Any:
    """The SQL of a trail with a step more."""
    return tail(trail + added)


def longer_once(trail: Any, added: Any, marked: Any) -> Any:
    """The same, unless the message is in it: an edit arrives under the number of its bubble."""
    return case((trail.contains(marked), trail), else_=tail(trail + added))


def deletable(session: Session, dest: int, now: datetime) -> list[int]:
    """The numbers of the messages of a chat that can be deleted, the oldest first."""
    trail = session.core(_TRAIL, {"of_dest": dest}).scalar_one_or_none() or ""
    since = (now - DELETABLE).timestamp() // 3600
    found = dict[int, None]()
    for one in trail.split(" ")[1:]:  # what stands before the first blank was cut
        number, _, hour = one.partition(".")
        if int(hour, 16) > since:
            found[int(number, 16)] = None
    return list(found)
