"""Lanes: the pace of each chat, who goes first, groups that move, edits; what Telegram saw is the measure."""

import asyncio
from collections.abc import Callable
from copy import copy
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from bot.localtelegram.phones import Phone
from bot.texts.message import Message
from notifiers.outcome import Outcome
from notifiers.sender import Sender
from notifiers.telegram.adapter import send
from storage import chats, claims, kinds, outbox, roster, sending
from storage.claims import Claimed, Claims, Order, Pace
from storage.session import Session
from tests.support.references import Spoken, chat_of
from tests.support.wires import SlowWire, Wire, all_sent, own_sender, queue
from tests.support.world import SINGOSARI, World, until
from tests.wire.test_sender import rows, tell

OF_TURNS = 12
"""So many may a transaction of turns claim."""
ANSWERS_FIRST = 2
"""A place of the wheel."""
PACED = {"overall_per_second": 0, "chat_per_second": 1, "group_per_minute": 18}


async def guest(w: World, name: str = "Ani") -> Phone:
    phone = w.person(name)
    await phone.start()
    await w.settle()
    return phone


async def times(w: World, who: Spoken, count: int) -> list[float]:
    """When each of `count` messages, said at once, reached Telegram (seconds after the first), by its clock."""
    after = w.telegram.quiet()["calls"]
    await w.read(lambda s: [w.turn(s).say(chat_of(s, who), Message(f"pesan {n}")) for n in range(count)])
    w.app.sender.wake()
    await w.passes(minutes=3)
    found = [call["at"] for call in w.telegram.calls("sendMessage", after=after, chat=who.id)]
    assert len(found) == count
    return [at - found[0] for at in found]


async def restart(w: World, **settings: object) -> None:
    await w.stop()
    await w.start(**settings)


async def test_a_person_gets_three_at_once_and_then_one_a_second(either: World) -> None:
    ani = await guest(either)
    await restart(either, limits=PACED)
    either.telegram.turn(10)  # the bucket was not kept while there were no limits
    sent = await times(either, ani, 10)
    assert sent[2] < 0.5
    assert all(sent[n] >= n - 2 - 0.05 for n in range(3, 10))
    assert sent[9] < 9


async def test_a_group_never_gets_more_than_nineteen_in_a_minute(either: World) -> None:
    group = either.telegram.group("JSC", [await guest(either)])
    await either.settle()
    await restart(either, limits=PACED)
    sent = await times(either, group, 30)
    assert max(sum(begin <= at < begin + 60 for at in sent) for begin in sent) <= 19
    assert sent[29] < 29 * 60 / 18 + 10


async def test_a_lane_stops_hurrying_once_its_urgent_message_has_gone(both: World) -> None:
    w = both
    ani, budi = await guest(w, "Ani"), await guest(w, "Budi")
    await w.app.sender.stop()

    def queue(session: Session) -> None:
        for kind in (kinds.ANSWER, kinds.SUMMARY):
            w.turn(session).say(chat_of(session, ani), Message("a"), kind)
        w.turn(session).say(chat_of(session, budi), Message("b"), kinds.CARD)

    def send_one(session: Session) -> tuple[int | None, int]:
        (row,) = claims.claim(session, w.now, Order(1, Pace(0), [outbox.TELEGRAM], place=ANSWERS_FIRST)).rows
        assert sending.record(session, row, sending.Became("sent", 1, w.now))
        return row.address, row.priority

    await w.read(queue)
    order = [await w.read(send_one) for _ in range(3)]
    assert order == [(ani.id, kinds.PRESS), (budi.id, kinds.PING), (ani.id, kinds.LIST)]


