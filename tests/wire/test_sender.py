"""What the sender makes of a bad day at Telegram, told through the chat."""

import asyncio
import time
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from bot.texts.message import Message
from notifiers.outcome import Outcome
from storage import kinds, outbox, sending
from storage.claims import Claimed, Order, Pace, claim
from storage.kinds import Kind
from storage.session import Session
from storage.tables import Ask, Case, Chat, Outbox
from tests.support.references import Spoken, chat_of
from tests.support.world import MALANG, SINGOSARI, World


async def rows(w: World, to: Spoken | None = None, **wanted: Any) -> list[Outbox]:
    """Rows of the outbox; `to` names their phone or group, the rest their columns."""

    def ask(session: Session) -> list[Outbox]:
        query = select(Outbox).order_by(col(Outbox.seq))
        if to is not None:
            query = query.where(Outbox.dest == chat_of(session, to))
        for name, value in wanted.items():
            query = query.where(getattr(Outbox, name) == value)
        return list(session.exec(query))

    found: list[Outbox] = await w.read(ask)
    return found


async def tell(w: World, who: Spoken, text: str, kind: Kind = kinds.ANSWER, rings_at: datetime | None = None) -> str:
    uid: str = await w.read(lambda s: w.turn(s).say(chat_of(s, who), Message(text), kind, rings_at=rings_at))
    w.app.sender.wake()
    return uid


async def test_a_429_pauses_its_own_chat_and_uses_no_attempt(w: World) -> None:
    ani, budi = w.person("Ani"), w.person("Budi")
    await ani.start()
    await budi.start()
    await w.settle()
    w.telegram.fault("error", code=429, description="Too Many Requests", retry_after=60, chat_id=ani.id, times=1)
    await tell(w, ani, "satu")
    await tell(w, ani, "dua")
    await tell(w, budi, "tiga")
    await w.settle()
    assert budi.find("tiga")
    assert not [m for m in ani.from_bot() if m.text in ("satu", "dua")]
    assert [row.attempts for row in await rows(w, to=ani, state="pending")] == [0, 0]
    await w.passes(seconds=62)
    assert [m.text for m in ani.from_bot()][-2:] == ["satu", "dua"]


