"""Long and strange outages, with an adapter that says what the network did: nothing is used up, nothing lost."""

import math
from collections import Counter
from datetime import timedelta

from bot.texts.message import Message
from notifiers.outcome import Later, Outcome, Sent, Unauthorized, Unknown
from notifiers.recording import PARKED_AFTER
from notifiers.sender import CALL_LIMIT, RECORD_TRIES, Sender
from storage import kinds, outbox
from storage.claims import LEASE, Claimed, Order, Pace, claim
from storage.sending import Became, record
from storage.session import Session
from tests.support.wires import SlowWire, Wire, all_sent, own_sender, queue
from tests.support.world import World, until
from tests.wire.test_sender import rows

PACED = 5.0
"""Seconds for which a claimed row may wait for the pacer."""


async def turn(w: World, sender: Sender, wire: Wire, seconds: float) -> None:
    """Let time pass, and wait until the wire was tried again."""
    before = len(wire.seen)
    w.telegram.turn(seconds)
    sender.wake()
    await until(lambda: len(wire.seen) > before and not sender.in_flight)


def least_tries(wire: Wire) -> int:
    """How often the lane that was tried least of thirty was tried."""
    tries = Counter(row.dest for row in wire.seen if 100 <= row.dest < 130)
    return min(tries.values()) if len(tries) == 30 else 0


