"""The local Telegram's HTTP: parameters by every way, and nonsense is refused, never an error of the server."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import httpx
import pytest
from telegram import Bot
from telegram.error import BadRequest, EndPointNotFound, InvalidToken

from bot.demo.turning import PATIENCE
from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from bot.localtelegram.table import METHODS
from tests.localtelegram.kit import FORM, SITI, call, say


async def test_parameters_come_by_query_form_multipart_and_json(tg: LocalTelegram, siti: Phone) -> None:
    path = f"/bot{tg.token}/"
    ways = [
        await call(tg, f"{path}sendMessage?chat_id={SITI}&text=satu%20%F0%9F%98%80", verb="GET"),
        await call(tg, f"{path}SENDMESSAGE", f"chat_id={SITI}&text=dua".encode(), FORM),
        await say(tg, "sendmessage", chat_id=SITI, text="tiga"),
    ]
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
        parts: Any = {"chat_id": (None, str(SITI)), "text": (None, "empat")}
        answer = await client.post(f"{tg.url}{path}sendMessage", files=parts)
        ways.append((answer.status_code, answer.json()))
    assert [status for status, _ in ways] == [200] * 4
    assert [message.text for message in siti.from_bot()] == ["satu 😀", "dua", "tiga", "empat"]


async def test_an_unknown_method_is_not_found(tg: LocalTelegram, bot: Bot) -> None:
    with pytest.raises(EndPointNotFound):
        await bot.do_api_request("sendEverything")
    assert await say(tg, "sendEverything") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found"},
    )


async def test_tokens(tg: LocalTelegram, bot: Bot) -> None:
    assert (await call(tg, "/bot7:wrong/getMe"))[0] == 401
    assert (await call(tg, "/botnonsense/getMe"))[0] == 404
    tg.settings(revoked=True)
    with pytest.raises(InvalidToken):
        await bot.get_me()
    tg.settings(revoked=False)
    assert (await bot.get_me()).username == "tersapa_bot"


@pytest.mark.parametrize(
    "body",
    [
        b'{"chat_id": 5000000001, "text": "\\ud83d"}',
        b'{"chat_id": 5000000001, "text": "\xff"}',
        b'{"chat_id": "x", "text": "y"}',
        b'{"chat_id": 99999999999999999999999, "text": "y"}',
        b'{"chat_id": [1], "text": "y"}',
        b'{"chat_id": 5000000001, "text": {"a": 1}}',
        b'{"chat_id": 5000000001, "text": "x", "reply_markup": "{"}',
        b'{"chat_id": 5000000001, "text": "x", "reply_markup": [1]}',
        b'{"chat_id": 5000000001, "text": "x", "reply_markup": {"keyboard": [["\\udc00"]]}}',
        b'{"chat_id": 5000000001, "text": "x", "reply_parameters": 5}',
        b'{"chat_id": 5000000001, "text": "x", "reply_parameters": {"message_id": "abc"}}',
        b"[]",
        b"[" * 100_000,
        b'{"text": "x"}',
    ],
)
async def test_nonsense_is_a_400_and_never_a_500(tg: LocalTelegram, siti: Phone, body: bytes) -> None:
    status, answer = await call(tg, f"/bot{tg.token}/sendMessage", body)
    assert (status, answer["ok"], answer["error_code"]) == (400, False, 400)


JUNK: list[Any] = [
    *(None, "", "abc", "-1", -1, 0, 10**30, 1.5, float("nan"), True, "[", "{}", "null", "attach://x", SITI),
    *([], {}, [1], [[]], [None], [{}], {"a": 1}, {"type": []}, [{"type": []}] * 2, {"message_id": []}),
    *([{"type": [], "offset": 0, "length": 1}], [{"type": "photo", "media": 5}] * 2, [{"command": 5}]),
    *({"inline_keyboard": 5}, {"inline_keyboard": [[5]]}, {"keyboard": [[5]]}, {"keyboard": [["a"]]}),
    *({"inline_keyboard": [[{"text": "a", "url": "http://[x"}]]}, [{"type": "emoji", "emoji": 5}]),
    *(
        {"inline_keyboard": [[{"text": "a", "callback_data": "b", "style": []}]]},
        "\ud83d",
        {"text": "\udc00"},
    ),
]
FIELDS = """
chat_id from_chat_id message_id text entities parse_mode caption reply_markup reply_parameters photo document
media latitude longitude title address phone_number first_name message_ids callback_query_id reaction scope
commands language_code name description file_id user_id url secret_token max_connections allowed_updates
offset limit
"""


async def test_no_method_breaks_on_junk(tg: LocalTelegram, siti: Phone) -> None:
    chance = random.Random(3)
    own = (await siti.photo())["message_id"]
    for method, _ in [*METHODS.values()] * 12:
        params = {name: chance.choice(JUNK) for name in FIELDS.split() if chance.random() < 0.4}
        good = {
            "chat_id": SITI,
            "message_id": own,
            "text": "x",
            "latitude": 1,
            "longitude": 1,
            "action": "typing",
        }
        params |= {name: value for name, value in good.items() if chance.random() < 0.8}
        status, answer = await say(tg, method, **params)
        assert status < 500, (method, params, answer)
        assert siti.screen() is not None


async def test_requests_in_pieces_and_in_one_go(tg: LocalTelegram) -> None:
    ask = f"POST /bot{tg.token}/getMe HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}".encode()
    host, port = tg.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    async def answer() -> bytes:
        head = await reader.readuntil(b"\r\n\r\n")
        return await reader.readexactly(int(head.rpartition(b"content-length: ")[2].split(b"\r\n")[0]))

    for n in range(len(ask)):
        writer.write(ask[n : n + 1])
        await asyncio.sleep(0)
    assert b"tersapa_bot" in await answer()
    writer.write(ask * 3)
    assert [b"tersapa_bot" in await answer() for _ in range(3)] == [True] * 3
    # Anything unusual goes to the full parser, on the same connection.
    chunked = ask.split(b"Content-Length")[0] + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"
    writer.write(chunked + ask)
    assert [b"tersapa_bot" in await answer() for _ in range(2)] == [True] * 2
    writer.close()
    await writer.wait_closed()


async def test_large_uploads(bot: Bot, siti: Phone) -> None:
    content = bytes(5_000_000)
    sent = await bot.send_document(SITI, content, filename="besar.bin")
    assert sent.document is not None
    assert bytes(await (await sent.document.get_file()).download_as_bytearray()) == content
    with pytest.raises(BadRequest, match=r"(?i)photo_invalid_size"):
        await bot.send_photo(SITI, bytes(10 * 1024 * 1024 + 1))


async def test_a_broken_form_is_a_400(tg: LocalTelegram) -> None:
    path = f"/bot{tg.token}/getUpdates"
    assert (await call(tg, path, b"offset=%ff", FORM))[0] == 400
    assert (await call(tg, path, b"offset=abc", FORM))[0] == 400
    assert (await call(tg, path, b"nonsense", "multipart/form-data; boundary=x"))[0] == 400
