"""The search behind "type the name of the kecamatan": every reading of the words, scored, best first.

A typed text is split in every way into one name and the words around it. The name is compared with all
names, the words around with the names of the places above it; what is explained counts.
"""

from collections.abc import Callable, Sequence
from heapq import nlargest
from itertools import accumulate, pairwise

from rapidfuzz.distance import OSA

from bot.core.place_gaps import spaced
from bot.core.place_index import Names, level_of, nearest
from bot.core.place_names import Reading, fold, read

CHILD, PARENTS = 0.6, 0.4  # what the name itself weighs against the names around it
NEAR_BELOW = 0.4  # likeness looked at inside a place already recognised
FAINT = 0.6  # a likeness below this counts less than it measures
FLOOR = 0.45  # a worse answer is no answer
GOOD = 0.9  # from here on nobody forgot a space
GLUED = 0.99  # what a reading with a space put back is worth
KNOWN = 0.84  # a word this near to a name is that name
SETTLED = 0.97  # recognised with all its words: nothing below it is meant
LONGEST = 4  # words of one name, as typed
LEFT_OUT, TOLL = 0.75, 0.1  # where less of several words is explained, that much is taken off
WRONG_LEVEL = 0.86
NEAR_LEVEL = 0.99  # desa for kelurahan, kota for a kabupaten without a twin
RANK = {"kabupaten": 0.006, "kecamatan": 0.003, "desa": 0.0}  # bare "Jombang" is the larger place
PROMINENT = {"kabupaten": 0.35, "kecamatan": 0.2, "desa": 0.0}  # and more so when it is misspelt

Span = tuple[int, int]


def search(names: Names, text: str, within: str | None, levels: Sequence[str], limit: int) -> list[tuple[str, float]]:
    """Codes with scores 0..1, best first, at most `limit`; a text that resembles nothing finds nothing."""
    question = Question(names, within, frozenset(levels), limit)
    first = read(text)
    known = question.ask(first)
    if "kota" in text.lower():
        question.ask(read(text, kota_is_a_name=True))
    if question.best() < GOOD:
        for variant in spaced(names, first, known):
            question.ask(variant, GLUED)
    return question.answer()


class Question:
    """One typed text on its way to an answer; remembers what it compared."""

    def __init__(self, names: Names, within: str | None, levels: frozenset[str], limit: int) -> None:
        self.names, self.levels, self.limit = names, levels, limit
        self.scope = names.below(within) if within else None
        self.inside = within + "." if within else ""
        self.scores: dict[str, float] = {}
        self.bar = FLOOR
        self.top: dict[str, float] = {}
        self.seen: dict[str, dict[str, float]] = {}

    def best(self) -> float:
        """The highest score so far."""
        return max(self.scores.values(), default=0.0)

    def answer(self) -> list[tuple[str, float]]:
        """The best codes; among equals the larger place, then the order of the codes."""
        wanted = [code for code in self.scores if level_of(code) in self.levels]
        wanted.sort(key=lambda code: (-round(self.scores[code] + RANK[level_of(code)], 9), code))
        kept = [code for code in wanted[: max(0, self.limit)] if self.scores[code] >= FLOOR]
        shown = accumulate((min(1.0, self.scores[code]) for code in kept), min)
        return list(zip(kept, shown, strict=True))

    def ask(self, reading: Reading, worth: float = 1.0) -> set[int]:
        """Scores the places near each span of a reading, then looks closer inside those recognised.

        Returns the numbers of the words that are part of a known name.
        """
        chain = Chain(self.names, reading)
        for span in chain.spans():
            piece = fold(chain.raw(span))
            if piece not in self.seen:
                self.seen[piece] = self.names.near(piece)
            chain.near[span] = self.seen[piece]
        for span in sorted(chain.near, key=lambda s: -max(chain.near[s].values(), default=0.0)):
            self._score(chain, span, chain.near[span], worth)
        if self.scope is not None:
            inside = [self.scope]
        elif len(chain.near) == 1:
            inside = []
        else:
            known = [code for code, score in self.scores.items() if len(code) != 13 and score < SETTLED]
            best = nlargest(3 if worth == 1.0 else 1, known, key=self.scores.__getitem__)
            inside = [self.names.below(code) for code in best]
        for below in inside:
            forms = [self.names.folded[code] for code in below]
            for span in chain.near:
                least = max(NEAR_BELOW, self._least(chain, span, worth))
                if least <= 1.0:
                    found = nearest(fold(chain.raw(span)), forms, least)
                    self._score(chain, span, found, worth, frozenset(below))
        return {n for span, near in chain.near.items() if max(near.values(), default=0) > KNOWN for n in range(*span)}

    def _least(self, chain: "Chain", span: Span, worth: float) -> float:
        """How similar a name must be to come among the first, were everything around it explained."""
        if chain.is_whole(span):
            return self.bar / worth
        return (self.bar / worth - PARENTS * chain.ceiling(span)) / CHILD

    def _score(
        self,
        chain: "Chain",
        span: Span,
        found: dict[str, float],
        worth: float,
        inside: frozenset[str] | None = None,
    ) -> None:
        """Scores the places that bear the names found near a span."""
        whole, least = chain.is_whole(span), self._least(chain, span, worth)
        for form, similarity in found.items():
            if similarity < least:
                continue
            for code, form_worth in self.names.forms[form]:
                if (inside is not None and code not in inside) or not code.startswith(self.inside):
                    continue
                child = similarity * form_worth * chain.fits(code, span)
                if child < FAINT:
                    child *= (child / FAINT) ** 2
                if child < least:
                    continue
                if len(chain.reading.words) == 1:
                    child += (1 - child) * PROMINENT[level_of(code)] * similarity**2
                score = child if whole else CHILD * child + PARENTS * chain.around(code, span)
                if chain.others(span) > 1 and chain.around(code, span) < LEFT_OUT:
                    score -= TOLL  # a word nobody explains is most likely the village inside
                score *= worth
                if form == self.names.folded[code] and score > self.bar:
                    # Equally near once folded: the one spelt as it was typed comes first.
                    spelt = OSA.normalized_similarity(chain.raw(span), self.names.spelt[code])
                    score *= 0.98 + 0.02 * spelt
                if score > self.scores.get(code, 0.0):
                    self.scores[code] = score
                    if score > self.bar and level_of(code) in self.levels:
                        self._raise_bar(code, score)
                        least = self._least(chain, span, worth)

    def _raise_bar(self, code: str, score: float) -> None:
        """Keeps the best few; who cannot reach the last of them need not be looked at."""
        self.top[code] = score
        if len(self.top) > self.limit + 1:
            del self.top[min(self.top, key=self.top.__getitem__)]
        if len(self.top) > self.limit:
            self.bar = max(FLOOR, min(self.top.values()) - 0.01)


