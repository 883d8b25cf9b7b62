"""The webhook's patience: a connection that does not finish its request head in time is hung up on (slow loris).

The server under the receiver limits the pause between requests, but not how slowly a head may trickle in; a
hundred such connections would keep Telegram out.
"""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEAD_TIME = 10.0
"""Seconds for one request head."""


class Patience(H11Protocol):
    """One connection to the webhook receiver."""

    head_time = HEAD_TIME

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """The time of the first head begins with the connection."""
        super().connection_made(transport)
        self._head: asyncio.TimerHandle | None = None
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody waits any more."""
        self._rest()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """The time of a later head begins with its first byte."""
        super().data_received(data)
        self._watch()

    def _watch(self) -> None:
        if self.conn.their_state is not h11.IDLE:
            self._rest()
        elif self._head is None:
            self._head = self.loop.call_later(self.head_time, self._give_up)

    def _rest(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None

    def _give_up(self) -> None:
        self._head = None
        if self.conn.their_state is h11.IDLE:
            self.transport.close()
