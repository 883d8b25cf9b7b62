"""`tersapa roster`, the ways in: a link, a file, and what of the province is covered."""

import asyncio
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NoReturn

from bot.actions import coverage, roster_file, roster_lines, roster_words, table_file
from bot.actions.roster_columns import ROSTER
from bot.actions.turn import Turn
from bot.app import App
from bot.commands.frame import house, load, moment, opened
from bot.commands.lines import fail, print_line
from bot.commands.roster import area_of
from bot.core.roles import ROLES
from bot.data.places import load_places
from bot.preflight import check_start
from storage import roster
from storage.session import Session
from storage.tables import Member

MISSING = "not in the file; --leave takes them out"


def roster_invite(role: str, area: str, name: str, trusted: bool, config: Path | None, as_json: bool) -> None:
    """Make a one-time link that binds whoever opens it to a role; it lives 48 hours, of the first admin one hour."""
    settings = load(config)
    area = _area(role, area)
    check_start(settings, None)
    app_ = App(settings, control=os.environ.get("TERSAPA_CLOCK") or None)

    async def make() -> tuple[str, str]:
        await app_.open()
        now, wanted = app_.clock.now(), " ".join(name.split())
        token, expires = await app_.db.run(lambda session: invite(session, (role, area), wanted, now, trusted=trusted))
        return f"https://t.me/{app_.bot.username}?start=i_{token}", expires.isoformat()

    link, expires = asyncio.run(_closing(app_, make))
    print_line(
        json.dumps({"link": link, "expires": expires})
        if as_json
        else f"{link}\n(sekali pakai, berlaku sampai {expires})"
    )


def invite(session: Session, post: tuple[str, str], name: str, now: datetime, *, trusted: bool) -> tuple[str, datetime]:
    """A link for a post, and for one person where there is a name; the first admin has nobody above who could look."""
    role, area = post
    first = role == "admin" and not any(one.chat_id is not None for one in roster.members(session, role, area))
    member = _named(session, post, name) if name else None
    return roster.invite(session, role, area, now, member.id if member else None, trusted=trusted or first)


def _named(session: Session, post: tuple[str, str], name: str) -> Member:
    """The entry of that name in a post; a new one where there is none."""
    known = roster.members(session, *post)
    same = [one for one in known if (roster.name_of(session, one) or "").casefold() == name.casefold()]
    if same:
        return same[0]
    member = Member(role=post[0], area=post[1], priority=len(known))
    session.add(member)
    roster.set_name(session, member, name)
    session.flush()
    return member


def roster_import(file: Path, dry_run: bool, leave: bool, config: Path | None, as_json: bool) -> None:
    """Bring the roster to a CSV or XLSX (role,name,phone,area,deputy_phone): whole, or with every fault not at all."""
    try:
        sheet = table_file.rows(sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes(), ROSTER)
    except (OSError, UnicodeError) as error:
        fail(f"{file}: cannot be read ({type(error).__name__})")
    except table_file.Unreadable as error:
        _refuse(file, [str(error)])
    lines, faults = roster_lines.read(sheet, load_places())
    if faults:
        _refuse(file, faults)
    settings = load(config)
    now = moment(settings)
    with opened(settings, look=dry_run) as db:
        changes = db.write(lambda session: roster_file.plan(session, lines))
        if leave and db.write(lambda session: roster_file.locks_out(session, changes)):
            changes.faults.append("no admin would be left to keep the roster; name one in the file")
        if changes.faults:
            _refuse(file, changes.faults)
        if not dry_run:
            known = house(settings, db)
            changes = db.write(lambda session: roster_file.apply(Turn(session, known, now), lines, leave=leave))
    _changed(changes, dry_run=dry_run, leave=leave, as_json=as_json)


def _refuse(file: Path, faults: Sequence[str]) -> NoReturn:
    """Every fault at once."""
    sys.stderr.write("".join(f"{file}: {fault}\n" for fault in faults))
    fail(f"{len(faults)} error{'s' if len(faults) > 1 else ''}; nothing was changed.", 1)


def _changed(changes: roster_file.Changes, *, dry_run: bool, leave: bool, as_json: bool) -> None:
    figures = {
        "added": len(changes.added),
        "renamed": len(changes.renamed),
        "same": changes.same,
        "missing": len(changes.missing),
    }
    if as_json:
        print_line(json.dumps(figures | {"dry_run": dry_run}))
        return
    told = ", ".join(f"{count} {name}" for name, count in figures.items())
    print_line(("would change: " if dry_run else "changed: ") + told)
    for member in changes.missing:
        became = ("would be taken out" if dry_run else "taken out") if leave else MISSING
        print_line(f"  {member.role} {member.area} {member.id}: {became}")
    if leave and changes.unspoken:
        print_line(f"  {changes.unspoken} in places that the file does not name stay as they are")


def roster_template(area: str) -> None:
    """Write an empty roster to fill in, with a line and the code for each kecamatan of the province or an area."""
    sys.stdout.write(roster_file.template(load_places(), area_of(area, "kabupaten")))


def roster_export(phones: bool, config: Path | None) -> None:
    """Write the roster as CSV to standard output."""
    with opened(load(config), look=True) as db:
        sys.stdout.write(db.write(lambda session: roster_file.write(session, phones=phones)))


def roster_coverage(config: Path | None, as_json: bool) -> None:
    """Which of the 666 kecamatan have somebody: bound, unreachable, invited, nobody."""
    places, settings = load_places(), load(config)
    now = moment(settings)
    with opened(settings, look=True) as db:
        covers = db.write(lambda session: coverage.coverage(session, places, now))
    if as_json:
        print_line(
            json.dumps(
                [{"code": c.place.code, "name": c.place.name, "state": c.state} for c in covers], ensure_ascii=False
            )
        )
        return
    from rich.console import Console
    from rich.table import Table

    table = Table("kabupaten/kota", *coverage.STATES, "nobody in")
    for kabupaten in places.kabupaten():
        here = [c for c in covers if c.place.code.startswith(kabupaten.code)]
        counts = [sum(c.state == state for c in here) for state in coverage.STATES]
        holes = ", ".join(c.place.name for c in here if c.state == "nobody")
        table.add_row(kabupaten.label, *map(str, counts), "all" if counts[3] == len(here) else holes)
    Console().print(table)
    totals = {state: sum(c.state == state for c in covers) for state in coverage.STATES}
    print_line(f"{len(covers)} kecamatan: " + ", ".join(f"{count} {state}" for state, count in totals.items()))


def _area(role: str, area: str) -> str:
    """The code of the place that a role is bound to."""
    if role not in ROLES:
        fail(f"--role {role}: one of {', '.join(ROLES)} is expected")
    wanted = ROLES[role].level
    if wanted == "provinsi":
        return roster.PROVINCE
    place = roster_words.place_of(load_places(), area, wanted) if area else ()
    if not isinstance(place, str):
        example = "35.07.24" if wanted == "kecamatan" else "35.07"
        near = f"; is it {', '.join(f'{one.label} ({one.code})' for one in place)}?" if place else " (see `place find`)"
        fail(f"--area {area or '(missing)'}: {role} needs the code of a {wanted}, such as {example}, or its name{near}")
    return place


async def _closing(bot: App, work: Callable[[], Any]) -> Any:
    try:
        return await work()
    finally:
        await bot.stop()
