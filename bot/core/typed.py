"""Typed text as one of the choices of a question: its number, its label, a word of it, with a phone's typos."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.core.phrases import BEFORE, NOT, fold, set_of

SHORT = 5
"""Words of fewer letters are only understood as they are spelt."""
FEW, MORE = 3, 2
"""So many typed words may be words of a label, and so many more may stand beside what a choice is called, or as many as
that has itself; more are a sentence."""
FILLERS = frozenset(
    [
        "aja",
        "saja",
        "pak",
        "bu",
        "mas",
        "mbak",
        "kak",
        "dik",
        "min",
        "admin",
        "nggih",
        "ya",
        "yo",
        "sih",
        "kok",
        "deh",
        "dong",
        "itu",
        "ini",
        "yang",
        "sing",
        "iku",
        "iki",
        "niku",
    ]
)
"""Words that name nothing."""


ALREADY = frozenset(("sudah", "udah", "wis", "wes", "uwis", "sampun", "mpun", "lah", "to", "ta", "ae", "wae"))
"""Words beside a yes that change nothing in it."""
EMPTY = set_of("ada tahu tau bisa apa")
"""Words that say nothing beside a "no": "tidak ada" names no choice in whose label it stands."""
OWN = frozenset(("saya", "ku", "aku", "kulo", "kula", "awakku", "kami", "sengko", "kaule"))
"""Words for "my" behind what somebody has."""


AND = set_of("dan atau sama karo lan ban tapi and or but not never once")
"""Words that join two."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How people of one language say no, nothing and not knowing, each as it is typed."""

    yes: Collection[str]
    no: Collection[str]
    nothing: Collection[str]
    unknown: Collection[str]


Choices = Sequence[tuple[str, str]]
"""The value of each choice, and its label as a person reads it."""


def pressed_by(
    text: str,
    choices: Choices,
    habits: Habits,
    also: Mapping[str, Collection[str]],
    *,
    number: bool = True,
    words: bool = True,
) -> str | None:
    """The value of the one choice that this text means, or None.

    `also`: what else people call a choice. `number`: its number may be typed; `words`: so may a word of its label, or
    what it is called among a few others. Else the whole label is wanted, or what it is called.
    """
    typed = simple(text)
    labels = [(value, simple(label)) for value, label in choices]
    if (found := _only(value for value, label in labels if typed == label)) is not None:
        return found
    if (found := _only(value for value, names in also.items() if typed in names)) is not None:
        return found
    if (found := _by_habit(typed, {value for value, _ in labels}, habits)) is not None:
        return found
    if number and re.fullmatch(r"(?:no(?:mor|mer)? )?\d{1,2}", typed):
        place = int(typed.split()[-1])
        return labels[place - 1][0] if 1 <= place <= len(labels) else None
    return (_by_other_words(typed, also) or _by_word(typed, labels)) if words else None


def names_whole(text: str, choices: Choices) -> str | None:
    """The value of the one choice whose whole label this text is, with a typo in any of its words; or None."""
    typed = simple(text).split()

    def fits(label: str) -> bool:
        words = simple(label).split()
        return len(words) == len(typed) and all(one_letter_off(a, b) for a, b in zip(typed, words, strict=True))

    exact = _only(value for value, label in choices if simple(label).split() == typed)
    return exact if exact is not None else _only(value for value, label in choices if fits(label))


def simple(text: str) -> str:
    """Lower case letters, digits and single spaces: icons and punctuation do not count."""
    kept = "".join(c if unicodedata.category(c)[0] in "LN" else " " for c in text.casefold())
    return " ".join(kept.split())


def means(text: str, phrases: Iterable[str], more: int) -> bool:
    """Whether a text says one of these phrases and at most so many words more; fillers do not count."""
    words = [word for word in simple(text).split() if word not in FILLERS]
    said = f" {' '.join(words)} "
    return any(f" {phrase} " in said and len(words) <= len(phrase.split()) + more for phrase in phrases)


def agrees(text: str, yes: Collection[str]) -> bool:
    """Whether a text says yes and nothing else, as politely as it may: "iya pak", "wes bener pak", "nggih setuju"."""
    whole = {_once(word) for word in yes}
    words = [_once(word) for word in simple(text).split()]
    left = [word for word in words if word not in whole and word not in FILLERS and word not in ALREADY]
    return not left and not whole.isdisjoint(words)


