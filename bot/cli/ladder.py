"""`tersapa ladder`: who would be asked when, if nobody answered."""

from typing import Annotated

import typer

from bot.cli.work import ConfigOption, JsonOption, done_by
from bot.core.escalation import URGENCIES
from bot.texts.languages import LANGUAGES, ORIGINAL


@done_by("ladder")
def ladder(
    kecamatan: Annotated[str, typer.Option(help="Code of the kecamatan, such as 35.07.24 (see `place find`).")],
    urgency: Annotated[
        str,
        typer.Option(
            help=f"One of {', '.join(URGENCIES)}; with :CATEGORY or :CATEGORY:FLAG behind it the ladder of that sort, "
            "such as mendesak:kekerasan:seksual."
        ),
    ],
    at: Annotated[
        str, typer.Option(help="When the report comes in, such as 2026-12-24T15:00 (WIB); now if left out.")
    ] = "",
    language: Annotated[str, typer.Option(help=f"One of {', '.join(LANGUAGES)}.")] = ORIGINAL,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show who would be asked when if nobody answered, and how long an owner may be silent."""
