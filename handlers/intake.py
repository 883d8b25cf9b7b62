"""Intake: a raw update is stored before it is confirmed to Telegram, by long poll or by webhook (row 97)."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.crash import crashpoint
from handlers.routes import ALLOWED_UPDATES
from storage import inbox
from storage.database import Database

log = logging.getLogger("tersapa.intake")

LONG_POLL = 30
MAX_BODY = 1024 * 1024
BODY_TIME = 10.0
BATCH = 100

Call = Callable[..., Awaitable[Any]]
"""Calls a Bot API method: call(method, params, read_timeout=seconds)."""


class Intake:
    """Where updates come in."""

    def __init__(self, db: Database, clock: Clock, bot_id: int, wake: Callable[[], None]) -> None:
        self._db, self._clock, self._bot_id, self._wake = db, clock, bot_id, wake
        self.long_poll = LONG_POLL

    async def store(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Store raw updates and wake the worker; returns after the commit."""
        now = self._clock.now()
        fresh = await self._db.run(lambda session: inbox.store(session, self._bot_id, updates, now), "intake")
        if fresh:
            self._wake()

    async def poll(self, call: Call, may_poll: Callable[[], Awaitable[bool]]) -> None:
        """Long poll for ever: store, commit, and only then move the offset."""
        offset: int | None = None
        while True:
            if not await may_poll():
                offset = None
                await asyncio.sleep(1)
                continue
            params: dict[str, Any] = {
                "timeout": self.long_poll,
                "limit": BATCH,
                "allowed_updates": list(ALLOWED_UPDATES),
            }
            if offset is not None:
                params["offset"] = offset
            try:
                updates = await call("getUpdates", params, read_timeout=self.long_poll + 10)
                if updates:
                    await self.store(updates)
                    crashpoint("intake_before_confirm")
                    offset = max(int(update["update_id"]) for update in updates) + 1
            except Conflict:
                log.warning("another poller is at work")
                await asyncio.sleep(5)
            except InvalidToken:
                log.critical("the token is refused")
                await asyncio.sleep(10)
            except RetryAfter as error:
                await asyncio.sleep(
                    float(getattr(error, "_retry_after", None).total_seconds() if hasattr(error, "_retry_after") else 1)
                )
            except TelegramError as error:
                log.warning("poll failed", extra={"error": type(error).__name__})
                await asyncio.sleep(1)
            except Exception as error:  # a full disk, a lost database: nothing is confirmed, Telegram keeps it
                log.error("updates cannot be stored", extra={"error": type(error).__name__})
                await asyncio.sleep(1)

    def webhook(self, path: str, secret: str) -> Starlette:
        """The receiver: the secret first, then a bounded body, then store, then 200."""

        async def receive(request: Request) -> Response:
            given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
            if not hmac.compare_digest(given.encode(), secret.encode()):
                return PlainTextResponse("forbidden", 403)
            try:
                async with asyncio.timeout(BODY_TIME):
                    body = await _bounded(request)
            except (TimeoutError, ClientDisconnect):
                return PlainTextResponse("too slow", 408)
            if body is None:
                return PlainTextResponse("too large", 413)
            try:
                update = json.loads(body)
                int(update["update_id"])
            except (ValueError, KeyError, TypeError, RecursionError):
                return PlainTextResponse("not an update", 400)
            try:
                await self.store([update])
            except Exception as error:
                log.error("an update cannot be stored", extra={"error": type(error).__name__})
                return PlainTextResponse("not stored", 503)
            crashpoint("intake_before_confirm")
            return PlainTextResponse("ok")

        return Starlette(routes=[Route(path, receive, methods=["POST"])])


async def _bounded(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)
