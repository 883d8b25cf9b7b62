"""The index under the search: every name in the form in which it is compared."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.core.place_landmark_words import CITY, HEADS, TOWN
from bot.core.place_names import fold, fold_lines, read, skeletons

NEAR = 0.66  # a name this near is looked at wherever it lies
NEAR_ABOVE = 0.55  # the same for the 704 names of kabupaten and kecamatan, where less can be confused
HEARD = 0.9  # the same to the ear
PREFIX = 0.94  # "Sumbermanjing" for Sumbermanjing Wetan
MISSPELT = 0.6  # an alias this near to the name itself is the same word

_LEVELS = {5: "kabupaten", 8: "kecamatan", 13: "desa"}


def level_of(code: str) -> str:
    """The level of a dotted code below the province."""
    return _LEVELS[len(code)]


class Names:
    """All names in their folded forms: built once from (code, name) and (alias, code)."""

    def __init__(self, names: Sequence[tuple[str, str]], aliases: Iterable[tuple[str, str]]) -> None:
        bare = [name.split(" ", 1)[1] if len(code) == 5 else name for code, name in names]
        self.spelt = {code: name.lower().replace(" ", "") for (code, _), name in zip(names, bare, strict=True)}
        self.codes = sorted(self.spelt)
        self.kota = {code for code, name in names if len(code) == 5 and name.startswith("Kota ")}
        upper = {code: name for (code, _), name in zip(names, bare, strict=True) if len(code) == 5}
        self.twins = {code for code, name in upper.items() if list(upper.values()).count(name) > 1}
        self.forms: dict[str, list[tuple[str, float]]] = {}
        self.own: dict[str, list[tuple[str, float]]] = {}
        self.nicknames: dict[str, list[tuple[str, float]]] = {}
        self.folded: dict[str, str] = {}
        for (code, _), name, folded in zip(names, bare, fold_lines(bare), strict=True):
            self.folded[code] = folded
            self._add(folded, code, 1.0)
            if code in self.kota:
                self._add("kota" + folded, code, 1.0)
            elif len(code) == 8 and name == upper.get(code[:5]):
                # "kota Bondowoso" is also what people call the kecamatan around its square.
                self._add("kota" + folded, code, PREFIX)
            if " " in name and len(code) != 5:
                words = name.split(" ")
                for n in range(1, len(words)):
                    if len(prefix := fold("".join(words[:n]))) >= 5:
                        self._add(prefix, code, PREFIX)
        self.exact_only: set[str] = set()
        self.landmarks: dict[str, str] = {}
        for alias, code in aliases:
            if code in self.spelt and HEADS.get(tuple(alias.casefold().split()[:1])) in (TOWN, CITY):
                self.landmarks[fold(alias)] = code
            elif code in self.spelt:
                # As written, and as the same words would be read from a message.
                for folded in {fold(alias), fold("".join(read(alias).words))} - {""}:
                    self._add_alias(folded, code)
        # Three letters that are nearly right are another word: the shortest count only when exact.
        whole = [form for form in self.forms if len(form) > 3 and form not in self.exact_only]
        self.by_length = sorted(whole, key=lambda form: (len(form), form))
        self.heard: dict[str, list[str]] = {}
        for form, skeleton in zip(whole, skeletons(whole), strict=True):
            self.heard.setdefault(skeleton, []).append(form)
        self.lengths = [len(form) for form in self.by_length]
        self.upper = {form for own in self.own.values() for form, _ in own}
        self.upper |= {form for own in self.nicknames.values() for form, _ in own}
        self.above = sorted(form for form in self.upper if len(form) > 3 and form not in self.exact_only)

    def _add(self, folded: str, code: str, worth: float) -> None:
        self.forms.setdefault(folded, []).append((code, worth))
        if len(code) != 13:
            self.own.setdefault(code, []).append((folded, worth))

    def _add_alias(self, folded: str, code: str) -> None:
        if len(folded) <= 5 and folded not in self.forms:
            self.exact_only.add(folded)
        self._add(folded, code, 1.0)
        # A mere misspelling must not pass for a second word: "Sidoarjo, Sidoarjo" is the kecamatan.
        if OSA.normalized_similarity(folded, self.folded[code]) < MISSPELT:
            self.nicknames.setdefault(code, []).append((folded, 1.0))

    def below(self, code: str) -> list[str]:
        """Codes of everything inside a place."""
        return self.codes[bisect_left(self.codes, code + ".") : bisect_left(self.codes, code + "/")]

    def landmark(self, typed: str) -> str | None:
        """The code of the place that this landmark lies in, where it is a known one: "deket terminal Arjosari"."""
        words = typed.split()
        endings = (fold("".join(words[n:])) for n in range(len(words)))
        return next((self.landmarks[ending] for ending in endings if ending in self.landmarks), None)

    def near(self, folded: str) -> dict[str, float]:
        """Every form near a folded piece of text, with its similarity 0..1."""
        first = bisect_left(self.lengths, int(len(folded) * NEAR))
        last = bisect_left(self.lengths, int(len(folded) / NEAR) + 1)
        found = nearest(folded, self.by_length[first:last], NEAR) | nearest(folded, self.above, NEAR_ABOVE)
        for form in self.heard.get(skeletons((folded,))[0], ()):
            found[form] = max(found.get(form, 0.0), HEARD)
        if folded in self.forms:
            found[folded] = 1.0
        return found


def nearest(folded: str, forms: Sequence[str], cutoff: float) -> dict[str, float]:
    """The forms at least `cutoff` similar (0..1), most similar first."""
    found = process.extract(folded, forms, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=None)
    return {form: score for form, score, _ in found}
