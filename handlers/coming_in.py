"""Coming in: an invite link, or one's own number on the roster, gives a person their role (row 26)."""

from bot.actions import binding, roster_words
from bot.actions.binding import Bound
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.inputs import Contact
from bot.core.words import Words
from bot.texts.message import Key, Message, column
from handlers import greeting, tasks
from handlers.acts import Who
from storage import roster
from storage.roster import Refused

INVITE = "i_"
"""What the payload of an invite link begins with."""


def by_link(turn: Turn, who: Who, payload: str) -> bool:
    """Whether this is an invite that binds; if it binds nobody, it is said why."""
    if not payload.startswith(INVITE):
        return False
    speech = turn.speech(who.chat_id)
    found = binding.redeem(turn, payload.removeprefix(INVITE), who.chat_id)
    if isinstance(found, Refused):
        turn.say(who.chat_id, Message(speech.say(f"undangan-{found.why}")))
        return False
    keys = () if found.asleep else (Key(speech.word("b-tugas"), b.Menu(Go.TASKS)),)
    turn.say(who.chat_id, Message(speech.html(_welcome(turn, found)), column(keys)))
    return True


def ask_number(turn: Turn, who: Who) -> None:
    """Telegram's own contact button, which sends the sender's own number."""
    speech = turn.speech(who.chat_id)
    ask = {"text": speech.word("b-papan-contact"), "request_contact": True}
    turn.say(who.chat_id, Message(speech.say("petugas_nomor"), keyboard=((ask,),)))


def by_contact(turn: Turn, who: Who, given: Contact) -> None:
    """A contact out of the blue: a worker's own number on the roster binds them."""
    speech = turn.speech(who.chat_id)
    found = binding.by_phone(turn, given.phone, who.chat_id) if given.own else []
    if not found:
        key = "petugas_tak_dikenal" if given.own else "hp_orang_lain_saja"
        turn.say(who.chat_id, Message(speech.say(key), bare=True))
        greeting.greet(turn, who)
        return
    for bound in found:
        turn.say(who.chat_id, Message(speech.html(_welcome(turn, bound)), bare=True))
    tasks.show(turn, who)


def tasks_of(turn: Turn, who: Who) -> None:
    """*Tugas*: the list; whoever sleeps reads what they wait for."""
    asleep = roster.sleeping(turn.session, who.chat_id)
    if asleep and not roster.roles_of(turn.session, who.chat_id):
        turn.say(who.chat_id, Message(turn.speech(who.chat_id).html(_welcome(turn, Bound(asleep[0], asleep=True)))))
    else:
        greeting.greet(turn, who)


def _welcome(turn: Turn, bound: Bound) -> Words:
    """What comes in here for somebody with this role: an admin reads alarms and summaries, a volunteer nothing yet."""
    member = bound.member
    others = "undangan-relawan" if member.role == "volunteer" else "undangan-terikat"
    key = "undangan-pengelola" if member.role == "admin" else others
    return Words("undangan-tidur" if bound.asleep else key, roster_words.words(turn.house, member))
