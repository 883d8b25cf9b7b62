"""The `tersapa` command: one function a command; exit 0 done, 1 a check found something, 2 wrong use or settings."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import logs
from bot.app import App
from bot.cli import contacts, ladder, place, roster_in, summary, who
from bot.cli.frame import ConfigOption, fail, load, opened, print_line
from bot.cli.serving import serve
from bot.config import ConfigError, Settings
from notifiers.telegram.transport import NoBotApi
from storage import leader, schema, timeline
from storage.database import Database, Unusable
from storage.sealing import SealError, make_keys
from storage.session import Session
from storage.tables import Case

EXPECTED = (ConfigError, SealError, Unusable, schema.SchemaError, leader.Busy)
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

app = typer.Typer(
    name="tersapa",
    help="Reports of people in need, brought to the social worker of a kecamatan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
keys_app = typer.Typer(help="The keys that sealed values open with.", no_args_is_help=True)
audit_app = typer.Typer(help="Checks of what was written.", no_args_is_help=True)
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
    except EXPECTED as error:
        fail(str(error))
    except InvalidToken:
        fail("Telegram refuses the token: [telegram] token. Ask @BotFather for a fresh one.")
    except NoBotApi as error:
        fail(error.message, 1)
    except (NetworkError, TelegramError) as error:
        fail(f"Telegram cannot be reached at [telegram] api_url ({type(error).__name__}).", 1)
    except Exception as error:
        if isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.statement is None):
            said = logs.redact(str(error.orig).splitlines()[0]).rstrip(".")
            fail(f"the database cannot be used: {said}. Check [database] url.")
        logs.last_words(error)
        fail(f"stopped by an error that nobody foresaw ({type(error).__name__}); the line above says where.", 1)


@app.command()
def run(config: ConfigOption = None) -> None:
    """Run the bot until it is told to stop."""
    settings = load(config)
    level = os.environ.get("TERSAPA_LOG") or "INFO"
    if level not in LEVELS:
        fail(f"TERSAPA_LOG: one of {', '.join(LEVELS)} is expected.")
    logs.set_up(level, _secrets(settings))
    serve(lambda: App(settings, control=os.environ.get("TERSAPA_CLOCK") or None))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where the page is served; 0 = any free port.")] = 0,
    story_only: Annotated[bool, typer.Option("--story-only", help="Tell the story in the terminal and end.")] = False,
) -> None:
    """Four phones on a page, with no token and no network; or the main job told in the terminal."""
    from bot.demo import demonstrate

    try:
        code = asyncio.run(demonstrate(port, story_only=story_only))
    except OSError as error:
        fail(f"the demo cannot run: {error.strerror}.")
    raise typer.Exit(code)


@app.command()
def migrate(config: ConfigOption = None) -> None:
    """Bring the database to the version this code needs."""
    db = Database(load(config).database.url)
    before = schema.version(db)
    schema.migrate(db)
    print_line(f"{before or 'empty'} -> {schema.version(db)}")
    db.close()


@keys_app.command("init")
def keys_init(path: Path) -> None:
    """Make a new keys file that only its owner can read."""
    try:
        make_keys(path)
    except FileExistsError:
        fail(f"{path}: exists already; a keys file is never overwritten.")
    except OSError as error:
        fail(f"{path}: {error.strerror}.")
    print_line(f"{path}: keep a copy where the database's backup is not.")


@keys_app.command("rotate")
def keys_rotate(config: ConfigOption = None) -> None:
    """Wrap every data key with the first key of the keys file (put a new one on top before)."""
    with opened(load(config), look=True) as db:  # where nothing was sealed there is nothing to wrap
        assert db.vault is not None
        changed = db.write(db.vault.rotate)
        print_line(f"{changed} data keys wrapped again.")


@audit_app.command("verify")
def audit_verify(config: ConfigOption = None) -> None:
    """Check the hash chain of every timeline."""
    with opened(load(config), look=True) as db:

        def broken(session: Session) -> list[tuple[str, int]]:
            ids = session.exec(select(Case.id)).all()
            found = ((case_id, timeline.broken_at(session, case_id)) for case_id in ids)
            return [(case_id, seq) for case_id, seq in found if seq is not None]

        faults = db.write(broken)
    for case_id, seq in faults:
        print_line(f"case {case_id}: entry {seq} does not follow from the one before it")
    if faults:
        raise typer.Exit(1)
    print_line("every timeline is whole")


def _secrets(settings: Settings) -> tuple[str, ...]:
    held = (
        settings.telegram.token,
        settings.telegram.webhook.secret,
        settings.jsc.webhook_secret,
        settings.jsc.webhook_old_secret,
        settings.smtp.password,
    )
    return tuple(secret.get_secret_value() for secret in held)