async def test_a_blocked_worker_is_climbed_past_at_once_and_admins_hear(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    admin = await w.worker("admin", "35")
    w.telegram.fault(
        "error", method="sendMessage", code=403, description="Forbidden: bot was blocked by the user", chat_id=tksk.id
    )
    number = await w.reports(w.person())
    assert koordinator.find(number)
    assert admin.find("tidak bisa dihubungi")
    ask = await w.read(lambda s: s.exec(select(Ask).where(Ask.role == "tksk")).one())
    assert ask.state == "dead"
    assert not (await w.read(lambda s: s.get(Chat, chat_of(s, tksk)))).reachable


async def test_a_refused_token_pauses_all_and_uses_nothing_up(w: World) -> None:
    ani = w.person("Ani")
    await ani.start()
    await w.settle()
    w.app.sender.auth_pause = 1.0
    refused = asyncio.Event()
    w.app.sender.on_unauthorized = refused.set
    w.telegram.settings(revoked=True)
    uid = await tell(w, ani, "halo")
    await refused.wait()
    (row,) = await rows(w, uid=uid)
    assert row.attempts == (row.state == "sending"), "only a try at hand is counted"
    w.telegram.settings(revoked=False)
    await w.settle()
    assert ani.find("halo")


async def test_a_text_that_does_not_parse_or_is_too_long_falls_back_once(w: World) -> None:
    ani = w.person("Ani")
    await ani.start()
    await w.settle()
    await tell(w, ani, "<b>tebal & <i>miring")
    await w.settle()
    assert ani.last().text == "tebal & miring"
    w.telegram.fault("error", method="sendMessage", code=400, description="Bad Request: message is too long", times=1)
    await tell(w, ani, "x" * 4000)
    await w.settle()
    assert ani.last().text.endswith("…")
    assert {row.fallbacks for row in (await rows(w, to=ani))[-2:]} == {1}


async def test_a_lost_answer_repeats_no_more_often_than_it_was_unknown(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person()
    w.telegram.fault("perform_drop", method="sendMessage", chat_id=tksk.id, times=2)
    number = await w.reports(siti)
    await w.passes(minutes=2)
    cards = [m for m in tksk.from_bot() if number in m.text]
    (card,) = await rows(w, kind="card")
    assert card.unknowns == 2
    assert len(cards) == 3
    assert [("(ulangan)" in m.text) for m in cards] == [False, True, True]


async def test_a_moved_group_keeps_its_messages(w: World) -> None:
    jsc = await w.worker("jsc", "35", "Rina")
    group = w.telegram.group("JSC", [jsc], bot=True, admin=True)
    await w.settle()
    await w.stop()
    await w.start(jsc={"chat_id": group.id})
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    before = await w.read(lambda s: chat_of(s, group))
    (card,) = [m for m in group.screen() if number in m.text]
    assert "Kec. Singosari" in card.text
    await group.upgrade()
    await w.settle()
    await w.press(jsc, "Saya tangani")
    asks = await w.read(lambda s: [a.chat_id for a in s.exec(select(Ask).where(Ask.person == "group:jsc"))])
    assert asks == [before] == [await w.read(lambda s: chat_of(s, group))], "the group keeps its reference"
    await w.read(lambda s: w.turn(s).say(before, Message("menyusul")))
    await w.settle()
    assert any("menyusul" in m.text for m in group.screen())


async def test_order_holds_through_faults(w: World) -> None:
    ani = w.person("Ani")
    await ani.start()
    await w.settle()
    w.telegram.mix(seed=5, p429=0.1, p5xx=0.1, preset=0.1, retry_after=1)
    for n in range(12):
        await tell(w, ani, f"pesan {n}")
    await w.passes(minutes=10)
    w.telegram.calm()
    await w.passes(minutes=10)
    assert [m.text for m in ani.from_bot() if m.text.startswith("pesan")] == [f"pesan {n}" for n in range(12)]


async def test_what_is_held_back_holds_nothing_else_back(w: World) -> None:
    ani = w.person("Ani")
    await ani.start()
    await w.settle()
    from datetime import timedelta

    await tell(w, ani, "nanti", rings_at=w.now + timedelta(hours=1))
    await tell(w, ani, "sekarang")
    await w.settle()
    assert ani.last().text == "sekarang"
    await w.passes(hours=1)
    assert ani.last().text == "nanti"


async def test_a_ping_that_was_answered_meanwhile_is_not_sent(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    await w.reports(w.person())
    w.telegram.fault(
        "error",
        code=429,
        description="Too Many Requests",
        retry_after=60,
        chat_id=koordinator.id,
        method="send*",
        times=1,
    )
    await w.passes(hours=24, minutes=0)
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=5)
    case = await w.case()
    assert case.status == "acknowledged"
    assert [row.state for row in await rows(w, to=koordinator, kind="card")] == ["cancelled"]


async def test_answers_to_presses_go_before_digests(w: World) -> None:
    people = [w.person(f"P{n}") for n in range(4)]
    for phone in people:
        await phone.start()
    await w.settle()
    await w.stop()
    await w.start()

    def queue(session: Session) -> None:
        for phone in people[:3]:
            w.turn(session).say(chat_of(session, phone), Message("rekap"), kinds.SUMMARY)
        w.turn(session).say(chat_of(session, people[3]), Message("jawaban"))

    def first(session: Session) -> list[Claimed]:
        queue(session)
        outbox._wake_lanes(session)
        session.flush()
        return claim(session, w.now, Order(1, Pace(0), [outbox.TELEGRAM])).rows

    claimed = await w.read(first)
    assert [row.address for row in claimed] == [people[3].id]
    await w.read(sending.recover)
    await w.settle()


async def test_the_pace_is_even(w: World) -> None:
    people = [w.person(f"P{n}") for n in range(30)]
    for phone in people:
        await phone.start()
    await w.settle()
    await w.stop()
    await w.start(limits={"overall_per_second": 28, "chat_per_second": 1, "group_per_minute": 18})
    w.telegram.turn(5)  # the buckets of the chats fill: the pace over all of them is what is looked at
    wire, sent = w.app.sender._adapters[outbox.TELEGRAM], list[float]()

    async def noted(row: Claimed) -> Outcome:
        sent.append(time.monotonic())
        return await wire(row)

    w.app.sender._adapters = {outbox.TELEGRAM: noted}  # when a call begins, not when a busy machine receives it

    def queue(session: Session) -> None:
        for phone in people:
            w.turn(session).say(chat_of(session, phone), Message("rata"))

    await w.read(queue)
    w.app.sender.wake()
    await w.settle()
    assert len(sent) == 30
    assert sent[-1] - sent[0] >= 29 / 28 - 0.1, "spread over more than a second"
    assert max(sum(begin <= at < begin + 0.5 for at in sent) for begin in sent) <= 28 * 0.5 + 2, "and evenly"


async def test_every_case_has_a_due_time_by_constraint(both: World) -> None:
    import pytest
    from sqlalchemy.exc import IntegrityError

    w = both
    await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())

    def forget(session: Session) -> None:
        case = session.exec(select(Case)).one()
        case.next_due_at = None
        session.add(case)
        session.flush()

    with pytest.raises(IntegrityError):
        await w.read(forget)
