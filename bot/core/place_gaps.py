"""Forgotten spaces: "singosarimalang", "kecsingosari", "toyomartokec. singosari"."""

from collections.abc import Sequence
from heapq import nlargest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.place_index import Names
from bot.core.place_names import LEVEL_WORDS, Reading, fold

ALIKE = 0.75  # a part this near to the name of a kabupaten or kecamatan may be one
WEIGHED, TRIED = 8, 4  # cuts compared on both sides, and cuts searched for


def spaced(names: Names, reading: Reading, known: set[int]) -> list[Reading]:
    """The same words with a forgotten space put back where a level word or a known name meets another."""
    cuts: dict[tuple[int, int], float] = {}
    for at, word in enumerate(reading.words):
        for n in range(2, len(word) - 1) if at not in known else ():
            left, right = word[:n], word[n:]
            if (left in LEVEL_WORDS and len(right) > 2) or (right in LEVEL_WORDS and n > 2):
                cuts[at, n] = 2.0 + len(left if left in LEVEL_WORDS else right) / 10
            elif len(word) >= 7 and n > 2 and len(right) > 2:
                cuts[at, n] = max(_likeness(fold(part), names.above, ALIKE) for part in (left, right))
    best = nlargest(WEIGHED, (cut for cut in cuts if cuts[cut]), key=cuts.__getitem__)
    for at, n in best:
        if cuts[at, n] < 1.0:
            left, right = fold(reading.words[at][:n]), fold(reading.words[at][n:])
            both = max(names.near(left).values(), default=0) * max(names.near(right).values(), default=0)
            cuts[at, n] += both
    return [_cut(reading, at, n) for at, n in nlargest(TRIED, best, key=cuts.__getitem__)]


def _likeness(folded: str, forms: Sequence[str], cutoff: float) -> float:
    """How like the nearest form is (0..1); a long likeness counts for more than a short one."""
    hit = process.extractOne(folded, forms, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
    return hit[1] * (1 - 1 / len(folded)) if hit else 0.0


def _cut(reading: Reading, at: int, n: int) -> Reading:
    """A reading with one of its words divided after n letters; a level word among the halves is a mark."""
    left, right = reading.words[at][:n], reading.words[at][n:]
    begins, breaks, ends = dict(reading.begins), set(reading.breaks), dict(reading.ends)
    new: tuple[str, ...] = (left, right)
    if left in LEVEL_WORDS:
        new = (right,)
        begins[at] = LEVEL_WORDS[left]
        breaks |= {at} - {0}
    elif right in LEVEL_WORDS:
        new = (left,)
        if at + 1 < len(reading.words):
            begins[at + 1] = LEVEL_WORDS[right]
            breaks.add(at + 1)
        else:
            ends[at + 1] = LEVEL_WORDS[right]
    if len(new) == 2:
        begins = {k + (k > at): v for k, v in begins.items()}
        breaks = {b + (b > at) for b in breaks}
        ends = {k + (k > at): v for k, v in ends.items()}
    return Reading((*reading.words[:at], *new, *reading.words[at + 1 :]), frozenset(breaks), begins, ends)
