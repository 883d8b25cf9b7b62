"""Leave and duty by the worker's own buttons: *Cuti*, *Saya kembali*, *Saya piket* (rows 46, 135)."""

from bot.actions import absence, piket
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.leave_days import LENGTHS
from bot.core.leave_flow import LEAVE, for_days, knowing
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import at_words, date_words, day_words
from handlers import greeting, leaving, opening
from handlers.acts import Who


def offer(speech: Speech) -> tuple[tuple[Key, ...], ...]:
    """How long somebody who cannot come is away: offered after *Tidak bisa*; it may be for today only."""
    keys = [Key(speech.word(f"b-cuti-{days}"), b.Away(days)) for days in LENGTHS]
    return column((*keys, Key(speech.word("b-tidak-cuti"), b.Menu(Go.NO_LEAVE))))


def stays(turn: Turn, who: Who) -> None:
    """*Tidak, hari ini saja*: nothing changes."""
    turn.say(who.chat_id, Message(turn.speech(who.chat_id).say("cuti_tidak")))


def leave(turn: Turn, who: Who) -> None:
    """*Cuti*: from when to when; whoever is on leave, or has one to come, is offered its end instead."""
    speech = turn.speech(who.chat_id)
    if not absence.posts(turn.session, who.chat_id):
        greeting.goodbye(turn, who, Words("cuti_bukan_petugas"), (Go.REPORT,), bare=False)
    elif (there := absence.standing(turn, who.chat_id)) is not None:
        until = at_words(there.until)
        if there.since <= turn.now:
            text = speech.say("cuti_sedang", **until)
        else:
            text = speech.say("cuti_akan", mulai=day_words(there.since), **until)
        turn.say(who.chat_id, Message(text, column((leaving.undo(speech, begun=there.since <= turn.now),))))
    else:
        opening.open_flow(turn, who, LEAVE, knowing(has_deputy=absence.has_deputy(turn, who.chat_id)))


def away(turn: Turn, who: Who, days: int) -> str:
    """A leave of so many days from now on, or the end of the one there is."""
    speech = turn.speech(who.chat_id)
    if days == 0:
        return _back(turn, who)
    taken = for_days(turn.now, days)
    if taken is None or not absence.take_leave(turn, who.chat_id, taken):
        return speech.word("tombol_lama")
    leaving.announce(turn, who.chat_id, taken)
    return ""


def _back(turn: Turn, who: Who) -> str:
    """*Saya kembali*, or *Batalkan cuti*."""
    speech = turn.speech(who.chat_id)
    if not absence.posts(turn.session, who.chat_id):
        return speech.word("tombol_lama")
    there = absence.standing(turn, who.chat_id)
    begun = there is None or there.since <= turn.now
    absence.come_back(turn, who.chat_id)
    text = speech.say("cuti_selesai" if begun else "cuti_batal")
    turn.say(who.chat_id, Message(text, column((Key(speech.word("b-tugas"), b.Menu(Go.TASKS)),))))
    return ""


def on_duty(turn: Turn, who: Who, day: int, member: str) -> str:
    """*Saya piket*, or somebody else of the team."""
    speech = turn.speech(who.user_id)
    if member == "lain":
        message = piket.choices(turn, who.user_id, day)
        if message is None:
            return speech.word("tombol_lama")
        turn.say(who.chat_id, message)
        return ""
    named = piket.name(turn, who.user_id, day, member)
    if named is None:
        return speech.word("tombol_lama")
    name = piket.label(turn.session, speech, named.member)
    return speech.word("piket_sudah", hari=date_words(named.day), nama=name)
