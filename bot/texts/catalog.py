"""Every word a person reads, from one Fluent catalog per language; Indonesian is the original."""

import re
from collections.abc import Mapping
from functools import cache, cached_property
from importlib.resources import files

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser, FluentSerializer, ast

from bot.core.words import Label, Literal, Words
from bot.texts.clean import clean, escape
from bot.texts.languages import LANGUAGES, ORIGINAL, SPOKEN, Language

__all__ = ["LANGUAGES", "ORIGINAL", "SPOKEN", "Language", "Speech", "Texts", "source"]


NUMBERS = re.compile(r"\$telepon\b|\b(?:110|112|119|129)\b")
REMEMBERED = 500
"""Texts of a language that are not made again."""


class Speech:
    """One language. What it does not say, the original says."""

    def __init__(self, language: str, bundle: FluentBundle, original: "Speech | None") -> None:
        self.language = language
        self._covers = SPOKEN[language]
        self._bundle = bundle
        self._original = original
        self._said: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        """What was said last: cards that are made together have most of their lines in common."""

    def within(self, flow: str) -> "Speech":
        """The speech of a conversation: the original where this language does not cover it, so that none is half."""
        covered = self._original is None or self._covers.flows is None or flow in self._covers.flows
        return self if covered or self._original is None else self._original

    def label(self, label: Label) -> str:
        """Plain text for a button or a toast."""
        if isinstance(label, Literal):
            return clean(label.text)
        return self._format(label.key, {name: self._value(value) for name, value in label.values.items()})

    def html(self, label: Label) -> str:
        """Text for a message; every value is cleaned and escaped here and nowhere else."""
        if isinstance(label, Literal):
            return escape(clean(label.text))
        return self._format(label.key, {name: escape(self._value(value)) for name, value in label.values.items()})

    def has(self, key: str) -> bool:
        """Whether there is a text of this key."""
        return self._bundle.has_message(key) or (self._original is not None and self._original.has(key))

    def word(self, key: str, **values: str | Label) -> str:
        """`label` of a key: plain text, also for a value inside another text."""
        return self.label(Words(key, values))

    def say(self, key: str, **values: str | Label) -> str:
        """`html` of a key, for cards."""
        return self.html(Words(key, values))

    def _value(self, value: str | Label) -> str:
        return clean(value) if isinstance(value, str) else self.label(value)

    def _format(self, key: str, values: Mapping[str, str]) -> str:
        same = key, tuple(values.items())
        if same not in self._said:
            if len(self._said) >= REMEMBERED:
                self._said.clear()
            self._said[same] = self._filled(key, values)
        return self._said[same]

    def _filled(self, key: str, values: Mapping[str, str]) -> str:
        own = self._bundle.has_message(key) and (self._covers.safe or key not in on_safety())
        message = self._bundle.get_message(key) if own else None
        if message is None or message.value is None:
            if self._original is None:
                raise KeyError(f"no text {key!r} in the original language")
            return self._original._format(key, values)
        text, errors = self._bundle.format_pattern(message.value, dict(values))
        if errors:
            raise KeyError(f"text {key!r} ({self.language}): {errors[0]}")
        return str(text)


class Texts:
    """The catalogs, read once."""

    @cached_property
    def _speeches(self) -> dict[str, Speech]:
        original = Speech(ORIGINAL, _bundle(ORIGINAL), None)
        others = {lang: Speech(lang, _bundle(lang), original) for lang in LANGUAGES if lang != ORIGINAL}
        return {ORIGINAL: original, **others}

    def of(self, language: str | None) -> Speech:
        """The speech of a language; an unknown one gets the original."""
        return self._speeches.get(language or ORIGINAL, self._speeches[ORIGINAL])


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([SPOKEN[language].locale], use_isolating=False)
    bundle.add_resource(FluentParser(with_spans=False).parse(source(language)))
    return bundle


@cache
def on_safety() -> frozenset[str]:
    """The keys that say whom to phone in danger, or that a number is to be phoned: a wrong word there costs most."""
    found = set()
    for entry in FluentResource(source(ORIGINAL)).body:
        if isinstance(entry, ast.Message) and entry.value is not None:
            said = FluentSerializer().serialize_entry(entry)
            if NUMBERS.search(said):
                found.add(entry.id.name)
    return frozenset(found)


def source(language: str) -> str:
    """The catalog file of a language."""
    return files("bot.texts").joinpath(f"{language}.ftl").read_text("utf-8")