class Chain:
    """How well the words around a name speak of the places above it."""

    def __init__(self, names: Names, reading: Reading) -> None:
        self.names, self.reading = names, reading
        self.near: dict[Span, dict[str, float]] = {}
        self.letters = [0, *accumulate(len(word) for word in reading.words)]
        self.edges = [0, *sorted(reading.breaks), len(reading.words)]
        self.told: dict[tuple[str, Span], float] = {}
        self.ceilings: dict[Span, float] = {}

    def spans(self) -> list[Span]:
        """Every run of up to four words that no comma or level word divides."""
        return [
            (i, j)
            for start, end in pairwise(self.edges)
            for i in range(start, end)
            for j in range(i + 1, min(end, i + LONGEST) + 1)
        ]

    def raw(self, span: Span) -> str:
        """The words of a span as typed, without spaces."""
        return "".join(self.reading.words[span[0] : span[1]])

    def width(self, start: int, end: int) -> int:
        """Letters from one word to another."""
        return self.letters[end] - self.letters[start]

    def others(self, span: Span) -> int:
        """How many words stand around a span."""
        return len(self.reading.words) - span[1] + span[0]

    def is_whole(self, span: Span) -> bool:
        """Whether nothing stands around a span."""
        return span == (0, len(self.reading.words))

    def fits(self, code: str, span: Span) -> float:
        """1 when the level words beside a span agree with a place, less when they do not."""
        mark = self.reading.begins.get(span[0]) or self.reading.ends.get(span[1])
        level = level_of(code)
        if mark is None or mark == level:
            return 0.9 if mark == "kabupaten" and code in self.names.kota else 1.0
        if mark == "kota" and level == "kabupaten":
            return 1.0 if code in self.names.kota else 0.9 if code in self.names.twins else NEAR_LEVEL
        if mark == "kelurahan" and level == "desa":
            return 1.0 if code[9] == "1" else NEAR_LEVEL
        return WRONG_LEVEL

    def around(self, code: str, span: Span) -> float:
        """0..1: the share of the other words that is explained, by the length of the words."""
        # What lies in one place is surrounded by the same names, unless it has a second name of its own.
        key = (code if code in self.names.nicknames else code.rpartition(".")[0] + ".", span)
        if key not in self.told:
            self.told[key] = self._around(code, span)
        return self.told[key]

    def ceiling(self, span: Span) -> float:
        """0..1: the most that could be explained around a span, were every name above it the right one."""
        if span not in self.ceilings:
            self.ceilings[span] = self._share(span, self._any)
        return self.ceilings[span]

    def _any(self, span: Span) -> float:
        return max((score for form, score in self.near.get(span, {}).items() if form in self.names.upper), default=0)

    def _around(self, code: str, span: Span) -> float:
        sources = [(code[:length], self.names.own[code[:length]]) for length in (5, 8) if length < len(code)]
        if code in self.names.nicknames:
            # "Arjasa Kangean": a second name of the place itself explains a word as well.
            sources.append((code, self.names.nicknames[code]))

        def likeness(piece: Span) -> float:
            near = self.near.get(piece)
            best = 0.0
            if near:
                for parent, forms in sources:
                    for form, worth in forms:
                        if form in near:
                            best = max(best, near[form] * worth * self.fits(parent, piece))
            return best

        return self._share(span, likeness)

    def _share(self, span: Span, likeness: Callable[[Span], float]) -> float:
        """The explained part of the words around a span, each stretch divided where that explains most."""
        total = gained = 0.0
        for start, end in pairwise(self.edges):
            for left, right in ((start, min(end, span[0])), (max(start, span[1]), end)):
                if left < right:
                    total += self.width(left, right)
                    best = likeness((left, right)) * self.width(left, right)
                    for middle in range(left + 1, right):
                        first = likeness((left, middle)) * self.width(left, middle)
                        best = max(best, first + likeness((middle, right)) * self.width(middle, right))
                    gained += best
        return gained / total if total else 1.0
