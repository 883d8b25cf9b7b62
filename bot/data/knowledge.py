"""Reads the field's knowledge from the package's TOML files."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from bot.core.knowledge import Category, Danger, Defaults, Flag, Knowledge, Unclothed


@cache
def load_knowledge() -> Knowledge:
    """Categories, danger lists, flags and emergency numbers as shipped; read once in a process."""
    fields, numbers = _toml("categories.toml"), _toml("emergency.toml")
    return knowledge(fields, numbers["numbers_112"])


def knowledge(fields: Mapping[str, Any], numbers_112: Mapping[str, date]) -> Knowledge:
    """The same from the parsed TOML; a key that nobody reads is a TypeError."""
    categories = {
        code: Category(code, tuple(Danger(**danger) for danger in body["dangers"]), **_without(body, "dangers"))
        for code, body in fields["categories"].items()
    }
    flags = {
        code: Flag(skips=tuple(body.get("skips", ())), **_without(body, "skips"))
        for code, body in fields["flags"].items()
    }
    unclothed = Unclothed(**{key: tuple(words) for key, words in fields["unclothed"].items()})
    return Knowledge(categories, tuple(fields["exits"]), flags, Defaults(**fields["defaults"]), unclothed, numbers_112)


def _without(body: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot.data").joinpath(name).read_text("utf-8"))
