"""The buttons of the newest bubble that has some, for each private chat: what somebody types may name one of them.

Each lane keeps them sealed, written by the statement that notes that a message arrived, and read by the one that reads
what a chat is talking about.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, and_, bindparam, case, func
from sqlmodel import col, select

from bot.core.buttons import Nav, Pick, unpack
from storage.outbox import TELEGRAM
from storage.session import Session
from storage.tables import Chat, Draft, Lane, Outbox

Buttons = Sequence[tuple[str, str | None]]
"""The label of each button, in the order on the screen, and its data; None for a link, or a text to copy."""
NOTHING = b""
"""No button can be named: a question of a draft, or the phone's own keyboard, which the draft hears."""

_lane: Any = Lane.__table__  # type: ignore[attr-defined]
_SHOWN = bindparam("shown", type_=BigInteger())
_KEYS = bindparam("keys", type_=LargeBinary())
_LATER = func.coalesce(_lane.c.keys_at, 0) < bindparam("keyed", type_=BigInteger())
NOTED = {
    "keys_at": case((_LATER, _SHOWN), else_=_lane.c.keys_at),
    "keys_sealed": case((_LATER, _KEYS), (_lane.c.keys_at == _SHOWN, _KEYS), else_=_lane.c.keys_sealed),
}
"""What a lane notes of a message that arrived: a later bubble with buttons takes the place of an earlier one, and one
that changed has the buttons that it has now. `keyed` is its number if it has some, else 0."""
_TALKS = (
    select(Draft, Lane.keys_at, Lane.keys_sealed, Outbox.message_id)
    .select_from(Chat)
    .join(Lane, and_(col(Lane.dest) == col(Chat.id), col(Lane.channel) == TELEGRAM), isouter=True)
    .join(Draft, col(Draft.chat_id) == col(Chat.id), isouter=True)
    .join(Outbox, col(Outbox.uid) == col(Draft.question_uid), isouter=True)
    .where(col(Chat.id) == bindparam("of_chat"))
    .order_by(col(Draft.shown).desc(), col(Draft.flow))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Keyboard:
    """The newest bubble of a chat that has buttons."""

    at: int
    """Its number."""
    sealed: bytes
    below: bool
    """It stands below the open question of a draft."""


def noted(session: Session, dest: int, number: int, payload: Mapping[str, Any]) -> dict[str, Any]:
    """The values of `NOTED` for a message that arrived under this number."""
    found = _of(payload) if dest > 0 else None
    sealed = NOTHING if found == [] else None
    if found:
        text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
        sealed = session.vault.seal(session, "lane", "keys", f"{dest}:{number}", text)
    return {"keys": sealed, "keyed": 0 if sealed is None else number}


def talks(session: Session, chat_id: int) -> tuple[Draft | None, Keyboard | None]:
    """The draft that a chat talks to, and the newest bubble with buttons, if one may be named."""
    row = session.execute(_TALKS, {"of_chat": chat_id}).one_or_none()
    if row is None:
        return None, None
    draft, at, sealed, question = row
    asked = draft is not None and draft.question_uid is not None
    if not sealed or (asked and (question is None or question >= at)):
        return draft, None
    return draft, Keyboard(at, sealed, asked)


def buttons(session: Session, chat_id: int, keyboard: Keyboard) -> Buttons:
    """The buttons of a bubble."""
    text = session.vault.open(session, "lane", "keys", f"{chat_id}:{keyboard.at}", keyboard.sealed)
    return [(label, data) for label, data in json.loads(text)]


def _of(payload: Mapping[str, Any]) -> list[tuple[str, str | None]] | None:
    """The buttons of a message; none where only a draft can hear what is typed, None where it has none at all."""
    markup = payload.get("params", {}).get("reply_markup", {})
    if "keyboard" in markup:
        return []
    keys = [(key["text"], key.get("callback_data")) for row in markup.get("inline_keyboard", ()) for key in row]
    last = unpack(keys[-1][1] or "") if keys else None
    if isinstance(last, Pick) or (isinstance(last, Nav) and last.shown):
        return []
    return keys or None
