"""A local Telegram, a real bot on it, and somebody who has started it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, bot_on


@pytest.fixture(autouse=True)
def _seconds_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def tg() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(seed=7) as server:
        yield server


@pytest.fixture
async def bot(tg: LocalTelegram) -> AsyncIterator[Bot]:
    async with bot_on(tg) as made:
        yield made


@pytest.fixture
async def siti(tg: LocalTelegram) -> Phone:
    phone = tg.phone(SITI, "Siti")
    await phone.start()
    return phone
