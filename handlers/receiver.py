"""The webhook's server: it listens where the settings say, and leaves the signals to whoever runs the bot."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from bot.config import ConfigError, Webhook
from handlers.intake import Intake
from handlers.patience import Patience

LAST_CALLS = 1.0
"""Seconds that calls at hand are given when the bot stops."""


class _Server(uvicorn.Server):
    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


def receive(intake: Intake, hook: Webhook) -> "Receiver":
    """Listen where the settings say; ConfigError when that address cannot be had."""
    receiver = Receiver(intake.webhook(urlsplit(hook.url).path or "/", hook.secret.get_secret_value()))
    try:
        receiver.open(hook.listen)
    except OSError as error:
        raise ConfigError(f"[telegram.webhook] listen: {hook.listen}: {error.strerror}") from None
    return receiver


class Receiver:
    """One listening socket with `intake.webhook(…)` behind it."""

    def __init__(self, calls: Starlette) -> None:
        self._calls = calls
        self._server: _Server
        self._socket: socket.socket
        self._serving: asyncio.Task[None]

    def open(self, listen: str) -> None:
        """Listen at "HOST:PORT"; OSError when that address cannot be had."""
        host, _, port = listen.rpartition(":")
        config = uvicorn.Config(
            self._calls,
            host or "127.0.0.1",
            int(port),
            http=Patience,
            log_config=None,
            limit_concurrency=100,
            timeout_keep_alive=30,
            lifespan="off",
            access_log=False,
        )
        self._socket = socket.create_server((config.host, config.port))
        self._server = _Server(config)
        self._serving = asyncio.create_task(self._server.serve([self._socket]))

    async def close(self) -> None:
        """Take no more calls, and let those at hand end."""
        self._server.should_exit = True
        await asyncio.wait([self._serving], timeout=LAST_CALLS)
        self._socket.close()
