"""What the bot knows of the field: categories, danger lists, flags and emergency numbers; the data is TOML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bot.core.media import Care
from bot.core.sorts import Sort
from bot.core.typed import simple

NONE, UNKNOWN = "tidakada", "tidaktahu"
"""Two answers every danger list has; "unknown" never means "no"."""
ENDINGS = ("", "nya", "ne", "e", "s")
PHOTO = "foto"
"""The question that `photo = false` leaves out."""


@dataclass(frozen=True, slots=True)
class Danger:
    """One line of a danger list: `item` names its words, `flag` what it means."""

    item: str
    flag: str


@dataclass(frozen=True, slots=True)
class Flag:
    """What follows from a danger; texts are keys of the catalogs."""

    urgency: str
    photo: bool = True
    kept: bool = True
    unclothed: bool = False
    skips: tuple[str, ...] = ()
    always: bool = False
    warning: str | None = None
    advice: str | None = None
    advice_self: str | None = None
    advice_family: str | None = None
    escort: bool = False
    gate: str | None = None
    gate_self: str | None = None
    unphoned: str | None = None
    first: str | None = None
    shield: bool = False
    clock: bool = False


@dataclass(frozen=True, slots=True)
class Category:
    """What a person can be reported as, and what follows from it; `unknown` is the urgency of "tidak tahu"."""

    code: str
    dangers: tuple[Danger, ...]
    unknown: str = "biasa"
    photo: bool = True
    kept: bool = True
    child: bool = False
    always: bool = False
    warning: str | None = None
    advice: str | None = None
    advice_self: str | None = None
    advice_grave: str | None = None
    gate_self: str | None = None
    first: str | None = None
    shield: bool = False
    clock: bool = False

    def flag(self, item: str) -> str | None:
        """The flag of a danger item, or None for "none" and "unknown"."""
        return next((danger.flag for danger in self.dangers if danger.item == item), None)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What is so where nothing else is said; texts for what has none of its own."""

    gate: str
    gate_self: str
    advice_self: str
    unphoned: str
    first: str
    looks_in: str
    """The advice by which a passer-by is asked to go near."""
    quick: str
    """The category of a quick report, whose kind is not asked,"""
    quick_unknown: str
    """and the urgency of its "tidak tahu"."""


@dataclass(frozen=True, slots=True)
class Unclothed:
    """Words for a child and for somebody without clothes, and those among them that mean something else."""

    child: tuple[str, ...]
    words: tuple[str, ...]
    but: tuple[str, ...]

    def of_child(self, text: str) -> bool:
        """Whether a child is named."""
        return _says(simple(text), self.child)

    def bare(self, text: str) -> bool:
        """Whether it says that somebody wears nothing."""
        said = f" {simple(text)} "
        for phrase in self.but:
            said = said.replace(f" {phrase} ", " ")
        return _says(said, self.words)


