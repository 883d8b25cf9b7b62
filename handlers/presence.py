"""Leave and duty by the worker's own buttons: *Cuti*, *Saya kembali*, *Saya piket* (rows 46, 135)."""

from datetime import datetime

from sqlmodel import Session

from bot.actions import absence, piket
from bot.actions.house import House
from bot.actions.speak import say, speech_for
from bot.core import buttons as b
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, date_words, day_words
from handlers.acts import Who
from storage import cases


def offer(speech: Speech) -> tuple[tuple[Key, ...], ...]:
    """How long somebody who cannot come is away: offered after *Tidak bisa*; it may be for today only."""
    keys = [Key(speech.word(f"b-cuti-{days}"), b.Away(days)) for days in absence.LENGTHS]
    return column((*keys, Key(speech.word("b-tidak-cuti"), b.Menu("tidakcuti"))))


def stays(session: Session, house: House, who: Who, now: datetime) -> None:
    """*Tidak, hari ini saja*: nothing changes."""
    say(session, who.chat_id, Message(speech_for(session, house, who.chat_id).say("cuti_tidak")), now)


def away(session: Session, house: House, who: Who, days: int, now: datetime) -> str:
    """A leave from now on, or its end."""
    speech = speech_for(session, house, who.user_id)
    if days == 0:
        absence.come_back(session, who.user_id, now)
        keys = (Key(speech.word("b-tugas"), b.Menu("tugas")),)
        say(session, who.chat_id, Message(speech.say("cuti_selesai"), column(keys)), now)
        return ""
    until = absence.take_leave(session, house, who.user_id, days, now)
    if until is None:
        return speech.word("tombol_lama")
    held = len(cases.owned_by(session, who.user_id))
    lines = [speech.say("cuti_mulai", hari=day_words(until), jam=clock(until))]
    if held:
        lines.append(speech.say("cuti_dipegang", jumlah=str(held)))
    back = Key(speech.word("b-kembali-kerja"), b.Away(0))
    say(session, who.chat_id, Message("\n".join(lines), column((back,))), now)
    return ""


def on_duty(session: Session, house: House, who: Who, day: int, member: str, now: datetime) -> str:
    """*Saya piket*, or somebody else of the team."""
    speech = speech_for(session, house, who.user_id)
    if member == "lain":
        message = piket.choices(session, house, who.user_id, day, now)
        if message is None:
            return speech.word("tombol_lama")
        say(session, who.chat_id, message, now)
        return ""
    named = piket.name(session, house, who.user_id, day, member, now)
    if named is None:
        return speech.word("tombol_lama")
    name = piket.label(session, speech, named.member)
    return speech.word("piket_sudah", hari=date_words(named.day), nama=name)
