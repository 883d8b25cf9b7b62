"""Updates by polling: every kind, offsets, limits, what is dropped and what comes twice."""

from __future__ import annotations

import asyncio
import json

import pytest
from telegram import Bot, Update
from telegram.error import Conflict

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from tests.localtelegram.kit import LONG_POLL, drain
from tests.support.world import until


async def test_every_kind_of_update_is_read(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    budi = tg.phone(42, "Budi", last_name="Santoso", username="budi", language_code="jv")
    await siti.say("lihat https://x.id/a @budi_s /bantuan")
    await siti.voice()
    await siti.video_note()
    await siti.video()
    await siti.document(b"x", name="surat.pdf", mime="application/pdf")
    await siti.sticker()
    album = await siti.album(3, caption="album")
    await siti.pin(-7.9, 112.6, accuracy=120.5)
    live = await siti.pin(-7.9, 112.6, live_period=900)
    await siti.move(live["message_id"], -7.91, 112.61)
    await siti.pin(-7.9, 112.6, title="Masjid", address="Jl. Raya")
    await siti.contact()
    await siti.contact("+628111", first_name="Pak RT", user_id=42)
    said = await siti.say("salah", reply_to=album[0]["message_id"])
    await siti.edit(said["message_id"], "benar /x")
    await siti.forward("dari orang lain")
    await siti.forward(message_id=said["message_id"])
    await siti.delete(said["message_id"])
    await budi.start("x")
    await siti.forge("x")
    group = tg.group("Piket", [siti, budi], admin=True)
    tg.desk.ask("leave", chat=group.id, user=budi.id)
    tg.desk.ask("join", chat=group.id, user=budi.id)
    await group.upgrade()
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    await siti.react(live["message_id"], "👍")
    await siti.block()
    wires = [item.wire for item in tg.state.updates.waiting.values()]
    for wire in wires:
        update = Update.de_json(json.loads(json.dumps(wire)), bot)
        assert update.effective_chat is not None
        assert update.effective_user is not None
        assert not update.api_kwargs
        if update.effective_message:
            assert not update.effective_message.api_kwargs
    kinds = {next(name for name in wire if name != "update_id") for wire in wires}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member", "message_reaction"}
    groups = [wire["message"].get("media_group_id") for wire in wires if "message" in wire]
    assert sorted(groups.count(group) for group in set(groups) - {None}) == [3]
    await drain(bot)


async def test_offsets_and_limits(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    for n in range(5):
        await siti.say(str(n))
    first = (await bot.get_updates(limit=2))[0].update_id
    assert [update.update_id - first for update in await bot.get_updates(limit=2)] == [0, 1]
    assert [u.update_id - first for u in await bot.get_updates(offset=first + 2, limit=1)] == [2]
    assert tg.pending() == 4
    assert [update.update_id - first for update in await bot.get_updates(offset=-2)] == [4, 5]
    assert tg.pending() == 2
    tg.jump(1000)
    await siti.say("lagi")
    assert (await bot.get_updates())[-1].update_id == first + 1006


async def test_allowed_updates_are_remembered(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await bot.get_updates(allowed_updates=["message"])
    await siti.forge("x")
    await bot.get_updates()
    await siti.forge("x")
    await siti.say("halo")
    assert [u.callback_query for u in await drain(bot)] == [None, None]
    await bot.get_updates(allowed_updates=[])
    await siti.forge("x")
    assert (await drain(bot))[0].callback_query


async def test_a_long_poll_waits_and_a_second_poller_ends_it(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    waiting = asyncio.create_task(bot.get_updates(timeout=LONG_POLL))
    await until(lambda: tg.quiet()["polling"] == 1)
    assert not waiting.done()
    second = asyncio.create_task(bot.get_updates(timeout=LONG_POLL))
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await waiting
    await siti.say("halo")
    assert len(await second) == 1
    await bot.get_updates(offset=-1)
    third = asyncio.create_task(bot.get_updates(offset=2**40, timeout=LONG_POLL))
    await until(lambda: tg.quiet()["polling"] == 1)
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="setWebhook"):
        await third
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_old_updates_are_dropped(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await siti.forge("x")
    tg.turn(151)
    assert [update.callback_query for update in await bot.get_updates()] == [None]
    tg.turn(24 * 3600)
    assert await bot.get_updates() == ()
    assert len(tg.quiet()["expired"]) == 2


async def test_an_update_may_come_twice(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    first = (await drain(bot))[0].update_id
    tg.repeat(first)
    assert tg.pending() == 1
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [first]
    assert await bot.get_updates(offset=first + 1) == ()
    tg.mix(seed=1, pdup_update=1.0)
    await siti.say("dua kali")
    assert len({update.update_id for update in await bot.get_updates()}) == 1
    assert len(tg.deliveries(first + 1)) == 2
    await bot.get_updates(offset=first + 2)
    for n in range(5):
        await siti.say(str(n))
    seen: list[int] = []
    while batch := await bot.get_updates(offset=max(seen, default=first + 1) + 1, limit=2):
        seen += [update.update_id for update in batch]
    # A repeated id never runs ahead of an update that has not been seen.
    assert list(dict.fromkeys(seen)) == [first + 2 + n for n in range(5)]
    assert sorted(seen) == sorted(2 * [first + 2 + n for n in range(5)])
