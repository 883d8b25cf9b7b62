"""Landmarks in a typed place: "deket alun alun Kepanjen" is a square, and the town whose square it is.

A landmark is cut out with the name that belongs to it, so that what is left can be searched for. Nothing is a landmark
that is the name of a place: "kec. Deket", "Gunung Anyar".
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import OSA

from bot.core.place_index import Names, level_of, nearest
from bot.core.place_landmark_words import CITY, ENDS, HEADS, LEVELS, MOST, NEAR, NUMBER, OWN, TITLES
from bot.core.place_names import fold

LONGEST = 4  # words of a name
ALIKE, LONG = 0.85, 6  # so near to the name of a kabupaten or kecamatan, and so long, is a slip of the finger
SLIPPED = 0.75  # so near to the one name that is expected
VERY_ALIKE, VERY_LONG = 0.88, 8
RARE = 2  # a building is named after its desa where no more than so many desa bear the name

_TOKEN = re.compile(r"[^\W_]+")
_BREAK = re.compile(r"[,;/()\n|]")
_NUMBER = re.compile(r"\d+[a-z]?|[ivx]+")


@dataclass(frozen=True, slots=True)
class Parted:
    """A typed place in two: its landmarks as they were typed, and the words that may name a place."""

    landmark: str
    rest: str


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    segment: int
    """Words of one segment have no comma between them."""


def part(names: Names, text: str) -> Parted:
    """The text without its landmarks, and these."""
    line = _Line(names, text)
    kept, said = [True] * len(line.tokens), [False] * len(line.tokens)
    at = 0
    while at < len(line.tokens):
        if line.head(at) is None:
            at = line.name_around(at)
        elif (own := line.place_from(at)) > at:
            at = own
        else:
            cut, end = line.landmark_from(at)
            kept[at:cut] = [False] * (cut - at)
            said[at:end] = [True] * (end - at)
            if line.is_said_again(cut, end, kept):
                kept[cut:end] = [False] * (end - cut)
            at = cut
    return Parted(" ".join(line.pieces(said)), ", ".join(line.pieces(kept)) if any(said) else text)


class _Line:
    """The words of a text, and what can begin at each."""

    def __init__(self, names: Names, text: str) -> None:
        self.names, self.text = names, text
        self.tokens: list[_Token] = []
        segment = end = 0
        for found in _TOKEN.finditer(text):
            segment += bool(_BREAK.search(text, end, found.start()))
            end = found.end()
            self.tokens.append(_Token(_plain(found.group()), found.start(), end, segment))

    def head(self, at: int) -> tuple[int, str] | None:
        """Where the landmark word ends that begins here, and its kind."""
        for size in range(MOST, 0, -1):
            if kind := HEADS.get(tuple(token.word for token in self._run(at, size))):
                return at + size, kind
        glued = self.tokens[at].word
        return (at + 1, NUMBER) if re.fullmatch(r"(?:rt|rw)\d+", glued) else None

    def name_around(self, at: int) -> int:
        """Where a name ends that begins here and has a landmark word in it ("Tanggung Gunung"); else the next word."""
        for end in self._ends(at, at + 1):
            if self._folded(at, end) in self.names.forms and any(self.head(n) for n in range(at + 1, end)):
                return end
        return at + 1

    def place_from(self, at: int) -> int:
        """Where the place ends whose name begins with this landmark word; `at` when it begins none."""
        head = self.head(at)
        assert head is not None
        for end in self._ends(at, head[0]):
            folded = self._folded(at, end)
            if folded in self.names.forms or (len(folded) >= VERY_LONG and self._is_like(folded, VERY_ALIKE)):
                return end
        codes = [code for code in self._exact(at, head[0]) if level_of(code) != "kabupaten"]
        if at > 0 and self.tokens[at - 1].word in LEVELS and codes:
            return head[0]
        alone = head[0] == len(self.tokens) or self._divided(head[0])  # near what?
        if alone and any(level_of(code) == "kecamatan" for code in codes):
            return head[0]
        around = fold("".join(token.word for token in self.tokens[head[0] :] if token.word not in LEVELS))
        parents = [self.names.folded[code.rpartition(".")[0]] for code in codes]
        return head[0] if any(_same(around[: len(parent)], parent) for parent in parents) else at

    def landmark_from(self, at: int) -> tuple[int, int]:
        """Where the landmark ends that begins here, without and with the place it is named after."""
        kind, end = NEAR, at
        while (head := self.head(end)) is not None and (end == at or self.place_from(end) == end):
            end, kind = head
            if end == len(self.tokens) or self._divided(end):
                return end, end
        while end < len(self.tokens) and not self._divided(end) and _NUMBER.fullmatch(self.tokens[end].word):
            end += 1
        first = end
        while kind != NUMBER and end < min(len(self.tokens), first + LONGEST) and not self._stops(end):
            titled = end > first and self.tokens[end - 1].word in TITLES
            if not titled and (kind != OWN or end > first) and (there := self._place_at(end, kind)) > end:
                return end, there if end == first else end
            end += 1
        if end == len(self.tokens) - 1 and self.tokens[end].word in LEVELS and not self._divided(end):
            end += 1  # "belakang kantor kelurahan": nothing follows that could be its name
        return end, end

    def is_said_again(self, start: int, end: int, kept: list[bool]) -> bool:
        """Whether a name beside a landmark stands in the text once more: "lawang malang, pasar lawang"."""
        name = [token.word for token in self.tokens[start:end]]
        others = (token.word for n, token in enumerate(self.tokens) if kept[n] and not start <= n < end)
        rest = [word for word in others if word not in LEVELS]
        size = len(name)
        return 0 < size < len(rest) and any(rest[n : n + size] == name for n in range(len(rest) - size + 1))

    def pieces(self, chosen: list[bool]) -> Iterator[str]:
        """The runs of the chosen words as they were typed."""
        for wanted, run in groupby(zip(chosen, self.tokens, strict=True), key=lambda pair: pair[0]):
            tokens = [token for _, token in run]
            if wanted:
                yield self.text[tokens[0].start : tokens[-1].end]

    def _stops(self, at: int) -> bool:
        """Whether a name cannot go on with this word."""
        word = self.tokens[at].word
        return self._divided(at) or word in LEVELS or word in ENDS or self.head(at) is not None

    def _divided(self, at: int) -> bool:
        return at > 0 and at < len(self.tokens) and self.tokens[at].segment != self.tokens[at - 1].segment

    def _place_at(self, at: int, kind: str) -> int:
        """Where the name of a place ends that begins here, said beside a landmark of this kind; `at` for none."""
        for end in self._ends(at, at):
            codes = self._exact(at, end)
            above = any(level_of(code) != "desa" for code in codes)
            if above or (codes and kind != CITY and (kind == OWN or len(codes) <= RARE)):
                return end
            folded = self._folded(at, end)
            if len(folded) >= LONG and any(form[0] == folded[0] for form in nearest(folded, self.names.above, ALIKE)):
                return end  # fingers slip, but seldom at the first letter: Terminal Purabaya is not Surabaya's
        return at

    def _ends(self, at: int, least: int) -> Iterator[int]:
        """Where runs of up to four words from here may end, the longest first, each longer than to `least`."""
        yield from (at + size for size in range(LONGEST, 0, -1) if at + size > least and self._run(at, size))

    def _exact(self, at: int, end: int) -> list[str]:
        return [code for code, worth in self.names.forms.get(self._folded(at, end), ()) if worth == 1.0]

    def _is_like(self, folded: str, cutoff: float) -> bool:
        near = self.names.near(folded)
        return max(near.values(), default=0.0) >= cutoff

    def _folded(self, at: int, end: int) -> str:
        return fold("".join(token.word for token in self.tokens[at:end]))

    def _run(self, at: int, size: int) -> list[_Token]:
        """So many words from here with no comma between them; none when there are fewer."""
        run = self.tokens[at : at + size]
        return run if len(run) == size and run[0].segment == run[-1].segment else []


def _same(typed: str, name: str) -> bool:
    return OSA.normalized_similarity(typed, name) >= SLIPPED


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
