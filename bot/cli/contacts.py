"""`tersapa contacts`: whom to phone in a kecamatan, as a file."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.group import Group
from bot.cli.work import ConfigOption, JsonOption, done_by

app = typer.Typer(help="The contact book: whom to phone in a kecamatan.", no_args_is_help=True, cls=Group)


@app.command("import")
@done_by("contacts")
def contacts_import(file: Path, config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Add the contacts of a CSV or XLSX (area,kind,name,phone,noted): whole, or with an error per line not at all."""


@app.command("list")
@done_by("contacts")
def contacts_list(
    area: Annotated[str, typer.Option(help="The code of one kecamatan or kabupaten/kota.")] = "",
    config: ConfigOption = None,
) -> None:
    """How many contacts each area has, and how many of them are older than a year."""


@app.command("export")
@done_by("contacts")
def contacts_export(
    phones: Annotated[bool, typer.Option("--phones", help="With whole phone numbers.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the book as CSV to standard output."""
