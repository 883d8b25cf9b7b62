"""Files in both directions, every kind of sending, and the bot's own profile."""

from __future__ import annotations

import pytest
from telegram import Bot, BotCommand, BotCommandScopeChat, InputMediaPhoto
from telegram.error import BadRequest

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, drain, raw


async def test_files_go_both_ways(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.photo(b"gambar", caption="ini")
    update = (await drain(bot))[0]
    assert update.message is not None
    for size in update.message.photo:
        assert bytes(await (await size.get_file()).download_as_bytearray()) == b"gambar"
    await bot.send_photo(SITI, update.message.photo[-1].file_id)
    await bot.send_media_group(SITI, [InputMediaPhoto(update.message.photo[0].file_id), InputMediaPhoto(b"dua")])
    assert [message.media for message in siti.from_bot()] == ["photo"] * 3
    assert siti.from_bot()[1].group == siti.from_bot()[2].group
    with pytest.raises(BadRequest, match=r"[Ww]rong file identifier"):
        await bot.send_photo(SITI, "AgACnothing")
    with pytest.raises(BadRequest, match="photo as document"):
        await bot.send_document(SITI, update.message.photo[-1].file_id)
    await siti.document(b"x", size=20 * 1024 * 1024 + 1)
    big = (await drain(bot))[0].message
    assert big is not None
    assert big.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await big.document.get_file()
    assert (await raw(tg.url, f"GET /file/bot{tg.token}/photos/none.png HTTP/1.1")).startswith(b"HTTP/1.1 404")


async def test_every_kind_of_sending(bot: Bot, siti: Phone) -> None:
    for send in (bot.send_document, bot.send_voice, bot.send_video, bot.send_video_note, bot.send_audio):
        await send(SITI, b"isi")
    await bot.send_animation(SITI, b"isi")
    await bot.send_location(SITI, -7.9, 112.6, horizontal_accuracy=15)
    await bot.send_venue(SITI, -7.9, 112.6, "Balai desa", "Jl. Raya")
    await bot.send_contact(SITI, "+6281", "Budi")
    await bot.send_chat_action(SITI, "typing")
    kinds = ["document", "voice", "video", "video_note", "audio", "animation", "location", "venue", "contact"]
    assert [message.media for message in siti.from_bot()] == kinds
    copied = await bot.copy_message(SITI, SITI, siti.last().message_id)
    assert siti.last().message_id == copied.message_id
    await bot.forward_message(SITI, SITI, copied.message_id)
    assert (await bot.get_chat(SITI)).first_name == "Siti"
    with pytest.raises(BadRequest, match="Wrong location"):
        await bot.send_location(SITI, 97.9, 112.6)


async def test_a_moving_picture_comes_twice_named_and_goes_out_as_one_kind_only(bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.animation()
    message = (await drain(bot))[0].message
    assert message is not None and message.animation is not None and message.document is not None
    assert message.animation.file_id == message.document.file_id
    await bot.send_animation(SITI, message.animation.file_id)
    with pytest.raises(BadRequest, match="type animation as document"):
        await bot.send_document(SITI, message.animation.file_id)


async def test_commands_and_names(bot: Bot, siti: Phone) -> None:
    scope = BotCommandScopeChat(SITI)
    await bot.set_my_commands([BotCommand("tugas", "Tugas saya")], scope=scope, language_code="id")
    assert (await bot.get_my_commands(scope=scope, language_code="id"))[0].command == "tugas"
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(scope=scope, language_code="id")
    assert await bot.get_my_commands(scope=scope, language_code="id") == ()
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Tugas!", "x")])
    await bot.set_my_name("Tersapa Jatim")
    await bot.set_my_description("Panjang", language_code="id")
    await bot.set_my_short_description("Pendek")
    assert (await bot.get_my_name()).name == "Tersapa Jatim"
    assert (await bot.get_my_description("id")).description == "Panjang"
    assert (await bot.get_my_short_description("jv")).short_description == "Pendek"
