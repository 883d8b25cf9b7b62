"""The languages of the bot, and how much of it each covers; Indonesian is the original."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """What a catalog covers; the rest is said in the original."""

    locale: str
    flows: frozenset[str] | None = None
    """The conversations that it covers, by their names; None: all of them."""
    safe: bool = False
    """Whether a native speaker has read what it says of danger and of whom to phone."""


SPOKEN = {"id": Language("id-ID", safe=True), "en": Language("en-GB", safe=True)}
"""Every language, by the name of its catalog."""
LANGUAGES = tuple(SPOKEN)
ORIGINAL = "id"
