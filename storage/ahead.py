"""What a transaction about many cases reads ahead: one statement a kind of row, instead of one a case.

`hold` reads what decides whether something has to be done. The rest is read for all of these cases when the first of
them needs any of it: see `Ahead.ready`, and who asks it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Literal

from sqlalchemy import bindparam, func, select
from sqlmodel import col
from sqlmodel import select as rows_of

from storage import kinds
from storage.outbox import STANDS
from storage.session import Session
from storage.standing import GROUP
from storage.tables import Ask, Case, Chat, DataKey, Member, Outbox, Policy, Report, Timeline

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_case: Any = Case.__table__  # type: ignore[attr-defined]
_line: Any = Timeline.__table__  # type: ignore[attr-defined]
_policy: Any = Policy.__table__  # type: ignore[attr-defined]

Lock = Literal["wait", "skip", "no"]
"""Whether cases that another transaction holds are waited for or left out, or all are only looked at."""
_IDS: Any = bindparam("ids", expanding=True)
_FRESH = {"populate_existing": True}
_CASES = rows_of(Case).where(col(Case.id).in_(_IDS)).order_by(Case.id).execution_options(**_FRESH)
_ASKS = rows_of(Ask).where(col(Ask.case_id).in_(_IDS)).order_by(col(Ask.rung), col(Ask.fired_at), col(Ask.id))
_ASKS = _ASKS.execution_options(**_FRESH)
_REPORTS = rows_of(Report).where(col(Report.case_id).in_(_IDS)).order_by(col(Report.created_at))
_REPORTS = _REPORTS.execution_options(**_FRESH)
_LADDERS = select(_policy.c.id, _policy.c.body).where(_policy.c.id.in_(_IDS))
_MEMBERS = rows_of(Member).where(col(Member.id).in_(_IDS))
_CHATS = rows_of(Chat).where(col(Chat.id).in_(_IDS))
_KEYS = rows_of(DataKey).where(col(DataKey.id).in_(_IDS))
_NEWEST = select(func.max(_line.c.seq)).where(_line.c.case_id == _case.c.id).scalar_subquery()
_LAST = select(_case.c.id, _NEWEST).where(_case.c.id.in_(_IDS))
_ENTRIES = select(_line.c.case_id, _line.c.seq, _line.c.hash).where(
    _line.c.case_id.in_(_IDS), _line.c.seq.in_(bindparam("numbers", expanding=True))
)
_STANDING = select(_out.c.uid, _out.c.dest).where(_out.c.uid.in_(_IDS))
_STANDING = _STANDING.where(STANDS)
_PINGED = select(_out.c.case_id, func.max(_out.c.created_at)).where(_out.c.case_id.in_(_IDS))
_PINGED = _PINGED.where(_out.c.kind.in_(kinds.PINGS)).group_by(_out.c.case_id)


@dataclass(frozen=True, slots=True)
class Held:
    """Many cases, held, and what decides about them."""

    cases: Sequence[Case]
    asks: Mapping[str, list[Ask]]
    """By case, those of its present round in the order they were made."""
    ladders: Mapping[str, str]
    """The policies they began with, by id."""
    pinged: Mapping[str, datetime]
    """When somebody was last asked or reminded about a case that has its grace after an outage."""


def hold(session: Session, case_ids: Sequence[str], lock: Lock) -> Held:
    """These cases, held until this transaction ends; with "skip", those that no other one holds.

    All are held in one order, so that no two transactions wait for each other.
    """
    query = _CASES if lock == "no" else _CASES.with_for_update(skip_locked=lock == "skip")
    cases = session.exec(query, params={"ids": case_ids}).all()
    ids = [case.id for case in cases]
    asks: dict[str, list[Ask]] = {case.id: [] for case in cases}
    rounds = {case.id: case.round for case in cases}
    for ask in session.exec(_ASKS, params={"ids": ids}):
        if ask.round == rounds[ask.case_id]:
            asks[ask.case_id].append(ask)
    ladders = dict(iter(session.core(_LADDERS, {"ids": list({case.policy_id for case in cases})})))
    graced = [case.id for case in cases if case.grace_until is not None]
    pinged = dict(iter(session.core(_PINGED, {"ids": graced}))) if graced else {}
    return Held(cases, asks, ladders, pinged)


def read_later(session: Session, held: Held, persons: Iterable[str], chats: Iterable[int]) -> None:
    """Have the rest read when it is needed: reports, timelines, and these people with their chats."""
    session.ahead.reader = partial(_read, session, held, set(persons), set(chats))


def _read(session: Session, held: Held, persons: set[str], chats: set[int]) -> None:
    ahead, ids = session.ahead, [case.id for case in held.cases]
    ahead.reports |= {case_id: [] for case_id in ids}
    for report in session.exec(_REPORTS, params={"ids": ids}):
        ahead.reports[report.case_id].append(report)
        chats.add(report.chat_id)
    session.vault.load(session.exec(_KEYS, params={"ids": ids}).all())
    last = dict(iter(session.core(_LAST, {"ids": ids})))
    for case_id, seq, hash_ in session.core(_ENTRIES, {"ids": ids, "numbers": list(set(last.values()))}):
        if seq == last[case_id]:
            ahead.tails[case_id] = seq, hash_
    asks = [ask for found in held.asks.values() for ask in found]
    ahead.cards |= {ask.card_uid for ask in asks}
    ahead.standing |= {(uid, dest) for uid, dest in session.core(_STANDING, {"ids": list(ahead.cards)})}
    persons |= {ask.person for ask in asks if ask.person != GROUP}
    members = session.exec(_MEMBERS, params={"ids": list(persons)}).all()
    ahead.members |= {member.id: member for member in members}
    chats |= {ask.chat_id for ask in asks} | {member.chat_id for member in members if member.chat_id is not None}
    found = session.exec(_CHATS, params={"ids": list(chats)}).all()
    ahead.languages |= dict.fromkeys(chats, "id") | {chat.id: chat.language for chat in found}
    ahead.kept += found
