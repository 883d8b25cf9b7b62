"""HTTP for the server: uvicorn's, with a short way for plain Bot API calls and a way to hang up."""

from __future__ import annotations

import asyncio
import http
import logging
from typing import Any
from urllib.parse import unquote

from uvicorn.protocols.http.h11_impl import H11Protocol

Wire = dict[str, Any]

_PLAIN = (b"POST /bot", b"GET /bot")
_LARGEST_HEAD = 16 * 1024
_LARGEST_BODY = 256 * 1024
_PHRASES = {status.value: status.phrase for status in http.HTTPStatus}
_log = logging.getLogger(__name__)


class _NotPlain(Exception):
    """This request has something that only the full parser understands."""


class _Exchange:
    """One plain request and its answer, as an application sees them."""

    def __init__(self, transport: asyncio.Transport, body: bytes) -> None:
        self.transport = transport
        self.gone = asyncio.Event()
        self.answered = False
        self._body: bytes | None = body
        self._head = b""

    async def receive(self) -> Wire:
        if (body := self._body) is not None:
            self._body = None
            return {"type": "http.request", "body": body, "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            lines = [f"HTTP/1.1 {message['status']} {_PHRASES.get(message['status'], '')}".encode()]
            lines += [name + b": " + value for name, value in message["headers"]]
            self._head = b"\r\n".join([*lines, b"", b""])
            return
        # Head and body in one piece save a system call and a packet for every call.
        self.transport.write(self._head + message["body"])
        self.answered = True


class Talk(H11Protocol):
    """One connection; plain calls go the short way until something else comes along."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Remember the transport, so that an application can hang up."""
        super().connection_made(transport)
        self._held = b""
        self._exchange: _Exchange | None = None
        self._full = False
        self._inner: Any = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            scope["tersapa.transport"] = transport
            try:
                await self._inner(scope, receive, send)
            except asyncio.CancelledError:
                # The server is going down; uvicorn would log this as a failure.
                transport.abort()
                self.cycle.disconnected = True

        self.app = app

    def data_received(self, data: bytes) -> None:
        """Take the short way if it is open."""
        if self._full:
            super().data_received(data)
            return
        self._held += data
        if self._exchange is None:
            self._next()

    def _next(self) -> None:
        try:
            self._begin()
        except _NotPlain:
            # The full parser has seen nothing of this connection yet, and keeps it from here on.
            self._full = True
            held, self._held = self._held, b""
            super().data_received(held)

    def _begin(self) -> None:
        held = self._held
        if not held.startswith(_PLAIN):
            if len(held) < 9 and any(plain.startswith(held) for plain in _PLAIN):
                return
            raise _NotPlain
        end = held.find(b"\r\n\r\n")
        if end < 0:
            if len(held) > _LARGEST_HEAD:
                raise _NotPlain
            return
        scope, length = _read_head(held[:end])
        if len(held) < end + 4 + length:
            return
        self._held = held[end + 4 + length :]
        scope["tersapa.transport"] = self.transport
        self._exchange = exchange = _Exchange(self.transport, held[end + 4 : end + 4 + length])
        task = self.loop.create_task(self._inner(scope, exchange.receive, exchange.send))
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        exchange, self._exchange = self._exchange, None
        if task.cancelled():
            self.transport.abort()
        elif (error := task.exception()) is not None:
            _log.error("a call broke the local Telegram", exc_info=error)
            self.transport.abort()
        elif exchange is None or not exchange.answered:
            self.transport.abort()
        elif self._held and not self.transport.is_closing():
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the application that nobody listens any more."""
        if self._exchange is not None:
            self._exchange.gone.set()
        super().connection_lost(exc)


def _read_head(head: bytes) -> tuple[Wire, int]:
    first, *lines = head.split(b"\r\n")
    words = first.split(b" ")
    if len(words) != 3 or words[2] != b"HTTP/1.1" or not head.isascii():
        raise _NotPlain
    headers, length = [], 0
    for line in lines:
        name, colon, value = line.partition(b":")
        name, value = name.lower(), value.strip()
        if not colon or name != name.strip() or name in (b"transfer-encoding", b"expect", b"upgrade"):
            raise _NotPlain
        if name == b"connection" and value.lower() != b"keep-alive":
            raise _NotPlain
        if name == b"content-length":
            length = int(value) if value.isdigit() else _LARGEST_BODY + 1
            if length > _LARGEST_BODY:
                raise _NotPlain
        headers.append((name, value))
    path, _, query = words[1].partition(b"?")
    scope: Wire = {
        "type": "http",
        "method": words[0].decode(),
        "path": unquote(path.decode()),
        "query_string": query,
        "headers": headers,
    }
    return scope, length
