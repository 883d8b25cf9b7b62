"""The webhook's server: it listens where the settings say, and leaves the signals to whoever runs the bot.

A bot that polls reads neither the server nor what answers in it: `handlers.calls` is read when one listens.
"""

import asyncio
import socket
from typing import Any
from urllib.parse import urlsplit

from bot.config import ConfigError, Webhook
from handlers.intake import Intake

LAST_CALLS = 1.0
"""Seconds that calls at hand are given when the bot stops."""


def receive(intake: Intake, hook: Webhook) -> "Receiver":
    """Listen where the settings say; ConfigError when that address cannot be had."""
    receiver = Receiver(intake, urlsplit(hook.url).path or "/", hook.secret.get_secret_value())
    try:
        receiver.open(hook.listen)
    except OSError as error:
        raise ConfigError(f"[telegram.webhook] listen: {hook.listen}: {error.strerror}") from None
    return receiver


class Receiver:
    """One listening socket, and behind it what answers Telegram's calls at `path`."""

    def __init__(self, intake: Intake, path: str, secret: str) -> None:
        self._intake, self._path, self._secret = intake, path, secret
        self._server: Any
        self._socket: socket.socket
        self._serving: asyncio.Task[None]

    def open(self, listen: str) -> None:
        """Listen at "HOST:PORT"; OSError when that address cannot be had."""
        from handlers import calls

        host, _, port = listen.rpartition(":")
        self._server = calls.server(calls.answering(self._intake, self._path, self._secret), host, int(port))
        self._socket = socket.create_server((self._server.config.host, self._server.config.port))
        self._serving = asyncio.create_task(self._server.serve([self._socket]))

    async def close(self) -> None:
        """Take no more calls, and let those at hand end."""
        self._server.should_exit = True
        await asyncio.wait([self._serving], timeout=LAST_CALLS)
        self._socket.close()
