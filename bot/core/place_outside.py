"""Names of places outside East Java: "jakarta" is no misspelt Desa Jokarto."""

from collections.abc import Iterable, Iterator

from bot.core.place_index import Names, level_of, nearest
from bot.core.place_names import Reading, fold

ALIKE, LONG = 0.85, 6  # a name so near to one outside, and so long, is a slip of the finger
COMMON = 3  # a name that so many villages of East Java bear is one of East Java
LONGEST = 4  # words of one name


class Outside:
    """All names outside, as they are compared; built once from (name, alias), where the alias may be empty."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._names = {fold(alias or name): name for name, alias in rows}
        self._names |= {fold(name): name for name in self._names.values()}
        self._long = [form for form in self._names if len(form) >= LONG]

    def named(self, reading: Reading, names: Names, best: float) -> str:
        """The name outside that these words mean, "" for none; `best` (0..1) is how well East Java explains them."""
        whole = fold("".join(reading.words))
        if whole in self._names:
            return "" if is_ours(names, whole) else self._names[whole]
        if likely := self._like(whole, best):
            return likely
        ours = any(level_of(code) == "kabupaten" for run in runs(reading) for code, _ in names.forms.get(run, ()))
        return "" if ours or best >= ALIKE else self.spoken_of(reading, names)

    def spoken_of(self, reading: Reading, names: Names) -> str:
        """The name outside that some of the words are, and that nothing in East Java bears; "" for none."""
        return next((self._names[run] for run in runs(reading) if run in self._names and run not in names.forms), "")

    def also(self, reading: Reading) -> str:
        """The name outside that is spelt just so, whoever else bears it; "" for none."""
        return self._names.get(fold("".join(reading.words)), "")

    def _like(self, folded: str, best: float) -> str:
        """A name that is spelt nearly so, and nearer than any of East Java."""
        found = nearest(folded, self._long, ALIKE) if len(folded) >= LONG else {}
        return next((self._names[form] for form, likeness in found.items() if likeness > best), "")


def runs(reading: Reading) -> Iterator[str]:
    """Every run of words that may be one name, as it is compared."""
    for start in range(len(reading.words)):
        for end in range(start + 1, min(len(reading.words), start + LONGEST) + 1):
            yield fold("".join(reading.words[start:end]))


def is_ours(names: Names, folded: str) -> bool:
    """Whether who types this name in East Java means one of its own: a kabupaten, a kecamatan or a common village."""
    codes = [code for code, worth in names.forms.get(folded, ()) if worth == 1.0]
    return len(codes) >= COMMON or any(level_of(code) != "desa" for code in codes)
