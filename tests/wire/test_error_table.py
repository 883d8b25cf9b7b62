"""The error table (reliability 2.6): what each way of failing raises in the installed library, and what it means."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager, suppress
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.demo.turning import PATIENCE
from bot.localtelegram.server import LocalTelegram
from notifiers.outcome import Gone, Later, Migrated, Never, Outcome, Plainer, Sent, Unauthorized, Unknown
from notifiers.telegram.adapter import ApiBot, classify
from notifiers.telegram.transport import InDoubt, NotSent, Transport
from tests.support.stopwatch import Stopwatch

TOKEN = "7000000001:AAlocal-telegram-for-tests-and-demo-only"
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def bot_at(url: str, **transport: Any) -> AsyncIterator[ApiBot]:
    """A bot whose Bot API is at `url`; the transport is ours, and is in a hurry only where a test says so."""
    wire = Transport(**{"connect": PATIENCE, "read": PATIENCE, "pool": PATIENCE, **transport})
    await wire.initialize()
    try:
        yield ApiBot(TOKEN, base_url=f"{url}/bot", request=wire, get_updates_request=Transport(1))
    finally:
        await wire.shutdown()


@asynccontextmanager
async def raw_server(serve: Serve) -> AsyncIterator[str]:
    """A server that speaks whatever `serve` writes; gives its URL."""

    ended: list[asyncio.Event] = []

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ended.append(mine := asyncio.Event())
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            await serve(reader, writer)
        writer.close()
        mine.set()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        for mine in ended:
            await mine.wait()


async def error_of(bot: ApiBot, method: str = "sendMessage", **params: Any) -> TelegramError:
    """The error that a call raises."""
    with pytest.raises(TelegramError) as caught:
        await bot.call(method, {"chat_id": 1, "text": "x", **params})
    return caught.value


def not_sent(error: TelegramError) -> bool:
    outcome = classify(error)
    return isinstance(error.__cause__, NotSent) and isinstance(outcome, Later) and outcome.counts


def in_doubt(error: TelegramError) -> bool:
    return isinstance(error.__cause__, InDoubt) and isinstance(classify(error), Unknown)


async def test_refused_is_not_sent() -> None:
    async with raw_server(_say_nothing) as url:
        pass
    async with bot_at(url) as bot:
        assert not_sent(await error_of(bot))


async def test_a_name_that_does_not_resolve_is_not_sent() -> None:
    async with bot_at("http://nobody.invalid", connect=0.3, pool=0.1) as bot:
        assert not_sent(await error_of(bot))


async def test_a_server_without_tls_is_not_sent() -> None:
    async with (
        raw_server(_say(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as url,
        bot_at(url.replace("http", "https"), connect=0.3, pool=0.1) as bot,
    ):
        assert not_sent(await error_of(bot))


async def test_connect_timeout_is_not_sent() -> None:
    with ExitStack() as stack:
        deaf = stack.enter_context(socket.socket())
        deaf.bind(("127.0.0.1", 0))
        deaf.listen(0)
        for _ in range(4):  # nobody accepts: once its queue is full, a connect hears nothing
            caller = stack.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(deaf.getsockname())
        async with bot_at(f"http://127.0.0.1:{deaf.getsockname()[1]}", connect=0.3, pool=0.1) as bot:
            assert not_sent(await error_of(bot))


async def test_a_full_pool_is_not_sent() -> None:
    arrived = asyncio.Event()

    async def hears(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        arrived.set()
        await reader.read()

    async with raw_server(hears) as url, bot_at(url, connections=1) as bot:
        holder = asyncio.create_task(bot.call("getMe", {}))
        await arrived.wait()
        assert isinstance(bot.request, Transport)
        bot.request._connect = bot.request._pool = 0.1
        assert not_sent(await error_of(bot))
        holder.cancel()


async def test_reset_after_the_request_is_in_doubt() -> None:
    async with LocalTelegram() as tg, bot_at(tg.url) as bot:
        for kind, reset in product(("drop", "perform_drop"), (True, False)):
            tg.fault(kind, times=1, reset=reset)
            error = await error_of(bot)
            assert in_doubt(error)
            assert not isinstance(error, TimedOut)


async def test_half_a_body_is_in_doubt() -> None:
    half = b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok": tr'
    async with raw_server(_say(half)) as url, bot_at(url) as bot:
        assert in_doubt(await error_of(bot))


async def test_read_timeout_is_in_doubt() -> None:
    async with raw_server(_say_nothing) as url, bot_at(url, read=0.3) as bot:
        error = await error_of(bot)
        assert isinstance(error, TimedOut)
        assert in_doubt(error)


async def test_a_body_that_trickles_ends_at_the_total_limit() -> None:
    async def trickle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        while True:
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.1)

    async with raw_server(trickle) as url, bot_at(url, connect=2.0, read=0.5) as bot:
        async with asyncio.timeout(PATIENCE):
            watch = Stopwatch()
            assert in_doubt(await error_of(bot))
            assert watch.seconds < 4


async def test_a_redirect_is_not_followed() -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n"
    async with raw_server(_say(moved)) as url, bot_at(url) as bot:
        assert isinstance(classify(await error_of(bot)), Unknown)


UNREACHABLE = Never("", unreachable=True)
ANSWERS: tuple[tuple[int, str, dict[str, Any], Outcome], ...] = (
    (500, "Internal Server Error", {}, Unknown("")),
    (503, "Service Unavailable", {}, Unknown("")),
    (429, "Too Many Requests: retry after 7", {"retry_after": 7}, Later("", timedelta(seconds=7), counts=False)),
    (429, "Too Many Requests: retry after 0", {"retry_after": 0}, Later("", timedelta(seconds=1), counts=False)),
    (429, "Too Many Requests", {}, Later("", timedelta(seconds=1), counts=False)),
    (403, "Forbidden: bot was blocked by the user", {}, UNREACHABLE),
    (403, "Forbidden: user is deactivated", {}, UNREACHABLE),
    (403, "Forbidden: bot was kicked from the group chat", {}, UNREACHABLE),
    (403, "Forbidden: bot can't initiate conversation with a user", {}, UNREACHABLE),
    (400, "Bad Request: chat not found", {}, UNREACHABLE),
    (400, "Bad Request: PEER_ID_INVALID", {}, UNREACHABLE),
    (400, "Bad Request: can't parse entities: Can't find end of tag", {}, Plainer("")),
    (400, "Bad Request: message is too long", {}, Plainer("", shorter=True)),
    (400, "Bad Request: message caption is too long", {}, Plainer("", shorter=True)),
    (400, "Bad Request: MEDIA_CAPTION_TOO_LONG", {}, Plainer("", shorter=True)),
    (400, "Bad Request: message is not modified: specified new message content is the same", {}, Sent()),
    (400, "Bad Request: message to edit not found", {}, Gone("")),
    (400, "Bad Request: message can't be edited", {}, Gone("")),
    (400, "Bad Request: MESSAGE_ID_INVALID", {}, Gone("")),
    (400, "Bad Request: wrong file identifier/HTTP URL specified", {}, Never("")),
    (400, "Bad Request: BUTTON_DATA_INVALID", {}, Never("")),
    (400, "Bad Request: group chat was upgraded", {"migrate_to_chat_id": -100123}, Migrated(-100123)),
    (401, "Unauthorized", {}, Unauthorized("")),
    (404, "Not Found", {}, Unauthorized("")),
    (409, "Conflict: terminated by other getUpdates request", {}, Later("", counts=False)),
)


@pytest.mark.parametrize(("code", "said", "parameters", "meant"), ANSWERS, ids=[f"{a[0]} {a[1][:40]}" for a in ANSWERS])
async def test_an_answer_of_telegram(code: int, said: str, parameters: dict[str, Any], meant: Outcome) -> None:
    async with raw_server(_answer(code, said, parameters)) as url, bot_at(url) as bot:
        outcome = classify(await error_of(bot))
    assert type(outcome) is type(meant)
    for field in ("delay", "counts", "unreachable", "shorter", "chat_id"):
        assert getattr(outcome, field, None) == getattr(meant, field, None), field


async def test_a_broken_gateway_is_unknown() -> None:
    async with LocalTelegram() as tg, bot_at(tg.url) as bot:
        tg.fault("html502", times=1)
        error = await error_of(bot)
        assert isinstance(error, NetworkError)
        assert not isinstance(error.__cause__, NotSent)
        assert isinstance(classify(error), Unknown)


async def test_a_group_that_moved_names_its_new_id() -> None:
    async with LocalTelegram() as tg, bot_at(tg.url) as bot:
        group = tg.group("Piket", [tg.phone(77, "Ani")])
        old = group.id
        new = await group.upgrade()
        assert classify(await error_of(bot, chat_id=old)) == Migrated(new)


async def test_a_bad_request_is_a_network_error_in_the_library() -> None:
    """So it must be looked at first; should this change, the table may be written more simply."""
    assert issubclass(BadRequest, NetworkError)
    assert isinstance(classify(BadRequest("chat not found")), Never)


def _say(answer: bytes) -> Serve:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _request(reader)
        writer.write(answer)
        await writer.drain()

    return serve


def _answer(code: int, said: str, parameters: dict[str, Any]) -> Serve:
    body = json.dumps({"ok": False, "error_code": code, "description": said, "parameters": parameters}).encode()
    return _say(b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (code, len(body)) + body)


async def _say_nothing(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.read()


async def _request(reader: asyncio.StreamReader) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-l")), 0
    )
    await reader.readexactly(length)
