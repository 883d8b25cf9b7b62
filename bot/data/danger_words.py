"""Reads the words of danger from the package's table."""

import csv
from functools import cache
from importlib.resources import files

from bot.core.danger_words import DangerWords


@cache
def load_danger_words() -> DangerWords:
    """The table as shipped; read once in a process."""
    text = files("bot.data").joinpath("danger_words.csv").read_text("utf-8")
    return DangerWords((row["phrase"], row["about"]) for row in csv.DictReader(text.splitlines()))
