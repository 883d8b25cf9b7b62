"""Replies at the question for a place: "bener pak" is yes there, and no Desa Bener (Madiun).

Such words name a place only beside others: "desa bener", "bener saradan"; or where the list of its own kecamatan is
shown.
"""

import re
from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from bot.core.inputs import Picked
from bot.core.place_lists import VIEW
from bot.core.place_names import fold as as_name
from bot.core.places import Places
from bot.core.question import Again, Question
from bot.core.typed import simple
from bot.core.words import Words

OFFERED = ("found", "many", "near", "neardesa")
"""Lists of places that may be meant: yes and no are answers there."""
LISTED = ("kec", "desa")
"""Lists of all that lies in a place."""
YES = frozenset(
    """
    ya y iya iyo yo yoi yup inggih enggih nggih injih njih enjih nggeh inggeh enggi iye leres bener benar betul btl oke
    ok okay sip setuju cocok pas yes yeah right correct
    """.split()  # noqa: SIM905 - as a paragraph of words it can be read
)
NO = frozenset(
    """
    bukan bkn salah keliru dudu duduk sanes mboten boten tidak tdk ndak gak ga nggak ngga enggak engga ora tak bunten
    no nope wrong
    """.split()  # noqa: SIM905 - as a paragraph of words it can be read
)
ONWARD = frozenset(
    """
    lanjut lanjutkan lanjutno terus kirim selesai rampung sudah sampun wes wis uwes uwis belum durung dereng
    suwun nuwun matur terima kasih makasih trims thanks sakalangkong tunggu sebentar bentar sik sek stop halo hai
    lama suwe dangu batal
    """.split()  # noqa: SIM905 - as a paragraph of words it can be read
)
"""Thanks, and what else is said to whoever asks."""
DROPPED = frozenset(("jadi", "sido", "sida", "usah"))
"""Behind a "no": never mind."""
SMALL = frozenset(
    """
    pak bu bapak ibu mas mbak kak dik min admin aja saja ae mawon sih kok deh dong lah itu ini yang yg sing iku kuwi
    niku iki niki situ sini kono kene di nang neng ning banyak sekali sanget paling semua kabeh
    """.split()  # noqa: SIM905 - as a paragraph of words it can be read
)
"""Words that change nothing."""
COUNTING = frozenset(("no", "nomor", "nomer", "nmr", "urut", "urutan", "ke", "angka", "pilihan", "number"))
NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "pertama satu siji setunggal kesatu kapisan atas first one",
            "kedua dua loro kalih kapindo second two",
            "ketiga tiga telu tiga katelu third three",
            "keempat empat papat sekawan kapapat fourth four",
            "kelima lima limo gangsal kalimo fifth five",
        ),
        1,
    )
    for word in words.split()
}
_LONG_END = re.compile(r"([a-z])\1+$")
_DIGITS = re.compile(r"(?:ke|no)?(\d{1,2})")


class Reply(Enum):
    """What a text says that names no place."""

    YES = auto()
    NO = auto()
    NOTHING = auto()


def replied(text: str, note: Mapping[str, Any], question: Question, places: Places) -> Picked | Again | None:
    """The button that a reply means, or that it is not understood; None for what may be a place or a landmark."""
    values = [choice.value for choice in question.choices]
    if _is_listed(text, note, places):
        return None
    if (number := ordinal(text)) is not None and (number <= len(values) or VIEW in note):
        return Picked(values[number - 1]) if 1 <= number <= len(values) else Again(Words("tak_paham"))
    match reply(text):
        case None:
            return None
        case Reply.YES if note.get(VIEW) in OFFERED:
            listed = [value for value in values if places.get(value)]
            return Picked(listed[0]) if len(listed) == 1 else Again(Words("tempat_nomor"))
        case Reply.NO if others := [value for value in ("bukan", "lain") if value in values]:
            return Picked(others[0])
    return Again(Words("tak_paham"))


def reply(text: str) -> Reply | None:
    """Whether the whole text says yes, no, or something else that is no place."""
    words = _words(text)
    said = [word for word in words if word not in YES | SMALL]
    if not said:
        return Reply.YES if YES.intersection(words) else None
    if NO.issuperset(said):
        return Reply.NO
    known = NO | ONWARD | DROPPED if NO.intersection(said) else ONWARD
    return Reply.NOTHING if known.issuperset(said) else None


def ordinal(text: str) -> int | None:
    """Which one of a list is meant: "yg pertama", "nomor dua", "1 pak"."""
    words = _words(text)
    said = [word for word in words if word not in SMALL | COUNTING | YES]
    if len(said) != 1:
        return None
    digits = _DIGITS.fullmatch(said[0])
    return int(digits[1]) if digits else NUMBERS.get(said[0])


def _words(text: str) -> list[str]:
    """The words of a text; "yaa" is "ya"."""
    return [_LONG_END.sub(r"\1", word) for word in simple(text).split()]


def _is_listed(text: str, note: Mapping[str, Any], places: Places) -> bool:
    """Whether a place in the list that is shown is called just so."""
    above = (note.get("kec") or note.get("kab")) if note.get(VIEW) in LISTED else None
    return above is not None and any(as_name(place.name) == as_name(text) for place in places.children(above))
