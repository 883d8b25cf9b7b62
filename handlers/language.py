"""The language of a chat: chosen by button, at any moment."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.texts.catalog import LANGUAGES
from bot.texts.message import Key, Message, column
from handlers import asking, greeting
from handlers.acts import Who
from storage import chats, drafts

PLACES = {f"{Go.LANGUAGE}-{code}": code for code in LANGUAGES}
"""Where the button of each language leads."""


def ask(turn: Turn, who: Who) -> None:
    """Which language?"""
    keys = tuple(Key(turn.house.texts.of(code).word("nama-bahasa"), b.Menu(go)) for go, code in PLACES.items())
    turn.say(who.chat_id, Message(turn.speech(who.chat_id).say("pilih_bahasa"), column(keys)))


def choose(turn: Turn, who: Who, code: str) -> None:
    """This one from now on; what stands open is said again in it."""
    chats.speak(turn.session, who.chat_id, code)
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
    else:
        greeting.greet(turn, who, welcome=True)
