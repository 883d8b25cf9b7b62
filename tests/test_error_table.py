"""The table of errors, against the installed library with our transport and a real server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from telegram.error import TelegramError

from bot.demo.server import LocalTelegram
from notifiers.outcome import Gone, Later, Migrated, Never, Outcome, Plainer, Sent, Unauthorized, Unknown
from notifiers.telegram.adapter import ApiBot, classify
from notifiers.telegram.transport import Transport

Handler = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def outcome_of(url: str, token: str = "123456:abcDEF", read_timeout: float = 2.0) -> Outcome:
    bot = ApiBot(token, base_url=f"{url}/bot", request=Transport(), get_updates_request=Transport())
    try:
        await bot.request.initialize()
        await bot.call("sendMessage", {"chat_id": 77, "text": "a"}, read_timeout=read_timeout)
    except TelegramError as error:
        return classify(error)
    finally:
        await bot.request.shutdown()
    return Sent()


@pytest.fixture
async def telegram() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram() as made:
        await made.phone(77, "Ani").start()
        yield made


@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ({"kind": "error", "code": 429, "description": "Too Many Requests", "retry_after": 7}, Later),
        ({"kind": "error", "code": 429, "description": "Too Many Requests: retry after 0"}, Later),
        ({"kind": "error", "code": 500, "description": "Internal Server Error"}, Unknown),
        ({"kind": "html502"}, Unknown),
        ({"kind": "drop"}, Unknown),
        ({"kind": "perform_drop"}, Unknown),
        ({"kind": "hang", "seconds": 3}, Unknown),
        ({"kind": "error", "code": 403, "description": "Forbidden: bot was blocked by the user"}, Never),
        ({"kind": "error", "code": 400, "description": "Bad Request: chat not found"}, Never),
        ({"kind": "error", "code": 400, "description": "Bad Request: can't parse entities: x"}, Plainer),
        ({"kind": "error", "code": 400, "description": "Bad Request: message is too long"}, Plainer),
        ({"kind": "error", "code": 400, "description": "Bad Request: message is not modified: x"}, Sent),
        ({"kind": "error", "code": 400, "description": "Bad Request: message to edit not found"}, Gone),
        ({"kind": "error", "code": 400, "description": "Bad Request: something new"}, Never),
        ({"kind": "error", "code": 401, "description": "Unauthorized"}, Unauthorized),
        ({"kind": "error", "code": 409, "description": "Conflict"}, Later),
    ],
)
async def test_what_telegram_answers(telegram: LocalTelegram, fault: dict[str, Any], expected: type[Outcome]) -> None:
    telegram.fault(**fault, method="sendMessage")
    found = await outcome_of(telegram.url, telegram.token, 1.0)
    assert isinstance(found, expected), found
    if isinstance(found, Never) and "something new" not in fault["description"]:
        assert found.unreachable
    if fault.get("retry_after"):
        assert isinstance(found, Later)
        assert found.delay is not None
        assert found.delay.total_seconds() == 7
        assert not found.counts


async def test_a_group_that_moved(telegram: LocalTelegram) -> None:
    ani = telegram.phone(77, "Ani")
    group = telegram.group("Piket", [ani], bot=True)
    old = group.id
    new = await group.upgrade()
    bot = ApiBot(telegram.token, base_url=f"{telegram.url}/bot", request=Transport(), get_updates_request=Transport())
    await bot.request.initialize()
    with pytest.raises(TelegramError) as caught:
        await bot.call("sendMessage", {"chat_id": old, "text": "a"})
    await bot.request.shutdown()
    assert classify(caught.value) == Migrated(new)


async def _server(handler: Handler) -> tuple[asyncio.Server, str]:
    server = await asyncio.start_server(handler, "127.0.0.1", 0)
    return server, f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def test_half_a_body_is_in_doubt() -> None:
    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok":')
        await writer.drain()
        writer.close()

    server, url = await _server(half)
    async with server:
        assert isinstance(await outcome_of(url), Unknown)


async def test_a_closed_port_and_an_unknown_host_are_surely_not_sent() -> None:
    server, url = await _server(lambda _, writer: asyncio.sleep(0))
    server.close()
    await server.wait_closed()
    for address in (url, "http://no-such-host.invalid"):
        assert isinstance(await outcome_of(address), Later), address
