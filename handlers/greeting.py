"""The way in and the way out: a greeting, the menu, the end of a conversation."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.hours import WIB
from bot.core.typed import simple
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock
from handlers import tasks
from handlers.acts import Who
from handlers.closing import with_numbers
from handlers.questions import says

LABELS = {
    Go.REPORT: "b-lapor",
    Go.QUICK: "b-lapor-cepat",
    Go.DANGER: "b-bahaya",
    Go.OWN_REPORTS: "b-laporan-saya",
    Go.TASKS: "b-tugas",
    Go.STAFF: "b-petugas",
    Go.LANGUAGE: "b-bahasa",
    Go.DONE: "b-selesai",
}
"""The buttons that lead there."""
PARTS = ((3, "malam"), (11, "pagi"), (15, "siang"), (18, "sore"))
"""Parts of the day, and the hour (WIB) at which each ends."""
WAY_IN = (Go.REPORT, Go.QUICK, Go.DANGER, Go.OWN_REPORTS, Go.LANGUAGE)


def greet(turn: Turn, who: Who, *, welcome: bool = False, first: tuple[Key, ...] = ()) -> None:
    """A worker sees what waits for them, everybody else the way in."""
    if not tasks.show(turn, who):
        way_in(turn, who, Words("mulai" if welcome else "sapa"), first)


def way_in(turn: Turn, who: Who, words: Words, first: tuple[Key, ...] = ()) -> None:
    """These words, whom to phone, and the menu of a resident, below the keys that come `first`."""
    speech = turn.speech(who.chat_id)
    text = with_numbers(turn, who.chat_id, speech.html(words))
    turn.say(who.chat_id, Message(text, column((*first, *keys(speech, WAY_IN)))))


def return_greeting(turn: Turn, who: Who, text: str) -> None:
    """Whoever greets is greeted, and shown the way in."""
    part = Words(f"waktu-{_part(turn)}")
    way_in(turn, who, Words("salam_balas") if is_pious(text) else Words("salam_waktu", {"waktu": part}))


def courtesy(turn: Turn, speech: Speech, text: str) -> Words | None:
    """What is answered where somebody only thanks or greets, beside what they were asked."""
    if says(speech, "kata-terima-kasih", text):
        return Words("sama_sama")
    if not says(speech, "kata-salam", text):
        return None
    part = Words(f"waktu-{_part(turn)}")
    return Words("salam_saja") if is_pious(text) else Words("salam_waktu_saja", {"waktu": part})


def is_pious(text: str) -> bool:
    """Whether it is the greeting of Muslims, in any of its spellings, which has an answer of its own."""
    return simple(text).startswith("as")


def _part(turn: Turn) -> str:
    hour = turn.now.astimezone(WIB).hour
    return next((name for until, name in PARTS if hour < until), "malam")


def patience(turn: Turn, chat_id: int, until: datetime) -> None:
    """Somebody sent very much at once: from when on the rest is read, and the way past that in danger."""
    speech = turn.speech(chat_id)
    words = speech.say("banyak_pesan", jam=clock(until + timedelta(minutes=1)))
    turn.say(chat_id, Message(words, column(keys(speech, (Go.DANGER,)))))


def goodbye(turn: Turn, who: Who, words: Words, entries: Iterable[Go], *, bare: bool) -> None:
    """The end of a conversation; `bare` takes the phone's keyboard away."""
    speech = turn.speech(who.chat_id)
    if bare:
        turn.say(who.chat_id, Message(speech.say("baik"), bare=True))
    turn.say(who.chat_id, Message(speech.html(words), column(keys(speech, entries))))


def keys(speech: Speech, entries: Iterable[Go]) -> tuple[Key, ...]:
    """The buttons of these places."""
    return tuple(Key(speech.word(LABELS[entry]), b.Menu(entry)) for entry in entries)
