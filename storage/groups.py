"""The group of JSC that was enrolled in the chat, and the codes by which one can be (storage of two facts each)."""

from datetime import datetime

from storage.session import Session
from storage.tables import Meta

ENROLLED = "jsc_group"


def enrolled(session: Session) -> int | None:
    """The reference of the group that was enrolled, or None."""
    row = session.get(Meta, ENROLLED)
    return int(row.value) if row is not None else None


def enrol(session: Session, group: int, now: datetime) -> None:
    """This group is JSC's from now on, instead of one before it; its code means nothing any more."""
    row = session.get(Meta, ENROLLED) or Meta(name=ENROLLED, value="")
    row.value, row.at = str(group), now
    session.add(row)
    used = session.get(Meta, _code(group))
    if used is not None:
        session.delete(used)


def code_of(session: Session, group: int, now: datetime) -> str | None:
    """The code that enrols this group, while it is valid."""
    row = session.get(Meta, _code(group))
    return row.value if row is not None and row.at is not None and row.at > now else None


def offer(session: Session, group: int, code: str, until: datetime) -> None:
    """A fresh code for this group."""
    row = session.get(Meta, _code(group)) or Meta(name=_code(group), value="")
    row.value, row.at = code, until
    session.add(row)


def _code(group: int) -> str:
    return f"group_code:{group}"
