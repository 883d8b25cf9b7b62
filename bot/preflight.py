"""Before the start: what must not run is refused, and the keys are found or made."""

import os
import re
import shlex
import tomllib
from collections.abc import Collection, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from bot.config import ConfigError, Settings, is_loopback
from bot.core.places import Place
from bot.core.service import Service
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from storage.database import Database
from storage.sealing import Keyring, make_keys, new_key, read_keys
from storage.vault import is_sealed

Codes = Collection[str]
PLACEHOLDER = "123456:replace-with-the-token-from-BotFather"
"""The token of config.example.toml, which is no secret."""
SECRETS = ("telegram.token", "telegram.webhook.secret", "jsc.webhook_secret", "jsc.webhook_old_secret", "smtp.password")


def check_start(settings: Settings, control: str | None) -> None:
    """Refuse what must not run: no token, nobody who answers for the data, a turned clock at the real Telegram."""
    telegram, privacy = settings.telegram, settings.privacy
    if not telegram.token.get_secret_value():
        raise ConfigError(
            "[telegram] token: missing. @BotFather gives one; put it into the settings or TERSAPA_TELEGRAM__TOKEN."
        )
    if not is_loopback(telegram.api_url) and not (privacy.controller.strip() and privacy.contact.strip()):
        raise ConfigError(
            "[privacy] controller, contact: both must be named before people can reach the bot (UU 27/2022); "
            "only an api_url of this machine needs neither."
        )
    if control is not None and not is_loopback(telegram.api_url):
        raise ConfigError("TERSAPA_CLOCK: a turned clock is only for a local api_url.")
    check_overrides(settings)
    served(settings)


def check_overrides(settings: Settings) -> None:
    """Refuse ladders for places, categories and flags that do not exist."""
    if not settings.escalation.override:
        return
    places, field = load_places(), load_knowledge()
    for number, override in enumerate(settings.escalation.override):
        _check_sorts(settings, number, ("category", "flag"), override.category, field.categories, field.flags)
        _check_sorts(settings, number, ("flag", "category"), override.flag, field.flags, field.categories)
        for code in override.kecamatan:
            place = places.get(code)
            if place is None or place.level not in ("kabupaten", "kecamatan"):
                where = ("escalation", "override", number, "kecamatan")
                raise settings.fault(where, f"{code} is no kecamatan or kabupaten/kota of East Java (see `place find`)")


def _check_sorts(
    settings: Settings, number: int, named: tuple[str, str], codes: Sequence[str], known: Codes, others: Codes
) -> None:
    """Refuse a code that is not among those of its key; one of the other key is said to be one."""
    key, other = named
    for code in codes:
        if code not in known:
            remedy = f"it is a {other}" if code in others else f"one of {', '.join(known)} is expected"
            raise settings.fault(("escalation", "override", number, key), f"{code} is no {key}; {remedy}")


def served(settings: Settings) -> Service:
    """Where the service has begun; a name that is no kabupaten/kota is refused, with the nearest that is one."""
    kabupaten = load_places().kabupaten() if settings.service.kabupaten else ()
    codes = set()
    for name in settings.service.kabupaten:
        known = [place for place in kabupaten if name.strip().casefold() in _names(place)]
        if len(known) != 1:
            said = " or ".join(f'"{place.label}"' for place in known) or _nearest(name, kabupaten)
            wrong = "is two" if known else "is no kabupaten/kota of East Java"
            raise settings.fault(("service", "kabupaten"), f'"{name}" {wrong}; is {said} meant?')
        codes.add(known[0].code)
    return Service(frozenset(codes))


def _names(place: Place) -> set[str]:
    """Everything that a kabupaten/kota may be called in the settings, in small letters."""
    bare = place.name.removeprefix("Kabupaten ").removeprefix("Kota ")
    return {name.casefold() for name in (place.code, place.name, place.label, bare)}


def _nearest(name: str, kabupaten: Sequence[Place]) -> str:
    written = {known: place.label for place in kabupaten for known in sorted(_names(place))}
    found = get_close_matches(name.strip().casefold(), written, n=1, cutoff=0)
    return f'"{written[found[0]]}"'


def check_private(config: Path) -> None:
    """Refuse a settings file that others can read if a secret stands in it."""
    if os.name != "posix" or not config.stat().st_mode & 0o077:
        return
    body = tomllib.loads(config.read_text("utf-8"))
    held = [key for key in SECRETS if _value(body, key) not in ("", PLACEHOLDER)]
    if re.search(r"://[^/@]*:[^/@]+@|[?&]password=", _value(body, "database.url")):  # a password
        held.append("database.url")
    if held:
        raise ConfigError(f"{config}: others can read {held[0]} in it; run `chmod 600 {shlex.quote(str(config))}`.")


def _value(body: Any, key: str) -> str:
    for part in key.split("."):
        body = body.get(part, "") if isinstance(body, dict) else ""
    return str(body)


def open_keys(settings: Settings, db: Database, *, make: bool = True) -> Keyring:
    """The keys: on SQLite made beside the file on the first run, on PostgreSQL demanded.

    Without `make` no file is made: keys that open nothing do where nothing was sealed.
    """
    path = settings.privacy.keys_file or (Path(db.url.database or "").with_suffix(".keys") if db.sqlite else None)
    if path is None:
        raise ConfigError("[privacy] keys_file: PostgreSQL needs a keys file; `tersapa keys init FILE` makes one.")
    try:
        if path.exists():
            return _read(path)
        if db.write(is_sealed):
            raise ConfigError(
                f"{path}: the keys file is missing. "
                "Without it what was sealed cannot be opened; restore it from your backup."
            )
        if not make:
            return Keyring({"none": new_key()})
        if not db.sqlite:
            raise ConfigError(f"{path}: there is no keys file yet; `tersapa keys init {path}` makes one.")
        return make_keys(path)
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}.") from None


def _read(path: Path) -> Keyring:
    if path.is_dir():
        raise ConfigError(f"{path}: is a folder, not a keys file.")
    if path.stat().st_mode & 0o077:
        raise ConfigError(f"{path}: others can read the keys; run chmod 600 on it.")
    return read_keys(path)