def _says(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether one of the phrases stands there, also with an ending ("bayinya")."""
    return any(f" {phrase}{ending} " in f" {text} " for phrase in phrases for ending in ENDINGS)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Categories by code in the order they are shown, flags by code, and where 112 answers."""

    categories: Mapping[str, Category]
    exits: tuple[str, ...]
    flags: Mapping[str, Flag]
    defaults: Defaults
    unclothed: Unclothed
    numbers_112: Mapping[str, date]

    def urgency(self, category: str, item: str, *, quick: bool = False) -> str:
        """The urgency that follows from a category and the picked danger (row 67); `quick`: of a quick report."""
        kind = self.categories[category]
        if item == UNKNOWN:
            return self.defaults.quick_unknown if quick else kind.unknown
        flag = kind.flag(item)
        return self.flags[flag].urgency if flag else "biasa"

    def rings_always(self, category: str, item: str) -> bool:
        """Whether a case rings at any hour, though its urgency does not (mendesak only)."""
        return self.always(self.sort(category, item)) and self.urgency(category, item) == "mendesak"

    def always(self, sort: Sort) -> bool:
        """Whether a case of this sort rings at any hour while it is mendesak."""
        kind, flag = self.categories.get(sort.category or ""), self.flags.get(sort.flag or "")
        return (kind is not None and kind.always) or (flag is not None and flag.always)

    def sort(self, category: str, item: str) -> Sort:
        """The sort of a case of this category with this danger."""
        return Sort(category, self.categories[category].flag(item))

    def skipped(self, category: str, item: str) -> tuple[str, ...]:
        """Questions that are not asked (row 20)."""
        kind, flag = self.categories[category], self._flag(category, item)
        photo = kind.photo and (flag is None or flag.photo)
        return (*(flag.skips if flag else ()), *(() if photo else (PHOTO,)))

    def care(self, category: str, item: str, text: str = "") -> Care:
        """How pictures are treated where this was reported, and said in these words (rows 20, 126)."""
        kind, flag = self.categories[category], self._flag(category, item)
        child = kind.child or self.unclothed.of_child(text)
        bare = (flag is not None and flag.unclothed) or self.unclothed.bare(text)
        if not kind.kept or (flag is not None and not flag.kept) or (child and bare):
            return Care.REFUSED
        return Care.ON_TAP if PHOTO in self.skipped(category, item) else Care.WITH_CASE

    def warnings(self, category: str, item: str) -> tuple[str, ...]:
        """The lines that warn a worker, each once."""
        flag = self._flag(category, item)
        found = (flag.warning if flag else None, self.categories[category].warning)
        return tuple(dict.fromkeys(key for key in found if key is not None))

    def escorted(self, category: str, item: str) -> bool:
        """Whether nobody should go there alone."""
        flag = self._flag(category, item)
        return flag is not None and flag.escort

    def unphoned(self, category: str, item: str) -> str:
        """The line of a darurat card whose reporter phoned nobody: whom a worker phones."""
        flag = self._flag(category, item)
        return (flag and flag.unphoned) or self.defaults.unphoned

    def first_step(self, category: str, item: str) -> str:
        """What whoever takes the case does first."""
        flag = self._flag(category, item)
        return (flag and flag.first) or self.categories[category].first or self.defaults.first

    def shielded(self, category: str, item: str) -> bool:
        """Whether groups read neither kind nor desa."""
        flag = self._flag(category, item)
        return self.categories[category].shield or (flag is not None and flag.shield)

    def by_fixed_clock(self, category: str, item: str) -> bool:
        """Whether whoever reports it may live with somebody who must not learn what happens to the report."""
        flag = self._flag(category, item)
        return self.categories[category].clock or (flag is not None and flag.clock)

    def advice(self, category: str, item: str, *, own: bool, family: bool = False) -> str | None:
        """The line after the number; `own` to somebody who reports for themselves, `family` to kin of the person."""
        kind, flag = self.categories[category], self._flag(category, item)
        if own:
            return (flag and flag.advice_self) or kind.advice_self or self.defaults.advice_self
        if family and flag and flag.advice_family:
            return flag.advice_family
        grave = kind.advice_grave if flag is not None and flag.urgency == "darurat" else None
        return (flag and flag.advice) or grave or kind.advice

    def looks_in(self, category: str, item: str) -> bool:
        """Whether the line after the number asks a passer-by to go near for a moment: no later news forbids it."""
        return self.advice(category, item, own=False) == self.defaults.looks_in

    def gate(self, category: str, item: str, *, own: bool) -> str | None:
        """The text that says whom to phone first; `own` to somebody who reports for themselves; None without need."""
        kind, flag = self.categories[category], self._flag(category, item)
        if flag is None:
            return None
        grave = flag.urgency == "darurat"
        if own:
            return flag.gate_self or ((kind.gate_self or self.defaults.gate_self) if grave else None)
        return flag.gate or (self.defaults.gate if grave else None)

    def emergency_key(self, kabupaten: str | None) -> str:
        """Which numbers to print: 112 only where that kabupaten/kota is known to have it (words.md, rule 10)."""
        return "telepon-112" if kabupaten in self.numbers_112 else "telepon-umum"

    def emergency_list_key(self, kabupaten: str | None) -> str:
        """The same numbers where more to phone follows in the sentence."""
        return "telepon-112-daftar" if kabupaten in self.numbers_112 else "telepon-umum-daftar"

    def _flag(self, category: str, item: str) -> Flag | None:
        code = self.categories[category].flag(item)
        return self.flags[code] if code else None
