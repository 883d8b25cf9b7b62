"""What is typed where it is asked who may be phoned: a number in a sentence, "jangan" with its reason, fear."""

import re

from bot.core.phones import normal
from bot.core.phrases import NOT, STOP, clauses_of, set_of
from bot.core.place_replies import NO
from bot.core.typed import simple
from bot.core.unasked import EMPTY_WORDS

NUMBER = re.compile(r"(?:\+|\b)\d[\d\s().\-]{7,}\d")
REFUSES = set_of(" ".join(NO)) | set_of("jangan jgn ojo ampun jo")
"""Words that refuse, when they stand first;"""
HARMLESS = set_of("papa apa opo masalah popo")
"""but behind one of them these make a yes: "gak papa, telepon saja"."""
FEAR = set_of("takut wedi wedhi ajrih ketahuan ketauan konangan kewenangan dimarahi diseneni diamuk curiga bahaya")
LEARNS = set_of("tahu tau ngerti eruh weruh ngertos baca maca")
"""What somebody else may do: not "tidak tahu", which is one's own not knowing."""
ABOUT = EMPTY_WORDS | {"nomor", "nomer", "no", "hp", "wa", "saya", "boleh", "telepon", "telpon", "bisa"}
ONWARD = frozenset(("kirim", "lanjut", "terus", "sudah", "selesai", "send"))


def number_in(text: str) -> str | None:
    """The mobile number that stands among these words, in one form."""
    return next((number for found in NUMBER.findall(text) if (number := normal(found)) is not None), None)


def more_than_number(text: str) -> bool:
    """Whether something is said besides a number and a yes: "tapi jangan malam"."""
    return sum(word not in ABOUT and not word.isdigit() for word in simple(text).split()) >= 2


def refuses(text: str) -> bool:
    """Whether the first word refuses: "jangan, nanti bapak tahu"; not "gak papa"."""
    words = [word for word in clauses_of(text) if word != STOP]
    return bool(words) and words[0] in REFUSES and (len(words) == 1 or words[1] not in HARMLESS)


def is_afraid(text: str) -> bool:
    """Whether somebody fears that another person learns of it."""
    words = clauses_of(text)
    learns = any(
        word in LEARNS and at > 0 and words[at - 1] not in NOT and words[at - 1] != STOP
        for at, word in enumerate(words)
    )
    return learns or not FEAR.isdisjoint(words)


def goes_on(text: str) -> bool:
    """Whether somebody wants to go on, and gives no number."""
    return simple(text) in ONWARD
