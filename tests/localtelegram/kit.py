"""What the tests of the local Telegram share: a server, a real bot on it, a raw HTTP client."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.request import HTTPXRequest

from bot.demo.turning import PATIENCE
from bot.localtelegram.server import LocalTelegram

SITI = 5_000_000_001
LONG_POLL = 50
"""Seconds, the most that the local Telegram grants."""
FORM = "application/x-www-form-urlencoded"
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Setuju", callback_data="ok:1")]])


def plain_request(**more: Any) -> HTTPXRequest:
    patient = {f"{name}_timeout": PATIENCE for name in ("connect", "read", "write", "pool")}
    return HTTPXRequest(httpx_kwargs={"trust_env": False}, **{**patient, **more})


def bot_at(url: str, token: str) -> Bot:
    return Bot(
        token,
        base_url=f"{url}/bot",
        base_file_url=f"{url}/file/bot",
        request=plain_request(),
        get_updates_request=plain_request(),
    )


def bot_on(tg: LocalTelegram) -> Bot:
    return bot_at(tg.url, tg.token)


async def raw(url: str, head: str, body: bytes = b"", seconds: float = PATIENCE) -> bytes:
    """Write one request to a socket and read until the other side closes."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        lines = f"{head}\r\nHost: {host}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(lines.encode() + body)
        return await asyncio.wait_for(reader.read(), seconds)
    finally:
        writer.close()


async def call(
    tg: LocalTelegram, path: str, body: bytes = b"", kind: str = "application/json", verb: str = "POST"
) -> tuple[int, Any]:
    """One raw request; status and parsed answer."""
    answer = await raw(tg.url, f"{verb} {path} HTTP/1.1\r\nContent-Type: {kind}", body)
    head, _, rest = answer.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(rest)


async def say(tg: LocalTelegram, method: str, **params: Any) -> tuple[int, Any]:
    """One method with JSON parameters, past python-telegram-bot and its own checks."""
    return await call(tg, f"/bot{tg.token}/{method}", json.dumps(params).encode())


async def drain(bot: Bot) -> list[Update]:
    """Fetch and confirm everything that waits."""
    updates = list(await bot.get_updates(allowed_updates=Update.ALL_TYPES))
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates
