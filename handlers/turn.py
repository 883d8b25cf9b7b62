"""One turn: an Act in, deeds and words out, all in the transaction of its inbox row.

The answer to a press (a toast) is the only thing that leaves at once, after the commit; whatever matters is
also in the outbox, so a toast that is lost leaves nobody without an answer.
"""

from dataclasses import dataclass

from bot.actions import absence, grouping
from bot.actions.turn import Turn
from bot.core.inputs import Typed, Unclear
from bot.core.words import Words
from handlers import commands, hear, press
from handlers.acts import (
    Act,
    Commanded,
    Edited,
    Moved,
    Nothing,
    Other,
    Pinned,
    Pressed,
    Reach,
    Said,
    Shared,
    Showed,
    Started,
)
from storage import chats, outbox
from storage.cases import reopen_vacant

TOAST = 200
"""Characters that a toast may have."""


@dataclass(frozen=True, slots=True)
class Toast:
    """What answers a press at the top of the screen."""

    query_id: str
    text: str


def take_turn(turn: Turn, act: Act) -> Toast | None:
    """Do what `act` asks for; returns the toast of a press."""
    if not isinstance(act, Moved | Nothing) and act.who.private and act.who.wrote:
        outbox.wrote(turn.session, act.who.chat_id, act.who.wrote, turn.now)
    match act:
        case Moved(old, address):
            chats.move(turn.session, old, address, turn.house.group)
        case Reach(who, True):
            chats.reachable(turn.session, who.chat_id, True, turn.now)
            reopen_vacant(turn.session, turn.now)
            if not who.private:
                grouping.added(turn, who.chat_id)
        case Reach(who):
            absence.unreachable(turn, who.chat_id)
        case Pressed(who):
            return Toast(act.query_id, press.press(turn, who, act.data, act.message_id))
        case Nothing():
            pass
        case Edited(_, live=True):
            pass
        case Started(who) if not who.private:
            grouping.added(turn, who.chat_id)
        case Commanded(who, "grup", code) if not who.private:
            grouping.enrol(turn, who.chat_id, code)
        case _ if not act.who.private or act.who.user_id == 0:
            pass  # in groups the bot speaks by cards and listens to buttons only
        case Started(who, payload, phone):
            commands.start(turn, who, payload, phone)
        case Commanded(who, name, rest):
            commands.command(turn, who, name, rest)
        case Said(who, text):
            hear.hear(turn, who, Typed(text))
        case Showed(who, media):
            hear.hear(turn, who, media)
        case Pinned(who, pin):
            hear.hear(turn, who, pin)
        case Shared(who, contact):
            hear.hear(turn, who, contact)
        case Edited(who):
            hear.hear(turn, who, Unclear(Words("edit_tak_terbaca")))
        case Other(who):
            hear.hear(turn, who, Unclear())
    return None
