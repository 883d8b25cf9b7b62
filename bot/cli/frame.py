"""What every command stands on: options, settings, an opened database, one line out, one sentence of failure."""

import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from bot.config import Settings, load_settings
from bot.preflight import open_keys
from storage import schema
from storage.database import Database
from storage.vault import Vault

ConfigOption = Annotated[Path | None, typer.Option("--config", help="The settings file (TOML); or TERSAPA_CONFIG.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For programs.")]


def load(path: Path | None) -> Settings:
    """The settings a command was given, or those of TERSAPA_CONFIG, or of config.toml here."""
    named = path or (Path(os.environ["TERSAPA_CONFIG"]) if os.environ.get("TERSAPA_CONFIG") else None)
    if named is None and Path("config.toml").exists():
        named = Path("config.toml")
    return load_settings(named)


class Opened:
    """An opened, unlocked database of the settings, closed at the end."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def __enter__(self) -> Database:
        db = Database(self._settings.database.url)
        db.vault = Vault(open_keys(self._settings, db))
        schema.require(db)
        db.write(db.vault.unlock)
        self._db = db
        return db

    def __exit__(self, *_: object) -> None:
        self._db.close()


def print_line(text: str) -> None:
    """One line to standard output."""
    sys.stdout.write(text + "\n")


def fail(message: str, code: int = 2) -> NoReturn:
    """One sentence to standard error, and the end."""
    sys.stderr.write(f"tersapa: {message}\n")
    raise SystemExit(code)
