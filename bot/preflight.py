"""Before the start: what must not run is refused, and the keys are found or made."""

from pathlib import Path

from bot.config import PUBLIC_API, ConfigError, Settings, is_loopback
from bot.data.places import load_places
from storage import schema
from storage.database import Database
from storage.sealing import Keyring, make_keys, read_keys


def check_start(settings: Settings, control: str | None) -> None:
    """Refuse what must not run: no token, nobody who answers for the data, a turned clock at the real Telegram."""
    telegram, privacy = settings.telegram, settings.privacy
    if not telegram.token.get_secret_value():
        raise ConfigError(
            "[telegram] token: missing. @BotFather gives one; put it into the settings or TERSAPA_TELEGRAM__TOKEN."
        )
    if telegram.api_url.rstrip("/") == PUBLIC_API and not (privacy.controller and privacy.contact):
        raise ConfigError(
            "[privacy] controller, contact: both must be named before the public Telegram is used (UU 27/2022)."
        )
    if control is not None and not is_loopback(telegram.api_url):
        raise ConfigError("TERSAPA_CLOCK: a turned clock is only for a local api_url.")
    check_overrides(settings)


def check_overrides(settings: Settings) -> None:
    """Refuse ladders for places that do not exist."""
    if not settings.escalation.override:
        return
    places = load_places()
    for number, override in enumerate(settings.escalation.override):
        for code in override.kecamatan:
            place = places.get(code)
            if place is None or place.level not in ("kabupaten", "kecamatan"):
                where = ("escalation", "override", number, "kecamatan")
                raise settings.fault(where, f"{code} is no kecamatan or kabupaten/kota of East Java (see `place find`)")


def open_keys(settings: Settings, db: Database) -> Keyring:
    """The keys: on SQLite made on the first run beside the file, on PostgreSQL demanded."""
    path = settings.privacy.keys_file
    if path is None and db.sqlite and db.url.database and db.url.database != ":memory:":
        path = Path(db.url.database).with_suffix(".keys")
    if path is None:
        raise ConfigError("[privacy] keys_file: PostgreSQL needs a keys file; `tersapa keys init FILE` makes one.")
    if path.exists():
        if path.stat().st_mode & 0o077:
            raise ConfigError(f"{path}: others can read the keys; run chmod 600 on it.")
        return read_keys(path)
    if db.sqlite and not _has_rows(db):
        return make_keys(path)
    raise ConfigError(
        f"{path}: the keys file is missing. Without it what was sealed cannot be opened; restore it from your backup."
    )


def _has_rows(db: Database) -> bool:
    """Whether this database was used before (then its keys cannot be new)."""
    return schema.version(db) is not None
