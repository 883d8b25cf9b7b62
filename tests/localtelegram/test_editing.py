"""What was said is edited, deleted, pinned, reacted to."""

from __future__ import annotations

import pytest
from telegram import Bot, ReplyKeyboardMarkup
from telegram.error import BadRequest

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, YES


async def test_edits(bot: Bot, siti: Phone) -> None:
    sent = await bot.send_message(SITI, "satu", reply_markup=YES)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("<b></b>satu", reply_markup=YES, parse_mode="HTML")
    edited = await sent.edit_text("dua")
    assert isinstance(edited, type(sent))
    assert edited.edit_date is not None
    assert (siti.last().text, siti.last().edited, siti.last().labels) == ("dua", True, [])
    await sent.edit_reply_markup(YES)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_reply_markup(YES)
    with pytest.raises(BadRequest, match="no caption"):
        await bot.edit_message_caption(SITI, sent.message_id, caption="x")
    with pytest.raises(BadRequest, match="to edit not found"):
        await bot.edit_message_text("x", SITI, 999_999)
    own = (await siti.say("saya"))["message_id"]
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("x", SITI, own)
    keyed = await bot.send_message(SITI, "x", reply_markup=ReplyKeyboardMarkup([["a"]]))
    with pytest.raises(BadRequest, match="can't be edited"):
        await keyed.edit_text("y")
    photo = await bot.send_photo(SITI, b"png", caption="lama")
    await photo.edit_caption("<i>baru</i>", parse_mode="HTML")
    assert siti.last().html == "<i>baru</i>"
    with pytest.raises(BadRequest, match="no text in the message"):
        await photo.edit_text("x")


async def test_deleting_pinning_reacting(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    sent = [await bot.send_message(SITI, str(n)) for n in range(4)]
    await sent[0].pin()
    assert siti.from_bot()[0].pinned
    await bot.unpin_chat_message(SITI)
    assert not siti.from_bot()[0].pinned
    await bot.set_message_reaction(SITI, siti.screen()[0].message_id, "👀")
    assert siti.screen()[0].reaction == ["👀"]
    await sent[0].delete()
    await bot.delete_messages(SITI, [sent[1].message_id, 999_999])
    assert [message.text for message in siti.from_bot()] == ["2", "3"]
    for missing in (bot.delete_message, bot.pin_chat_message):
        with pytest.raises(BadRequest, match="not found"):
            await missing(SITI, 999_999)
    tg.turn(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await sent[2].delete()
