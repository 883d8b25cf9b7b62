"""Loads the regions that come with the bot, and puts answers into the shape programs read."""

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from bot.core.places import Places


@cache
def load_places(extra_aliases: Path | None = None) -> Places:
    """The regions of East Java; a CSV of an admin (alias,code) adds to the aliases that come with the bot.

    Read once in a process.
    """
    aliases = list(_rows(_packaged("place_aliases.csv")))
    if extra_aliases is not None:
        aliases += _rows(extra_aliases.read_text(encoding="utf-8-sig"))
    return Places(
        _rows(_packaged("places.csv")),
        ((float(lat), float(lon)) for _, lat, lon in _rows(_packaged("outside.csv"))),
        ((row[0], row[1]) for row in aliases if len(row) >= 2),
        ((row[0], row[1]) for row in _rows(_packaged("outside_names.csv"))),
    )


def find_json(places: Places, text: str, limit: int = 5) -> list[dict[str, Any]]:
    """What `place find --json` prints for one text: code, name, level, parents (nearest first), score.

    It is what the chat offers: nothing for a place outside, or for a landmark alone.
    """
    return [
        {
            "code": hit.place.code,
            "name": hit.place.name,
            "level": hit.place.level,
            "parents": [parent.name for parent in places.parents(hit.place.code)],
            "score": round(hit.score, 2),
        }
        for hit in places.meant(text).hits[:limit]
    ]


def at_json(places: Places, lat: float, lon: float) -> dict[str, Any]:
    """What `place at --json` prints for one pin: outside, and the codes of kecamatan and desa, best first."""
    at = places.at(lat, lon)
    return {"outside": at.outside, "kecamatan": list(at.kecamatan), "desa": list(at.desa)}


def _packaged(name: str) -> str:
    return files("bot.data").joinpath(name).read_text(encoding="utf-8")


def _rows(text: str) -> Iterator[list[str]]:
    """Rows of a CSV without its header, blank lines and lines that begin with #."""
    reader = csv.reader(line for line in text.splitlines() if line and not line.startswith("#"))
    next(reader, None)
    return reader
