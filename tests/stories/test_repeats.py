"""At the end of the ladder people are asked again in one line under their card, and only what is true has buttons."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Screen, Shown
from storage.session import Session
from storage.tables import Ask
from tests.support.references import chat_of
from tests.support.world import SINGOSARI, World, world

AGAIN = "masih tanpa petugas"
OWNED = "Langkah pertama"
"""What only whoever has the case reads."""
QUARTERLY = {
    "darurat": {
        "repeat": "15m",
        "rungs": [
            {"after": "0s", "ask": ["tksk", "koordinator", "dinsos"], "remind": ["5m", "10m"]},
            {"after": "15m", "ask": ["jsc"]},
            {"after": "25m", "ask": ["jsc", "jsc2"]},
        ],
    }
}
"""A ladder whose end repeats every quarter of an hour."""
QUIET = ("☎️ Sudah saya telepon", "🔕 Tenang 1 jam")
TAKE, HOLD = "✅ Saya tangani", "✋ Saya pegang (JSC)"


@pytest.fixture
async def w(tmp_path: Path) -> AsyncIterator[World]:
    async with world(tmp_path, escalation=QUARTERLY) as w:
        yield w


def lines(phone: Screen, number: str) -> list[Shown]:
    return [message for message in phone.from_bot() if number in message.text and AGAIN in message.text]


def card(phone: Screen, number: str) -> Shown:
    """The only message that is a card of this case, or what it has become."""
    owned = (OWNED, "tidak lagi pada Bapak/Ibu")
    found = [message for message in phone.from_bot() if f"· {number} ·" in message.text]
    cards = [message for message in found if not any(words in message.text for words in owned)]
    assert len(cards) == 1, [message.text for message in cards]
    return cards[0]


def offers(*phones: Screen) -> list[str]:
    """The messages that still offer to take a case."""
    return [
        message.text
        for phone in phones
        for message in phone.from_bot()
        if any(isinstance(b.unpack(key.data or ""), b.Take) for key in message.buttons)
    ]


async def ask_of(w: World, phone: Phone) -> Ask:
    def read(session: Session) -> Ask:
        return session.exec(select(Ask).where(col(Ask.chat_id) == chat_of(session, phone))).one()

    found: Ask = await w.read(read)
    return found


async def attacked(w: World) -> str:
    return await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")


def refuse(w: World, phone: Phone, times: int = 1, **more: Any) -> None:
    """The next messages to this phone are refused, for good if nothing else is said."""
    fault = {"code": 400, "description": "Bad Request: refused", **more}
    w.telegram.fault("error", chat_id=phone.id, method="sendMessage", times=times, **fault)


async def test_the_end_asks_again_in_one_line_under_the_card(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    first = card(rina, number)
    await w.passes(minutes=24)
    assert not lines(rina, number), "her rung has its time first"
    await w.passes(minutes=2)
    (line,) = lines(rina, number)
    assert (line.reply_to, line.silent, line.labels) == (first.message_id, False, [TAKE, *QUIET])
    assert line.text.startswith(f"🔴 {number} {AGAIN}. Dilaporkan Senin 2/3 pukul 09.00.")
    await w.passes(minutes=30)
    assert card(rina, number).labels == first.labels
    pressed = [line.labels for line in lines(rina, number)]
    assert pressed == [[], [], [TAKE, *QUIET]], "only the newest line can be pressed"
    ask = await ask_of(w, rina)
    assert (ask.asked, ask.state, ask.reminded) == (4, "waiting", 0)
    assert ask.delivered_at is not None, "whether it arrived is what became of the newest line"
    assert ask.delivered_at - ask.fired_at < timedelta(minutes=1)
    case = await w.case()
    assert (case.fired_at, case.status) == (ask.fired_at, "open")
    assert case.next_due_at is not None and case.next_due_at > w.now
    await rina.press("Saya tangani")
    await w.settle()
    assert (await w.case()).status == "acknowledged"


async def test_once_it_is_taken_nothing_offers_it_any_more_and_after_an_undo_the_card_does(either: World) -> None:
    w = either
    tksk, rina = await w.worker("tksk", SINGOSARI), await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    await w.passes(hours=1)
    reminders = [message for message in tksk.from_bot() if message.reply_to == card(tksk, number).message_id]
    assert [message.labels for message in reminders] == [[], [TAKE]]
    assert len(offers(tksk)) == len(offers(rina)) == 2, "the card, and the newest line under it"
    old = lines(rina, number)[0]
    await w.press(tksk, "Saya tangani")
    assert offers(tksk, rina) == []
    assert "Sudah ditangani" in card(rina, number).text
    case = await w.case()
    await rina.forge(f"t:{case.id}:1", message_id=old.message_id)
    await w.settle()
    assert rina.find(number, "sudah ditangani"), "a press on a line of long ago is answered"
    await w.press(tksk, "Salah pencet")
    assert TAKE in card(rina, number).labels
    assert TAKE in card(tksk, number).labels
    await w.passes(minutes=61)
    assert lines(rina, number)[-1].labels == [TAKE, *QUIET]


async def test_a_line_that_dies_is_a_dead_ask_and_the_next_repeat_tries_again(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    refuse(w, rina)
    await w.passes(minutes=26)
    assert not lines(rina, number)
    ask = await ask_of(w, rina)
    assert (ask.state, ask.delivered_at) == ("dead", None)
    case = await w.case()
    assert case.next_due_at is not None and case.next_due_at > w.now
    await w.passes(minutes=15)
    assert len(lines(rina, number)) == 1
    assert (await ask_of(w, rina)).state == "waiting"
    card(rina, number)


async def test_whose_card_never_came_gets_the_whole_card(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    refuse(w, rina, 2)
    number = await attacked(w)
    await w.passes(minutes=14)
    assert not rina.find(number)
    await w.passes(minutes=2)
    assert TAKE in card(rina, number).labels
    assert not lines(rina, number)


async def test_a_card_on_its_way_is_not_said_twice_and_of_the_lines_only_the_newest_is(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    refuse(w, rina, 1, code=429, description="Too Many Requests", retry_after=80 * 60)
    number = await attacked(w)
    await w.passes(minutes=79)
    assert not rina.find(number)
    assert (await ask_of(w, rina)).asked == 4
    await w.passes(minutes=3)
    assert TAKE in card(rina, number).labels
    (line,) = lines(rina, number)
    assert line.reply_to == card(rina, number).message_id
    assert line.labels == [TAKE, *QUIET]
    assert (await ask_of(w, rina)).delivered_at is not None


async def test_a_line_that_was_called_back_is_said_when_the_case_is_open_again(w: World) -> None:
    tksk, rina = await w.worker("tksk", SINGOSARI), await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    await w.passes(minutes=16)
    card(rina, number)
    refuse(w, rina, 1, code=429, description="Too Many Requests", retry_after=60)
    await w.passes(minutes=9, seconds=30)  # the line of minute 25 is refused, and comes again a minute later
    assert not lines(rina, number)
    await w.press(tksk, "Saya tangani")
    await w.passes(seconds=80)
    assert not lines(rina, number), "nobody is rung for a case that somebody has"
    await w.press(tksk, "Salah pencet")
    again = [message for message in rina.from_bot() if "terbuka lagi" in message.text]
    assert [line.labels for line in again] == [[TAKE, "↩️ Tidak bisa"]]
    assert TAKE in card(rina, number).labels
    assert (await ask_of(w, rina)).delivered_at is not None


async def test_who_declined_is_asked_again_and_their_card_has_its_buttons_again(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person())
    await w.passes(hours=5)
    await w.press(tksk, "Tidak bisa", "Sedang menangani yang lain")
    assert "kami teruskan" in card(tksk, number).text
    assert not any(TAKE in message.labels for message in tksk.from_bot()), "nor does the reminder offer it"
    await w.passes(hours=18)
    assert lines(tksk, number) == []
    await w.passes(hours=2)
    assert [line.labels for line in lines(tksk, number)] == [[TAKE]]
    assert TAKE in card(tksk, number).labels
    assert (await ask_of(w, tksk)).state == "waiting"


async def test_somebody_new_gets_the_card_and_the_others_a_line(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    await w.passes(minutes=16)
    joko = await w.worker("jsc", "35", "Joko")
    await w.passes(minutes=31)
    assert TAKE in card(joko, number).labels
    assert lines(rina, number)


async def test_another_handset_gets_the_whole_card_and_the_old_one_offers_nothing(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    await w.passes(minutes=26)
    other = w.person("Rina")
    ask = await ask_of(w, rina)

    def rebind(session: Session) -> None:
        from storage.tables import Member

        member = session.get(Member, ask.person)
        assert member is not None
        member.chat_id = chat_of(session, other)

    await w.read(rebind)
    await other.start()
    await w.passes(minutes=15)
    assert TAKE in card(other, number).labels
    assert offers(rina) == []


async def test_a_group_that_is_alone_at_the_end_reads_a_line_without_a_sound(tmp_path: Path) -> None:
    async with world(tmp_path, escalation=QUARTERLY) as w:
        group = w.telegram.group("JSC", [w.person("Rina")])
        await w.stop()
        await w.start(jsc={"chat_id": group.id})
        number = await attacked(w)
        await w.passes(minutes=26)
        (line,) = lines(group, number)
        assert (line.silent, line.labels, line.reply_to) == (True, [HOLD], card(group, number).message_id)


async def test_a_group_that_moved_gets_its_card_anew_and_nothing_else_is_touched_there(tmp_path: Path) -> None:
    async with world(tmp_path, escalation=QUARTERLY) as w:
        group = w.telegram.group("JSC", [w.person("Rina")])
        await w.stop()
        await w.start(jsc={"chat_id": group.id})
        number = await attacked(w)
        await group.upgrade()
        await w.passes(minutes=26)
        assert card(group, number).labels == [HOLD]
        edits = w.telegram.desk.ask("calls", method="editMessageReplyMarkup", chat=group.id)
        assert edits == [], "numbers of the old group mean other messages here"


async def test_a_group_beside_a_named_person_is_not_repeated_to(tmp_path: Path) -> None:
    async with world(tmp_path, escalation=QUARTERLY) as w:
        rina = await w.worker("jsc", "35", "Rina")
        group = w.telegram.group("JSC", [rina])
        await w.stop()
        await w.start(jsc={"chat_id": group.id})
        number = await attacked(w)
        await w.passes(hours=2)
        assert len(lines(rina, number)) > 4
        assert len(group.from_bot()) == 1


async def test_in_english(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    await w.say(rina, "/bahasa")
    await w.press(rina, "English")
    number = await attacked(w)
    await w.passes(minutes=26)
    assert rina.find(f"{number} still has nobody. Reported Monday 2/3 at 09.00.")


async def test_nothing_is_said_more_often_than_the_ladder_repeats(w: World) -> None:
    rina = await w.worker("jsc", "35", "Rina")
    number = await attacked(w)
    await w.passes(minutes=71)
    assert len(lines(rina, number)) == 4, "25, 40, 55 and 70 minutes"
    assert len([message for message in rina.from_bot() if number in message.text]) == 5
