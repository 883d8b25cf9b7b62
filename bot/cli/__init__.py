"""The `tersapa` command: one function a command; exit 0 done, 1 a check found something, 2 wrong use or settings."""

import asyncio
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import select
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import logs
from bot.actions import coverage, roster_file
from bot.actions.turn import Turn
from bot.app import App
from bot.cli import contacts, ladder, place, summary, who
from bot.cli.frame import ConfigOption, JsonOption, fail, house, load, opened, print_line
from bot.cli.serving import serve
from bot.clock import Clock
from bot.config import ConfigError, Settings
from bot.core.roles import ROLES
from bot.data.places import load_places
from bot.preflight import check_start
from notifiers.telegram.transport import NoBotApi
from storage import leader, roster, schema, timeline
from storage.database import Database, Unusable
from storage.sealing import SealError, make_keys
from storage.session import Session
from storage.tables import Case

T = TypeVar("T")
EXPECTED = (ConfigError, SealError, Unusable, schema.SchemaError, leader.Busy)
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

app = typer.Typer(
    name="tersapa",
    help="Reports of people in need, brought to the social worker of a kecamatan.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
roster_app = typer.Typer(help="Who has which role where.", no_args_is_help=True)
keys_app = typer.Typer(help="The keys that sealed values open with.", no_args_is_help=True)
audit_app = typer.Typer(help="Checks of what was written.", no_args_is_help=True)
app.add_typer(roster_app, name="roster")
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


@roster_app.command("invite")
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


@roster_app.command("import")
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
            known, now = house(settings, db), Clock().now()
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


@roster_app.command("export")
def roster_export(
    phones: Annotated[bool, typer.Option("--phones", help="With whole phone numbers.")] = False,
    config: ConfigOption = None,
) -> None:
    """Write the roster as CSV to standard output."""
    with opened(load(config), look=True) as db:
        sys.stdout.write(db.write(lambda session: roster_file.write(session, phones=phones)))


@roster_app.command("coverage")
def roster_coverage(config: ConfigOption = None, as_json: JsonOption = False) -> None:
    """Which of the 666 kecamatan have somebody: bound, unreachable, invited, nobody."""
    places, now = load_places(), Clock().now()
    with opened(load(config), look=True) as db:
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


async def _closing(bot: App, work: Callable[[], Any]) -> Any:
    try:
        return await work()
    finally:
        await bot.stop()


def _secrets(settings: Settings) -> tuple[str, ...]:
    held = (
        settings.telegram.token,
        settings.telegram.webhook.secret,
        settings.jsc.webhook_secret,
        settings.jsc.webhook_old_secret,
        settings.smtp.password,
    )
    return tuple(secret.get_secret_value() for secret in held)


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
