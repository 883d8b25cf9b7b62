"""Leave and duty by the worker's own buttons: *Cuti*, *Saya kembali*, *Saya piket* (rows 46, 135)."""

from bot.actions import absence, piket
from bot.actions.turn import Turn
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


def stays(turn: Turn, who: Who) -> None:
    """*Tidak, hari ini saja*: nothing changes."""
    turn.say(who.chat_id, Message(turn.speech(who.chat_id).say("cuti_tidak")))


def away(turn: Turn, who: Who, days: int) -> str:
    """A leave from now on, or its end."""
    speech = turn.speech(who.user_id)
    if days == 0:
        absence.come_back(turn, who.user_id)
        keys = (Key(speech.word("b-tugas"), b.Menu("tugas")),)
        turn.say(who.chat_id, Message(speech.say("cuti_selesai"), column(keys)))
        return ""
    until = absence.take_leave(turn, who.user_id, days)
    if until is None:
        return speech.word("tombol_lama")
    held = len(cases.owned_by(turn.session, who.user_id))
    lines = [speech.say("cuti_mulai", hari=day_words(until), jam=clock(until))]
    if held:
        lines.append(speech.say("cuti_dipegang", jumlah=str(held)))
    back = Key(speech.word("b-kembali-kerja"), b.Away(0))
    turn.say(who.chat_id, Message("\n".join(lines), column((back,))))
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
