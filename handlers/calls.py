"""The calls of a webhook: the secret first, then a bounded body, then store, then 200."""

import asyncio
import hmac
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.crash import crashpoint
from handlers.intake import Intake
from handlers.patience import Patience

log = logging.getLogger("tersapa.intake")

MAX_BODY = 1024 * 1024


class Server(uvicorn.Server):
    """A server beside other work."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


def server(calls: Starlette, host: str, port: int) -> Server:
    """What serves `calls` at HOST:PORT, once it is given the socket."""
    config = uvicorn.Config(
        calls,
        host or "127.0.0.1",
        port,
        http=Patience,
        log_config=None,
        limit_concurrency=100,
        timeout_keep_alive=30,
        lifespan="off",
        access_log=False,
    )
    return Server(config)


def answering(intake: Intake, path: str, secret: str) -> Starlette:
    """What answers Telegram's calls at `path`: only what was stored is confirmed."""

    async def receive(request: Request) -> Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        try:
            async with asyncio.timeout(intake.body_time):
                body = await _bounded(request)
        except (TimeoutError, ClientDisconnect):
            return PlainTextResponse("too slow", 408)
        if body is None:
            return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
            int(update["update_id"])
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            return PlainTextResponse("not an update", 400)
        try:
            await intake.store([update])
        except Exception as error:
            log.error("an update cannot be stored", extra={"error": type(error).__name__})
            return PlainTextResponse("not stored", 503)
        crashpoint("intake_before_confirm")
        return PlainTextResponse("ok")

    return Starlette(routes=[Route(path, receive, methods=["POST"])])


async def _bounded(request: Request) -> bytes | None:
    """The body, or None when it is (or says that it is) too large."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > MAX_BODY:
        return None
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            return None
    return bytes(body)
