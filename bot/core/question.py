"""A question as it is asked, and what an answer to it means."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.buttons import Go
from bot.core.words import Label, Words


@dataclass(frozen=True, slots=True)
class Choice:
    """One button of a question; `columns` many of its like stand in one row, the `main` one is green."""

    value: str
    label: Label
    columns: int = 1
    main: bool = False


Typing = Literal["first", "number", "label"]
"""What typed text presses a button: its label, also its number, or also its first word; the rest is an answer."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: words (one idea), choices, and what the phone's own keyboard may offer."""

    words: Words
    choices: tuple[Choice, ...] = ()
    keyboard: Literal["location", "contact"] | None = None
    rows: tuple[tuple[Words, Label], ...] = ()
    typing: Typing = "first"
    phones: bool = False
    """It says whom to phone: its bubble stays, and nothing takes its place."""


@dataclass(frozen=True, slots=True)
class Answered:
    """The input means these updates of the draft."""

    updates: Mapping[str, Any]
    shown: Label | None = None


@dataclass(frozen=True, slots=True)
class Again:
    """The input means nothing here; `why` is said before the question is asked again."""

    why: Words


@dataclass(frozen=True, slots=True)
class Leave:
    """The conversation ends without a report, with these words."""

    words: Words
    menu: tuple[Go, ...] = (Go.REPORT,)


Result = Answered | Again | Leave
