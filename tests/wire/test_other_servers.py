"""Bot API servers that are not Telegram's own: they know no long poll, say less, or are none at all (O6)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from sqlmodel import select
from starlette.types import Message, Receive, Scope, Send
from telegram.error import InvalidToken

from bot.demo.turning import PATIENCE
from bot.localtelegram import delivery
from bot.localtelegram.server import LocalTelegram
from handlers.pump import Unreadable, parse
from notifiers.outcome import Unknown
from notifiers.telegram.adapter import classify
from notifiers.telegram.transport import NoBotApi
from storage.tables import Inbox
from tests.support.forks import Forked
from tests.support.world import World, until, world
from tests.wire.test_error_table import TOKEN, bot_at, error_of, raw_server

UNSAID = {
    *("is_bot", "chat_instance", "first_name", "date", "file_unique_id", "width", "height", "duration"),
    *("can_manage_chat", "is_anonymous", "until_date", "can_be_edited"),
}
"""What the other server leaves out, wherever Telegram says it."""


def terse(value: Any) -> Any:
    """The same without what the other server leaves out."""
    if isinstance(value, dict):
        unsaid = UNSAID | {"type"} if "id" in value else UNSAID  # of a chat, not of an entity
        return {key: terse(inner) for key, inner in value.items() if key not in unsaid}
    return [terse(inner) for inner in value] if isinstance(value, list) else value


@pytest.fixture
async def other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[World]:
    """A world whose Bot API server answers getUpdates at once, and says no more than it must."""
    whole = LocalTelegram._app

    async def app(self: LocalTelegram, scope: Scope, receive: Receive, send: Send) -> None:
        head: list[Message] = []

        async def shorter(message: Message) -> None:
            if message["type"] == "http.response.start":
                head.append(message)
                return
            body = message["body"]
            if scope["path"].endswith(("/getUpdates", "/getMe")):
                body = json.dumps(terse(json.loads(body))).encode()
            length = (b"content-length", str(len(body)).encode())
            await send({**head[0], "headers": [pair for pair in head[0]["headers"] if pair[0] != length[0]] + [length]})
            await send({**message, "body": body})

        await whole(self, scope, receive, shorter if scope["path"].startswith("/bot") else send)

    monkeypatch.setattr(LocalTelegram, "_app", app)
    monkeypatch.setattr(delivery, "_LONGEST_POLL", 0)
    async with world(tmp_path) as made:
        yield made


async def test_a_server_without_long_poll_is_asked_once_a_second(other: World) -> None:
    w = other
    await until(lambda: w.telegram.calls("getUpdates"))
    before, begun = len(w.telegram.calls("getUpdates")), monotonic()
    await asyncio.sleep(2.5)
    polls = len(w.telegram.calls("getUpdates")) - before
    assert 1 <= polls <= monotonic() - begun + 1


async def test_what_other_servers_leave_out_is_no_error(other: World) -> None:
    w = other
    w.app.intake.floor = 0.01
    siti = w.person("Siti")
    number = await w.reports_by_buttons(siti, danger="Tidak ada")
    assert siti.find("Nomor laporan", number)
    kinds = (
        siti.photo,
        siti.voice,
        siti.video_note,
        siti.video,
        siti.audio,
        siti.animation,
        siti.document,
        siti.sticker,
    )
    for sends in kinds:
        await sends()
    await siti.contact()
    await siti.pin(-7.9, 112.6)
    w.telegram.group("Piket", [siti], admin=True)
    await siti.block()
    await w.settle()
    assert await w.read(lambda s: s.exec(select(Inbox)).all()) == [], "all of it was handled"
    assert w.app.bot.username == "tersapa_bot"


def test_what_nobody_can_leave_out_makes_an_update_unreadable() -> None:
    with pytest.raises(Unreadable):
        parse({"update_id": 1, "message": {"text": "halo"}})


Answer = tuple[int, str]
NONE: tuple[tuple[Answer, str], ...] = (
    ((404, "<html>not here</html>"), "it answers 404 and no JSON"),
    ((403, "<html>forbidden</html>"), "it answers 403 and no JSON"),
    ((200, "welcome"), "it answers 200 and no JSON"),
    ((302, ""), "it answers 302 and sends the bot elsewhere"),
    ((404, '{"detail": "Not Found"}'), "it answers 404 and JSON without a result"),
    ((200, "[]"), "it answers 200 and JSON without a result"),
    ((200, '{"ok": true}'), "it answers 200 and JSON without a result"),
)
"""What answers, and what the log says of it."""


@asynccontextmanager
async def answering(answer: Answer) -> AsyncIterator[str]:
    """A server with one answer to everything; gives its URL."""
    status, body = answer

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 {status} X\r\nLocation: /elsewhere\r\nConnection: close\r\nContent-Length: {len(body)}"
        writer.write(f"{head}\r\n\r\n{body}".encode())
        await writer.drain()

    async with raw_server(serve) as url:
        yield url


@pytest.mark.parametrize(("answer", "why"), NONE)
async def test_what_is_no_bot_api_server_is_said_once(
    answer: Answer, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    sentence = f"what answers at [telegram] api_url is no Bot API server ({why}). Check api_url."
    async with answering(answer) as url, bot_at(url) as bot:
        for _ in range(3):
            error = await error_of(bot)
            assert isinstance(error, NoBotApi)
            assert isinstance(classify(error), Unknown)
        with pytest.raises(NoBotApi):
            await bot.get_me()
    assert [record.message for record in caplog.records if "api_url" in record.message] == [sentence]


@pytest.mark.parametrize("status", [200, 401, 404])
async def test_only_a_bot_api_server_refuses_the_token(status: int) -> None:
    refusal = f'{{"ok": false, "error_code": {max(status, 401)}, "description": "Unauthorized"}}'
    async with answering((status, refusal)) as url, bot_at(url) as bot:
        with pytest.raises(InvalidToken):
            await bot.get_me()


async def test_run_waits_and_says_what_to_check(tmp_path: Path) -> None:
    """A 404 in HTML ended it with "Telegram refuses the token", a 302 was waited out without a word."""
    log = tmp_path / "log"
    log.touch()
    async with answering((302, "")) as url:
        environment = {
            "PATH": "",
            "TERSAPA_TELEGRAM__TOKEN": TOKEN,
            "TERSAPA_TELEGRAM__API_URL": url,
            "TERSAPA_DATABASE__URL": str(tmp_path / "tersapa.db"),
        }
        process = Forked("bot", ("run",), tmp_path, environment, log)
        await until(lambda: "Check api_url." in log.read_text("utf-8") or process.returncode is not None)
        assert process.returncode is None
        process.terminate()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == 0
