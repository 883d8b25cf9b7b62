"""`tersapa run`: the bot."""

import os
from pathlib import Path

from bot import logs
from bot.app import App
from bot.commands.frame import load
from bot.commands.lines import fail
from bot.commands.serving import serve
from bot.config import Settings

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def run(config: Path | None) -> None:
    """Run the bot until it is told to stop."""
    settings = load(config)
    level = os.environ.get("TERSAPA_LOG") or "INFO"
    if level not in LEVELS:
        fail(f"TERSAPA_LOG: one of {', '.join(LEVELS)} is expected.")
    logs.set_up(level, _secrets(settings))
    serve(lambda: App(settings, control=os.environ.get("TERSAPA_CLOCK") or None))


def _secrets(settings: Settings) -> tuple[str, ...]:
    held = (
        settings.telegram.token,
        settings.telegram.webhook.secret,
        settings.jsc.webhook_secret,
        settings.jsc.webhook_old_secret,
        settings.smtp.password,
    )
    return tuple(secret.get_secret_value() for secret in held)
