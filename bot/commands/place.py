"""`tersapa place`: places of East Java, found as the chat finds them."""

import json
import sys
from collections.abc import Iterable, Iterator

from bot.commands.lines import fail, print_line
from bot.data.places import at_json, find_json, load_places


def place_find(words: list[str] | None, as_json: bool) -> None:
    """Find a place by name, typed as people type; "-" reads one query a line."""
    text = " ".join(words or ()).strip()
    if not text:
        fail("the name of a place is expected, such as `tersapa place find singosari malang`")
    places = load_places()
    for query in _queries(text):
        found = find_json(places, query)
        if as_json:
            print_line(json.dumps(found, ensure_ascii=False))
        elif not found:
            print_line("di luar Jawa Timur" if places.meant(query).outside else "tidak ketemu")
        else:
            for hit in found:
                print_line(f"{hit['code']:<14} {hit['score']:.2f}  {', '.join((hit['name'], *hit['parents']))}")


def place_at(lat: str, lon: str, as_json: bool) -> None:
    """Find the kecamatan and desa of a point; "-" reads "LAT LON" a line."""
    places = load_places()
    for query in _queries(lat if lat == "-" else f"{lat} {lon}"):
        try:
            y, x = (float(part) for part in query.replace(",", " ").split())
            if not (abs(y) <= 90 and abs(x) <= 180):  # not-a-number is refused too
                raise ValueError
        except ValueError:
            fail(f"{query!r}: LAT LON in degrees are expected, such as -7.8936 112.6639")
        found = at_json(places, y, x)
        if as_json:
            print_line(json.dumps(found))
        elif found["outside"]:
            print_line("di luar Jawa Timur")
        else:
            for code in (*found["kecamatan"], *found["desa"]):
                place = places.get(code)
                print_line(f"{code:<14} {place.label if place else ''}")


def _queries(text: str) -> Iterator[str]:
    lines: Iterable[str] = sys.stdin if text == "-" else (text,)
    return (line.strip() for line in lines)
