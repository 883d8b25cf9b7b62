"""`tersapa summary`: the morning summary of the province or an area, as it is now."""

from typing import Annotated

import typer

from bot.cli.work import ConfigOption, JsonOption, done_by


@done_by("summary")
def summary(
    area: Annotated[
        str,
        typer.Option(help="Code of a kabupaten/kota (35.07) or kecamatan (35.07.24); the whole province if left out."),
    ] = "",
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is without a worker, late, new and done, and where nobody can be reached."""
