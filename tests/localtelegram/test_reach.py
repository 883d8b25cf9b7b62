"""Who can be reached: chats that were never started, blocks, groups that change."""

from __future__ import annotations

import pytest
from telegram import Bot, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import SITI, YES, drain


async def test_private_chats_must_have_been_started(tg: LocalTelegram, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(SITI, "x")
    siti = tg.phone(SITI)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(SITI, "x")
    await siti.start("desa-1")
    message = (await drain(bot))[0].message
    assert message is not None
    assert message.text == "/start desa-1"
    assert message.entities[0].type == MessageEntity.BOT_COMMAND
    await bot.send_message(SITI, "x")
    await siti.deactivate()
    with pytest.raises(Forbidden, match="deactivated"):
        await bot.send_message(SITI, "x")


async def test_blocking_is_told_and_refuses(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.block()
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(SITI, "x")
    await siti.unblock()
    await bot.send_message(SITI, "x")
    changes = [update.my_chat_member for update in await drain(bot)]
    assert [c.new_chat_member.status for c in changes if c] == ["kicked", "member"]


async def test_groups_add_remove_and_upgrade(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    group = tg.group("Piket", [siti], bot=False)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(group.id, "x")
    await group.add_bot()
    await bot.send_message(group.id, "Halo")
    await group.remove_bot()
    with pytest.raises(Forbidden, match="kicked from the group chat"):
        await bot.send_message(group.id, "x")
    await group.add_bot()
    old = group.id
    new = await group.upgrade()
    with pytest.raises(ChatMigrated) as raised:
        await bot.send_message(old, "x")
    assert raised.value.new_chat_id == new
    assert str(new).startswith("-100")
    assert (await bot.send_message(new, "y")).message_id == 2
    messages = [update.message for update in await drain(bot) if update.message]
    assert [m.migrate_to_chat_id for m in messages if m.migrate_to_chat_id] == [new]
    assert [m.migrate_from_chat_id for m in messages if m.migrate_from_chat_id] == [old]


async def test_a_group_shows_the_bot_commands_and_replies_only(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    group = tg.group("Piket", [siti])
    await drain(bot)
    await group.say(siti, "ngobrol")
    await group.say(siti, "/id")
    await group.say(siti, "/id@other_bot")
    asked = await bot.send_message(group.id, "Apa?", reply_markup=YES)
    await group.say(siti, "ini", reply_to=asked.message_id)
    await group.press(siti, "Setuju")
    updates = await drain(bot)
    assert [u.message.text for u in updates if u.message] == ["/id", "ini"]
    assert updates[-1].callback_query is not None
    assert (await bot.get_chat_member(group.id, SITI)).status == "creator"
    await group.add_bot(admin=True)
    await group.say(siti, "ngobrol")
    last = (await drain(bot))[-1].message
    assert last is not None
    assert last.text == "ngobrol"
