"""Words to be said: a catalog key with its values, or text that is nobody's translation (a place name)."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """A catalog key and the values in it, which may be words themselves; escaped where the catalog is read."""

    key: str
    values: "Mapping[str, str | Words | Literal]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Literal:
    """Text shown as it is, such as a place name."""

    text: str


Label = Words | Literal
