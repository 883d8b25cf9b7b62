"""The local Telegram in another process: deeds and views over its control interface, and what changed where."""

import asyncio
from typing import Any

import aiohttp

from bot.localtelegram.refused import NoSuchThing

LONGEST = 20
"""Seconds of one long poll for events."""
OWN = ("press", "action")
"""Events that the person caused, or that show them nothing to act on."""


class RemoteTelegram:
    """One local Telegram in another process, asked without blocking this event loop."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=100), timeout=aiohttp.ClientTimeout(total=90), trust_env=False
        )
        self._follower: asyncio.Task[None] | None = None
        self._chats: dict[int, asyncio.Event] = {}

    async def __aenter__(self) -> "RemoteTelegram":
        self._follower = asyncio.create_task(self._follow())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._follower is not None:
            self._follower.cancel()
            await asyncio.gather(self._follower, return_exceptions=True)
        await self._session.close()

    async def ask(self, name: str, /, **args: Any) -> Any:
        """One deed or view; raises NoSuchThing for what people cannot do."""
        async with self._session.post(f"{self.url}/control/do/{name}", json=args) as answer:
            body = await answer.json()
            if answer.status == 404:
                raise NoSuchThing(body["error"])
            if answer.status != 200:
                raise ValueError(f"{name}: {body}")
            return body

    def changed(self, chat: int) -> asyncio.Event:
        """Set whenever something changed in this chat; whoever waits clears it before they look."""
        return self._chats.setdefault(chat, asyncio.Event())

    async def _follow(self) -> None:
        after = 0
        while True:
            params = {"after": str(after), "timeout": str(LONGEST)}
            async with self._session.get(f"{self.url}/control/events", params=params) as answer:
                body = await answer.json()
            for event in body["events"]:
                after = max(after, int(event["n"]))
                chat = event.get("chat_id")
                if chat in self._chats and event["kind"] not in OWN:
                    self._chats[chat].set()
