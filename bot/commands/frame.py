"""What most commands stand on: the settings, an opened database, the time, and what the bot knows."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from bot.actions.house import House, Identity
from bot.clock import Clock, follow
from bot.config import Settings, load_settings
from bot.data.calendar import load_calendar
from bot.data.known import load_known
from bot.preflight import check_private, check_start, open_keys, served
from bot.texts.catalog import Texts
from storage import addresses, groups, schema
from storage.database import Database
from storage.vault import Vault, is_sealed


def load(path: Path | None) -> Settings:
    """The settings a command was given, or those of TERSAPA_CONFIG, or of config.toml here."""
    named = path or (Path(os.environ["TERSAPA_CONFIG"]) if os.environ.get("TERSAPA_CONFIG") else None)
    if named is None and Path("config.toml").exists():
        named = Path("config.toml")
    settings = load_settings(named)
    if named is not None:
        check_private(named)
    return settings


@contextmanager
def opened(settings: Settings, *, look: bool = False) -> Iterator[Database]:
    """An opened, unlocked database of the settings; to `look` makes no database, no tables and no keys."""
    db = Database(settings.database.url, create=not look)
    try:
        schema.expect(db) if look else schema.require(db)
        vault = Vault(open_keys(settings, db, make=not look))
        if not look or db.write(is_sealed):
            db.write(vault.unlock)
        db.vault = vault
        yield db
    finally:
        db.close()


def moment(settings: Settings) -> datetime:
    """The time for a command beside the bot: this machine's, or that of a turned clock, as the bot has it."""
    clock, control = Clock(), os.environ.get("TERSAPA_CLOCK") or None
    if control is not None:
        check_start(settings, control)
        asyncio.run(follow(clock, control, once=True))
    return clock.now()


def house(settings: Settings, db: Database) -> House:
    """What the bot knows, for a command that does a deed beside it; the JSC group once the bot has run with it."""
    known, named = load_known(served(settings)), settings.jsc.chat_id
    group = db.write(lambda session: addresses.known(session, named)) if named is not None else None
    joined = Identity(group=db.write(groups.enrolled))
    return House(settings, Texts(), known, load_calendar(settings.holidays), group or None, joined)
