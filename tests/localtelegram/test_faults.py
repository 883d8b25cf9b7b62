"""Faults look real to python-telegram-bot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from telegram import Bot
from telegram.error import Forbidden, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, bot_on, plain_request, raw, say
from tests.support.world import until


async def test_refusing_faults_are_seen_and_pass(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    tg.fault(code=429, description="Too Many Requests: retry after 7", retry_after=7, times=1)
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(SITI, "x")
    assert raised.value.retry_after in (7, timedelta(seconds=7))
    assert (await say(tg, "getMe"))[0] == 200
    tg.fault(code=500, times=1, method="send*")
    await bot.get_me()
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(SITI, "x")
    tg.fault(code=403, description="Forbidden: bot was blocked by the user", chat_id=SITI)
    with pytest.raises(Forbidden):
        await bot.send_message(SITI, "x")
    tg.calm()
    await bot.send_message(SITI, "akhirnya")
    assert [message.text for message in siti.from_bot()] == ["akhirnya"]


@pytest.mark.parametrize("reset", [True, False])
async def test_a_dropped_connection_is_a_network_error(tg: LocalTelegram, bot: Bot, siti: Phone, reset: bool) -> None:
    tg.fault("drop", method="sendMessage", times=1, reset=reset)
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "hilang")
    tg.fault("perform_drop", method="sendMessage", times=1, reset=reset)
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "sampai")
    assert [message.text for message in siti.from_bot()] == ["sampai"]
    assert [(one["fault"], one["performed"]) for one in tg.calls("sendMessage")] == [
        ("drop", False),
        ("perform_drop", True),
    ]


async def test_the_socket_really_closes_without_an_answer(tg: LocalTelegram) -> None:
    tg.fault("drop", times=1)
    assert await raw(tg.url, f"GET /bot{tg.token}/getMe HTTP/1.1") == b""
    tg.fault("drop", times=1, reset=True)
    with pytest.raises(ConnectionResetError):
        await raw(tg.url, f"GET /bot{tg.token}/getMe HTTP/1.1")


async def test_slow_faults(tg: LocalTelegram, siti: Phone) -> None:
    async with Bot(tg.token, base_url=f"{tg.url}/bot", request=plain_request()) as bot:
        tg.fault("hang", method="sendMessage", times=1, seconds=PATIENCE)
        with pytest.raises(TimedOut):
            await bot.send_message(SITI, "hilang", read_timeout=0.15)
        tg.fault("perform_late", method="sendMessage", times=1, seconds=PATIENCE)
        with pytest.raises(TimedOut):
            await bot.send_message(SITI, "sampai", read_timeout=0.15)
        await until(siti.from_bot)
        tg.fault("perform_late", method="sendMessage", times=1, seconds=0.02)
        await bot.send_message(SITI, "terlambat")
        tg.fault("hang", method="sendMessage", times=1, seconds=0.02)
        with pytest.raises(NetworkError):
            await bot.send_message(SITI, "hilang")
    assert [message.text for message in siti.from_bot()] == ["sampai", "terlambat"]


@pytest.mark.parametrize(("kind", "arrives"), [("html502", False), ("perform_error", True)])
async def test_broken_answers(tg: LocalTelegram, bot: Bot, siti: Phone, kind: str, arrives: bool) -> None:
    tg.fault(kind, method="sendMessage", times=1, code=502, description="Bad Gateway")
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "x")
    assert bool(siti.from_bot()) is arrives


async def test_a_mix_is_repeatable() -> None:
    async def outcomes() -> list[str]:
        async with LocalTelegram(seed=1) as tg, bot_on(tg) as bot:
            await tg.phone(SITI).start()
            tg.mix(seed=6, p429=0.2, p5xx=0.1, preset=0.1, pperform_reset=0.1, method="send*")
            for n in range(40):
                try:
                    await bot.send_message(SITI, str(n))
                except TelegramError:
                    continue
            return [one["fault"] for one in tg.calls("sendMessage")]

    first = await outcomes()
    assert first == await outcomes()
    assert {"", "error", "drop", "perform_drop"} <= set(first)
