"""The webhook receiver: secret first, a bounded body in bounded time, stored before it is confirmed."""

import asyncio
import socket
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from bot.demo.turning import PATIENCE
from handlers.patience import Patience
from storage.tables import Received
from tests.support.world import World, until, world
from tests.wire.test_poll import Disk

SECRET = "a-secret-of-thirty-characters-x"
HEADER = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
MIB = 1024 * 1024


class Hook:
    """A world in webhook mode, and a stranger who can reach its port."""

    def __init__(self, w: World, port: int) -> None:
        self.w, self.port = w, port
        self.url = f"http://127.0.0.1:{port}/telegram"

    async def post(self, body: bytes, **headers: str) -> int:
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
            return (await client.post(self.url, content=body, headers={**HEADER, **headers})).status_code

    async def raw(self, *pieces: bytes, pause: float = 0.0) -> bytes:
        """What comes back on a plain connection after these bytes; b"" when it is closed without a word."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(pause)
            async with asyncio.timeout(PATIENCE):
                return await reader.readline()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    def head(self, length: int, secret: str = SECRET) -> bytes:
        lines = ["POST /telegram HTTP/1.1", "Host: x", f"Content-Length: {length}"]
        return "\r\n".join([*lines, f"X-Telegram-Bot-Api-Secret-Token: {secret}", "", ""]).encode()


@pytest.fixture
async def hook(tmp_path: Path) -> AsyncIterator[Hook]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    async with world(tmp_path) as w:
        made = Hook(w, port)
        await w.stop()
        settings = {"url": made.url, "listen": f"127.0.0.1:{port}", "secret": SECRET}
        api = {"token": w.telegram.token, "api_url": w.telegram.url}
        w.telegram.settings(speed=20)
        await w.start(telegram={**api, "mode": "webhook", "webhook": settings})
        siti = w.person("Nol")
        await siti.start()
        await w.settle()  # so the receiver listens
        yield made


async def test_a_wrong_secret_is_refused_without_reading_the_body(hook: Hook) -> None:
    for secret in ("x", "", SECRET[:-1], SECRET + "x", SECRET.upper()):
        assert b"403" in await hook.raw(hook.head(50 * MIB, secret)), secret


async def test_a_body_over_a_mebibyte_is_refused(hook: Hook) -> None:
    assert b"413" in await hook.raw(hook.head(MIB + 1)), "by what it says"
    chunks = hook.head(0).replace(b"Content-Length: 0", b"Transfer-Encoding: chunked")
    assert b"413" in await hook.raw(chunks, *[b"40000\r\n" + b"x" * 0x40000 + b"\r\n"] * 5), "by what it is"


async def test_a_slow_body_and_a_slow_head_are_hung_up_on(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    hook.w.app.intake.body_time = 0.2
    assert b"408" in await hook.raw(hook.head(100), b'{"up')
    monkeypatch.setattr(Patience, "head_time", 0.2)
    assert await hook.raw() == b"", "a connection that says nothing"
    assert await hook.raw(*[bytes([byte]) for byte in hook.head(2)[:40]], pause=0.01) == b"", "a head that trickles"
    monkeypatch.setattr(Patience, "head_time", PATIENCE)  # a busy machine is slow too, and no attack
    hook.w.app.intake.body_time = PATIENCE
    assert b"400" in await hook.raw(hook.head(2), b"{}"), "others are served"


GARBAGE = (b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"update_id": "x"}', b'{"update_id": 1e400}', b"[" * 100_000)


async def test_garbage_is_a_400(hook: Hook) -> None:
    assert [await hook.post(body) for body in GARBAGE] == [400] * len(GARBAGE)


async def test_an_id_that_no_database_can_keep_is_confirmed(hook: Hook) -> None:
    """S7: 503 would bring it for ever."""
    for number in (2**63, 10**30):
        assert await hook.post(b'{"update_id": %d}' % number) == 200
    assert await hook.w.read(lambda s: s.exec(select(Received.update_id)).all())


async def test_what_cannot_be_stored_is_not_confirmed_and_comes_again(hook: Hook) -> None:
    w = hook.w
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    disk = Disk(w.app.db)
    disk.full = True
    before = len(w.telegram.deliveries())
    await siti.say("é" * 3000)
    await until(lambda: len(w.telegram.deliveries()) >= before + 2)
    assert {delivery["status"] for delivery in w.telegram.deliveries()[before:]} == {503}
    assert w.telegram.pending() == 1
    disk.full = False
    shown = len(siti.from_bot())
    await w.settle()
    assert w.telegram.deliveries()[-1]["status"] == 200
    assert len(siti.from_bot()) == shown + 1


async def test_an_update_that_is_posted_again_is_one_turn(hook: Hook) -> None:
    w = hook.w
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    shown = len(siti.screen())
    update = (await w.read(lambda s: s.exec(select(Received.update_id)).all()))[-1]
    for _ in range(3):
        w.telegram.repeat(update)
    await until(lambda: len(w.telegram.deliveries(update)) == 4)
    await w.settle()
    assert len(siti.screen()) == shown


async def test_telegram_is_asked_for_one_connection_and_drops_nothing(hook: Hook) -> None:
    (call,) = hook.w.telegram.calls("setWebhook")
    assert call["params"]["max_connections"] == "1"
    assert call["params"]["drop_pending_updates"] == "false"
    assert "callback_query" in call["params"]["allowed_updates"]