def says_more(text: str, label: str, names: Iterable[str]) -> bool:
    """Whether a text that means a choice tells something besides: "anak tetangga saya" is more than *Tetangga*."""
    its = {word for name in (label, *names) for word in simple(name).split()}
    small = its | FILLERS | ALREADY | OWN
    words = [word for word in simple(text).split() if word not in small and _whose(word) not in small]
    return any(not word.isdigit() and not any(one_letter_off(word, one) for one in its) for word in words)


def bare(text: str) -> str:
    """A text without the words that name nothing, in simple letters."""
    return " ".join(word for word in simple(text).split() if word not in FILLERS)


def _once(word: str) -> str:
    """A word with each letter once where it is drawn out: "iyaaa" is "iya"."""
    return re.sub(r"(.)\1+", r"\1", word)


def one_letter_off(typed: str, word: str) -> bool:
    """Whether one letter too many, too few, wrong, or two changed over make `typed` of `word`."""
    if typed == word:
        return True
    if abs(len(typed) - len(word)) > 1 or min(len(typed), len(word)) < SHORT:
        return False
    start = next((n for n, (a, b) in enumerate(zip(typed, word, strict=False)) if a != b), min(len(typed), len(word)))
    a, b = typed[start:], word[start:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or (a[:2] == b[1::-1] and a[2:] == b[2:])


def _by_habit(typed: str, values: set[str], habits: Habits) -> str | None:
    """A word for yes, no, nothing or not knowing, where there is a choice that says so."""
    said: tuple[tuple[Collection[str], tuple[str, ...]], ...] = (
        (habits.yes, ("ya",)),
        (habits.no, ("tidak", "lewati", "tidakada")),
        (habits.nothing, ("tidakada", "lewati", "tidak", "tidaktahu")),
        (habits.unknown, ("tidaktahu", "lewati")),
    )
    polite = bare(typed)
    for words, meant in said:
        if typed in words or polite in words or (words is habits.yes and agrees(typed, words)):
            return next((value for value in meant if value in values), None)
    return None


def _by_other_words(typed: str, also: Mapping[str, Collection[str]]) -> str | None:
    """The choice that is called so elsewhere, in a few words: "anak tetangga saya" is a neighbour's child.

    The longest name counts, of two as long the choice that stands first; "my" alone names nobody beside somebody else.
    A "no", a "once" or an "and" among the other words, and it is unclear.
    """
    words = typed.split()
    kept = [_whose(word) for word in words]
    called: list[tuple[bool, int, str, range]] = []
    for value, names in also.items():
        for name in names:
            parts = name.split()
            for at in range(len(kept) - len(parts) + 1):
                if kept[at : at + len(parts)] == parts:
                    called.append((not OWN.issuperset(parts), len(parts), value, range(at, at + len(parts))))
    if not called:
        return None
    *_, value, place = max(called, key=lambda one: one[:2])
    others = [word for at, word in enumerate(kept) if at not in place]
    if sum(word not in FILLERS for word in others) > max(MORE, len(place)):
        return None
    return value if set_of(" ".join(others)).isdisjoint(NOT | BEFORE | AND) else None


def _whose(word: str) -> str:
    """What somebody has, without "my" or "their" at its end: "bojoku" is "bojo"."""
    return re.sub(r"(?<=\w{3})(?:ku|nya)$", "", word)


def _by_word(typed: str, labels: Choices) -> str | None:
    """The one label that has all of these words, as they are spelt or else with a typo in each."""
    words = [word for word in typed.split() if word not in FILLERS]
    if not words or len(words) > FEW or all(fold(word) in NOT | EMPTY for word in words):
        return None
    firsts = [value for value, label in labels if len(words) == 1 and label.split(" ")[0] == words[0]]
    if len(firsts) == 1:
        return firsts[0]
    having = {value: set(label.split()) for value, label in labels}
    exact = _only(value for value, own in having.items() if own.issuperset(words))
    if exact is not None:
        return exact if any(len(word) > 2 for word in words) else None
    return _only(
        value for value, own in having.items() if all(any(one_letter_off(word, its) for its in own) for word in words)
    )


def _only(values: Iterable[str]) -> str | None:
    found = list(values)
    return found[0] if len(found) == 1 else None
