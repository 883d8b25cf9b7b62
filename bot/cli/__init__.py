"""The `tersapa` command: one function a command; exit 0 done, 1 a check found something, 2 wrong use or settings.

Here stands what each command is given, as light as its help is; what it does stands in `bot.commands`.
"""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli import contacts, ladder, place, roster_in, summary, who
from bot.cli.group import Group
from bot.cli.work import ConfigOption, done_by, read

app = typer.Typer(
    name="tersapa",
    no_args_is_help=True,
    cls=Group,
    add_completion=False,
    pretty_exceptions_enable=False,
)
keys_app = typer.Typer(help="The keys that sealed values open with.", no_args_is_help=True, cls=Group)
audit_app = typer.Typer(help="Checks of what was written.", no_args_is_help=True, cls=Group)
app.add_typer(roster_in.app, name="roster")
app.add_typer(place.app, name="place")
app.add_typer(contacts.app, name="contacts")
app.add_typer(keys_app, name="keys")
app.add_typer(audit_app, name="audit")
app.command("ladder")(ladder.ladder)
app.command("summary")(summary.summary)
app.command("who", context_settings={"ignore_unknown_options": True})(who.who)  # groups are negative


def main() -> None:
    """Run the command line; what can be expected to go wrong is one sentence and an exit code, never a traceback."""
    try:
        app()
    except Exception as error:
        read("failures").end(error)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"tersapa {version('tersapa')}")
        raise typer.Exit


@app.callback()
def tersapa(
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Reports of people in need, brought to the social worker of a kecamatan."""


@app.command()
@done_by("run")
def run(config: ConfigOption = None) -> None:
    """Run the bot until it is told to stop."""


@app.command()
@done_by("demo")
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served; 0 = any free port.")] = 0,
    story_only: Annotated[bool, typer.Option("--story-only", help="Tell the story in the terminal and end.")] = False,
) -> None:
    """Four phones on a page, with no token and no network; or the main job told in the terminal."""


@app.command()
@done_by("database")
def migrate(config: ConfigOption = None) -> None:
    """Bring the database to the version this code needs."""


@keys_app.command("init")
@done_by("database")
def keys_init(path: Path) -> None:
    """Make a new keys file that only its owner can read."""


@keys_app.command("rotate")
@done_by("database")
def keys_rotate(config: ConfigOption = None) -> None:
    """Wrap every data key with the first key of the keys file (put a new one on top before)."""


@audit_app.command("verify")
@done_by("database")
def audit_verify(config: ConfigOption = None) -> None:
    """Check the hash chain of every timeline."""
