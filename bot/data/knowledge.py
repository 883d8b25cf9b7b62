"""Reads the field's knowledge from the package's TOML files."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from bot.core.knowledge import Category, Danger, Knowledge


@cache
def load_knowledge() -> Knowledge:
    """Categories, danger lists, flags and emergency numbers as shipped; read once in a process."""
    fields, numbers = _toml("categories.toml"), _toml("emergency.toml")
    categories = {
        code: Category(
            code,
            tuple(Danger(entry["item"], entry["flag"]) for entry in body["dangers"]),
            body.get("unknown", "biasa"),
            body.get("photo", True),
        )
        for code, body in fields["categories"].items()
    }
    return Knowledge(
        categories,
        tuple(fields["exits"]),
        fields["flags"],
        frozenset(fields["no_photo_flags"]),
        numbers["numbers_112"],
        fields["gates"],
        fields["gates_self"],
    )


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("bot.data").joinpath(name).read_text("utf-8"))
