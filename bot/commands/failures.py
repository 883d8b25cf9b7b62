"""How a command ends by an error: one sentence and an exit code, never a traceback."""

from typing import NoReturn

from sqlalchemy.exc import DBAPIError, OperationalError
from telegram.error import InvalidToken, NetworkError, TelegramError

from bot import logs
from bot.commands.lines import fail
from bot.config import ConfigError
from notifiers.telegram.transport import NoBotApi
from storage import leader, schema
from storage.database import Unusable
from storage.sealing import SealError


def end(error: Exception) -> NoReturn:
    """Say what can be expected to go wrong; of the rest the log has the place."""
    match error:
        case ConfigError() | SealError() | Unusable() | schema.SchemaError() | leader.Busy():
            fail(str(error))
        case InvalidToken():
            fail("Telegram refuses the token: [telegram] token. Ask @BotFather for a fresh one.")
        case NoBotApi():
            fail(error.message, 1)
        case NetworkError() | TelegramError():
            fail(f"Telegram cannot be reached at [telegram] api_url ({type(error).__name__}).", 1)
        case DBAPIError() if isinstance(error, OperationalError) or error.statement is None:
            said = logs.redact(str(error.orig).splitlines()[0]).rstrip(".")
            fail(f"the database cannot be used: {said}. Check [database] url.")
    logs.last_words(error)
    fail(f"stopped by an error that nobody foresaw ({type(error).__name__}); the line above says where.", 1)
