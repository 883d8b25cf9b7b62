"""The transport under python-telegram-bot: aiohttp, and for every failure whether the request left.

The choice is measured (docs/decisions/0003-transport.md). `NotSent` means Telegram cannot have seen the
request; `InDoubt` means it may have; they are the `__cause__` of the library's own errors.
"""

import json
import logging
from time import monotonic
from typing import Any
from urllib.parse import urlencode

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECT, READ, POOL = 5.0, 15.0, 5.0
"""Seconds; together below the lease of an outbox row."""


log = logging.getLogger("tersapa.telegram")

SAID_EVERY = 60.0
"""Seconds between two lines of the log about a server that is none."""


class NotSent(Exception):
    """The request surely did not reach the server."""


class InDoubt(Exception):
    """The request may have reached the server; its outcome is unknown."""


class NoBotApi(NetworkError):
    """What answers is no Bot API server; the text says what it answered and what to check."""

    def __init__(self, why: str) -> None:
        super().__init__(f"what answers at [telegram] api_url is no Bot API server ({why}). Check api_url.")


class Transport(BaseRequest):
    """One pool of connections to one Bot API server."""

    def __init__(
        self,
        connections: int = 32,
        *,
        trust_env: bool = False,
        connect: float = CONNECT,
        read: float = READ,
        pool: float = POOL,
    ) -> None:
        self._connections = connections
        self._connect, self._read, self._pool = connect, read, pool
        self._trust_env = trust_env
        self._session: aiohttp.ClientSession | None = None
        self._said = -SAID_EVERY

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer when a call does not say otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=45)
            self._session = aiohttp.ClientSession(connector=connector, trust_env=self._trust_env)

    async def shutdown(self) -> None:
        """Close it."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """One call; NetworkError or TimedOut with NotSent or InDoubt as cause."""
        if self._session is None:
            raise NetworkError("transport is not initialized") from NotSent()
        read = self._read if read_timeout is BaseRequest.DEFAULT_NONE or read_timeout is None else float(read_timeout)
        timeout = aiohttp.ClientTimeout(
            total=self._connect + read,
            connect=self._connect + self._pool,
            sock_connect=self._connect,
            sock_read=read,
        )
        body: str | None = None
        headers = {}
        if request_data is not None and request_data.parameters:
            body = urlencode(request_data.json_parameters)
            headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as response:
                status, answer = response.status, await response.read()
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError) as error:
            raise NetworkError("no connection") from NotSent(type(error).__name__)
        except aiohttp.InvalidURL as error:
            raise NetworkError("bad address") from NotSent(type(error).__name__)
        except TimeoutError as error:
            raise TimedOut("no answer in time") from InDoubt(type(error).__name__)
        except aiohttp.ClientError as error:
            raise NetworkError("connection broke") from InDoubt(type(error).__name__)
        if method != "POST":  # a file, not an answer
            return status, answer
        try:
            return understood(status, answer)
        except NoBotApi as error:
            if monotonic() - self._said >= SAID_EVERY:
                log.error(error.message)
                self._said = monotonic()
            raise


def understood(status: int, answer: bytes) -> tuple[int, bytes]:
    """Status and body as a Bot API server means them; NoBotApi when it cannot be one. A proxy may be ill (429, 5xx)."""
    if status == 429 or status >= 500 or (status < 300 and b'"result"' in answer):
        return status, answer
    if 300 <= status < 400:
        raise NoBotApi(f"it answers {status} and sends the bot elsewhere") from InDoubt(str(status))
    try:
        body = json.loads(answer)
    except ValueError:
        raise NoBotApi(f"it answers {status} and no JSON") from InDoubt(str(status))
    if not isinstance(body, dict) or body.get("ok") is not False:
        raise NoBotApi(f"it answers {status} and JSON without a result") from InDoubt(str(status))
    code = body.get("error_code")
    return code if status < 300 and isinstance(code, int) else max(status, 400), answer
