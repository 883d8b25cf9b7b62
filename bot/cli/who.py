"""`tersapa who`: from a real id to its reference in the database, and back; each use is logged, by the reference."""

from typing import Annotated

import typer

from bot.cli.work import ConfigOption, JsonOption, done_by


@done_by("who")
def who(
    number: Annotated[int, typer.Argument(help="The id at Telegram, or the reference; of a group it is negative.")],
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show which reference stands for a chat's id at Telegram (the keys are needed; each use is logged)."""
