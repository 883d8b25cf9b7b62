"""The local Telegram refuses by Telegram's published limits once it is told to."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from bot.localtelegram import limits
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, say


async def sent(tg: LocalTelegram, chat: int, count: int) -> list[int]:
    """The status of so many messages, one right after the other."""
    return [(await say(tg, "sendMessage", chat_id=chat, text=str(n)))[0] for n in range(count)]


@pytest.fixture
def strict(tg: LocalTelegram) -> LocalTelegram:
    tg.turn(freeze=True)
    assert tg.settings(limits=True)["limits"]
    return tg


async def test_nobody_is_refused_unless_asked(tg: LocalTelegram, siti: Phone) -> None:
    tg.turn(freeze=True)
    assert await sent(tg, SITI, 40) == [200] * 40


async def test_a_person_takes_a_few_at_once_and_then_one_a_second(strict: LocalTelegram, bot: Bot, siti: Phone) -> None:
    assert await sent(strict, SITI, limits.BURST + 1) == [200] * limits.BURST + [429]
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(SITI, "x")
    assert raised.value.retry_after == timedelta(seconds=1)
    ani = strict.phone(SITI + 1, "Ani")
    await ani.start()
    assert await sent(strict, ani.id, 1) == [200], "it is this chat that waits"
    assert (await say(strict, "getMe"))[0] == (await say(strict, "sendChatAction", chat_id=SITI, action="typing"))[0]
    strict.turn(1)
    assert await sent(strict, SITI, 2) == [200, 429]
    strict.turn(60)
    assert await sent(strict, SITI, limits.BURST + 1) == [200] * limits.BURST + [429]
    assert len(siti.from_bot()) == 2 * limits.BURST + 1


async def test_an_edit_counts_as_what_is_new(strict: LocalTelegram, bot: Bot, siti: Phone) -> None:
    message = await bot.send_message(SITI, "0")
    for n in range(1, limits.BURST):
        await message.edit_text(str(n))
    with pytest.raises(RetryAfter):
        await message.edit_text("x")


async def test_a_group_takes_twenty_a_minute(strict: LocalTelegram, siti: Phone) -> None:
    group = strict.group("Piket", [siti])
    codes = []
    for _ in range(limits.GROUP + 1):
        codes += await sent(strict, group.id, 1)
        strict.turn(1)
    assert codes == [200] * limits.GROUP + [429]
    _, refusal = await say(strict, "sendMessage", chat_id=group.id, text="x")
    assert refusal["parameters"] == {"retry_after": 60 - limits.GROUP - 1}
    strict.turn(refusal["parameters"]["retry_after"])
    assert await sent(strict, group.id, 2) == [200, 429]


async def test_no_more_than_thirty_leave_in_a_second(strict: LocalTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [strict.phone(SITI + n, f"Warga {n}") for n in range(limits.OVERALL + 5)]
    for phone in people:
        await phone.start()
    real = 1000.0
    monkeypatch.setattr(limits, "time", SimpleNamespace(monotonic=lambda: real))
    codes = [(await sent(strict, phone.id, 1))[0] for phone in people]
    assert codes == [200] * limits.OVERALL + [429] * 5
    real += 1.001
    assert await sent(strict, people[-1].id, 1) == [200]
