"""Logs: JSON lines with an event and ids of our own rows; a redactor on the root as a second net.

Only keys of the allow-list are written; a traceback becomes its places in our code, never its message, which
may quote a person. Of a library's record only the first line of its template is written, for its arguments
may be anything. What still slips through is masked: token, secrets, phones, NIK, coordinates.
"""

import json
import logging
import re
import sys
import threading
import traceback
from datetime import UTC, datetime
from typing import Any

from bot.core.masking import mask_numbers

ALLOWED = (
    "case",
    "round",
    "chat",
    "outbox",
    "update",
    "updates",
    "loop",
    "error",
    "kind",
    "channel",
    "seconds",
    "cases",
    "replica",
    "port",
    "since",
    "lanes",
    "year",
)
_SECRETS = (
    re.compile(r"(?<!\d)\d{3,16}:[A-Za-z0-9_-]{10,}"),  # no \b: in a URL the token follows "bot"
    re.compile(r"whsec_[A-Za-z0-9+/=]+"),
)
_POINTS = (
    re.compile(r"-?\d{1,3}\.\d{3,},\s*-?\d{1,3}\.\d{3,}"),
    re.compile(r"(?<![\d.])-?\d{1,3}\.\d{4,}(?![\d.])"),
)
OURS = "tersapa"
QUIET = (
    "httpx",
    "httpcore",
    "telegram",
    "aiohttp",
    "apscheduler",
    "uvicorn",
    "alembic",
    "sqlalchemy",
    "asyncio",
)


def redact(text: str, secrets: tuple[str, ...] = ()) -> str:
    """`text` with tokens, secrets, phones, NIK and coordinates masked."""
    for secret in secrets:
        text = text.replace(secret, "•••")
    for mask in _SECRETS:
        text = mask.sub("•••", text)
    text = mask_numbers(text, "•••")  # before points: half a number may look like one
    for mask in _POINTS:
        text = mask.sub("•••", text)
    return text


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        body: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "event": self._masked(_event(record)),
        }
        for key in ALLOWED:
            if (value := getattr(record, key, None)) is not None:
                body[key] = value if isinstance(value, int | float) else self._masked(str(value))
        if record.exc_info and record.exc_info[1] is not None:
            body["trace"] = places(record.exc_info[1])
        return json.dumps(body, ensure_ascii=False)

    def _masked(self, text: str) -> str:
        return redact(text, self._secrets)


def _event(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    return (str(record.msg).splitlines() or [""])[0]


def places(error: BaseException) -> list[str]:
    """Type and code places of an error, without its words."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    found = [f"{'/'.join(frame.filename.split('/')[-2:])}:{frame.lineno}" for frame in frames]
    return [type(error).__name__, *found]


def set_up(level: str = "INFO", secrets: tuple[str, ...] = ()) -> None:
    """Send the root's records to standard error as JSON lines, and keep chatty libraries quiet."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(tuple(secret for secret in secrets if secret)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # its errors quote what Telegram answered
    sys.excepthook = _last_words
    threading.excepthook = lambda args: _last_words(args.exc_type, args.exc_value or args.exc_type(), None)
    sys.unraisablehook = lambda args: _last_words(args.exc_type, args.exc_value or args.exc_type(), None)


def last_words(error: Exception) -> None:
    """Write where an error came from that ends a command, also one that has not set up a log."""
    if not logging.getLogger().handlers:
        set_up()
    _last_words(type(error), error, None)


def _last_words(kind: type[BaseException], error: BaseException, _: Any) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("tersapa").critical("stopped by an error", extra={"error": kind.__name__}, exc_info=error)
