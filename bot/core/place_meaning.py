"""What a typed place means: its landmark, the places it may name, or a place outside East Java."""

from dataclasses import dataclass
from typing import Literal

from bot.core.place_index import Names, level_of
from bot.core.place_landmarks import Parted, part
from bot.core.place_names import LEVEL_WORDS, Reading, read
from bot.core.place_outside import Outside, runs
from bot.core.place_search import search

SEARCHED: tuple[Literal["kabupaten", "kecamatan", "desa"], ...] = ("kabupaten", "kecamatan", "desa")
ALIKE = 0.75  # where no word is a name as it is spelt, all of them together must be so near to one
ALIKE_SHORT, SHORT = 0.8, 7  # the same for fewer letters than this
ALIKE_LEVEL = 0.7  # the same where somebody says "kec." or "desa"
ALIKE_INSIDE = 0.65  # the same for a name with one above it that is as it is spelt
BESIDE = 0.88  # the same beside a landmark, where the words left over are mostly small talk
ALL = 500  # more than lie in one kabupaten
CLEAR = 0.9  # a name nearer than this was meant
SURE = 0.95  # a name as it is spelt, with all that stands around it, is as near as this
EQUAL = 0.03  # so much less a name that is spelt just so is meant as well as the best one
FEW = 2  # so many are offered of different names that are only alike
INSIDE = 0.75  # inside the place that is known already
SMALL_TALK = LEVEL_WORDS.keys() | frozenset(
    """
    sini sana situ kene kono kana entah embuh mboh lupa lali tidak ndak nggak gak ga tau tahu eruh ngerti belum jelas
    sendiri namanya orangnya tetangga kami kita saja aja mas bang luar sama
    """.split()  # noqa: SIM905
)
"""Words that name no place, alone or together."""

Found = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The codes found with their scores 0..1, best first, and the words that name them; the landmark as it was typed.

    `outside` names a place outside: nothing is found then, unless either may be meant ("Bandung" is also a kecamatan).
    """

    found: tuple[tuple[str, float], ...] = ()
    name: str = ""
    landmark: str = ""
    outside: str = ""


def mean(names: Names, outside: Outside, text: str, within: str | None, limit: int) -> Meaning:
    """Reads a typed place; `within` (a code) is where it is looked for first."""
    parted = part(names, text)
    reading, name = read(parted.rest), parted.rest.strip()
    if all(word in SMALL_TALK for word in reading.words):
        return Meaning(landmark=parted.landmark)
    elsewhere = outside.also(reading)
    inside = search(names, parted.rest, within, SEARCHED, limit) if within else []
    if inside and inside[0][1] >= (CLEAR if elsewhere else INSIDE):
        return Meaning(tuple(inside), name, parted.landmark)
    found = search(names, parted.rest, None, SEARCHED, limit)
    best = found[0][1] if found else 0.0
    if beyond := outside.named(reading, names, best):
        return Meaning((), name, parted.landmark, beyond)
    spelt = {run for run in runs(reading) if run in names.forms}
    least, least_inside = _least(reading, bool(parted.landmark)), ALIKE_INSIDE
    if outside.spoken_of(reading, names):
        least = least_inside = CLEAR  # "solo, ngawi" is Ngawi, and no Desa Soco in it
    likely = [
        (code, score)
        for code, score in found
        if score >= least or _bears(names, spelt, code) or (score >= least_inside and _lies_in(names, spelt, code))
    ]
    towns = {run for run in runs(read(parted.rest, kota_is_a_name=True)) if run in names.forms}  # there is a Kec. Kota
    likely = _known(names, parted, likely) or _spelt_first(names, spelt | towns, likely)
    several = len({names.folded[code] for code, _ in likely}) > 1
    if several and likely[0][1] < CLEAR and not spelt:
        likely = likely[:FEW]
    return Meaning(tuple(likely), name, parted.landmark, elsewhere if likely else "")


def _known(names: Names, parted: Parted, likely: Found) -> Found:
    """Where a known landmark lies, if its place is meant as well as the best one of its name."""
    code = names.landmark(parted.landmark) if likely else None
    found = search(names, parted.rest, code.rpartition(".")[0], SEARCHED, ALL) if code else []
    return [hit for hit in found if hit[0] == code and hit[1] >= likely[0][1] - EQUAL]


def _spelt_first(names: Names, spelt: set[str], likely: Found) -> Found:
    """Beside a name that is spelt just so, with all that stands around it, no other is offered that is only alike."""
    best = likely[0][1] if likely else 0.0
    if best < SURE or not _bears(names, spelt, likely[0][0]):
        return likely

    def is_meant(code: str, score: float) -> bool:
        if level_of(code) != "desa" and score >= CLEAR:  # "Pabean" is also said for Kec. Pabean Cantian
            return any(form in spelt for form, _ in names.own[code])
        return score >= best - EQUAL and _bears(names, spelt, code)

    return [(code, score) for code, score in likely if is_meant(code, score)]


def _least(reading: Reading, beside: bool) -> float:
    """So like a name the words must be, where none of them is one as it is spelt."""
    if beside:
        return BESIDE
    if reading.begins or reading.ends:
        return ALIKE_LEVEL
    return ALIKE_SHORT if sum(map(len, reading.words)) < SHORT else ALIKE


def _bears(names: Names, spelt: set[str], code: str) -> bool:
    """Whether a place bears one of these names."""
    return any(code == bearer and worth == 1.0 for form in spelt for bearer, worth in names.forms[form])


def _lies_in(names: Names, spelt: set[str], code: str) -> bool:
    """Whether a place above it bears one of these names."""
    above = [code[:length] for length in (5, 8) if length < len(code)]
    return any(form in spelt for place in above for form, _ in names.own[place])
