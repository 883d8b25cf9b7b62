"""`tersapa place`: places of East Java, found as the chat finds them."""

from typing import Annotated

import typer

from bot.cli.group import Group
from bot.cli.work import JsonOption, done_by

app = typer.Typer(help="Places of East Java, found as the chat finds them.", no_args_is_help=True, cls=Group)


@app.command("find")
@done_by("place")
def place_find(
    words: Annotated[list[str] | None, typer.Argument(help="The name, as people type it.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Find a place by name, typed as people type; "-" reads one query a line."""


@app.command("at", context_settings={"ignore_unknown_options": True})
@done_by("place")
def place_at(lat: str, lon: Annotated[str, typer.Argument()] = "", as_json: JsonOption = False) -> None:
    """Find the kecamatan and desa of a point; "-" reads "LAT LON" a line."""
