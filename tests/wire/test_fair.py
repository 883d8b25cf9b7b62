"""A flood delays only the flooder: who goes first among chats and in a lane, seen in the chat (row 163)."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from bot.texts.message import Message
from handlers import pump
from notifiers import sender
from storage import claims, drafts, inbox, kinds, outbox, replicas, shares
from storage.claims import Order, Pace
from storage.database import Database
from storage.replicas import Replica
from storage.session import Session
from storage.shares import Share
from storage.tables import Inbox, Outbox
from tests.support.engines import fresh_database
from tests.support.references import chat_of
from tests.support.told import REVIEW, told
from tests.support.wires import SlowWire
from tests.support.world import DAY, SINGOSARI, World, until

LISTENS = {"overall_per_second": 0, "chat_per_second": 0, "group_per_minute": 0, "chat_listens_per_minute": 30}
SPEAKS = {"overall_per_second": 0, "chat_per_second": 1, "group_per_minute": 18, "chat_listens_per_minute": 0}
STRANGERS = 60
ALARM = b.Menu(Go.DANGER).pack()


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine cuts no group short."""
    monkeypatch.setattr(pump, "LONGEST", 60.0)


@asynccontextmanager
async def deaf(w: World) -> AsyncIterator[None]:
    """What is said meanwhile is stored, and taken at the end all at once."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(inbox, "heads", lambda *_: [])
        yield
        await until(lambda: not w.telegram.pending())
    w.app.pump.wake()


async def answered(w: World) -> list[int]:
    """The chats in the order in which turns of theirs were answered, by reference."""
    return list(await w.read(lambda s: s.exec(select(Outbox.dest).order_by(col(Outbox.seq))).all()))


async def darurat(w: World) -> Callable[[], Any]:
    """A report of somebody dangerous that only waits for *Kirim laporan*; returns the press."""
    phone = w.person("Ani")
    await phone.start()
    await w.settle()
    answers = told(
        "Setuju", "Tetangga", "Gangguan jiwa", "Menyerang", "Tidak bisa telepon", "Pilih dari daftar",
        "Kab. Malang", "Kec. Singosari",
    )  # fmt: skip
    draft = await w.read(lambda s: drafts.begin(s, chat_of(s, phone), REPORT.name, answers, w.now, w.now + DAY))
    return lambda: phone.forge(b.Pick(draft.id, 0, REVIEW, "kirim").pack())


async def strangers_write(w: World, each: int = 2) -> list[Phone]:
    people = [w.person(f"P{n}") for n in range(STRANGERS)]
    for phone in people:
        await phone.start()
    for n in range(1, each):
        for phone in people:
            await phone.say(f"halo {n}")
    return people


async def place_of_the_worker(w: World) -> int:
    """How many strangers are answered before a worker who wrote after all of them."""
    worker = await w.worker("tksk", SINGOSARI)
    before = len(await answered(w))
    async with deaf(w):
        await strangers_write(w)
        await worker.say("tugas")
    await w.settle()
    chat = await w.read(lambda s: chat_of(s, worker))
    return (await answered(w))[before:].index(chat)


async def test_a_worker_is_heard_before_thirty_two_of_a_flood(on_server: World) -> None:
    assert await place_of_the_worker(on_server) <= 32


async def test_a_first_word_of_danger_goes_before_a_flood(on_server: World) -> None:
    w = on_server
    async with deaf(w):
        await strangers_write(w)
        scared = w.person("Siti")
        await scared.start()
        for n in range(3):
            await scared.say(f"halo {n}")
        await scared.forge(ALARM)
    await w.settle()
    chat = await w.read(lambda s: chat_of(s, scared))
    order = await answered(w)
    assert order.index(chat) == 0, "before all others"
    first = await w.read(lambda s: s.exec(select(Outbox).where(Outbox.dest == chat).order_by(col(Outbox.seq))).first())
    assert first.kind == "danger", "and before what they said themselves"
    assert scared.find("110")


async def left_before_the_ping(w: World) -> int:
    """How many messages of a flood leave before a darurat card, when nobody takes what is sent to them."""
    worker = await w.worker("tksk", SINGOSARI)
    people = await strangers_write(w, 1)
    await w.settle()
    sends = await darurat(w)
    slow = SlowWire(w.app.sender._adapters[outbox.TELEGRAM])
    w.app.sender._adapters = {**w.app.sender._adapters, outbox.TELEGRAM: slow}
    try:
        async with deaf(w):
            for phone in people:
                await phone.say("masih di sini")
        await until(lambda: len(slow.seen) >= sender.OTHERS)
        await asyncio.sleep(0.3)  # so that more may leave, if more do
        held = len(slow.seen)
        await sends()
        chat = await w.read(lambda s: chat_of(s, worker))
        async with asyncio.timeout(3):
            while not any(row.dest == chat for row in slow.seen):
                await asyncio.sleep(0.02)
        return held
    finally:
        slow.ends.set()


async def test_a_darurat_card_leaves_while_a_flood_fills_the_line(w: World) -> None:
    assert await left_before_the_ping(w) <= 16


async def test_a_share_left_out_is_seen(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: no place in flight is kept for pings."""
    monkeypatch.setattr(sender, "OTHERS", sender.IN_FLIGHT)
    with pytest.raises(TimeoutError):
        await left_before_the_ping(w)


