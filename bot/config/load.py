"""Settings read from a TOML file and the environment."""

import tomllib
from pathlib import Path

from pydantic import ValidationError

from bot.config.faults import ConfigError, explain
from bot.config.settings import Settings
from bot.environment import check_environment


def load_settings(path: Path | None) -> Settings:
    """The settings of a TOML file (None: only the environment); ConfigError names key and line."""
    text, body = "", {}
    if path is not None:
        try:
            text = path.read_text("utf-8")
            body = tomllib.loads(text)
        except OSError as error:
            hint = " Copy config.example.toml to begin." if isinstance(error, FileNotFoundError) else ""
            raise ConfigError(f"{path}: cannot be read ({error.strerror}).{hint}") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{path}: not TOML: {error}") from None
    try:
        check_environment(Settings)
    except ValueError as error:
        raise ConfigError(str(error)) from None
    try:
        settings = Settings(**body)
    except ValidationError as error:
        lines = [explain(detail, text, path) for detail in error.errors(include_url=False, include_input=False)]
        raise ConfigError("\n".join(lines)) from None
    settings._text, settings._path = text, path
    return settings
