"""Everything that can go wrong on the way to Telegram, on request or by seeded chance."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from typing import Any

Wire = dict[str, Any]

# What each kind does: refuse; answer like a broken proxy; wait and hang up; hang up;
# and the cruel ones, which do the deed first.
KINDS = ("error", "html502", "hang", "drop", "perform_drop", "perform_late", "perform_error")


@dataclass(slots=True)
class Rule:
    """One fault: which calls it meets, how often, and what happens to them."""

    kind: str = "error"
    method: str = "*"
    chat_id: int | None = None
    times: int | None = None
    probability: float = 1.0
    code: int = 500
    description: str = "Internal Server Error"
    retry_after: int | None = None
    seconds: float = 1.0
    # True closes with a TCP reset, False with an ordinary end of the stream.
    reset: bool = False
    hits: int = 0

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown fault {self.kind!r}; one of {', '.join(KINDS)}")
        self.method = self.method.lower()

    @property
    def performs(self) -> bool:
        """Whether the call takes effect in spite of the fault."""
        return self.kind.startswith("perform")


@dataclass(slots=True)
class Mix:
    """Shares of calls that fail by chance, drawn from one seed."""

    seed: int = 0
    method: str = "*"
    p429: float = 0.0
    p5xx: float = 0.0
    phtml: float = 0.0
    preset: float = 0.0
    pperform_reset: float = 0.0
    pperform_5xx: float = 0.0
    pdup_update: float = 0.0
    retry_after: int = 1


@dataclass(slots=True)
class Faults:
    """The rules in force; the first one that matches decides."""

    rules: list[Rule] = field(default_factory=list)
    mix: Mix = field(default_factory=Mix)
    random: random.Random = field(default_factory=lambda: random.Random(0))

    def add(self, **options: Any) -> Rule:
        """Put a rule in force; times=3 means the next three calls that match."""
        rule = Rule(**options)
        self.rules.append(rule)
        return rule

    def blend(self, **shares: Any) -> Mix:
        """Let shares of all calls fail by chance; the same seed gives the same run."""
        self.mix = Mix(**shares)
        self.mix.method = self.mix.method.lower()
        self.random = random.Random(self.mix.seed)
        return self.mix

    def clear(self) -> None:
        """Let everything work again."""
        self.rules.clear()
        self.blend()

    def judge(self, method: str, chat_id: str) -> Rule | None:
        """The fault that meets this call, if any; `method` is in lower case."""
        for rule in self.rules:
            if rule.times == 0 or not fnmatchcase(method, rule.method):
                continue
            if rule.chat_id is not None and chat_id != str(rule.chat_id):
                continue
            if rule.probability < 1 and self.random.random() >= rule.probability:
                continue
            if rule.times is not None:
                rule.times -= 1
            rule.hits += 1
            return rule
        return self._chance(method)

    def _chance(self, method: str) -> Rule | None:
        mix = self.mix
        shares = (mix.p429, mix.p5xx, mix.phtml, mix.preset, mix.pperform_reset, mix.pperform_5xx)
        if not any(shares) or not fnmatchcase(method, mix.method):
            return None
        draw = self.random.random()
        made: tuple[Callable[[], Rule], ...] = (
            lambda: too_many(mix.retry_after),
            lambda: Rule("error", code=500),
            lambda: Rule("html502"),
            lambda: Rule("drop", reset=True),
            lambda: Rule("perform_drop", reset=True),
            lambda: Rule("perform_error", code=500),
        )
        for share, make in zip(shares, made, strict=True):
            if draw < share:
                return make()
            draw -= share
        return None

    def info(self) -> Wire:
        """The rules in force, for the control interface."""
        return {"rules": [asdict(rule) for rule in self.rules], "mix": asdict(self.mix)}


def too_many(seconds: int) -> Rule:
    """The 429 that a busy bot gets."""
    description = f"Too Many Requests: retry after {seconds}"
    return Rule("error", code=429, description=description, retry_after=seconds)