async def test_a_move_that_only_the_error_tells_of_is_sent_once(both: World) -> None:
    w = both
    group = w.telegram.group("JSC", [await guest(w)], admin=True)
    await w.settle()
    old, before = group.id, copy(group)
    w.app.pump.stop()  # the service message stays unread
    new = await group.upgrade()
    after = w.telegram.quiet()["calls"]
    await tell(w, before, "satu")
    await tell(w, before, "dua")
    await until(lambda: group.find("dua"))
    calls = w.telegram.calls("sendMessage", after=after)
    assert [(call["params"]["chat_id"], call["performed"]) for call in calls] == [
        (str(old), False),
        (str(new), True),
        (str(new), True),
    ]
    assert [(row.attempts, row.unknowns) for row in await rows(w, to=group)] == [(1, 0), (1, 0)]


async def test_a_move_told_while_a_message_is_on_its_way_counts_it_as_unknown(w: World) -> None:
    group = w.telegram.group("JSC", [await guest(w)], admin=True)
    await w.settle()
    old = await w.read(lambda s: chat_of(s, group))
    w.app.pump.stop()
    wire = SlowWire(partial(send, w.app.bot))
    async with own_sender(w, telegram=wire) as sender:
        await tell(w, group, "di jalan")
        await wire.called.wait()
        assert group.find("di jalan"), "it arrived, and its answer is on its way"
        new = await group.upgrade()
        await w.read(lambda s: chats.move(s, old, new, None))
        wire.ends.set()
        await until(lambda: len(wire.seen) == 2 and not sender.in_flight)
    (row,) = await rows(w, to=group)
    assert row.state == "sent"
    performed = [call for call in w.telegram.calls("sendMessage") if call["params"].get("text") == "di jalan"]
    assert row.unknowns == 1
    assert len([call for call in performed if call["performed"]]) <= 1 + row.unknowns


async def test_a_lost_group_is_told_to_the_admins(w: World) -> None:
    admin = await w.worker("admin", "35")
    group = w.telegram.group("JSC", [admin])
    await w.settle()
    w.app.pump.stop()
    await group.remove_bot()
    await tell(w, group, "halo", kind=kinds.CARD)
    await until(lambda: any("Grup JSC" in m.text for m in admin.from_bot()))
    (row,) = await rows(w, to=group)
    assert row.state == "dead"


async def test_an_edit_that_changes_nothing_was_sent(both: World) -> None:
    w = both
    ani = await guest(w)
    uid = await tell(w, ani, "halo")
    await w.settle()
    await w.read(lambda s: w.turn(s).edit(chat_of(s, ani), uid, Message("halo")))
    await w.settle()
    assert [row.state for row in await rows(w, kind="edit")] == ["sent"]


async def test_an_edit_of_what_is_gone_holds_nothing_up(w: World) -> None:
    ani = await guest(w)
    uid = await tell(w, ani, "halo")
    never = await tell(w, ani, "nanti", rings_at=w.now + timedelta(hours=1))
    await w.settle()
    await ani.delete(ani.last().message_id)

    def edits(session: Session) -> None:
        for gone in (uid, never):
            w.turn(session).edit(chat_of(session, ani), gone, Message("baru"))

    await w.read(edits)
    await tell(w, ani, "sesudah")
    await w.settle()
    assert [row.state for row in await rows(w, kind="edit")] == ["dead", "cancelled"]
    assert ani.last().text == "sesudah"


async def test_a_clock_that_was_turned_back_holds_no_lane(both: World) -> None:
    """A lease longer than a lease can be was made by a clock that was ahead."""
    w = both
    ani = await guest(w)
    await w.app.sender.stop()
    await tell(w, ani, "halo")

    def claim(session: Session, now: datetime) -> int:
        for lane in sending.lost(session, now):
            sending.abandon(session, lane)
        return len(claims.claim(session, now, Order(1, Pace(0), [outbox.TELEGRAM])).rows)

    ahead = w.now + timedelta(hours=1)
    assert await w.read(lambda s: claim(s, ahead)) == 1
    assert await w.read(lambda s: claim(s, ahead)) == 0
    assert await w.read(lambda s: claim(s, w.now)) == 1
    (row,) = await rows(w, to=ani, state="sending")
    assert (row.unknowns, row.fence) == (1, 2)


