"""What Telegram shows of the bot before anybody has said a word: its name, its descriptions, its menu of commands."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.texts.catalog import Texts
from bot.texts.languages import LANGUAGES, ORIGINAL

log = logging.getLogger("tersapa")

COMMANDS = ("lapor", "status", "batal", "bahasa", "bantuan")


async def introduce(call: Callable[[str, dict[str, Any]], Awaitable[object]], texts: Texts) -> None:
    """Tell Telegram, per language; a failure costs a log line, no start."""
    try:
        for language in LANGUAGES:
            speech = texts.of(language)
            code = {} if language == ORIGINAL else {"language_code": language}
            commands = [{"command": name, "description": speech.word(f"perintah-{name}")} for name in COMMANDS]
            await call("setMyCommands", {"commands": commands, **code})
            await call("setMyName", {"name": speech.word("profil-nama"), **code})
            await call("setMyDescription", {"description": speech.word("profil-panjang"), **code})
            await call("setMyShortDescription", {"short_description": speech.word("profil-singkat"), **code})
    except TelegramError as error:
        log.warning("profile not set", extra={"error": type(error).__name__})
