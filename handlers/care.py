"""Care for whoever wanted to die: they may be greeted again, and may say that it is enough (R5)."""

from bot.actions import greetings
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day
from handlers.acts import Who
from storage import kinds


def greet_me(turn: Turn, who: Who) -> None:
    """They are greeted in an hour and in the morning, and read when."""
    speech = turn.speech(who.chat_id)
    soon, morning = greetings.promise(turn, who.chat_id)
    text = speech.say("sapa_janji", jam=clock(soon), hari=day(speech, morning), jam2=clock(morning))
    keys = (Key(speech.word("b-lanjut-cerita"), b.Menu(Go.REPORT)),)
    turn.say(who.chat_id, Message(text, column(keys)), kinds.DANGER)


def leave_me(turn: Turn, who: Who) -> None:
    """They want no more greetings; the way back stays."""
    speech = turn.speech(who.chat_id)
    greetings.end(turn, who.chat_id)
    keys = (Key(speech.word("b-cerita"), b.Menu(Go.REPORT)),)
    turn.say(who.chat_id, Message(speech.say("sapa_cukup"), column(keys)))
