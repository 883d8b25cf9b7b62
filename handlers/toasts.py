"""Answers to presses: said at once, beside everything else, and no promise hangs on them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from telegram.error import TelegramError

from handlers.turn import TOAST, Toast


class Toasts:
    """The answers that are on their way."""

    def __init__(
        self,
        call: Callable[[str, dict[str, Any]], Awaitable[object]],
        begin: Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]],
    ) -> None:
        self._call, self._begin = call, begin
        self._at_hand: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether one is on its way."""
        return bool(self._at_hand)

    async def answer(self, toast: Toast) -> None:
        """Send one; returns before it has arrived."""
        task = self._begin(self._send(toast))
        self._at_hand.add(task)
        task.add_done_callback(self._at_hand.discard)

    async def _send(self, toast: Toast) -> None:
        with suppress(TelegramError):
            await self._call("answerCallbackQuery", {"callback_query_id": toast.query_id, "text": toast.text[:TOAST]})
