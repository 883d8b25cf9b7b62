"""The control of the local Telegram: its clock, its phones, its end."""

from __future__ import annotations

import asyncio
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import NetworkError

from bot.clock import Clock, follow
from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import NoSuchThing
from bot.localtelegram.remote import Control
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import LONG_POLL, SITI, YES, bot_at, drain, raw
from tests.support.stopwatch import Stopwatch
from tests.support.world import until


async def test_the_clock_turns_and_can_be_followed(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, base_url=tg.url) as client:
        frozen = (await client.post("/control/clock", json={"set": "2026-03-01T00:00:00+00:00", "freeze": True})).json()
        assert datetime.fromisoformat(frozen["now"]) == datetime(2026, 3, 1, tzinfo=UTC)
        waiting = asyncio.create_task(client.get(f"/control/clock?after={frozen['version']}&timeout={LONG_POLL}"))
        await until(lambda: tg.clock.pulse._waiters)
        assert not waiting.done()
        await client.post("/control/clock", json={"advance": 90.5})
        seen = (await waiting).json()
        assert seen["now"] == "2026-03-01T00:01:30.500000+00:00"
        assert seen["version"] > frozen["version"]
        sent = await bot.send_message(SITI, "x")
        assert sent.date == datetime(2026, 3, 1, 0, 1, 30, tzinfo=UTC)
        begun = time.time()
        tg.clock.freeze(False)
        went_on = tg.clock.now() - datetime(2026, 3, 1, 0, 1, 30, 500_000, tzinfo=UTC)
        assert timedelta(0) <= went_on <= timedelta(seconds=time.time() - begun + 0.001)


async def test_control_over_http(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, base_url=tg.url) as client:
        version = (await client.get("/control/events")).json()["version"]
        waiting = asyncio.create_task(client.get(f"/control/events?after={version}&timeout={LONG_POLL}"))
        await until(lambda: tg.state.event_pulse._waiters)
        await bot.send_message(SITI, "Halo", reply_markup=YES)
        events = (await waiting).json()["events"]
        assert [(event["kind"], event["chat_id"]) for event in events] == [("message", SITI)]
        screen = (await client.get(f"/control/screen?chat={SITI}")).json()
        assert screen[-1]["text"] == "Halo"
        pressed = await client.post("/control/do/press", json={"user": SITI, "label": "Setuju"})
        assert "query_id" in pressed.json()
        assert (await client.post("/control/do/press", json={"user": SITI, "label": "Tidak"})).status_code == 404
        assert (await client.post("/control/do/nonsense")).status_code == 404
        assert (await client.post("/control/do/say", json={"user": 1, "text": "x"})).status_code == 400
        assert (await client.post("/control/do/say", json=[1])).status_code == 400
        await client.post("/control/faults", json={"rules": [{"code": 500, "times": 1}]})
        with pytest.raises(NetworkError):
            await bot.get_me()
        calls = (await client.get("/control/calls?method=getMe")).json()
        assert calls[-1]["fault"] == "error"
        photo = await bot.send_photo(SITI, b"gambar")
        assert (await client.get(f"/control/file/{photo.photo[-1].file_id}")).content == b"gambar"
        phone = (await client.get(f"/control/phone?user={SITI}")).json()
        assert (phone["bot"], phone["screen"][-1]["media"]) == ("member", "photo")
        for page in ("quiet", "deliveries", "chats", "people", "bot", "settings", "faults"):
            assert (await client.get(f"/control/{page}")).status_code == 200


async def test_a_server_of_its_own_and_its_remote_phones() -> None:
    command = [sys.executable, "-W", "error", "-m", "bot.localtelegram.server", "--port", "0", "--token", "77:abc"]
    process = await asyncio.create_subprocess_exec(
        *command, "--clock-start", "2026-05-01T07:00:00+07:00", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().split()[-1]
    control = Control(url)
    try:
        siti = control.phone(SITI, "Siti")
        await siti.start("x")
        async with bot_at(url, "77:abc") as bot:
            update = (await bot.get_updates())[0]
            assert update.message is not None
            assert update.message.date.date().isoformat() == "2026-05-01"
            await bot.send_message(SITI, "Halo", reply_markup=YES)
            assert "Halo" in siti.last()
            await siti.press("Setuju")
            group = control.group("Piket", [siti])
            assert group.screen() != []
            assert control.pending() > 0
            with pytest.raises(NoSuchThing):
                await siti.press("Tidak ada")
    finally:
        control.close()
        process.terminate()
        assert await process.wait() == 0


async def test_settling_waits_for_the_bot(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    with pytest.raises(TimeoutError):
        await tg.settle(limit=0.1)
    settling = asyncio.create_task(tg.settle(idle=0.02, limit=PATIENCE))
    await drain(bot)
    await settling


async def test_people_can_do_only_what_their_phone_offers(tg: LocalTelegram, bot: Bot) -> None:
    siti = tg.phone(SITI)
    with pytest.raises(NoSuchThing):
        await siti.say("halo")
    await siti.start()
    sent = await bot.send_message(SITI, "x", protect_content=True)
    for attempt in (
        siti.edit(sent.message_id, "y"),
        siti.forward(message_id=sent.message_id),
        siti.delete(999_999),
        siti.say(" "),
        siti.press("Setuju"),
    ):
        with pytest.raises(NoSuchThing):
            await attempt
    await siti.block()
    with pytest.raises(NoSuchThing):
        await siti.say("halo")


async def test_leaving_with_open_polls_is_quick_and_silent(caplog: pytest.LogCaptureFixture) -> None:
    async with LocalTelegram() as tg:
        poll = asyncio.create_task(raw(tg.url, f"GET /bot{tg.token}/getUpdates?timeout={LONG_POLL} HTTP/1.1"))
        follow = asyncio.create_task(raw(tg.url, f"GET /control/events?after=999&timeout={LONG_POLL} HTTP/1.1"))
        tg.fault("hang", method="getMe", seconds=LONG_POLL)
        hang = asyncio.create_task(raw(tg.url, f"GET /bot{tg.token}/getMe HTTP/1.1"))
        await until(lambda: tg.quiet()["polling"] and tg.state.event_pulse._waiters and tg.calls("getMe"))
        watch = Stopwatch()
    assert watch.seconds < 0.5
    await asyncio.gather(poll, follow, hang, return_exceptions=True)
    assert not caplog.records


async def test_a_bot_that_begins_waits_until_it_was_told_the_time(
    tg: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One call that failed, and it worked in the real time: whatever was stored was months old and was forgotten."""
    asked, get = list[str](), httpx.AsyncClient.get

    async def unreliable(self: httpx.AsyncClient, url: str, **more: Any) -> httpx.Response:
        asked.append(url)
        if len(asked) < 3:
            raise httpx.ReadError("lost")
        return await get(self, url, **more)

    monkeypatch.setattr(httpx.AsyncClient, "get", unreliable)
    clock = Clock()
    await follow(clock, f"{tg.url}/control/clock", once=True)
    assert len(asked) == 3 and abs(clock.drift(tg.clock.now())) < timedelta(seconds=5)
