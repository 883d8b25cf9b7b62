"""Reads what names a danger of a list: the package's own table, and the words of danger."""

import csv
from functools import cache
from importlib.resources import files

from bot.core.danger_list import DangerList

TABLES = ("danger_list.csv", "danger_words.csv")


@cache
def load_danger_list() -> DangerList:
    """The tables as shipped; read once in a process."""
    texts = (files("bot.data").joinpath(name).read_text("utf-8") for name in TABLES)
    return DangerList((row["phrase"], row["about"]) for text in texts for row in csv.DictReader(text.splitlines()))
