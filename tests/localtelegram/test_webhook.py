"""Updates by webhook: secret, order, retries."""

from __future__ import annotations

import asyncio
import json

import pytest
from telegram import Bot
from telegram.error import BadRequest

from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.support.world import until


class Receiver:
    """A webhook that answers as told and keeps what it got."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, int]] = []
        self.url = ""
        self.arrived = asyncio.Event()
        self._writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> Receiver:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        for writer in self._writers:
            writer.close()
        await self.server.wait_closed()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                body = json.loads(await reader.readexactly(int(headers["Content-Length"])))
                self.got.append((headers.get("X-Telegram-Bot-Api-Secret-Token", ""), body["update_id"]))
                self.arrived.set()
                status = self.statuses.pop(0) if self.statuses else 200
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        except asyncio.IncompleteReadError:
            writer.close()

    async def takes(self, count: int) -> list[tuple[str, int]]:
        async with asyncio.timeout(PATIENCE):
            while len(self.got) < count:
                await self.arrived.wait()
                self.arrived.clear()
        return self.got


async def test_a_webhook_gets_secret_order_and_retries(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    tg.settings(speed=100)
    async with Receiver(500, 302) as hook:
        await siti.say("dua")
        await bot.set_webhook(hook.url, secret_token="s3cret", max_connections=1)
        got = await hook.takes(4)
        first = got[0][1]
        assert got == [("s3cret", first)] * 3 + [("s3cret", first + 1)]
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 302"
        assert [delivery["status"] for delivery in tg.deliveries()] == [500, 302, 200, 200]
        await until(lambda: not tg.pending())
        tg.repeat()
        await hook.takes(5)
        await bot.delete_webhook(drop_pending_updates=True)
        assert tg.desk.ask("bot")["drops"] == ["deleteWebhook"]


async def test_a_webhook_that_is_down_is_tried_again_when_the_clock_turns(
    tg: LocalTelegram, bot: Bot, siti: Phone
) -> None:
    tg.settings(speed=0.001)  # but for the clock it would take twenty minutes
    async with Receiver(503) as hook:
        await bot.set_webhook(hook.url)
        await until(tg.deliveries)
        tg.turn(60)
        await hook.takes(2)


async def test_webhook_settings_are_checked(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="https url must be provided"):
        await bot.set_webhook("http://example.org/x")
    with pytest.raises(BadRequest, match=r"(?i)secret token contains unallowed"):
        await bot.set_webhook("https://example.org/x", secret_token="a b")
    with pytest.raises(BadRequest, match="Max_connections"):
        await bot.set_webhook("https://example.org/x", max_connections=101)
