"""Words of danger in what people write: they only make the bot ask, they never decide (words.md, section 9; R4).

Before two words are compared they are folded as people of East Java spell and say them.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOTHING = "-"
"""What a phrase is about that only looks like danger ("mati lampu", a power cut)."""
HELP, DESPAIR, BEATEN, SEXUAL, SOMEBODY_ARMED, DEAD = (
    "tolong",
    "bunuhdiri",
    "kekerasan",
    "seksual",
    "serang",
    "meninggal",
)
A_CRY = 4
"""More words than this with a cry for help are somebody who asks politely."""


def _set(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


def fold(word: str) -> str:
    """A word as it sounds: dh as d, double letters once, no k or q at its end, Javanese o as a in open syllables."""
    word = re.sub(r"([dtbg])h", r"\1", word)
    word = re.sub(r"(.)\1+", r"\1", word)
    word = re.sub(r"[kq]$", "", word) if len(word) > 3 else word
    return re.sub(r"o(?=[^aiueo]?[aiueo]|$)", "a", word)


NOT = _set("tidak tdk tak ta gak ga nggak ngga enggak ndak ora dudu bukan mboten belum jangan enja")
BEFORE = _set("dulu dahulu mbiyen lambek lambe pernah tau")
NEAR, LONG_AGO = 2, 3
"""How many words before the phrase turn it off: a "no", and a "once"."""
MYSELF = _set("saya aku kulo kula awakku awake gue gw engko sengko kaule")
SOMEBODY = _set(
    "tetangga tonggo anak suami istri bapak ibu ayah adik adek kakak kakek nenek mbah teman kanca saudara keponakan"
    " ipar mertua murid keluarga orang dia ia beliau dewe bojo dulur pakde bude paklik bulik om tante warga"
)
WISHES = _set("mau ingin pengen pingin kepengen arep rasanya capek lelah sudah pun terro ingen")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words, and the danger that they are about."""

    words: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """What seems to be the danger, and whether whoever writes is in it."""

    about: str
    own: bool


class DangerWords:
    """The phrases that are looked for, the longest first."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        folded = (Phrase(tuple(_words(text)), about) for text, about in phrases)
        self._phrases = sorted(folded, key=lambda phrase: -len(phrase.words))

    def alarm(self, text: str) -> Alarm | None:
        """The danger that these words are about; None when there seems to be none."""
        words = _words(text)
        taken: set[int] = set()
        found: list[tuple[str, int]] = []
        for phrase in self._phrases:
            for at in _places(words, phrase.words):
                place = set(range(at, at + len(phrase.words)))
                if place & taken:
                    continue
                taken |= place
                if phrase.about != NOTHING and not _denied(words, at):
                    found.append((phrase.about, at))
        grave = [one for one in found if one[0] != HELP]
        if not grave:
            return Alarm(HELP, own=False) if found and len(words) <= A_CRY else None
        about, at = min(grave, key=lambda one: one[1])
        return Alarm(about, _is_own(words, about, at))


def _places(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    return [at for at in range(len(words) - len(phrase) + 1) if tuple(words[at : at + len(phrase)]) == tuple(phrase)]


def _denied(words: Sequence[str], at: int) -> bool:
    """Whether it is denied ("tidak ngamuk"), or long ago ("dulu ngamuk")."""
    return not NOT.isdisjoint(words[max(0, at - NEAR) : at]) or not BEFORE.isdisjoint(words[max(0, at - LONG_AGO) : at])


def _is_own(words: Sequence[str], about: str, at: int) -> bool:
    """Whether whoever writes is in danger: "saya dipukul", "suami memukul saya"; not "tetangga saya dipukul"."""
    before = words[:at]
    if about == DESPAIR:
        return all(word in WISHES or word in MYSELF for word in before)
    if about not in (BEATEN, SEXUAL, SOMEBODY_ARMED):
        return False
    ends_with_me = at + 1 < len(words) and words[at + 1] in MYSELF and words[at][:2] != "di"
    near = before[-NEAR:]
    return ends_with_me or (not MYSELF.isdisjoint(near) and SOMEBODY.isdisjoint(before))


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`ʼ")
    return [fold(word) for word in re.findall(r"[^\W_]+", plain)]
