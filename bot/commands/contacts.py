"""`tersapa contacts`: whom to phone in a kecamatan, as a file."""

import json
import sys
from pathlib import Path

from bot.actions import contacts_file
from bot.clock import Clock
from bot.commands.frame import load, opened
from bot.commands.lines import fail, print_line
from bot.core.contact_book import is_old
from bot.data.places import load_places
from storage import contacts


def contacts_import(file: Path, config: Path | None, as_json: bool) -> None:
    """Add the contacts of a CSV or XLSX (area,kind,name,phone,noted): whole, or with an error per line not at all."""
    try:
        content = file.read_bytes()
    except OSError as error:
        fail(f"{file}: cannot be read ({type(error).__name__})")
    entries, errors = contacts_file.read(content, load_places(), Clock().now())
    for fault in errors:
        sys.stderr.write(f"{file}: {fault}\n")
    if errors:
        fail(f"{len(errors)} error{'s' if len(errors) > 1 else ''}; nothing was changed.", 1)
    with opened(load(config)) as db:
        added, replaced = db.write(lambda session: contacts_file.apply(session, entries))
    figures = {"added": added, "replaced": replaced}
    print_line(json.dumps(figures) if as_json else f"changed: {added} added, {replaced} replaced")


def contacts_list(area: str, config: Path | None) -> None:
    """How many contacts each area has, and how many of them are older than a year."""
    places, now = load_places(), Clock().now()
    if area and places.get(area) is None:
        fail(f"--area {area}: the code of a kecamatan or kabupaten/kota is expected, such as 35.07.24")
    with opened(load(config), look=True) as db:
        found = db.write(contacts.every)
    for code in dict.fromkeys(one.area for one in found if not area or one.area == area):
        here = [one for one in found if one.area == code]
        old, place = sum(is_old(one.noted_at, now) for one in here), places.get(code)
        kinds = ", ".join(dict.fromkeys(one.kind for one in here))
        print_line(f"{code:<9} {place.label if place else '':<28} {len(here)} contacts, {old} old: {kinds}")


def contacts_export(phones: bool, config: Path | None) -> None:
    """Write the book as CSV to standard output."""
    with opened(load(config), look=True) as db:
        sys.stdout.write(db.write(lambda session: contacts_file.write(session, phones=phones)))
