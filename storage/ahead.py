"""What a transaction about many cases reads ahead: one statement a kind of row, instead of one a case.

While it is there, `chats.language`, `outbox.stands` and `timeline.note` look here first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import SQLModel, col
from sqlmodel import select as rows_of

from storage import kinds
from storage.session import Session
from storage.tables import Ask, Case, Chat, DataKey, Member, Outbox, Policy, Report, Timeline

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_line: Any = Timeline.__table__  # type: ignore[attr-defined]


@dataclass(slots=True)
class Hung:
    """Many cases and what hangs on them; kept while they are used, for a session forgets what nobody holds."""

    cases: Sequence[Case]
    asks: dict[str, list[Ask]]
    """By case, those of its present round in the order they were made."""
    reports: dict[str, list[Report]]
    pinged: dict[str, datetime]
    """When somebody was last asked or reminded about a case that has its grace after an outage."""
    held: list[SQLModel]


def read(session: Session, case_ids: Sequence[str], *, skip: bool) -> Hung:
    """These cases, held until this transaction ends, with what hangs on them; with `skip`, those that nobody holds.

    All are held in one order, so that no two transactions wait for each other.
    """
    query = rows_of(Case).where(col(Case.id).in_(case_ids)).order_by(Case.id).with_for_update(skip_locked=skip)
    cases = session.exec(query.execution_options(populate_existing=True)).all()
    ids = [case.id for case in cases]
    asks: dict[str, list[Ask]] = {case.id: [] for case in cases}
    rounds = {case.id: case.round for case in cases}
    made = rows_of(Ask).where(col(Ask.case_id).in_(ids)).order_by(col(Ask.rung), col(Ask.fired_at), col(Ask.id))
    for ask in session.exec(made.execution_options(populate_existing=True)):
        if ask.round == rounds[ask.case_id]:
            asks[ask.case_id].append(ask)
    reports: dict[str, list[Report]] = {case.id: [] for case in cases}
    sent = rows_of(Report).where(col(Report.case_id).in_(ids)).order_by(col(Report.created_at))
    for report in session.exec(sent.execution_options(populate_existing=True)):
        reports[report.case_id].append(report)
    held: list[SQLModel] = [*_rows(session, Policy, {case.policy_id for case in cases})]
    session.vault.load(_rows(session, DataKey, ids))
    ahead = session.ahead
    ahead.tails |= _tails(session, ids)
    ahead.cards |= {ask.card_uid for found in asks.values() for ask in found}
    ahead.standing |= _standing(session, ahead.cards)
    graced = [case.id for case in cases if case.grace_until is not None]
    return Hung(cases, asks, reports, _pinged(session, graced), held)


def people(session: Session, member_ids: Iterable[str], chat_ids: Iterable[int]) -> list[SQLModel]:
    """These members, their chats and these chats; whoever has no row of their own speaks Indonesian."""
    members = _rows(session, Member, set(member_ids))
    wanted = {*chat_ids, *(member.chat_id for member in members if member.chat_id is not None)}
    chats = _rows(session, Chat, wanted)
    session.ahead.languages |= dict.fromkeys(wanted, "id") | {chat.id: chat.language for chat in chats}
    return [*members, *chats]


def _rows(session: Session, table: Any, keys: Iterable[Any]) -> Sequence[Any]:
    wanted = list(keys)
    return session.exec(rows_of(table).where(table.id.in_(wanted))).all() if wanted else ()


def _tails(session: Session, ids: Sequence[str]) -> dict[str, tuple[int, str]]:
    """The last entry of each timeline: its number and its hash."""
    other = _line.alias()
    last = select(func.max(other.c.seq)).where(other.c.case_id == _line.c.case_id).scalar_subquery()
    query = select(_line.c.case_id, _line.c.seq, _line.c.hash).where(_line.c.case_id.in_(ids), _line.c.seq == last)
    return {case_id: (seq, hash_) for case_id, seq, hash_ in session.execute(query)}


def _standing(session: Session, uids: Iterable[str]) -> set[tuple[str, int]]:
    """Which of these messages stand in which chats, or will."""
    query = select(_out.c.uid, _out.c.dest).where(_out.c.uid.in_(list(uids)))
    return {(uid, dest) for uid, dest in session.execute(query.where(_out.c.state.in_(("pending", "sending", "sent"))))}


def _pinged(session: Session, ids: Sequence[str]) -> dict[str, datetime]:
    if not ids:
        return {}
    query = select(_out.c.case_id, func.max(_out.c.created_at)).where(_out.c.case_id.in_(ids))
    query = query.where(_out.c.kind.in_(kinds.PINGS)).group_by(_out.c.case_id)
    return {case_id: at for case_id, at in session.execute(query)}
