"""Telegram is away when the bot starts: only what needs Telegram waits for it (S7)."""

import json
from pathlib import Path

import pytest
from telegram.error import InvalidToken

from handlers import meeting
from tests.support.receiving import Endpoint, turn_the_library
from tests.support.world import MALANG, SINGOSARI, World, until
from tests.wire.test_mail import ADMIN, PIKET, Server, mailing, server

__all__ = ["server"]


async def test_ladder_jsc_mail_and_alarms_run_while_telegram_is_away(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = Endpoint(tmp_path)
    endpoint.up()
    async with mailing(tmp_path, server, PIKET, admins=(ADMIN,)) as w:
        turn_the_library(monkeypatch, w)
        jsc = {"emails": (PIKET,), **endpoint.settings}
        await w.worker("tksk", SINGOSARI)
        koordinator = await w.worker("koordinator", MALANG)
        number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
        await w.stop()
        w.telegram.fault("html502")
        monkeypatch.setattr(meeting, "LONGEST_PAUSE", 0.5)
        await w.start(jsc=jsc)
        await w.passes(hours=1)
        case = await w.case()
        assert case.rung == 3, "it climbed to both names of JSC"
        assert "case.escalated" in [json.loads(body)["type"] for _, body in endpoint.stored()]
        assert server.to(PIKET)[0]["Subject"] == f"{number}: buka bot"
        assert "https://t.me/tersapa_bot" in str(server.to(PIKET)[0].get_payload()), "its name is known from before"
        assert "Telegram tidak menerima pesan" in str(server.to(ADMIN)[0].get_payload())
        before = w.telegram.quiet()["calls"]
        w.telegram.calm()
        await until(lambda: w.telegram.calls("getUpdates", after=before))
        await w.passes(minutes=1)
        assert koordinator.find(number)
        endpoint.down()


async def test_a_refused_token_ends_the_start(w: World) -> None:
    await w.stop()
    w.telegram.fault("error", code=401, description="Unauthorized", method="getMe")
    with pytest.raises(InvalidToken):
        await w.start()
    w.telegram.calm()
    await w.stop()
    await w.start()


async def test_updates_are_taken_once_telegram_is_back(both: World, monkeypatch: pytest.MonkeyPatch) -> None:
    w = both
    monkeypatch.setattr(meeting, "LONGEST_PAUSE", 0.5)
    await w.stop()
    w.telegram.fault("html502")
    await w.start()
    siti = w.person()
    await siti.start()
    w.telegram.calm()
    await w.settle()
    assert siti.find("Selamat datang")
