"""The catalogs as data, and what their tests know of the field."""

import functools
from dataclasses import dataclass
from datetime import UTC, datetime

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.core.flow import Known
from bot.core.flows import FLOWS
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from bot.texts.catalog import LANGUAGES, ORIGINAL, SPOKEN, Texts, source

OTHERS = tuple(language for language in LANGUAGES if language != ORIGINAL)
WHOLE = tuple(language for language in OTHERS if SPOKEN[language].flows is None)
"""The languages that cover every conversation."""
TEXTS = Texts()
KNOWLEDGE = load_knowledge()
KNOWN = Known(load_places(), KNOWLEDGE, now=datetime(2026, 3, 2, 2, tzinfo=UTC))
PICKS = {step.name: step for flow in FLOWS.values() for step in flow.steps}


@dataclass(frozen=True)
class Text:
    words: str
    variables: frozenset[str]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.add(node.id.name)


@functools.cache
def entries(language: str) -> tuple[ftl.Message, ...]:
    body = FluentParser().parse(source(language)).body
    junk = [entry.content for entry in body if isinstance(entry, ftl.Junk)]
    assert not junk, f"{language}.ftl has lines nobody can read: {junk}"
    return tuple(entry for entry in body if isinstance(entry, ftl.Message))


@functools.cache
def catalog(language: str) -> dict[str, Text]:
    """Every text with its variables; each variable reads as one word."""
    found = {}
    speech = TEXTS.of(language)
    for entry in entries(language):
        visitor = _Variables()
        visitor.visit(entry)
        words = speech.word(entry.id.name, **dict.fromkeys(visitor.found, "nilai"))
        found[entry.id.name] = Text(words, frozenset(visitor.found))
    return found


def tokens(text: str) -> int:
    return sum(any(c.isalnum() for c in token) for token in text.split())
