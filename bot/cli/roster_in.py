"""`tersapa roster`, the ways in: a link, a file, and what of the province is covered."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.actions import coverage, roster_file
from bot.actions.turn import Turn
from bot.app import App
from bot.cli.frame import ConfigOption, JsonOption, fail, house, load, moment, opened, print_line
from bot.cli.roster import app
from bot.core.roles import ROLES
from bot.data.places import load_places
from bot.preflight import check_start
from storage import roster

__all__ = ["app"]


@app.command("invite")
def roster_invite(
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")],
    area: Annotated[
        str,
        typer.Option(help="Code of the kecamatan (35.07.24) or kabupaten/kota (35.07); the province needs none."),
    ] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time link that binds whoever opens it to a role; it lives 48 hours."""
    settings = load(config)
    area = _area(role, area)
    check_start(settings, None)
    app_ = App(settings, control=os.environ.get("TERSAPA_CLOCK") or None)

    async def make() -> tuple[str, str]:
        await app_.open()
        now = app_.clock.now()
        token, expires = await app_.db.run(lambda session: roster.invite(session, role, area, now))
        return f"https://t.me/{app_.bot.username}?start=i_{token}", expires.isoformat()

    link, expires = asyncio.run(_closing(app_, make))
    print_line(
        json.dumps({"link": link, "expires": expires})
        if as_json
        else f"{link}\n(sekali pakai, berlaku sampai {expires})"
    )


@app.command("import")
def roster_import(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    leave: Annotated[
        bool, typer.Option("--leave", help="Mark members that are no longer in the file as gone.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the roster to a CSV (role,name,phone,area,deputy_phone): whole, or with an error per line not at all."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{file}: cannot be read ({type(error).__name__})")
    lines, errors = roster_file.read(text, load_places())
    for fault in errors:
        sys.stderr.write(f"{file}: {fault}\n")
    if errors:
        fail(f"{len(errors)} error{'s' if len(errors) > 1 else ''}; nothing was changed.", 1)
    settings = load(config)
    with opened(settings, look=dry_run) as db:
        if dry_run:
            changes = db.write(lambda session: roster_file.plan(session, lines))
        else:
            known, now = house(settings, db), moment(settings)
            changes = db.write(lambda session: roster_file.apply(Turn(session, known, now), lines, leave=leave))
    figures = {
        "added": len(changes.added),
        "renamed": len(changes.renamed),
        "same": changes.same,
        "missing": len(changes.missing),
    }
    if as_json:
        print_line(json.dumps(figures | {"dry_run": dry_run}))
        return
    print_line(
        ("would change: " if dry_run else "changed: ") + ", ".join(f"{count} {name}" for name, count in figures.items())
    )
    for member in changes.missing:
        gone = "marked as gone" if leave and not dry_run else "not in the file; --leave marks them as gone"
        print_line(f"  {member.role} {member.area}: {gone}")


@app.command("export")
def roster_export(
    phones: Annotated[bool, typer.Option("--phones", help="With whole phone numbers.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the roster as CSV to standard output."""
    with opened(load(config), look=True) as db:
        sys.stdout.write(db.write(lambda session: roster_file.write(session, phones=phones)))


@app.command("coverage")
def roster_coverage(config: ConfigOption = None, as_json: JsonOption = False) -> None:
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
    if role not in ROLES:
        fail(f"--role {role}: one of {', '.join(ROLES)} is expected")
    wanted = ROLES[role].level
    if wanted == "provinsi":
        return roster.PROVINCE
    place = load_places().get(area)
    if place is None or place.level != wanted:
        example = "35.07.24" if wanted == "kecamatan" else "35.07"
        fail(f"--area {area or '(missing)'}: {role} needs the code of a {wanted}, such as {example} (see `place find`)")
    return area


async def _closing(bot: App, work: Callable[[], Any]) -> Any:
    try:
        return await work()
    finally:
        await bot.stop()
