"""Greetings: whoever wanted to die, and allowed it, reads a warm line in an hour and next morning (R5).

Nothing in it says what it is about: others may read the phone.
"""

from datetime import datetime, time, timedelta

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.hours import WIB
from bot.texts.message import Key, Message, column
from storage import chats, kinds
from storage.tables import Chat

SOON = timedelta(hours=1)
MORNING, AFTER = time(8), timedelta(hours=3)
"""At this hour (WIB), on the first morning at least so long from now."""
FORGOTTEN = timedelta(hours=6)
"""A greeting that is so late, say after an outage, is left out: the next one comes."""


def promise(turn: Turn, chat_id: int) -> tuple[datetime, datetime]:
    """They are greeted in an hour and in the morning; returns the two moments."""
    soon, morning = turn.now + SOON, _morning(turn.now)
    chats.greet(turn.session, chat_id, soon, morning)
    return soon, morning


def end(turn: Turn, chat_id: int) -> None:
    """They want no more."""
    chats.greet(turn.session, chat_id, None, None)


def greet(turn: Turn, chat_id: int) -> None:
    """The moment has come."""
    chat = turn.session.get(Chat, chat_id, with_for_update=True)
    if chat is None or chat.greet_at is None or chat.greet_at > turn.now:
        return
    late = turn.now - chat.greet_at > FORGOTTEN
    again = chat.greet_last if chat.greet_last is not None and chat.greet_last > turn.now else None
    chats.greet(turn.session, chat_id, again, again)
    if late and again is not None:
        return
    speech = turn.speech(chat_id)
    keys = (
        Key(speech.word("b-cerita"), b.Menu(Go.REPORT)),
        Key(speech.word("b-jangan-sapa"), b.Menu(Go.LEAVE_ME)),
    )
    turn.say(chat_id, Message(speech.say("sapa_nanti"), column(keys)), kinds.GREETING)


def set_back(turn: Turn) -> None:
    """The clock was set back: nobody waits longer for a greeting than was said."""
    for chat_id in chats.greeted_after(turn.session, turn.now + timedelta(days=1) + AFTER):
        promise(turn, chat_id)


def _morning(now: datetime) -> datetime:
    local = (now + AFTER).astimezone(WIB)
    first = datetime.combine(local.date(), MORNING, WIB)
    return first if first >= local else first + timedelta(days=1)
