"""Which keyboards are allowed, how a phone shows them, and what presses do."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    Bot,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)
from telegram.error import BadRequest

from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import NoSuchThing
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, YES, drain, say

BAD_MARKUPS: list[tuple[Any, str]] = [
    ({"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "a"}]]}, "Text buttons are unallowed"),
    (
        {"inline_keyboard": [[{"text": "a", "url": "http://x.id", "callback_data": "b"}]]},
        "exactly one action",
    ),
    ({"inline_keyboard": [[{"text": " ", "callback_data": "b"}]]}, "must be non-empty"),
    ({"inline_keyboard": [[{"text": "a", "url": "tel:112"}]]}, "Unsupported URL protocol"),
    ({"inline_keyboard": [[{"text": "a", "url": "ack:1"}]]}, "is invalid"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b", "style": "pink"}]]}, "style"),
    ({"inline_keyboard": [[{"text": "a", "copy_text": {"text": ""}}]]}, "BUTTON_COPY_TEXT_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]}, "too long"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}, "too long"),
    ({"inline_keyboard": [{"text": "a"}]}, "array of arrays"),
    ({"keyboard": []}, "non-empty"),
    ({"surprise": 1}, "object expected"),
]


@pytest.mark.parametrize(("markup", "words"), BAD_MARKUPS)
async def test_keyboards_are_checked(tg: LocalTelegram, siti: Phone, markup: Any, words: str) -> None:
    status, answer = await say(tg, "sendMessage", chat_id=SITI, text="x", reply_markup=markup)
    assert status == 400
    assert words in answer["description"]
    assert siti.from_bot() == []


async def test_good_keyboards_are_shown(bot: Bot, siti: Phone) -> None:
    rows = [
        [InlineKeyboardButton("Saya tangani", callback_data="x" * 64, style="success")],
        [
            InlineKeyboardButton("Salin", copy_text=CopyTextButton("R-7K2")),
            InlineKeyboardButton("Peta", url="https://t.me/x"),
        ],
    ]
    await bot.send_message(SITI, "x", reply_markup=InlineKeyboardMarkup(rows))
    assert siti.last().labels == ["Saya tangani", "Salin", "Peta"]
    assert siti.last().buttons[0].style == "success"
    assert await siti.press("Salin") == {"copied": "R-7K2"}
    assert await siti.press("Peta") == {"opened": "https://t.me/x"}


async def test_reply_keyboards_send_what_they_say(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    keys = [
        [KeyboardButton("Nomor saya", request_contact=True)],
        [KeyboardButton("Lokasi saya", request_location=True), KeyboardButton("Tidak tahu")],
    ]
    await bot.send_message(SITI, "x", reply_markup=ReplyKeyboardMarkup(keys))
    assert siti.keyboard() == ["Nomor saya", "Lokasi saya", "Tidak tahu"]
    await drain(bot)
    await siti.press("Nomor saya")
    await siti.press("Lokasi")
    await siti.press("Tidak tahu")
    messages = [update.effective_message for update in await drain(bot)]
    contact, place, words = messages
    assert contact is not None
    assert contact.contact is not None
    assert contact.contact.user_id == SITI
    assert place is not None
    assert place.location is not None
    assert words is not None
    assert words.text == "Tidak tahu"
    await bot.send_message(SITI, "x", reply_markup=ReplyKeyboardRemove())
    assert siti.keyboard() == []
    await bot.send_message(SITI, "x", reply_markup=ForceReply())
    with pytest.raises(NoSuchThing):
        await siti.press("Nomor saya")
    group = tg.group("Piket", [siti])
    for key in keys:
        with pytest.raises(BadRequest, match="private chats only"):
            await bot.send_message(group.id, "x", reply_markup=ReplyKeyboardMarkup([key]))


async def test_presses_are_answered_once_and_in_time(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await bot.send_message(SITI, "x", reply_markup=YES)
    first, second, third = [(await siti.press("Setuju"))["query_id"] for _ in range(3)]
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(first, "x" * 201)
    await bot.answer_callback_query(first, "Tercatat", show_alert=True)
    assert (siti.toasts(), siti.alerts()) == (["Tercatat"], ["Tercatat"])
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(first)
    tg.turn(149)
    await bot.answer_callback_query(second)
    assert siti.unanswered() == [third]
    tg.turn(2)
    for query in (third, "12345"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(query)


async def test_a_forged_press_arrives(bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.forge("close:42", message_id=999_999)
    await siti.forge("x")
    forged, other = (update.callback_query for update in await drain(bot))
    assert forged is not None
    assert forged.data == "close:42"
    assert forged.message is not None
    assert not forged.message.is_accessible
    assert other is not None
    assert other.message is not None
    assert other.message.is_accessible
