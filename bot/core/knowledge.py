"""What the bot knows of the field: categories, danger lists, flags and emergency numbers; the data is TOML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

URGENCIES = ("darurat", "mendesak", "biasa")
NONE, UNKNOWN = "tidakada", "tidaktahu"
"""Two answers every danger list has; "unknown" never means "no"."""


@dataclass(frozen=True, slots=True)
class Danger:
    """One line of a danger list: `item` names its words, `flag` what it means for urgency."""

    item: str
    flag: str


@dataclass(frozen=True, slots=True)
class Category:
    """What a person can be reported as; `unknown_urgency` is what "tidak tahu" counts as."""

    code: str
    dangers: tuple[Danger, ...]
    unknown_urgency: str = "biasa"
    photo: bool = True

    def flag(self, item: str) -> str | None:
        """The flag of a danger item, or None for "none" and "unknown"."""
        return next((danger.flag for danger in self.dangers if danger.item == item), None)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Categories by code in the order they are shown, urgency by flag, and where 112 answers."""

    categories: Mapping[str, Category]
    exits: tuple[str, ...]
    flags: Mapping[str, str]
    no_photo_flags: frozenset[str]
    numbers_112: Mapping[str, date]
    gates: Mapping[str, str]
    gates_self: Mapping[str, str]

    def gate(self, flag: str | None, urgency: str, *, own: bool) -> str | None:
        """The text that says whom to phone first; `own` to somebody who reports for themselves; None without need."""
        texts = self.gates_self if own else self.gates
        return texts.get(flag or "") or texts.get(urgency)

    def urgency(self, category: str, item: str) -> str:
        """The urgency that follows from a category and the picked danger (row 67)."""
        kind = self.categories[category]
        if item == UNKNOWN:
            return kind.unknown_urgency
        return self.flags.get(kind.flag(item) or "", "biasa")

    def emergency_key(self, kabupaten: str | None) -> str:
        """Which numbers to print: 112 only where that kabupaten/kota is known to have it (words.md, rule 10)."""
        return "telepon-112" if kabupaten in self.numbers_112 else "telepon-umum"

    def emergency_list_key(self, kabupaten: str | None) -> str:
        """The same numbers where more to phone follows in the sentence."""
        return "telepon-112-daftar" if kabupaten in self.numbers_112 else "telepon-umum-daftar"
