"""Long polling: what Telegram hears confirmed is on disk, whatever happens to ids, disks and other pollers."""

import logging
import sqlite3

import pytest
from sqlalchemy import event
from sqlmodel import select

from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from notifiers.telegram.adapter import ApiBot
from notifiers.telegram.transport import Transport
from storage.database import Database
from storage.tables import Received
from tests.support.world import World, until


async def stored(w: World) -> set[int]:
    ids: set[int] = set(await w.read(lambda s: s.exec(select(Received.update_id)).all()))
    return ids


def confirmed(w: World) -> set[int]:
    """The updates that a later poll told Telegram to forget."""
    offsets = [int(call["params"]["offset"]) for call in w.telegram.calls("getUpdates") if "offset" in call["params"]]
    handed = {delivery["update_id"] for delivery in w.telegram.deliveries()}
    return {update for update in handed if update < max(offsets, default=0)}


async def greeted(w: World, name: str) -> Phone:
    phone = w.person(name)
    await phone.start()
    await w.settle()
    assert phone.find("Selamat datang")
    return phone


async def test_whatever_is_confirmed_is_stored(both: World) -> None:
    w = both
    siti = await greeted(w, "Siti")
    for n in range(5):
        await w.say(siti, f"pesan {n}")
    await until(lambda: not w.telegram.pending())
    assert len(confirmed(w)) >= 5
    assert confirmed(w) <= await stored(w)


async def test_a_full_disk_confirms_nothing_and_heals_by_itself(w: World) -> None:
    siti = await greeted(w, "Siti")
    w.app.intake.pause = 0.05
    disk = Disk(w.app.db)
    disk.full = True
    failures = Counted("tersapa.intake")
    before = await stored(w)
    said = await siti.say("é" * 3000)
    await until(lambda: failures.count >= 3)
    waiting = w.telegram.pending()
    assert waiting == 1, "Telegram keeps it"
    assert await stored(w) == before
    shown = len(siti.from_bot())
    disk.full = False
    await w.settle()
    assert len(siti.from_bot()) > shown, "it is answered once there is room again"
    assert said["message_id"] < siti.last().message_id
    assert confirmed(w) <= await stored(w)
    failures.close()


async def test_ids_that_begin_anew_lose_nothing(w: World) -> None:
    """After a quiet week Telegram goes on at a random id, which may be a lower one."""
    siti = await greeted(w, "Siti")
    w.app.intake.long_poll = 1
    await w.say(siti, "satu")
    polls = w.telegram.quiet()["calls"]
    await until(lambda: any("offset" not in c["params"] for c in w.telegram.calls("getUpdates", after=polls)))
    w.telegram.jump(-50_000_000)
    ani = await greeted(w, "Ani")
    await w.press(ani, "Lapor")
    assert len(await stored(w)) == 4


async def test_a_redelivery_a_day_later_is_swallowed(both: World) -> None:
    w = both
    siti = await greeted(w, "Siti")
    (update,) = await stored(w)
    w.telegram.turn(25 * 3600)
    await w.settle()
    shown = len(siti.screen())
    w.telegram.repeat(update)
    await until(lambda: len(w.telegram.deliveries(update)) == 2)
    await w.settle()
    assert len(siti.screen()) == shown
    assert await stored(w) == {update}


async def test_of_two_pollers_the_bot_waits_and_goes_on(w: World) -> None:
    siti = await greeted(w, "Siti")
    w.app.intake.conflict_pause, w.app.intake.conflict_alarm = 0.05, 0.1
    notes = Counted("tersapa.intake")
    wire = Transport(connect=PATIENCE, read=PATIENCE, pool=PATIENCE)
    other = ApiBot(w.telegram.token, f"{w.telegram.url}/bot", request=Transport(), get_updates_request=wire)
    await wire.initialize()
    for _ in range(6):
        await until(lambda: w.telegram.quiet()["polling"])
        seen = notes.count
        await other.call("getUpdates", {"timeout": 0, "allowed_updates": ["message"]})
        await until(lambda seen=seen: notes.count > seen)  # type: ignore[misc]
    await wire.shutdown()
    await until(lambda: w.telegram.quiet()["polling"])
    await w.press(siti, "Lapor")  # a press: the other one had asked for messages only, and servers remember that
    assert siti.find("Apakah Bapak/Ibu setuju?")
    assert notes.levels[0] == logging.WARNING, "at first it is a hand-over"
    notes.close()


async def test_a_conflict_that_lasts_is_an_error(w: World, caplog: pytest.LogCaptureFixture) -> None:
    w.app.intake.conflict_pause, w.app.intake.conflict_alarm = 0.02, 0.1
    w.telegram.fault("error", method="getUpdates", code=409, description="Conflict: terminated by other getUpdates")
    siti = w.person()
    await siti.start()  # ends the poll that is under way
    await until(lambda: any(r.levelno == logging.ERROR and "poller" in r.message for r in caplog.records))
    w.telegram.calm()
    await w.settle()
    assert siti.find("Selamat datang")


async def test_a_refused_token_and_a_flood_limit_end_no_poll(w: World) -> None:
    w.app.intake.pause = 0.01
    siti = w.person()
    w.telegram.fault("error", method="getUpdates", code=401, description="Unauthorized", times=2)
    w.telegram.fault("error", method="getUpdates", code=429, description="Too Many", retry_after=1, times=1)
    w.telegram.fault("html502", method="getUpdates", times=1)
    w.telegram.fault("drop", method="getUpdates", times=1)
    await siti.start()
    await w.settle()
    assert siti.find("Selamat datang")


class Disk:
    """A disk that can be full: SQLite then refuses every page more, as it does on ENOSPC."""

    def __init__(self, db: Database) -> None:
        self.full = False
        event.listen(db.engine, "checkout", self._limit)

    def _limit(self, connection: sqlite3.Connection, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {1 if self.full else 2**30}")  # 1 = not one page more


class Counted(logging.Handler):
    """Counts what one logger says."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.count, self.levels = 0, list[int]()
        self._logger = logging.getLogger(name)
        self._logger.addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        self.levels.append(record.levelno)

    def close(self) -> None:
        self._logger.removeHandler(self)
        super().close()
