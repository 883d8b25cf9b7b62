"""Phrases in what people write, and what each is about: they only make the bot ask or propose, they never decide.

Before two words are compared they are folded as people of East Java spell and say them (words.md, section 9).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NOTHING = "-"
"""What a phrase is about that only looks like another one ("mati lampu", a power cut)."""


def set_of(text: str) -> frozenset[str]:
    """Some words, folded."""
    return frozenset(fold(word) for word in text.split())


def fold(word: str) -> str:
    """A word as it sounds: dh as d, double letters once, no k or q at its end, Javanese o as a in open syllables.

    What belongs to somebody is itself: "jiwanya" is "jiwa".
    """
    word = re.sub(r"([dtbg])h+", r"\1", word)
    word = re.sub(r"(.)\1+", r"\1", word)
    word = re.sub(r"(?<=\w{3})nya$", "", word)
    word = re.sub(r"o(?=[^aiueo]?[aiueo]|$)", "a", word)  # before the k goes: "dibacok" (hacked) is not "dibaca" (read)
    return re.sub(r"[kq]$", "", word) if len(word) > 3 else word


NOT = set_of("tidak tdk tak ta gak ga nggak ngga enggak ndak ora dudu bukan mboten belum jangan enja")
BEFORE = set_of("dulu dahulu mbiyen lambek lambe pernah tau")
NEAR, LONG_AGO = 2, 3
"""How many words before the phrase, of the same clause, turn it off: a "no", and a "once"."""
DONE_TO = "di"
"""What a verb begins with that is done to somebody; many write it as a word of its own."""
STOP = ","
"""Where a clause ends, among the words of a text."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words, and what they are about."""

    words: tuple[str, ...]
    about: str


@dataclass(frozen=True, slots=True)
class Met:
    """A phrase in a text: what it is about, at which word, and whether the words before it turn it off."""

    about: str
    at: int
    denied: bool
    """As in "tidak ngamuk"."""
    past: bool
    """As in "dulu ngamuk"."""


class Phrases:
    """The phrases that are looked for, the longest first."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        folded = (Phrase(tuple(words_of(text)), about) for text, about in phrases)
        self._phrases = sorted(folded, key=lambda phrase: -len(phrase.words))
        self._done_to = {word for phrase in self._phrases for word in phrase.words if word.startswith(DONE_TO)}

    @property
    def abouts(self) -> set[str]:
        """All that a text can be about."""
        return {phrase.about for phrase in self._phrases} - {NOTHING}

    def read(self, text: str) -> list[str]:
        """The words of a text, folded, with `STOP` between clauses; "di pukul" is "dipukul"."""
        words: list[str] = []
        for word in clauses_of(text):
            if words and words[-1] == DONE_TO and DONE_TO + word in self._done_to:
                words[-1] += word
            else:
                words.append(word)
        return words

    def met(self, words: Sequence[str]) -> list[Met]:
        """What stands in these folded words, in their order; no word counts twice."""
        taken: set[int] = set()
        found = []
        for phrase in self._phrases:
            for at in _places(words, phrase.words):
                place = set(range(at, at + len(phrase.words)))
                if place & taken:
                    continue
                taken |= place
                if phrase.about != NOTHING:
                    denied = not NOT.isdisjoint(_before(words, at, NEAR))
                    past = not BEFORE.isdisjoint(_before(words, at, LONG_AGO))
                    found.append(Met(phrase.about, at, denied, past))
        return sorted(found, key=lambda one: one.at)

    def first(self, text: str) -> str | None:
        """What a text is about: its first phrase that is neither denied nor long ago; None when there is none."""
        return next((one.about for one in self.met(self.read(text)) if not (one.denied or one.past)), None)


def _before(words: Sequence[str], at: int, many: int) -> Sequence[str]:
    """So many words before a place, of the same clause."""
    near = list(words[max(0, at - many) : at])
    return near[len(near) - near[::-1].index(STOP) :] if STOP in near else near


def _places(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    return [at for at in range(len(words) - len(phrase) + 1) if tuple(words[at : at + len(phrase)]) == tuple(phrase)]


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`ʼ")
    return [fold(word) for word in re.findall(r"[^\W_]+", plain)]


def clauses_of(text: str) -> list[str]:
    """The same, with `STOP` between clauses."""
    clauses = [words_of(part) for part in re.split(r"[,.;:!?\n]+", text)]
    return [word for part in clauses if part for word in (STOP, *part)][1:]
