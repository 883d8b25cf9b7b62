"""What comes in is stored before it is confirmed, by poll and by webhook; poison goes aside."""

import socket
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.demo.turning import PATIENCE
from storage import inbox
from storage.session import Session
from storage.tables import Draft, Inbox, Received
from tests.support.world import World, world

SECRET = "a-secret-of-thirty-characters-x"


async def test_a_repeated_update_is_one_turn(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    update = (await w.read(lambda s: s.exec(select(Received)).one())).update_id
    before = len(siti.screen())
    w.telegram.repeat(update)
    await w.settle()
    w.telegram.turn(24 * 3600 - 60)
    await w.settle()
    assert len(siti.screen()) == before
    assert len(await w.read(lambda s: s.exec(select(Received)).all())) == 1


async def test_what_was_said_is_forgotten_once_it_was_handled(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    assert await w.read(lambda s: s.exec(select(Inbox)).all()) == []
    assert len(await w.read(lambda s: s.exec(select(Received)).all())) == 1


async def test_an_update_that_cannot_be_read_goes_aside_at_once_and_the_next_is_answered(w: World) -> None:
    """R10: it was tried five times, and its chat stood still for more than eight seconds."""
    siti = w.person("Siti")
    admin = await w.worker("admin", "35")
    await siti.start()
    await w.settle()
    number = (await w.read(lambda s: s.exec(select(Received.update_id)).all()))[-1] + 1000
    chat = {"id": siti.id, "type": "private", "first_name": "Siti"}
    poison = {
        "update_id": number,
        "message": {"message_id": "x", "date": "never", "chat": chat, "from": {"id": siti.id}},
    }
    text = {"message_id": 9, "date": 1772416800, "chat": chat, "from": {**chat, "is_bot": False}, "text": "halo"}
    before = len(siti.from_bot())
    await w.app.intake.store([poison, {"update_id": number + 1, "message": text}])
    await w.settle()  # no clock is turned
    row = await w.read(lambda s: s.get(Inbox, (w.app.bot_id, number)))
    assert (row.state, row.attempts) == ("dead", 1)
    assert ["gagal kami baca" in m.text for m in siti.from_bot()[before:]] == [True, False]
    assert siti.find("Ada yang perlu ditolong")
    assert admin.find("gagal dibaca")


@pytest.mark.parametrize("update_id", [2**63, -(2**63) - 1, 2**70])
async def test_an_id_that_cannot_be_stored_is_told_and_stops_nothing(
    w: World, update_id: int, caplog: pytest.LogCaptureFixture
) -> None:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    chat = {"id": siti.id, "type": "private", "first_name": "Siti"}
    text = {"message_id": 9, "date": 1772416800, "chat": chat, "from": {**chat, "is_bot": False}, "text": "halo"}
    await w.app.intake.store([{"update_id": update_id, "message": text}, {"update_id": 77, "message": text}])
    await w.settle()
    assert 77 in [row.update_id for row in await w.read(lambda s: s.exec(select(Received)).all())]
    assert siti.find("Ada yang perlu ditolong")
    assert [record.message for record in caplog.records if "id that can be stored" in record.message]


async def test_the_bot_never_drops_what_waits_and_always_says_what_it_hears(w: World) -> None:
    calls = w.telegram.calls()
    assert all(
        not call["params"].get("drop_pending_updates") or call["params"]["drop_pending_updates"] == "false"
        for call in calls
    )
    polls = [call for call in calls if call["method"] == "getUpdates"]
    assert all("allowed_updates" in call["params"] for call in polls)


async def test_a_webhook_asks_for_its_secret_and_bounds_what_it_reads(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = f"http://127.0.0.1:{port}/telegram"
    async with world(tmp_path) as w:
        await w.stop()
        hook = {"url": url, "listen": f"127.0.0.1:{port}", "secret": SECRET}
        await w.start(
            telegram={"token": w.telegram.token, "api_url": w.telegram.url, "mode": "webhook", "webhook": hook}
        )
        header = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
        async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
            assert (await client.post(url, json={"update_id": 1})).status_code == 403
            assert (
                await client.post(url, json={}, headers={**header, "X-Telegram-Bot-Api-Secret-Token": "x"})
            ).status_code == 403
            assert (await client.post(url, content=b"{}", headers=header)).status_code == 400
            assert (await client.post(url, content=b"x" * (1024 * 1024 + 1), headers=header)).status_code == 413
        siti = w.person()
        number = await w.reports(siti)
        assert siti.find("Nomor laporan", number)


async def test_a_press_whose_only_answer_is_a_toast_is_answered_through_a_fault(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor")
    question = siti.last()
    await w.press(siti, "Setuju")
    w.telegram.fault("drop", method="answerCallbackQuery", times=1)
    w.telegram.fault("error", method="answerCallbackQuery", code=500, description="Internal Server Error", times=1)
    drafts = await w.read(lambda s: s.exec(select(Draft.id)).one())
    await siti.forge(f"p:{drafts}:0:setuju:ya", message_id=question.message_id)
    await w.passes(seconds=30)
    assert "Sudah kami catat, Bapak/Ibu." in siti.toasts()


async def test_a_batch_asks_once_for_all_its_chats(both: World) -> None:
    w, numbers = both, count(1)
    w.app.pump.stop()

    def store(chats: range, session: Session) -> int:
        """How many statements it takes to store an update of each of these chats."""
        said: list[str] = []
        updates = [{"update_id": next(numbers), "message": {"chat": {"id": chat}}} for chat in chats]
        session.vault.seal(session, "inbox", "payload", "1", "")  # its key is read once
        event.listen(session.connection(), "before_cursor_execute", lambda *what: said.append(what[2]))
        inbox.store(session, 1, updates, w.now)
        return len(said)

    async def statements(chats: range) -> int:
        found: int = await w.read(partial(store, chats))
        return found

    assert await statements(range(1, 41)) == 5, "noted; asked, made, read again; stored"
    assert await statements(range(1, 2)) == await statements(range(1, 41)) == 3, "noted; asked; stored"
    assert await w.read(lambda s: len(set(s.exec(select(Inbox.chat_key)).all()))) == 40