async def test_what_does_not_leave_is_never_given_up_in_an_outage(either: World) -> None:
    wire = Wire(lambda _: Later("not sent"))
    await queue(either, "question", "receipt", "card")
    async with own_sender(either, telegram=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        for _ in range(40):
            await turn(either, sender, wire, 16)  # the longest pause is 15 s
        wire.answer = all_sent
        await turn(either, sender, wire, 16)
        await until(lambda: {row.kind for row in wire.seen[-3:]} == {"question", "receipt", "card"})
    assert [(row.state, row.unknowns) for row in await rows(either, dest=77)] == [("sent", 0)] * 3


async def test_after_a_week_it_is_given_up(w: World) -> None:
    wire = Wire(lambda _: Later("not sent"))
    await queue(w, "receipt")
    async with own_sender(w, telegram=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        await turn(w, sender, wire, timedelta(days=7).total_seconds())
    assert [row.state for row in await rows(w, dest=77)] == ["dead"]


async def test_in_doubt_is_tried_on_slowly_and_never_given_up_within_a_week(either: World) -> None:
    """S5: no question and no card dies of server errors, hangs or lost connections; only its age ends it."""
    w = either
    wire = Wire(lambda _: Unknown("502"))
    await queue(w, "question", dest=77)
    await queue(w, "card", dest=78)
    async with own_sender(w, telegram=wire) as sender:
        await until(lambda: len(wire.seen) == 2 and not sender.in_flight)
        for _ in range(28):
            await turn(w, sender, wire, 51)
        assert {row.state for dest in (77, 78) for row in await rows(w, dest=dest)} == {"pending"}
        seen = len(wire.seen)
        w.telegram.turn(35)  # shorter than a slow pause
        await until(lambda: not sender.in_flight)
        assert len(wire.seen) - seen <= 2
        wire.answer = all_sent
        await turn(w, sender, wire, 51)
        await until(lambda: not sender.in_flight)
    assert [(await rows(w, dest=dest))[0].state for dest in (77, 78)] == ["sent", "sent"]


async def test_what_is_in_doubt_for_a_week_is_given_up(w: World) -> None:
    wire = Wire(lambda _: Unknown("502"))
    await queue(w, "question")
    async with own_sender(w, telegram=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        await turn(w, sender, wire, timedelta(days=7).total_seconds())
    assert [row.state for row in await rows(w, dest=77)] == ["dead"]


async def test_when_the_weather_clears_every_lane_goes_at_once(either: World) -> None:
    """The first message that arrives ends the pauses of all the lanes that failed with it, not that of a 429."""
    w = either
    wire = Wire(lambda row: Later("429", timedelta(hours=1), counts=False) if row.dest == 99 else Unknown("502"))
    for dest in (*range(100, 130), 99):
        await queue(w, "card", dest=dest)
    async with own_sender(w, telegram=wire) as sender:
        for tries in range(1, 9):
            await until(lambda tries=tries: least_tries(wire) >= tries and not sender.in_flight)  # type: ignore[misc]
            w.telegram.turn(51)
            sender.wake()
        await until(lambda: least_tries(wire) >= 9 and not sender.in_flight)
        arrived = set[int]()
        wire.answer = lambda row: arrived.add(row.dest) or Sent(1)  # type: ignore[func-returns-value]
        await queue(w, "card", dest=200)
        sender.wake()
        await until(lambda: len(arrived) == 31 and not sender.in_flight)  # and no clock was turned
    states = {row.dest: row.state for row in await rows(w, kind="card")}
    assert states.pop(99) == "pending"
    assert set(states.values()) == {"sent"}


async def test_a_message_that_alone_is_in_doubt_lets_its_lane_go_on(w: World) -> None:
    """Telegram may answer 500 to one message for ever: it is still tried, but it silences nobody."""
    wire = Wire(lambda row: Unknown("500") if row.kind == "question" else Sent(1))
    await queue(w, "question", "receipt")
    async with own_sender(w, telegram=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        while not any(row.kind == "receipt" for row in wire.seen):
            await queue(w, "news", dest=1000 + len(wire.seen))  # others are well
            await turn(w, sender, wire, 51)
        await until(lambda: not sender.in_flight)
        tried = sum(row.kind == "question" for row in wire.seen)
        await turn(w, sender, wire, 601)
        await until(lambda: sum(row.kind == "question" for row in wire.seen) > tried)
    assert {row.kind: row.state for row in await rows(w, dest=77)} == {"question": "pending", "receipt": "sent"}


async def test_what_arrived_elsewhere_just_before_an_outage_puts_nothing_aside(w: World) -> None:
    """A receipt that failed a second before everybody else's messages leaves at once when the weather clears."""
    well = {88}
    wire = Wire(lambda row: Sent(1) if row.dest in well else Unknown("502"))
    await queue(w, "receipt")
    async with own_sender(w, telegram=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        w.telegram.turn(1)
        await queue(w, "news", dest=88)
        sender.wake()
        await until(lambda: any(row.dest == 88 for row in wire.seen) and not sender.in_flight)
        well.clear()
        for dest in range(100, 104):
            await queue(w, "receipt", dest=dest)
        while Counter(row.dest for row in wire.seen)[77] < PARKED_AFTER + 2:
            await turn(w, sender, wire, 51)
        well |= {77, *range(100, 104)}
        await turn(w, sender, wire, 51)
        await until(lambda: not sender.in_flight)
    assert {row.state for row in await rows(w, kind="receipt")} == {"sent"}


async def test_an_event_with_a_constant_id_is_repeated_for_a_week(w: World) -> None:
    wire = Wire(lambda _: Unknown("time-out"))
    await queue(w, "event", channel=outbox.JSC, dest=0)
    async with own_sender(w, jsc=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        for _ in range(40):
            await turn(w, sender, wire, 61)
        wire.answer = all_sent
        await turn(w, sender, wire, 61)
    assert [row.state for row in await rows(w, channel=outbox.JSC)] == ["sent"]


async def test_refused_credentials_stop_their_own_channel_only(w: World) -> None:
    refused, jsc = Wire(lambda _: Unauthorized("401")), Wire(all_sent)
    heard: list[str] = []
    await queue(w, "card", "card")
    await queue(w, "card", dest=78)
    async with own_sender(w, telegram=refused, jsc=jsc) as sender:
        sender.on_unauthorized = lambda: heard.append("401")
        sender.auth_pause = math.inf
        await until(lambda: len(refused.seen) == 2 and not sender.in_flight)
        for looks in range(1, 4):
            await queue(w, "event", channel=outbox.JSC, dest=0)
            sender.wake()
            await until(lambda looks=looks: len(jsc.seen) == looks)  # type: ignore[misc]
        assert len(refused.seen) == 2, "nothing is tried during the pause, however often the sender looks"
    assert heard == ["401"], "said once a pause"
    assert [row.attempts for row in await rows(w, kind="card")] == [0, 0, 0]


async def test_a_bug_in_an_adapter_holds_its_lane_for_a_bounded_time(w: World) -> None:
    def broken(row: Claimed) -> Outcome:
        if row.kind == "question":
            raise KeyError("nama orang")
        return Sent(1)

    wire = Wire(broken)
    await queue(w, "question", "receipt")
    async with own_sender(w, telegram=wire) as sender:
        await until(lambda: wire.seen and not sender.in_flight)
        for _ in range(5):
            await turn(w, sender, wire, 61)
        await until(lambda: wire.seen[-1].kind == "receipt" and not sender.in_flight)
    assert [row.state for row in await rows(w, dest=77)] == ["dead", "sent"]


async def test_a_stop_leaves_nothing_in_doubt(both: World) -> None:
    """Whatever was claimed is still sent and written down; the next start finds no open lease."""
    wire = Wire(all_sent)
    for n in range(30):
        await queue(both, "news", dest=100 + n)
    async with own_sender(both, telegram=wire):
        await until(lambda: wire.seen)
    states = [row.state for row in await rows(both, kind="news")]
    assert "sending" not in states
    assert states.count("sent") == len(wire.seen)
    assert not any(row.unknowns for row in await rows(both, kind="news"))


async def test_a_message_on_its_way_when_its_sender_dies_counts_as_unknown(both: World) -> None:
    w = both
    await w.app.sender.stop()
    await w.read(lambda s: w.turn(s).say(77, Message("halo"), kinds.ALARM))

    def heads(session: Session) -> list[Claimed]:
        return claim(session, w.now, Order(9, Pace(0), [outbox.TELEGRAM])).rows

    (first,) = await w.read(heads)
    assert await w.read(heads) == []
    w.telegram.turn(31)
    await w.app.tick()
    (second,) = await w.read(heads)
    assert (second.unknowns, second.fence) == (1, first.fence + 1)
    late = await w.read(lambda s: record(s, first, Became("sent", 5, w.now)))
    assert not late, "the first sender woke up again, and its fence is no longer valid"
    assert await w.read(lambda s: record(s, second, Became("sent", 6, w.now)))


async def test_a_call_that_takes_nearly_all_its_time_is_not_claimed_twice(both: World) -> None:
    w = both
    wire = SlowWire(Wire(all_sent))
    await queue(w, "card")

    def another(session: Session) -> list[Claimed]:
        """Another replica claims, which knows nothing of who is busy here."""
        return claim(session, w.now, Order(9, Pace(0), [outbox.TELEGRAM])).rows

    async with own_sender(w, telegram=wire) as sender:
        await wire.called.wait()
        w.telegram.turn(PACED + CALL_LIMIT - 1)
        assert await w.read(another) == []
        wire.ends.set()
        await until(lambda: not sender.in_flight)
    assert [(row.state, row.unknowns, row.fence) for row in await rows(w, dest=77)] == [("sent", 0, 1)]


async def test_a_lease_is_longer_than_a_claimed_row_can_be_out(w: World) -> None:
    """A call takes all its time, and then the database fails until the last try; nothing waits for its pace."""
    sender = Sender(w.app.db, w.app.house, w.app.clock, {}, Pace(), 28)
    recorded = (RECORD_TRIES - 1) * sender.record_pause
    assert sender.call_limit + recorded < LEASE.total_seconds()
