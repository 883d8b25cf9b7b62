"""Hiding: what can be deleted is deleted from the screen, and the next /start looks as it does for everybody (R5)."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core import put_away
from bot.core.buttons import Go
from bot.core.inputs import Input
from bot.texts.message import Key, Message, column
from handlers import asking, greeting
from handlers.acts import Who
from handlers.closing import flow_of
from storage import drafts, roster, trail
from storage.tables import Draft


def hide(turn: Turn, who: Who) -> None:
    """Every message of the last two days goes; what was told is kept, and nothing shows that it is.

    A worker's cards stay: whoever is asked must see them.
    """
    if roster.roles_of(turn.session, who.chat_id):
        greeting.greet(turn, who)
        return
    there = drafts.all_of(turn.session, who.chat_id)
    bare = asking.take_keyboard(turn, there)
    for draft in there:
        draft.question_uid = draft.offer_uid = draft.step = None
        asking.keep(turn, draft, put_away.put_away(flow_of(draft), drafts.answers_of(turn.session, draft)))
    gone = dict.fromkeys((*trail.deletable(turn.session, who.chat_id, turn.now), *([who.wrote] if who.wrote else ())))
    turn.delete(who.chat_id, list(gone))
    speech = turn.speech(who.chat_id)
    if bare:  # a message cannot take a keyboard away and have buttons of its own
        turn.say(who.chat_id, Message(speech.say("baik"), bare=True))
    key = Key(speech.word("b-mulai"), b.Menu(Go.START))
    turn.say(who.chat_id, Message(speech.say("diri_hapus"), column((key,))))


def hides(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    """The same, typed."""
    hide(turn, who)


def is_away(turn: Turn, draft: Draft | None) -> bool:
    """Whether this draft was hidden, and nothing was told since."""
    if draft is None or draft.question_uid is not None:
        return False
    return put_away.is_away(flow_of(draft), drafts.answers_of(turn.session, draft))
