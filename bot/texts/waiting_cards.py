"""*Menunggu …*: for what, until when, and what is said of it afterwards; pure (words.md, section 4c)."""

from datetime import datetime

from bot.core import buttons as b
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.core.words import Words
from bot.texts.case_buttons import owner_rows, read_key
from bot.texts.case_facts import CaseFacts
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.times import clock, day


def reasons(speech: Speech, facts: CaseFacts) -> Message:
    """What the case waits for; the last button leaves everything as it is."""
    case = (facts.case_id, facts.round)
    keys = [Key(speech.word(f"tunggu-{reason}"), b.Hold(*case, reason, 0)) for reason in WAITING]
    keys += [read_key(speech, facts), Key(speech.word("b-tidak-jadi"), b.Hold(*case, "batal", 0))]
    return Message(speech.say("w_tunggu_apa", nomor=facts.number), column(keys))


def lengths(speech: Speech, facts: CaseFacts, reason: str) -> Message:
    """For how long; the last button leads back to the reasons."""
    case = (facts.case_id, facts.round)
    keys = [Key(speech.word(f"b-tunggu-{days}"), b.Hold(*case, reason, days)) for days in WAIT_DAYS]
    keys += [read_key(speech, facts), Key(speech.word("b-kembali"), b.Hold(*case, "tanya", 0))]
    text = speech.say("w_tunggu_lama", nomor=facts.number, alasan=_reason(reason))
    return Message(text, column(keys))


def held(speech: Speech, facts: CaseFacts, reason: str, until: datetime) -> Words:
    """The answer to an owner who waits: when they are asked again."""
    when = {"hari": day(speech, until), "jam": clock(until)}
    return Words("w_menunggu", {"nomor": facts.number, "alasan": _reason(reason), **when})


def unchanged(speech: Speech, facts: CaseFacts) -> Message:
    """The owner changed their mind: nothing was done."""
    return Message(speech.say("w_tetap", nomor=facts.number), owner_rows(speech, facts))


def line(speech: Speech, reason: str, until: datetime) -> str:
    """For what a case waits and until when, as a line of its details."""
    return speech.say("c_menunggu", alasan=_reason(reason), hari=day(speech, until))


def entry(speech: Speech, reason: str, until: datetime) -> str:
    """The same as the end of a line of a summary's list."""
    return speech.say("r_tunggu", alasan=_reason(reason), hari=day(speech, until))


def _reason(reason: str) -> Words:
    return Words(f"tunggu-{reason}")
