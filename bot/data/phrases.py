"""Reads the phrases that a category is proposed by from the package's table."""

import csv
from functools import cache
from importlib.resources import files

from bot.core.phrases import Phrases


@cache
def load_phrases() -> Phrases:
    """The table as shipped; read once in a process."""
    text = files("bot.data").joinpath("phrases.csv").read_text("utf-8")
    return Phrases((row["phrase"], row["about"]) for row in csv.DictReader(text.splitlines()))
