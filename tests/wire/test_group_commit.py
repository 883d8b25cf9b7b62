"""Turns of several chats share a transaction: each is still answered alone, once, and after its commit."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot import crash
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from bot.texts.message import Message
from handlers import pump
from handlers.acts import Act, Said
from handlers.turn import Toast, take_turn
from notifiers.outcome import Sent
from notifiers.sender import Flight
from storage import claims, drafts, inbox, outbox, sending
from storage.claims import Claimed, Order, Pace
from storage.inbox import Head
from storage.session import Session
from storage.tables import Inbox
from tests.support.references import chat_of
from tests.support.told import REVIEW, told
from tests.support.wires import queue
from tests.support.world import DAY, World, until
from tests.wire.test_sender import rows


@pytest.fixture
def groups(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many turns each transaction took that took any."""
    sizes, done = list[int](), inbox.done

    def noted(session: Session, handled: Collection[Any]) -> None:
        sizes.extend([len(handled)] if handled else [])
        done(session, handled)

    monkeypatch.setattr(inbox, "done", noted)
    return sizes


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine cuts no group short."""
    monkeypatch.setattr(pump, "LONGEST", 60.0)


async def guests(w: World, count: int) -> list[Phone]:
    people = [w.person(f"P{n}") for n in range(count)]
    for phone in people:
        await phone.start()
    await w.settle()
    return people


async def all_say(w: World, people: list[Phone], text: str, *more: Callable[[], Awaitable[object]]) -> None:
    """Everybody says this, and the bot hears all of it at once."""
    ready = w.app.intake._wake
    w.app.intake._wake = lambda: None
    for phone in people:
        await phone.say(text)
    for act in more:
        await act()
    await until(lambda: not w.telegram.pending())
    w.app.intake._wake = ready


def spoilt(monkeypatch: pytest.MonkeyPatch, fails: Callable[[Act], bool]) -> list[int]:
    """A turn that fails after it did its work, and how many were begun."""
    begun = list[int]()

    def turn_that_fails(turn: Turn, act: Act) -> Toast | None:
        assert isinstance(act, Said)
        begun.append(act.who.chat_id)
        toast = take_turn(turn, act)
        if fails(act):
            turn.say(act.who.chat_id, Message("ini tidak pernah terjadi"))
            raise ValueError("spoilt")
        return toast

    monkeypatch.setattr(pump, "take_turn", turn_that_fails)
    return begun


async def test_turns_of_many_chats_share_one_transaction(both: World, groups: list[int]) -> None:
    w = both
    people = await guests(w, 12)
    groups.clear()
    await all_say(w, people, "lapor")
    await w.settle()
    assert groups == [12]
    assert all(phone.find("Apakah Bapak/Ibu setuju?") for phone in people)


async def test_a_turn_that_fails_is_undone_alone_and_its_words_are_never_sent(
    both: World, groups: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    w = both
    people = await guests(w, 5)
    poisoned = people[2]
    chat = await w.read(lambda s: chat_of(s, poisoned))
    begun = spoilt(monkeypatch, lambda act: isinstance(act, Said) and act.who.chat_id == chat)
    groups.clear()
    await all_say(w, people, "lapor")
    await w.settle()
    for phone in people:
        assert bool(phone.find("Apakah Bapak/Ibu setuju?")) == (phone is not poisoned)
    assert not any("tidak pernah" in row.text for row in poisoned.from_bot())
    assert Counter(begun)[chat] == 1
    assert max(Counter(begun).values()) == 1, "nobody else's turn was taken twice"
    assert groups == [4]
    monkeypatch.undo()
    await w.passes(seconds=30)
    assert poisoned.find("Apakah Bapak/Ibu setuju?"), "it is tried again"


async def test_when_the_commit_fails_its_turns_are_taken_one_by_one(
    both: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = both
    people = await guests(w, 5)
    begun, ends = spoilt(monkeypatch, lambda _: False), list[int]()
    real = Session.end

    def end(session: Session) -> None:
        real(session)
        if len(begun) >= 5 and not ends:
            ends.append(1)
            raise ValueError("the commit fails")

    monkeypatch.setattr(Session, "end", end)
    await all_say(w, people, "lapor")
    await w.settle()
    assert ends, "it did fail"
    for phone in people:
        assert len([m for m in phone.from_bot() if "Apakah Bapak/Ibu setuju?" in m.text]) == 1
    assert Counter(Counter(begun).values()) == {2: 5}, "once together, once alone"


async def test_a_turn_that_opens_a_case_commits_alone(both: World, groups: list[int]) -> None:
    """It waits for locks that others hold; nobody else's answer waits with it."""
    w = both
    people = await guests(w, 4)
    siti = people[1]
    pressed = ("Setuju", "Tetangga", "Lansia", "Tidak ada", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari")
    draft = await w.read(lambda s: drafts.begin(s, chat_of(s, siti), REPORT.name, told(*pressed), w.now, w.now + DAY))

    async def sends() -> None:
        await siti.forge(b.Pick(draft.id, 0, REVIEW, "kirim").pack())

    groups.clear()
    await all_say(w, people[:1], "lapor", sends, *(lambda p=p: p.say("lapor") for p in people[2:]))
    await w.settle()
    assert any("TS-" in message.text for message in siti.from_bot())
    assert all(phone.find("Apakah Bapak/Ibu setuju?") for phone in people if phone is not siti)
    assert groups == [3, 1]


async def test_no_toast_leaves_before_the_commit(both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    w = both
    (siti,) = await guests(w, 1)
    committed = list[str]()
    crash.watch(committed.append)
    toasts = w.app._toasts
    real, seen = toasts.answer, list[list[str]]()

    async def noted(toast: Toast) -> None:
        seen.append(list(committed))
        await real(toast)

    monkeypatch.setattr(w.app.pump, "_answer", noted)
    try:
        await w.press(siti, "Lapor")
    finally:
        crash.watch(None)
    assert [places[-1] for places in seen] == ["turn_after_commit"]


async def test_an_outcome_of_a_lost_fence_is_not_written_down_with_the_others(both: World) -> None:
    w = both
    for dest in (71, 72):
        await queue(w, "answer", dest=dest)

    def claim(session: Session) -> list[Claimed]:
        return claims.claim(session, w.now, Order(9, Pace(0), [outbox.TELEGRAM])).rows

    first, second = await w.read(claim)
    w.telegram.turn(31)
    await w.app.tick()
    (again,) = [row for row in await w.read(claim) if row.dest == first.dest]
    wrote = await w.read(lambda s: sending.arrived(s, [(first, 5), (second, 6)], w.now))
    assert not wrote
    assert again.fence == first.fence + 1


async def test_a_sender_that_slept_writes_down_one_by_one_what_is_still_its_own(both: World) -> None:
    """The outcome of a lost fence is dropped; its neighbour in the same record is kept."""
    w = both
    await w.app.sender.stop()
    for dest in (71, 72):
        await queue(w, "answer", dest=dest)
    sender = w.app.sender

    def work(session: Session) -> Any:
        found = claims.claim(session, w.now, Order(9, Pace(0), [outbox.TELEGRAM]))
        sending.abandon(session, (outbox.TELEGRAM, 71))
        return found

    found = await w.read(work)
    sender._stopping = False
    for row in found.rows:
        sender._busy[row.channel, row.dest] = Flight(row, 0)
        sender._over.append((row, Sent(row.dest)))
    sender._stopping = True
    await sender._round()
    await until(lambda: not sender.in_flight)
    states = {row.dest: (row.state, row.message_id) for dest in (71, 72) for row in await rows(w, dest=dest)}
    assert states == {71: ("pending", None), 72: ("sent", 72)}


async def test_a_database_that_refuses_is_asked_twice_a_second_and_no_more(
    both: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two chats, two updates each: together and then one by one, at every try."""
    w = both
    people = await guests(w, 2)
    begun = list[int]()

    def refused(turn: Turn, act: Act) -> Toast | None:
        begun.append(1)
        raise OperationalError("a full disk", {}, Exception())

    monkeypatch.setattr(pump, "take_turn", refused)
    for text in ("satu", "dua"):
        await all_say(w, people, text)
    w.app.pump.wake()
    await asyncio.sleep(1.8)
    tries = len(begun)
    monkeypatch.undo()
    await w.settle()
    assert 3 <= tries <= 20
    assert not await w.read(lambda s: s.exec(select(Inbox)).all()), "all of it is handled in the end"


@pytest.mark.parametrize("both", ["postgresql"], indirect=True)
async def test_a_chat_at_which_another_replica_works_is_left_to_it(
    both: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    w = both
    (siti,) = await guests(w, 1)
    chat, looks, heads = await w.read(lambda s: chat_of(s, siti)), list[int](), inbox.heads

    def noted(session: Session, now: datetime, limit: int) -> list[Head]:
        looks.append(1)
        return heads(session, now, limit)

    monkeypatch.setattr(inbox, "heads", noted)
    address = w.app.db.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with await asyncio.to_thread(lambda: psycopg.connect(address)) as other:
        other.execute("SELECT pg_advisory_xact_lock(hashtextextended('chat:' || %s, 0))", (str(chat),))
        for text in ("satu", "dua"):
            await all_say(w, [siti], text)
        w.app.pump.wake()
        await asyncio.sleep(1.0)
        assert len(looks) <= 5
    await w.settle()
    assert not await w.read(lambda s: s.exec(select(Inbox)).all())
