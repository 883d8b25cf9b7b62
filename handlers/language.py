"""The language of a chat: chosen by button, at any moment."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.texts.languages import LANGUAGES
from bot.texts.message import Key, Message, column
from handlers import asking, greeting
from handlers.acts import Who
from storage import chats, drafts

PLACES = {f"{Go.LANGUAGE}-{code}": code for code in LANGUAGES}
"""Where the button of each language leads."""
NEAR = frozenset(("id", "in", "jv", "jw", "su", "ms", "mad"))
"""Languages of phones whose people read Indonesian: nothing is offered to them."""
ELSEWHERE = "en"


def ask(turn: Turn, who: Who) -> None:
    """Which language?"""
    keys = tuple(Key(turn.house.texts.of(code).word("nama-bahasa"), b.Menu(go)) for go, code in PLACES.items())
    turn.say(who.chat_id, Message(turn.speech(who.chat_id).say("pilih_bahasa"), column(keys)))


def offered(turn: Turn, who: Who, phone: str) -> tuple[Key, ...]:
    """The button of the language that their phone has, where it is not the one they read; English for any other."""
    code = phone.casefold().split("-")[0]
    if not code or code in NEAR:
        return ()
    code = code if code in LANGUAGES else ELSEWHERE
    if code == chats.language(turn.session, who.chat_id):
        return ()
    return (Key(turn.house.texts.of(code).word("nama-bahasa"), b.Menu(f"{Go.LANGUAGE}-{code}")),)


def choose(turn: Turn, who: Who, code: str) -> None:
    """This one from now on; what stands open is said again in it."""
    chats.speak(turn.session, who.chat_id, code)
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
    else:
        greeting.greet(turn, who, welcome=True)
