"""The reporter who hid their identity: the bot tells nobody anything that points to them."""

import asyncio
import base64
import json
import logging
import re
from functools import partial
from typing import Any

import pytest

from bot.localtelegram.phones import Phone
from tests.support import resident
from tests.support.resident import begin, go, press
from tests.support.world import MALANG, SINGOSARI, World

SECRET = "whsec_" + base64.b64encode(b"k" * 24).decode()
PLANTED = {
    "first name": "Sitiplanted",
    "last name": "Rahayuplanted",
    "username": "sitirahasia77",
    "user id": "5876543219",
    "phone": "81298765432",
    "phone as written": "+6281298765432",
    "language": "id-x-planted",
    "latitude": "-7.892534",
    "longitude": "112.665071",
    "forwarded from": "Grup Keluarga Planted",
    "contact's name": "Pakdhe Planted",
    "own pin's address": "Jalan Planted 7",
}
"""Twelve values by which one could tell who reported; the story itself is written to be read."""


def everything(w: World, phones: list[Phone]) -> str:
    """All that reached others: screens, buttons, toasts, calls."""
    shown: list[Any] = []
    for phone in phones:
        shown += [[m.html, m.keyboard, str(m.detail), str(m.media)] for m in phone.screen()]
        shown += phone.toasts()
    ids = {str(phone.id) for phone in phones}
    shown += [call["params"] for call in w.telegram.calls() if str(call["params"].get("chat_id")) in ids]
    return json.dumps(shown, ensure_ascii=False, default=str)


async def the_case(w: World, *, may_phone: bool) -> tuple[Phone, list[Phone]]:
    """A reporter who leaves traces wherever a chat allows it, and everybody who works on their case."""
    tksk = await w.worker("tksk", SINGOSARI)
    others = [await w.worker("koordinator", MALANG), await w.worker("jsc", "35")]
    siti = w.telegram.phone(
        int(PLANTED["user id"]),
        PLANTED["first name"],
        last_name=PLANTED["last name"],
        username=PLANTED["username"],
        language_code=PLANTED["language"],
        phone_number=PLANTED["phone as written"],
        position=(float(PLANTED["latitude"]), float(PLANTED["longitude"])),
    )
    await begin(w, siti, "bahaya")
    await siti.forward("ada orang sakit", hidden_name=PLANTED["forwarded from"])
    await siti.contact("+6281111111111", first_name=PLANTED["contact's name"])
    await siti.contact()
    await w.settle()
    await go(w, siti, "tempat", bahaya="takbangun")
    await press(siti, "tempat", "pin")
    await w.settle()
    await w.press(siti, "Kirim lokasi")
    await go(w, siti, "cerita", ("35.07.24",))
    await siti.photo(caption="Kakek di gubuk")
    await w.settle()
    await go(w, siti, "kontak")
    if may_phone:
        await press(siti, "kontak", "telepon")
        await w.settle()
        await w.press(siti, "Kirim nomor saya")
    await go(w, siti, "")
    await siti.pin(-7.9, 112.7, title="Rumah saya", address=PLANTED["own pin's address"])
    await w.settle()
    return siti, [tksk, *others]


async def _receive(posted: list[bytes], reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """A receiver of events that keeps what came in, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = int(re.findall(rb"(?i)content-length: (\d+)", head)[0])
    posted.append(head + await reader.readexactly(length))
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    await writer.drain()
    writer.close()


async def test_none_of_twelve_values_reaches_anybody(w: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    group = w.telegram.group("JSC piket", [w.person("Rina")])
    posted: list[bytes] = []
    hook = await asyncio.start_server(partial(_receive, posted), "127.0.0.1", 0)
    port = hook.sockets[0].getsockname()[1]
    await w.stop()
    jsc = {"webhook_url": f"http://127.0.0.1:{port}/", "webhook_secret": SECRET, "chat_id": group.id}
    await w.start(jsc=jsc)
    _, workers = await the_case(w, may_phone=False)
    tksk = workers[0]
    await w.press(tksk, "Buka rincian")
    await w.passes(hours=9)
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=7)
    await w.press(tksk, "Selesai", "Tertolong")
    assert tksk.find("Kakek di gubuk"), "what was written to be read is read"
    group_calls = [call["params"] for call in w.telegram.calls(chat=group.id)]
    assert group_calls and posted
    hook.close()
    told = everything(w, workers) + json.dumps(group_calls, default=str) + b"".join(posted).decode()
    records = [record for record in caplog.records if record.name.startswith("tersapa")]
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in records)
    for what, value in PLANTED.items():
        assert value not in told, what
        assert value not in logged, what
    assert "Kakek di gubuk" not in json.dumps(group_calls, default=str) + b"".join(posted).decode() + logged


async def test_a_number_that_may_be_called_is_for_the_owner_only(w: World) -> None:
    _, workers = await the_case(w, may_phone=True)
    tksk, koordinator, jsc = workers
    await w.passes(hours=9)
    await w.press(tksk, "Buka rincian")
    await w.press(jsc, "Buka rincian")
    assert PLANTED["phone"] not in everything(w, workers)
    await w.press(koordinator, "Saya tangani")
    assert koordinator.find(PLANTED["phone as written"])
    assert PLANTED["phone"] not in everything(w, [tksk, jsc])
    rest = {what: value for what, value in PLANTED.items() if "phone" not in what}
    told = everything(w, workers)
    assert not [what for what, value in rest.items() if value in told]


async def test_buttons_carry_nobody(w: World) -> None:
    siti, workers = await the_case(w, may_phone=True)
    for phone in (siti, *workers):
        for message in phone.from_bot():
            for button in message.buttons:
                assert str(siti.id) not in (button.data or "")
    assert await resident.numbers(w, siti)
