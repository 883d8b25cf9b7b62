"""A turn: one person's message, or one thing that is due, and what is said because of it.

A turn is no transaction: several may share one. It knows no case, and no deed lives on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.actions.house import House
from bot.texts.catalog import Speech
from bot.texts.message import Message, call, delete_call, disarm_call, edit_call
from storage import chats, kinds, outbox
from storage.kinds import Kind
from storage.outbox import Outgoing
from storage.session import Said, Session
from storage.tables import Ask, Case

AT_ONCE = 100
"""So many messages Telegram deletes in one call."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What every deed needs: the session of its transaction, the house, the moment."""

    session: Session
    house: House
    now: datetime

    @property
    def said(self) -> Said:
        """What was said so far."""
        return self.session.said

    def speech(self, chat_id: int) -> Speech:
        """The language that a chat chose."""
        return self.house.texts.of(chats.language(self.session, chat_id))

    def say(
        self,
        chat_id: int,
        message: Message,
        kind: Kind = kinds.ANSWER,
        *,
        case: Case | None = None,
        ask: Ask | None = None,
        rings_at: datetime | None = None,
    ) -> str:
        """Put one message on its way; returns the uid by which it can be edited or answered.

        It leaves no sooner than `rings_at`. A short line under a card answers the card of its `ask`.
        """
        later = rings_at if rings_at is not None and rings_at > self.now else None
        outgoing = Outgoing(
            outbox.TELEGRAM,
            chat_id,
            kind,
            call(message, chat_id),
            urgency=case.urgency if case else None,
            not_before=later,
            replies=ask.card_uid if ask and kind.reply else None,
            case=(case.id, case.round) if case else None,
            ask=ask.id if ask else None,
        )
        return outbox.put(self.session, outgoing, self.now)

    def edit(self, chat_id: int, which: str | int, message: Message | None, kind: Kind = kinds.EDIT) -> None:
        """Turn an earlier message into this one, or only take its buttons (None).

        It is named by its uid, and nothing happens if it never arrived; or by its number, as a press names it. Of
        unsent edits of one message only the newest leaves; one that takes the buttons leaves beside one of words.
        """
        payload: dict[str, Any] = edit_call(message, chat_id) if message else disarm_call(chat_id)
        if isinstance(which, int):
            payload["params"]["message_id"] = which
        uid, slot = which if isinstance(which, str) else None, str(which) if message else None
        outgoing = Outgoing(outbox.TELEGRAM, chat_id, kind, payload, edits=uid, slot=slot)
        outbox.put(self.session, outgoing, self.now)

    def delete(self, chat_id: int, message_ids: Sequence[int]) -> None:
        """Take messages from a chat, on every phone; what was said to it before and has not left does not leave."""
        slot = f"hide:{chat_id}"
        outbox.unsay(self.session, chat_id, slot)
        parts = [message_ids[n : n + AT_ONCE] for n in range(0, len(message_ids), AT_ONCE)]
        for n, part in enumerate(parts, 1):
            payload, last = delete_call(part, chat_id), n == len(parts)
            outgoing = Outgoing(outbox.TELEGRAM, chat_id, kinds.HIDE, payload, slot=slot if last else None)
            outbox.put(self.session, outgoing, self.now)
