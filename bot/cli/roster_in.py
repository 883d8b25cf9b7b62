"""`tersapa roster`, the ways in: a link, a file, and what of the province is covered."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.roster import AreaOption, app
from bot.cli.work import ConfigOption, JsonOption, done_by
from bot.core.roles import ROLES

__all__ = ["app"]


@app.command("invite")
@done_by("roster_in")
def roster_invite(
    role: Annotated[str, typer.Option(help=f"One of {', '.join(ROLES)}.")],
    area: Annotated[
        str, typer.Option(help="Code or name of the kecamatan or kabupaten/kota; the province needs none.")
    ] = "",
    name: Annotated[str, typer.Option(help="Whose link it is; of somebody who is there, it is for a new phone.")] = "",
    trusted: Annotated[
        bool, typer.Option("--trusted", help="Binds at once, looked at by nobody: you hand it over in person.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a one-time link that binds whoever opens it to a role; it lives 48 hours, of the first admin one hour."""


@app.command("import")
@done_by("roster_in")
def roster_import(
    file: Path,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    leave: Annotated[
        bool, typer.Option("--leave", help="Take out whoever the file no longer names, in the places that it names.")
    ] = False,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the roster to a CSV or XLSX (role,name,phone,area,deputy_phone): whole, or with every fault not at all."""


@app.command("template")
@done_by("roster_in")
def roster_template(area: AreaOption = "") -> None:
    """Write an empty roster to fill in, with a line and the code for each kecamatan of the province or an area."""


@app.command("export")
@done_by("roster_in")
def roster_export(
    phones: Annotated[bool, typer.Option("--phones", help="With whole phone numbers.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the roster as CSV to standard output."""


@app.command("coverage")
@done_by("roster_in")
def roster_coverage(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Which of the 666 kecamatan have somebody: bound, unreachable, invited, nobody."""
