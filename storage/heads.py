"""Which lanes may go, and which message of a lane goes next: the two statements behind every claim.

Messages of a lane go in the order in which they were said. Only what asks about a case, or says whom to phone, may
overtake the others, and takes along what was said before it about the same case.
"""

from typing import Any

from sqlalchemy import and_, bindparam, func, literal_column, or_, select, union_all
from sqlalchemy import case as when

from storage import shares
from storage.kinds import LIST, PING
from storage.outbox import MENUS, TELEGRAM
from storage.tables import Chat, Lane, Outbox
from storage.types import MOST, NOW, Moment, fixed

TO_CHATS = (TELEGRAM, MENUS)
"""Channels whose destination is a chat of Telegram."""

_out: Any = Outbox.__table__  # type: ignore[attr-defined]
_lane: Any = Lane.__table__  # type: ignore[attr-defined]
_chat: Any = Chat.__table__  # type: ignore[attr-defined]

_LOOKED_AT = tuple(column for column in _lane.c if column.name != "keys_sealed")
"""A claim never asks for buttons."""
_PENDING, _SENT = fixed("pending"), fixed("sent")
_CHANNELS: Any = bindparam("channels", expanding=True)
_OVER = or_(
    _lane.c.lease_until <= NOW,
    _lane.c.lease_until > bindparam("longest", type_=Moment()),  # no lease is so long: the clock was set back
)


def _plain(number: int) -> Any:
    """A number that stands in the statement itself, so that the database may go along an index."""
    return literal_column(str(number))


def _ready(first: int, last: int) -> Any:
    """The lanes of one class that may go, who was served longest ago first."""
    priority = _lane.c.priority
    of_class = priority == _plain(first) if first == last else priority.between(_plain(first), _plain(last))
    found = (
        select(*_LOOKED_AT)
        .where(of_class, _lane.c.ready_at <= NOW, or_(_lane.c.lease_until.is_(None), _OVER))
        .where(or_(_lane.c.paused_until.is_(None), _lane.c.paused_until <= NOW))
        .where(_lane.c.channel.in_(_CHANNELS))
        .order_by(priority, _lane.c.tokens_at)
        .limit(MOST)
        .with_for_update(skip_locked=True)
    )
    return select(found.subquery())


READY = union_all(*(_ready(*priorities) for priorities in shares.PRIORITIES.values()))
"""At most `most` lanes of each class."""

_other, _hasty, _beside = _out.alias("other"), _out.alias("hasty"), _out.alias("beside")
_edited, _replied, _later = _out.alias("edited"), _out.alias("replied"), _out.alias("later")


def _in_lane(row: Any, lane: Any) -> Any:
    return and_(row.c.channel == lane.c.channel, row.c.dest == lane.c.dest, row.c.state == _PENDING)


def _known(row: Any, uid: Any) -> Any:
    """A message that stands in the same chat; in another one its number would name something else.

    A question that another one replaced before it left: the bubble that it was to turn into shows the one before.
    """
    never_left = and_(row.c.state == fixed("cancelled"), row.c.in_place.is_not(None))
    return and_(row.c.uid == uid, row.c.dest == _out.c.dest, or_(row.c.state == _SENT, never_left))


_REST = and_(_in_lane(_other, _lane), or_(_out.c.seq.is_(None), _other.c.seq != _out.c.seq))

_REPLACED = and_(_in_lane(_later, _lane), _out.c.slot.is_not(None), _later.c.slot == _out.c.slot)
_REPLACED = and_(_REPLACED, _later.c.seq > _out.c.seq)

# The lane is not named by its channel here: then each row would be looked for among all of the lane.
_OF_ITS_CASE = and_(_beside.c.case_id == _hasty.c.case_id, _beside.c.dest == _hasty.c.dest)
_OF_ITS_CASE = and_(_OF_ITS_CASE, _beside.c.state == _PENDING, _beside.c.not_before <= NOW)
_CASE_HURRIES = select(func.min(_beside.c.priority)).where(_OF_ITS_CASE, _beside.c.priority <= _plain(PING))
_RANK = func.coalesce(
    _CASE_HURRIES.correlate(_hasty).scalar_subquery(),
    when((_hasty.c.priority <= _plain(PING), _hasty.c.priority), else_=_plain(LIST)),
)


def heads_by(pick: Any) -> Any:
    """The message of each lane that goes next, chosen by `pick` over their numbers, and what waits behind it."""
    goes = and_(_in_lane(_other, _lane), _other.c.not_before <= NOW)
    in_order = select(pick(_other.c.seq)).where(goes).correlate(_lane).scalar_subquery()
    hurries = select(_hasty.c.seq).where(_in_lane(_hasty, _lane), _hasty.c.not_before <= NOW)
    hurries = hurries.order_by(_RANK, _hasty.c.seq).limit(1).correlate(_lane)
    first = when((_lane.c.priority > _plain(PING), in_order), else_=hurries.scalar_subquery())
    left = select(func.min(_other.c.priority)).where(_REST)
    return (
        select(
            _lane.c.channel.label("of_channel"),
            _lane.c.dest.label("of_dest"),
            _out,
            func.coalesce(_edited.c.message_id, _edited.c.in_place).label("edits"),
            func.coalesce(_replied.c.message_id, _replied.c.in_place).label("replies"),
            select(_later.c.seq).where(_REPLACED).exists().label("replaced"),
            _chat.c.address_sealed,
            _chat.c.reachable,
            select(func.min(_other.c.not_before)).where(_REST).scalar_subquery().label("left_at"),
            left.where(_other.c.not_before <= NOW).scalar_subquery().label("left_now"),
            left.where(_other.c.not_before > NOW).scalar_subquery().label("left_later"),
        )
        .select_from(_lane)
        .outerjoin(_out, _out.c.seq == first)
        .outerjoin(_edited, _known(_edited, _out.c.edits_uid))
        .outerjoin(_replied, _known(_replied, _out.c.replies_uid))
        .outerjoin(_chat, and_(_chat.c.id == _out.c.dest, _out.c.channel.in_(TO_CHATS)))
        .where(_lane.c.channel.in_(_CHANNELS), _lane.c.dest.in_(bindparam("chats", expanding=True)))
    )