async def pings_of_nine(w: World) -> int:
    """How many of nine messages are pings, when many of each kind wait for many chats."""
    await w.app.sender.stop()

    def said(session: Session) -> None:
        for n in range(30):
            kind = (kinds.ANSWER, kinds.NEWS, kinds.DESK)[n % 3]
            payload = {"method": "sendMessage", "params": {"text": kind.name}}
            outbox.put(session, outbox.Outgoing(outbox.TELEGRAM, 100 + n, kind, payload), w.now)

    await w.read(said)

    def take(session: Session) -> int:
        found = [claims.claim(session, w.now, Order(1, Pace(0), [outbox.TELEGRAM], place=n)).rows for n in range(9)]
        return sum(row.kind == "desk" for (row,) in found)

    return int(await w.read(take))


async def test_one_at_a_time_every_third_message_is_a_ping(both: World) -> None:
    assert await pings_of_nine(both) == 3


async def test_a_wheel_without_pings_is_seen(w: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: pings have no share of the pace."""
    monkeypatch.setattr(shares, "WHEEL", [(Share.ANSWERS, Share.CASES, Share.REST, Share.PINGS)])
    assert await pings_of_nine(w) == 0


async def test_a_darurat_card_overtakes_the_answers_in_its_own_lane(either: World) -> None:
    """A worker who floods their own chat reads the card first, and everything else in its order."""
    w = either
    worker = await w.worker("tksk", SINGOSARI)
    sends = await darurat(w)
    await w.stop()
    await w.start(limits=SPEAKS)
    await w.app.sender.stop()
    texts = [f"jawaban {n}" for n in range(20)]
    await w.read(lambda s: [w.turn(s).say(chat_of(s, worker), Message(text)) for text in texts])
    await sends()
    await until(lambda: not w.telegram.pending())
    before = len(worker.from_bot())
    await w.stop()
    await w.start(limits=SPEAKS)
    await w.passes(seconds=40)
    seen = [message.text for message in worker.from_bot()[before:]]
    cards = [n for n, text in enumerate(seen) if "TS-" in text]
    assert cards[0] <= 1
    assert [text for text in seen if text in texts] == texts


async def test_what_was_said_before_about_the_same_case_goes_before_its_ping(either: World) -> None:
    w = either
    await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    case = await w.case()
    await w.app.sender.stop()

    def said(session: Session) -> None:
        turn = w.turn(session)
        for text, kind, of in (("satu", kinds.ANSWER, None), ("dua", kinds.NEWS, case), ("tiga", kinds.DESK, case)):
            turn.say(77, Message(text), kind, case=of)

    await w.read(said)

    def take(session: Session) -> str:
        (row,) = claims.claim(session, w.now, Order(1, Pace(0), [outbox.TELEGRAM])).rows
        session.execute(claims._SET_LANE.values(lease_until=None), {"of_channel": outbox.TELEGRAM, "of_dest": 77})
        return str(row.payload["params"]["text"])

    assert [await w.read(take) for _ in range(3)] == ["dua", "tiga", "satu"]


async def test_who_sends_very_much_is_told_once_and_nothing_is_lost(on_server: World) -> None:
    w = on_server
    await w.stop()
    await w.start(limits=LISTENS)
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju")
    for n in range(35):
        await phone.say(f"xx {n}")
    await w.settle()
    told_so = [m for m in phone.from_bot() if "Semua tersimpan" in m.text]
    assert len(told_so) == 1 and "Ada bahaya" in " ".join(told_so[0].labels) and "110" in told_so[0].text
    assert "09.02" in told_so[0].text, "by when it is read, at the latest"
    waiting = await w.read(lambda s: len(s.exec(select(Inbox)).all()))
    assert waiting == 35 + 3 - 30
    await phone.forge(ALARM)
    await w.settle()
    assert "110" in phone.from_bot()[-1].text and "Tidak bisa telepon" in " ".join(phone.from_bot()[-1].labels)
    await w.stop()
    await w.start(limits=LISTENS)
    await w.settle()
    assert await w.read(lambda s: len(s.exec(select(Inbox)).all())) == waiting, "a restart forgets no pause"
    await w.passes(minutes=2)
    assert not await w.read(lambda s: s.exec(select(Inbox)).all())


async def test_words_of_danger_and_presses_on_a_case_never_wait(either: World) -> None:
    w = either
    worker = await w.worker("tksk", SINGOSARI)
    await w.stop()
    await w.start(limits=LISTENS)
    await w.reports(w.person())
    for n in range(40):
        await worker.say(f"xx {n}")
    await w.settle()
    assert worker.find("Semua tersimpan")
    await w.press(worker, "Saya tangani")
    case = await w.case()
    assert case.status == "acknowledged"
    before = len(worker.from_bot())
    await w.say(worker, "tolong, dia bawa parang")
    assert len(worker.from_bot()) > before


async def test_an_album_counts_as_one(w: World) -> None:
    await w.stop()
    await w.start(limits=LISTENS)
    phone = w.person()
    await phone.start()
    await w.settle()
    for _ in range(4):
        await phone.album(9)
    for n in range(20):
        await phone.say(f"xx {n}")
    await w.settle()
    assert not any("Semua tersimpan" in m.text for m in phone.from_bot()), "25 by now, and not 57"
    for n in range(10):
        await phone.say(f"yy {n}")
    await w.settle()
    assert any("Semua tersimpan" in m.text for m in phone.from_bot())


def test_replicas_share_one_pace(postgres: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(replicas, "monotonic", lambda: now)
    db = Database(fresh_database(postgres))
    with db.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE meta (name text PRIMARY KEY, value text, at timestamptz)")

    def beat(one: Replica) -> int:
        with Session(db.engine, None) as session:
            found = one.beat(session)
            session.commit()
        return found

    first, second = Replica(), Replica()
    assert beat(first) == 1
    assert beat(second) == 0, "the first one does not know of it yet"
    now += 10
    assert (beat(first), beat(second)) == (2, 0)
    now += 10
    assert (beat(first), beat(second)) == (2, 2)
    now += 60  # the first one stands still
    assert beat(first) == 0, "the other one may speak for it by now"
    now += 20
    with Session(db.engine, None) as session:
        second.leave(session)
        session.commit()
    assert beat(first) == 1
    db.close()
