"""`tersapa demo`: the story, with no token and no network."""

import asyncio

import typer

from bot.commands.lines import fail
from bot.demo import demonstrate


def demo(port: int, story_only: bool) -> None:
    """Show the page with the phones, or tell the story in the terminal."""
    try:
        code = asyncio.run(demonstrate(port, story_only=story_only))
    except OSError as error:
        fail(f"the demo cannot run: {error.strerror}.")
    raise typer.Exit(code)