@pytest.mark.parametrize("kind", ["error", "hang"])
async def test_no_message_waits_for_a_menu(both: World, kind: str) -> None:
    """O6: a menu that failed stood at the head of the worker's lane and held the welcome for 20 s."""
    both.telegram.fault(kind, method="setMyCommands", seconds=0.5)
    token, _ = await both.read(lambda s: roster.invite(s, "tksk", SINGOSARI, both.now))
    budi = both.person("Budi")
    await budi.start(f"i_{token}")
    await until(lambda: budi.find("Selamat bergabung"))
    both.telegram.calm()
    await both.passes(minutes=2)
    menus = [call["performed"] for call in both.telegram.calls("setMyCommands") if "scope" in call["params"]]
    assert menus[-1], "it leaves once it can"


async def claimed(w: World, sender: Sender) -> tuple[Order, Claims]:
    """A claim the sender has not heard of yet when the machine falls asleep, past its lease."""
    order = sender.order(most=OF_TURNS)
    assert order is not None
    found = await w.read(partial(sender.claim, order=order))
    w.telegram.turn(61)
    return order, found


@pytest.mark.parametrize("newest_first", [False, True])
async def test_a_message_claimed_twice_by_one_sender_leaves_once_and_the_next_one_goes(
    both: World, newest_first: bool
) -> None:
    wire = Wire(all_sent)
    async with own_sender(both, telegram=wire) as sender:
        await until(lambda: not sender._hungry and not sender.busy)
        await queue(both, "answer", "answer")
        heard = [await claimed(both, sender) for _ in range(2)]
        assert [row.fence for _, found in heard for row in found.rows] == [1, 2]
        for order, found in reversed(heard) if newest_first else heard:
            sender.take(order, found)
        await until(lambda: len(wire.seen) == 2 and not sender.busy)
        assert [row.state for row in await rows(both, dest=77)] == ["sent", "sent"]


async def test_a_ping_that_was_claimed_in_between_leaves_too(both: World) -> None:
    """The second claim of the lane finds something more urgent: both arrive, and the sender goes on."""
    wire, late = Wire(all_sent), asyncio.Event()

    async def later(row: Claimed) -> Outcome:
        if row.kind == "digest":
            await late.wait()
        return await wire(row)

    async with own_sender(both, telegram=later) as sender:
        await until(lambda: not sender._hungry and not sender.busy)
        await queue(both, "answer")
        heard = [await claimed(both, sender)]
        await queue(both, "digest")
        heard.append(await claimed(both, sender))
        assert [row.kind for _, found in heard for row in found.rows] == ["answer", "digest"]
        for order, found in heard:
            sender.take(order, found)
        await until(lambda: wire.seen and not sender._over and len(sender._tasks) == 1)
        late.set()
        await until(lambda: len(wire.seen) == 3 and not sender.busy)
        assert [row.state for row in await rows(both, dest=77)] == ["sent", "sent"]


async def test_a_message_claimed_again_while_it_is_written_down_is_written_down(
    both: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its lease was over, or the clock set back, in the very transaction: it stood as "sending" with no sender."""
    wire, again = Wire(all_sent), list[Claims]()
    async with own_sender(both, telegram=wire) as sender:
        await until(lambda: not sender._hungry and not sender.busy)
        await queue(both, "answer", "answer")
        first, order, run = await claimed(both, sender), sender.order(most=OF_TURNS), sender._db.run
        assert order is not None, "of a turn that is slower than the first message"

        async def slowly(work: Callable[[Session], Any], name: str = "work") -> Any:
            if name == "record" and not again:
                again.append(await both.read(partial(sender.claim, order=order)))
                sender.take(order, again[0])
            return await run(work, name)

        monkeypatch.setattr(sender._db, "run", slowly)
        sender.take(*first)
        await until(lambda: len(wire.seen) == 2 and not sender.busy)
        assert [row.fence for row in again[0].rows] == [2]
        assert [row.state for row in await rows(both, dest=77)] == ["sent", "sent"]
