"""The local Telegram is as strict as the real one, and its faults look real to python-telegram-bot."""

from __future__ import annotations

import asyncio
import html
import json
import random
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    KeyboardButton,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.demo.turning import PATIENCE
from bot.localtelegram.entities import parse_html
from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import NoSuchThing, Refused
from bot.localtelegram.remote import Control
from bot.localtelegram.server import LocalTelegram
from bot.localtelegram.table import METHODS
from bot.localtelegram.text import tidy, to_html, utf16
from tests.localtelegram.kit import bot_at, bot_on, call, plain_request, raw, say
from tests.support.stopwatch import Stopwatch
from tests.support.world import until

SITI = 5_000_000_001
LONG_POLL = 50
"""Seconds, the most that the local Telegram grants."""
FORM = "application/x-www-form-urlencoded"
YES = InlineKeyboardMarkup([[InlineKeyboardButton("Setuju", callback_data="ok:1")]])


@pytest.fixture(autouse=True)
def _seconds_as_timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
async def tg() -> AsyncIterator[LocalTelegram]:
    async with LocalTelegram(seed=7) as server:
        yield server


@pytest.fixture
async def bot(tg: LocalTelegram) -> AsyncIterator[Bot]:
    async with bot_on(tg) as made:
        yield made


@pytest.fixture
async def siti(tg: LocalTelegram) -> Phone:
    phone = tg.phone(SITI, "Siti")
    await phone.start()
    return phone


async def drain(bot: Bot) -> list[Update]:
    """Fetch and confirm everything that waits."""
    updates = list(await bot.get_updates(allowed_updates=Update.ALL_TYPES))
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return updates


# The HTTP face --------------------------------------------------------------------------------------------


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


# Who can be reached ---------------------------------------------------------------------------------------


async def test_private_chats_must_have_been_started(tg: LocalTelegram, bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(SITI, "x")
    siti = tg.phone(SITI)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(SITI, "x")
    await siti.start("desa-1")
    message = (await drain(bot))[0].message
    assert message is not None
    assert message.text == "/start desa-1"
    assert message.entities[0].type == MessageEntity.BOT_COMMAND
    await bot.send_message(SITI, "x")
    await siti.deactivate()
    with pytest.raises(Forbidden, match="deactivated"):
        await bot.send_message(SITI, "x")


async def test_blocking_is_told_and_refuses(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.block()
    with pytest.raises(Forbidden, match="blocked"):
        await bot.send_message(SITI, "x")
    await siti.unblock()
    await bot.send_message(SITI, "x")
    changes = [update.my_chat_member for update in await drain(bot)]
    assert [c.new_chat_member.status for c in changes if c] == ["kicked", "member"]


async def test_groups_add_remove_and_upgrade(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    group = tg.group("Piket", [siti], bot=False)
    with pytest.raises(Forbidden, match="not a member"):
        await bot.send_message(group.id, "x")
    await group.add_bot()
    await bot.send_message(group.id, "Halo")
    await group.remove_bot()
    with pytest.raises(Forbidden, match="kicked from the group chat"):
        await bot.send_message(group.id, "x")
    await group.add_bot()
    old = group.id
    new = await group.upgrade()
    with pytest.raises(ChatMigrated) as raised:
        await bot.send_message(old, "x")
    assert raised.value.new_chat_id == new
    assert str(new).startswith("-100")
    assert (await bot.send_message(new, "y")).message_id == 2
    messages = [update.message for update in await drain(bot) if update.message]
    assert [m.migrate_to_chat_id for m in messages if m.migrate_to_chat_id] == [new]
    assert [m.migrate_from_chat_id for m in messages if m.migrate_from_chat_id] == [old]


async def test_a_group_shows_the_bot_commands_and_replies_only(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    group = tg.group("Piket", [siti])
    await drain(bot)
    await group.say(siti, "ngobrol")
    await group.say(siti, "/id")
    await group.say(siti, "/id@other_bot")
    asked = await bot.send_message(group.id, "Apa?", reply_markup=YES)
    await group.say(siti, "ini", reply_to=asked.message_id)
    await group.press(siti, "Setuju")
    updates = await drain(bot)
    assert [u.message.text for u in updates if u.message] == ["/id", "ini"]
    assert updates[-1].callback_query is not None
    assert (await bot.get_chat_member(group.id, SITI)).status == "creator"
    await group.add_bot(admin=True)
    await group.say(siti, "ngobrol")
    last = (await drain(bot))[-1].message
    assert last is not None
    assert last.text == "ngobrol"


# What may be said -----------------------------------------------------------------------------------------


async def test_lengths_count_utf16_after_parsing(bot: Bot, siti: Phone) -> None:
    await bot.send_message(SITI, "<b>" + "x" * 4096 + "</b>", parse_mode="HTML")
    await bot.send_message(SITI, "😀" * 2048)
    for text in ("😀" * 2048 + "x", "x" * 4097):
        with pytest.raises(BadRequest, match="Message is too long"):
            await bot.send_message(SITI, text)
    for text in ("", "  \n ", "<b> </b>"):
        with pytest.raises(BadRequest, match="Message text is empty"):
            await bot.send_message(SITI, text, parse_mode="HTML")
    await bot.send_photo(SITI, b"png", caption="x" * 1024)
    with pytest.raises(BadRequest, match="caption is too long"):
        await bot.send_photo(SITI, b"png", caption="x" * 1025)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<x>a</x>", 'Unsupported start tag "x" at byte offset 0'),
        ("é<x>", 'Unsupported start tag "x" at byte offset 2'),
        ("a < b", 'Unsupported start tag "" at byte offset 2'),
        ("<b>a", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>a</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("a</b>", "Unexpected end tag at byte offset 1"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", "Unclosed start tag at byte offset 0"),
        ("<b>a</b", "Unclosed end tag at byte offset 4"),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<b ="1">a</b>', 'Empty attribute name in the tag "b" at byte offset 0'),
        ("<br/>", 'Unsupported start tag "br/" at byte offset 0'),
        ("<a href=x;y>a</a>", "Unexpected end of name token at byte offset 0"),
        ("<tg-emoji emoji-id='x'>a</tg-emoji>", "Invalid custom emoji identifier specified"),
    ],
)
def test_malformed_html(source: str, words: str) -> None:
    with pytest.raises(Refused) as raised:
        parse_html(source)
    assert raised.value.description == f"Bad Request: can't parse entities: {words}"


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("<strong>a</strong> <em>b</em> <ins>c</ins> <del>d</del>", "<b>a</b> <i>b</i> <u>c</u> <s>d</s>"),
        ("<STRIKE>a</STRIKE>", "<s>a</s>"),
        ("<b>a<i>b</i></b>c", "<b>a<i>b</i></b>c"),
        ("<span class='tg-spoiler'>😀a</span>", "<tg-spoiler>😀a</tg-spoiler>"),
        ("<blockquote expandable>a</blockquote>", "<blockquote expandable>a</blockquote>"),
        ('<a href="https://x.id/?a=1&amp;b=2">x</a>', '<a href="https://x.id/?a=1&amp;b=2">x</a>'),
        ("<pre><code class='language-py'>a</code></pre>", "<pre>a</pre>"),
        ("&lt;&#65;&#x1F600;&gt; &amp;amp; &nbsp; &quot;", '&lt;A😀&gt; &amp;amp; &amp;nbsp; "'),
        ("<b></b>a & b", "a &amp; b"),
        ("<b>a</>", "<b>a</b>"),
    ],
)
def test_html_is_shown(source: str, shown: str) -> None:
    assert to_html(*tidy(*parse_html(source))) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_escaped_text_is_read_back(text: str) -> None:
    plain, entities = parse_html(html.escape(text))
    # Python escapes the apostrophe by number; Telegram reads numbers too.
    assert (plain, entities) == (text, [])
    tidied, found = tidy(*parse_html(f"<b>{html.escape(text)}</b>"))
    for entity in found:
        assert 0 <= entity["offset"] < entity["offset"] + entity["length"] <= utf16(tidied)
    assert parse_html(to_html(tidied, []))[0] == tidied


@given(st.text(alphabet='<>/ab="& ;#x1ispanclhref-', max_size=30))
def test_any_html_is_read_or_refused(text: str) -> None:
    try:
        plain, entities = parse_html(text)
    except Refused:
        return
    shown = tidy(plain, entities)
    assert parse_html(to_html(*shown))[0] == shown[0]


async def test_entities_by_hand_are_checked(bot: Bot, siti: Phone) -> None:
    await bot.send_message(SITI, "😀 tebal", entities=[MessageEntity("bold", 3, 5)])
    assert siti.last().html == "😀 <b>tebal</b>"
    with pytest.raises(BadRequest, match="offset 3"):
        await bot.send_message(SITI, "😀 tebal", entities=[MessageEntity("bold", 3, 6)])
    with pytest.raises(BadRequest, match="middle of a utf-16 symbol"):
        await bot.send_message(SITI, "😀 tebal", entities=[MessageEntity("bold", 1, 3)])
    with pytest.raises(BadRequest, match="Unsupported parse_mode"):
        await bot.send_message(SITI, "*x*", parse_mode="MarkdownV2")


BAD_MARKUPS: list[tuple[Any, str]] = [
    ({"inline_keyboard": [[{"text": "a", "callback_data": "x" * 65}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": ""}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "é" * 33}]]}, "BUTTON_DATA_INVALID"),
    ({"inline_keyboard": [[{"text": "a"}]]}, "Text buttons are unallowed"),
    (
        {"inline_keyboard": [[{"text": "a", "url": "http://x.id", "callback_data": "b"}]]},
        "exactly one action",
    ),
    ({"inline_keyboard": [[{"text": " ", "callback_data": "b"}]]}, "must be non-empty"),
    ({"inline_keyboard": [[{"text": "a", "url": "tel:112"}]]}, "Unsupported URL protocol"),
    ({"inline_keyboard": [[{"text": "a", "url": "ack:1"}]]}, "is invalid"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b", "style": "pink"}]]}, "style"),
    ({"inline_keyboard": [[{"text": "a", "copy_text": {"text": ""}}]]}, "BUTTON_COPY_TEXT_INVALID"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}] * 9]}, "too long"),
    ({"inline_keyboard": [[{"text": "a", "callback_data": "b"}]] * 101}, "too long"),
    ({"inline_keyboard": [{"text": "a"}]}, "array of arrays"),
    ({"keyboard": []}, "non-empty"),
    ({"surprise": 1}, "object expected"),
]


@pytest.mark.parametrize(("markup", "words"), BAD_MARKUPS)
async def test_keyboards_are_checked(tg: LocalTelegram, siti: Phone, markup: Any, words: str) -> None:
    status, answer = await say(tg, "sendMessage", chat_id=SITI, text="x", reply_markup=markup)
    assert status == 400
    assert words in answer["description"]
    assert siti.from_bot() == []


async def test_good_keyboards_are_shown(bot: Bot, siti: Phone) -> None:
    rows = [
        [InlineKeyboardButton("Saya tangani", callback_data="x" * 64, style="success")],
        [
            InlineKeyboardButton("Salin", copy_text=CopyTextButton("R-7K2")),
            InlineKeyboardButton("Peta", url="https://t.me/x"),
        ],
    ]
    await bot.send_message(SITI, "x", reply_markup=InlineKeyboardMarkup(rows))
    assert siti.last().labels == ["Saya tangani", "Salin", "Peta"]
    assert siti.last().buttons[0].style == "success"
    assert await siti.press("Salin") == {"copied": "R-7K2"}
    assert await siti.press("Peta") == {"opened": "https://t.me/x"}


async def test_reply_keyboards_send_what_they_say(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    keys = [
        [KeyboardButton("Nomor saya", request_contact=True)],
        [KeyboardButton("Lokasi saya", request_location=True), KeyboardButton("Tidak tahu")],
    ]
    await bot.send_message(SITI, "x", reply_markup=ReplyKeyboardMarkup(keys))
    assert siti.keyboard() == ["Nomor saya", "Lokasi saya", "Tidak tahu"]
    await drain(bot)
    await siti.press("Nomor saya")
    await siti.press("Lokasi")
    await siti.press("Tidak tahu")
    messages = [update.effective_message for update in await drain(bot)]
    contact, place, words = messages
    assert contact is not None
    assert contact.contact is not None
    assert contact.contact.user_id == SITI
    assert place is not None
    assert place.location is not None
    assert words is not None
    assert words.text == "Tidak tahu"
    await bot.send_message(SITI, "x", reply_markup=ReplyKeyboardRemove())
    assert siti.keyboard() == []
    await bot.send_message(SITI, "x", reply_markup=ForceReply())
    with pytest.raises(NoSuchThing):
        await siti.press("Nomor saya")
    group = tg.group("Piket", [siti])
    for key in keys:
        with pytest.raises(BadRequest, match="private chats only"):
            await bot.send_message(group.id, "x", reply_markup=ReplyKeyboardMarkup([key]))


async def test_replies_need_their_message(bot: Bot, siti: Phone) -> None:
    first = await bot.send_message(SITI, "satu", disable_notification=True, protect_content=True)
    answer = await bot.send_message(SITI, "dua", reply_parameters=ReplyParameters(first.message_id))
    assert answer.reply_to_message is not None
    assert siti.last().reply_to == first.message_id
    assert (siti.from_bot()[0].silent, siti.from_bot()[0].protected) == (True, True)
    with pytest.raises(BadRequest, match="to be replied not found"):
        await bot.send_message(SITI, "x", reply_parameters=ReplyParameters(999_999))
    lenient = ReplyParameters(999_999, allow_sending_without_reply=True)
    assert (await bot.send_message(SITI, "x", reply_parameters=lenient)).reply_to_message is None


# Changing what was said -----------------------------------------------------------------------------------


async def test_edits(bot: Bot, siti: Phone) -> None:
    sent = await bot.send_message(SITI, "satu", reply_markup=YES)
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("<b></b>satu", reply_markup=YES, parse_mode="HTML")
    edited = await sent.edit_text("dua")
    assert isinstance(edited, type(sent))
    assert edited.edit_date is not None
    assert (siti.last().text, siti.last().edited, siti.last().labels) == ("dua", True, [])
    await sent.edit_reply_markup(YES)
    with pytest.raises(BadRequest, match="not modified"):
        await sent.edit_reply_markup(YES)
    with pytest.raises(BadRequest, match="no caption"):
        await bot.edit_message_caption(SITI, sent.message_id, caption="x")
    with pytest.raises(BadRequest, match="to edit not found"):
        await bot.edit_message_text("x", SITI, 999_999)
    own = (await siti.say("saya"))["message_id"]
    with pytest.raises(BadRequest, match="can't be edited"):
        await bot.edit_message_text("x", SITI, own)
    keyed = await bot.send_message(SITI, "x", reply_markup=ReplyKeyboardMarkup([["a"]]))
    with pytest.raises(BadRequest, match="can't be edited"):
        await keyed.edit_text("y")
    photo = await bot.send_photo(SITI, b"png", caption="lama")
    await photo.edit_caption("<i>baru</i>", parse_mode="HTML")
    assert siti.last().html == "<i>baru</i>"
    with pytest.raises(BadRequest, match="no text in the message"):
        await photo.edit_text("x")


async def test_deleting_pinning_reacting(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    sent = [await bot.send_message(SITI, str(n)) for n in range(4)]
    await sent[0].pin()
    assert siti.from_bot()[0].pinned
    await bot.unpin_chat_message(SITI)
    assert not siti.from_bot()[0].pinned
    await bot.set_message_reaction(SITI, siti.screen()[0].message_id, "👀")
    assert siti.screen()[0].reaction == ["👀"]
    await sent[0].delete()
    await bot.delete_messages(SITI, [sent[1].message_id, 999_999])
    assert [message.text for message in siti.from_bot()] == ["2", "3"]
    for missing in (bot.delete_message, bot.pin_chat_message):
        with pytest.raises(BadRequest, match="not found"):
            await missing(SITI, 999_999)
    tg.turn(48 * 3600 + 1)
    with pytest.raises(BadRequest, match="can't be deleted"):
        await sent[2].delete()


async def test_presses_are_answered_once_and_in_time(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await bot.send_message(SITI, "x", reply_markup=YES)
    first, second, third = [(await siti.press("Setuju"))["query_id"] for _ in range(3)]
    with pytest.raises(BadRequest, match=r"(?i)MESSAGE_TOO_LONG"):
        await bot.answer_callback_query(first, "x" * 201)
    await bot.answer_callback_query(first, "Tercatat", show_alert=True)
    assert (siti.toasts(), siti.alerts()) == (["Tercatat"], ["Tercatat"])
    with pytest.raises(BadRequest, match="Query is too old"):
        await bot.answer_callback_query(first)
    tg.turn(149)
    await bot.answer_callback_query(second)
    assert siti.unanswered() == [third]
    tg.turn(2)
    for query in (third, "12345"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(query)


async def test_a_forged_press_arrives(bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.forge("close:42", message_id=999_999)
    await siti.forge("x")
    forged, other = (update.callback_query for update in await drain(bot))
    assert forged is not None
    assert forged.data == "close:42"
    assert forged.message is not None
    assert not forged.message.is_accessible
    assert other is not None
    assert other.message is not None
    assert other.message.is_accessible


# Files ----------------------------------------------------------------------------------------------------


async def test_files_go_both_ways(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    await siti.photo(b"gambar", caption="ini")
    update = (await drain(bot))[0]
    assert update.message is not None
    for size in update.message.photo:
        assert bytes(await (await size.get_file()).download_as_bytearray()) == b"gambar"
    await bot.send_photo(SITI, update.message.photo[-1].file_id)
    await bot.send_media_group(SITI, [InputMediaPhoto(update.message.photo[0].file_id), InputMediaPhoto(b"dua")])
    assert [message.media for message in siti.from_bot()] == ["photo"] * 3
    assert siti.from_bot()[1].group == siti.from_bot()[2].group
    with pytest.raises(BadRequest, match=r"[Ww]rong file identifier"):
        await bot.send_photo(SITI, "AgACnothing")
    with pytest.raises(BadRequest, match="photo as document"):
        await bot.send_document(SITI, update.message.photo[-1].file_id)
    await siti.document(b"x", size=20 * 1024 * 1024 + 1)
    big = (await drain(bot))[0].message
    assert big is not None
    assert big.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await big.document.get_file()
    assert (await raw(tg.url, f"GET /file/bot{tg.token}/photos/none.png HTTP/1.1")).startswith(b"HTTP/1.1 404")


async def test_every_kind_of_sending(bot: Bot, siti: Phone) -> None:
    for send in (bot.send_document, bot.send_voice, bot.send_video, bot.send_video_note):
        await send(SITI, b"isi")
    await bot.send_location(SITI, -7.9, 112.6, horizontal_accuracy=15)
    await bot.send_venue(SITI, -7.9, 112.6, "Balai desa", "Jl. Raya")
    await bot.send_contact(SITI, "+6281", "Budi")
    await bot.send_chat_action(SITI, "typing")
    kinds = ["document", "voice", "video", "video_note", "location", "venue", "contact"]
    assert [message.media for message in siti.from_bot()] == kinds
    copied = await bot.copy_message(SITI, SITI, siti.last().message_id)
    assert siti.last().message_id == copied.message_id
    await bot.forward_message(SITI, SITI, copied.message_id)
    assert (await bot.get_chat(SITI)).first_name == "Siti"
    with pytest.raises(BadRequest, match="Wrong location"):
        await bot.send_location(SITI, 97.9, 112.6)


async def test_commands_and_names(bot: Bot, siti: Phone) -> None:
    scope = BotCommandScopeChat(SITI)
    await bot.set_my_commands([BotCommand("tugas", "Tugas saya")], scope=scope, language_code="id")
    assert (await bot.get_my_commands(scope=scope, language_code="id"))[0].command == "tugas"
    assert await bot.get_my_commands() == ()
    await bot.delete_my_commands(scope=scope, language_code="id")
    assert await bot.get_my_commands(scope=scope, language_code="id") == ()
    with pytest.raises(BadRequest, match=r"(?i)BOT_COMMAND_INVALID"):
        await bot.set_my_commands([BotCommand("Tugas!", "x")])
    await bot.set_my_name("Tersapa Jatim")
    await bot.set_my_description("Panjang", language_code="id")
    await bot.set_my_short_description("Pendek")
    assert (await bot.get_my_name()).name == "Tersapa Jatim"
    assert (await bot.get_my_description("id")).description == "Panjang"
    assert (await bot.get_my_short_description("jv")).short_description == "Pendek"


# Updates --------------------------------------------------------------------------------------------------


async def test_every_kind_of_update_is_read(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    budi = tg.phone(42, "Budi", last_name="Santoso", username="budi", language_code="jv")
    await siti.say("lihat https://x.id/a @budi_s /bantuan")
    await siti.voice()
    await siti.video_note()
    await siti.video()
    await siti.document(b"x", name="surat.pdf", mime="application/pdf")
    await siti.sticker()
    album = await siti.album(3, caption="album")
    await siti.pin(-7.9, 112.6, accuracy=120.5)
    live = await siti.pin(-7.9, 112.6, live_period=900)
    await siti.move(live["message_id"], -7.91, 112.61)
    await siti.pin(-7.9, 112.6, title="Masjid", address="Jl. Raya")
    await siti.contact()
    await siti.contact("+628111", first_name="Pak RT", user_id=42)
    said = await siti.say("salah", reply_to=album[0]["message_id"])
    await siti.edit(said["message_id"], "benar /x")
    await siti.forward("dari orang lain")
    await siti.forward(message_id=said["message_id"])
    await siti.delete(said["message_id"])
    await budi.start("x")
    await siti.forge("x")
    group = tg.group("Piket", [siti, budi], admin=True)
    tg.desk.ask("leave", chat=group.id, user=budi.id)
    tg.desk.ask("join", chat=group.id, user=budi.id)
    await group.upgrade()
    await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    await siti.react(live["message_id"], "👍")
    await siti.block()
    wires = [item.wire for item in tg.state.updates.waiting.values()]
    for wire in wires:
        update = Update.de_json(json.loads(json.dumps(wire)), bot)
        assert update.effective_chat is not None
        assert update.effective_user is not None
        assert not update.api_kwargs
        if update.effective_message:
            assert not update.effective_message.api_kwargs
    kinds = {next(name for name in wire if name != "update_id") for wire in wires}
    assert kinds == {"message", "edited_message", "callback_query", "my_chat_member", "message_reaction"}
    groups = [wire["message"].get("media_group_id") for wire in wires if "message" in wire]
    assert sorted(groups.count(group) for group in set(groups) - {None}) == [3]
    await drain(bot)


async def test_offsets_and_limits(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    for n in range(5):
        await siti.say(str(n))
    first = (await bot.get_updates(limit=2))[0].update_id
    assert [update.update_id - first for update in await bot.get_updates(limit=2)] == [0, 1]
    assert [u.update_id - first for u in await bot.get_updates(offset=first + 2, limit=1)] == [2]
    assert tg.pending() == 4
    assert [update.update_id - first for update in await bot.get_updates(offset=-2)] == [4, 5]
    assert tg.pending() == 2
    tg.jump(1000)
    await siti.say("lagi")
    assert (await bot.get_updates())[-1].update_id == first + 1006


async def test_allowed_updates_are_remembered(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await bot.get_updates(allowed_updates=["message"])
    await siti.forge("x")
    await bot.get_updates()
    await siti.forge("x")
    await siti.say("halo")
    assert [u.callback_query for u in await drain(bot)] == [None, None]
    await bot.get_updates(allowed_updates=[])
    await siti.forge("x")
    assert (await drain(bot))[0].callback_query


async def test_a_long_poll_waits_and_a_second_poller_ends_it(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await drain(bot)
    waiting = asyncio.create_task(bot.get_updates(timeout=LONG_POLL))
    await until(lambda: tg.quiet()["polling"] == 1)
    assert not waiting.done()
    second = asyncio.create_task(bot.get_updates(timeout=LONG_POLL))
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await waiting
    await siti.say("halo")
    assert len(await second) == 1
    await bot.get_updates(offset=-1)
    third = asyncio.create_task(bot.get_updates(offset=2**40, timeout=LONG_POLL))
    await until(lambda: tg.quiet()["polling"] == 1)
    await bot.set_webhook("https://example.org/hook")
    with pytest.raises(Conflict, match="setWebhook"):
        await third
    with pytest.raises(Conflict, match="webhook is active"):
        await bot.get_updates()


async def test_old_updates_are_dropped(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    await siti.forge("x")
    tg.turn(151)
    assert [update.callback_query for update in await bot.get_updates()] == [None]
    tg.turn(24 * 3600)
    assert await bot.get_updates() == ()
    assert tg.quiet()["expired"] == 2


async def test_an_update_may_come_twice(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    first = (await drain(bot))[0].update_id
    tg.repeat(first)
    assert tg.pending() == 1
    assert [update.update_id for update in await bot.get_updates(offset=first + 1)] == [first]
    assert await bot.get_updates(offset=first + 1) == ()
    tg.mix(seed=1, pdup_update=1.0)
    await siti.say("dua kali")
    assert len({update.update_id for update in await bot.get_updates()}) == 1
    assert len(tg.deliveries(first + 1)) == 2
    await bot.get_updates(offset=first + 2)
    for n in range(5):
        await siti.say(str(n))
    seen: list[int] = []
    while batch := await bot.get_updates(offset=max(seen, default=first + 1) + 1, limit=2):
        seen += [update.update_id for update in batch]
    # A repeated id never runs ahead of an update that has not been seen.
    assert list(dict.fromkeys(seen)) == [first + 2 + n for n in range(5)]
    assert sorted(seen) == sorted(2 * [first + 2 + n for n in range(5)])


class Receiver:
    """A webhook that answers as told and keeps what it got."""

    def __init__(self, *statuses: int) -> None:
        self.statuses = list(statuses)
        self.got: list[tuple[str, int]] = []
        self.url = ""
        self.arrived = asyncio.Event()
        self._writers: list[asyncio.StreamWriter] = []

    async def __aenter__(self) -> Receiver:
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self.server.sockets[0].getsockname()[1]}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.server.close()
        for writer in self._writers:
            writer.close()
        await self.server.wait_closed()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.append(writer)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode()
                headers = dict(line.split(": ", 1) for line in head.split("\r\n")[1:] if line)
                body = json.loads(await reader.readexactly(int(headers["Content-Length"])))
                self.got.append((headers.get("X-Telegram-Bot-Api-Secret-Token", ""), body["update_id"]))
                self.arrived.set()
                status = self.statuses.pop(0) if self.statuses else 200
                writer.write(f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode())
                await writer.drain()
        except asyncio.IncompleteReadError:
            writer.close()

    async def takes(self, count: int) -> list[tuple[str, int]]:
        async with asyncio.timeout(PATIENCE):
            while len(self.got) < count:
                await self.arrived.wait()
                self.arrived.clear()
        return self.got


async def test_a_webhook_gets_secret_order_and_retries(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    tg.settings(speed=100)
    async with Receiver(500, 302) as hook:
        await siti.say("dua")
        await bot.set_webhook(hook.url, secret_token="s3cret", max_connections=1)
        got = await hook.takes(4)
        first = got[0][1]
        assert got == [("s3cret", first)] * 3 + [("s3cret", first + 1)]
        info = await bot.get_webhook_info()
        assert info.last_error_message == "Wrong response from the webhook: 302"
        assert [delivery["status"] for delivery in tg.deliveries()] == [500, 302, 200, 200]
        await until(lambda: not tg.pending())
        tg.repeat()
        await hook.takes(5)
        await bot.delete_webhook(drop_pending_updates=True)
        assert tg.desk.ask("bot")["drops"] == ["deleteWebhook"]


async def test_a_webhook_that_is_down_is_tried_again_when_the_clock_turns(
    tg: LocalTelegram, bot: Bot, siti: Phone
) -> None:
    tg.settings(speed=0.001)  # but for the clock it would take twenty minutes
    async with Receiver(503) as hook:
        await bot.set_webhook(hook.url)
        await until(tg.deliveries)
        tg.turn(60)
        await hook.takes(2)


async def test_webhook_settings_are_checked(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="https url must be provided"):
        await bot.set_webhook("http://example.org/x")
    with pytest.raises(BadRequest, match=r"(?i)secret token contains unallowed"):
        await bot.set_webhook("https://example.org/x", secret_token="a b")
    with pytest.raises(BadRequest, match="Max_connections"):
        await bot.set_webhook("https://example.org/x", max_connections=101)


# Faults ---------------------------------------------------------------------------------------------------


async def test_refusing_faults_are_seen_and_pass(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    tg.fault(code=429, description="Too Many Requests: retry after 7", retry_after=7, times=1)
    with pytest.raises(RetryAfter) as raised:
        await bot.send_message(SITI, "x")
    assert raised.value.retry_after in (7, timedelta(seconds=7))
    assert (await say(tg, "getMe"))[0] == 200
    tg.fault(code=500, times=1, method="send*")
    await bot.get_me()
    with pytest.raises(NetworkError, match="Internal Server Error"):
        await bot.send_message(SITI, "x")
    tg.fault(code=403, description="Forbidden: bot was blocked by the user", chat_id=SITI)
    with pytest.raises(Forbidden):
        await bot.send_message(SITI, "x")
    tg.calm()
    await bot.send_message(SITI, "akhirnya")
    assert [message.text for message in siti.from_bot()] == ["akhirnya"]


@pytest.mark.parametrize("reset", [True, False])
async def test_a_dropped_connection_is_a_network_error(tg: LocalTelegram, bot: Bot, siti: Phone, reset: bool) -> None:
    tg.fault("drop", method="sendMessage", times=1, reset=reset)
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "hilang")
    tg.fault("perform_drop", method="sendMessage", times=1, reset=reset)
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "sampai")
    assert [message.text for message in siti.from_bot()] == ["sampai"]
    assert [(one["fault"], one["performed"]) for one in tg.calls("sendMessage")] == [
        ("drop", False),
        ("perform_drop", True),
    ]


async def test_the_socket_really_closes_without_an_answer(tg: LocalTelegram) -> None:
    tg.fault("drop", times=1)
    assert await raw(tg.url, f"GET /bot{tg.token}/getMe HTTP/1.1") == b""
    tg.fault("drop", times=1, reset=True)
    with pytest.raises(ConnectionResetError):
        await raw(tg.url, f"GET /bot{tg.token}/getMe HTTP/1.1")


async def test_slow_faults(tg: LocalTelegram, siti: Phone) -> None:
    async with Bot(tg.token, base_url=f"{tg.url}/bot", request=plain_request()) as bot:
        tg.fault("hang", method="sendMessage", times=1, seconds=PATIENCE)
        with pytest.raises(TimedOut):
            await bot.send_message(SITI, "hilang", read_timeout=0.15)
        tg.fault("perform_late", method="sendMessage", times=1, seconds=PATIENCE)
        with pytest.raises(TimedOut):
            await bot.send_message(SITI, "sampai", read_timeout=0.15)
        await until(siti.from_bot)
        tg.fault("perform_late", method="sendMessage", times=1, seconds=0.02)
        await bot.send_message(SITI, "terlambat")
        tg.fault("hang", method="sendMessage", times=1, seconds=0.02)
        with pytest.raises(NetworkError):
            await bot.send_message(SITI, "hilang")
    assert [message.text for message in siti.from_bot()] == ["sampai", "terlambat"]


@pytest.mark.parametrize(("kind", "arrives"), [("html502", False), ("perform_error", True)])
async def test_broken_answers(tg: LocalTelegram, bot: Bot, siti: Phone, kind: str, arrives: bool) -> None:
    tg.fault(kind, method="sendMessage", times=1, code=502, description="Bad Gateway")
    with pytest.raises(NetworkError):
        await bot.send_message(SITI, "x")
    assert bool(siti.from_bot()) is arrives


async def test_a_mix_is_repeatable() -> None:
    async def outcomes() -> list[str]:
        async with LocalTelegram(seed=1) as tg, bot_on(tg) as bot:
            await tg.phone(SITI).start()
            tg.mix(seed=6, p429=0.2, p5xx=0.1, preset=0.1, pperform_reset=0.1, method="send*")
            for n in range(40):
                try:
                    await bot.send_message(SITI, str(n))
                except TelegramError:
                    continue
            return [one["fault"] for one in tg.calls("sendMessage")]

    first = await outcomes()
    assert first == await outcomes()
    assert {"", "error", "drop", "perform_drop"} <= set(first)


# Clock and control ----------------------------------------------------------------------------------------


async def test_the_clock_turns_and_can_be_followed(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, base_url=tg.url) as client:
        frozen = (await client.post("/control/clock", json={"set": "2026-03-01T00:00:00+00:00", "freeze": True})).json()
        assert datetime.fromisoformat(frozen["now"]) == datetime(2026, 3, 1, tzinfo=UTC)
        waiting = asyncio.create_task(client.get(f"/control/clock?after={frozen['version']}&timeout={LONG_POLL}"))
        await until(lambda: tg.clock.pulse._waiters)
        assert not waiting.done()
        await client.post("/control/clock", json={"advance": 90.5})
        seen = (await waiting).json()
        assert seen["now"] == "2026-03-01T00:01:30.500000+00:00"
        assert seen["version"] > frozen["version"]
        sent = await bot.send_message(SITI, "x")
        assert sent.date == datetime(2026, 3, 1, 0, 1, 30, tzinfo=UTC)
        begun = time.time()
        tg.clock.freeze(False)
        went_on = tg.clock.now() - datetime(2026, 3, 1, 0, 1, 30, 500_000, tzinfo=UTC)
        assert timedelta(0) <= went_on <= timedelta(seconds=time.time() - begun + 0.001)


async def test_control_over_http(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False, base_url=tg.url) as client:
        version = (await client.get("/control/events")).json()["version"]
        waiting = asyncio.create_task(client.get(f"/control/events?after={version}&timeout={LONG_POLL}"))
        await until(lambda: tg.state.event_pulse._waiters)
        await bot.send_message(SITI, "Halo", reply_markup=YES)
        events = (await waiting).json()["events"]
        assert [(event["kind"], event["chat_id"]) for event in events] == [("message", SITI)]
        screen = (await client.get(f"/control/screen?chat={SITI}")).json()
        assert screen[-1]["text"] == "Halo"
        pressed = await client.post("/control/do/press", json={"user": SITI, "label": "Setuju"})
        assert "query_id" in pressed.json()
        assert (await client.post("/control/do/press", json={"user": SITI, "label": "Tidak"})).status_code == 404
        assert (await client.post("/control/do/nonsense")).status_code == 404
        assert (await client.post("/control/do/say", json={"user": 1, "text": "x"})).status_code == 400
        assert (await client.post("/control/do/say", json=[1])).status_code == 400
        await client.post("/control/faults", json={"rules": [{"code": 500, "times": 1}]})
        with pytest.raises(NetworkError):
            await bot.get_me()
        calls = (await client.get("/control/calls?method=getMe")).json()
        assert calls[-1]["fault"] == "error"
        photo = await bot.send_photo(SITI, b"gambar")
        assert (await client.get(f"/control/file/{photo.photo[-1].file_id}")).content == b"gambar"
        phone = (await client.get(f"/control/phone?user={SITI}")).json()
        assert (phone["bot"], phone["screen"][-1]["media"]) == ("member", "photo")
        for page in ("quiet", "deliveries", "chats", "people", "bot", "settings", "faults"):
            assert (await client.get(f"/control/{page}")).status_code == 200


async def test_a_server_of_its_own_and_its_remote_phones() -> None:
    command = [sys.executable, "-W", "error", "-m", "bot.localtelegram.server", "--port", "0", "--token", "77:abc"]
    process = await asyncio.create_subprocess_exec(
        *command, "--clock-start", "2026-05-01T07:00:00+07:00", stdout=asyncio.subprocess.PIPE
    )
    assert process.stdout is not None
    url = (await process.stdout.readline()).decode().split()[-1]
    control = Control(url)
    try:
        siti = control.phone(SITI, "Siti")
        await siti.start("x")
        async with bot_at(url, "77:abc") as bot:
            update = (await bot.get_updates())[0]
            assert update.message is not None
            assert update.message.date.date().isoformat() == "2026-05-01"
            await bot.send_message(SITI, "Halo", reply_markup=YES)
            assert "Halo" in siti.last()
            await siti.press("Setuju")
            group = control.group("Piket", [siti])
            assert group.screen() != []
            assert control.pending() > 0
            with pytest.raises(NoSuchThing):
                await siti.press("Tidak ada")
    finally:
        control.close()
        process.terminate()
        assert await process.wait() == 0


async def test_settling_waits_for_the_bot(tg: LocalTelegram, bot: Bot, siti: Phone) -> None:
    with pytest.raises(TimeoutError):
        await tg.settle(limit=0.1)
    settling = asyncio.create_task(tg.settle(idle=0.02, limit=PATIENCE))
    await drain(bot)
    await settling


async def test_people_can_do_only_what_their_phone_offers(tg: LocalTelegram, bot: Bot) -> None:
    siti = tg.phone(SITI)
    with pytest.raises(NoSuchThing):
        await siti.say("halo")
    await siti.start()
    sent = await bot.send_message(SITI, "x", protect_content=True)
    for attempt in (
        siti.edit(sent.message_id, "y"),
        siti.forward(message_id=sent.message_id),
        siti.delete(999_999),
        siti.say(" "),
        siti.press("Setuju"),
    ):
        with pytest.raises(NoSuchThing):
            await attempt
    await siti.block()
    with pytest.raises(NoSuchThing):
        await siti.say("halo")


async def test_leaving_with_open_polls_is_quick_and_silent(caplog: pytest.LogCaptureFixture) -> None:
    async with LocalTelegram() as tg:
        poll = asyncio.create_task(raw(tg.url, f"GET /bot{tg.token}/getUpdates?timeout={LONG_POLL} HTTP/1.1"))
        follow = asyncio.create_task(raw(tg.url, f"GET /control/events?after=999&timeout={LONG_POLL} HTTP/1.1"))
        tg.fault("hang", method="getMe", seconds=LONG_POLL)
        hang = asyncio.create_task(raw(tg.url, f"GET /bot{tg.token}/getMe HTTP/1.1"))
        await until(lambda: tg.quiet()["polling"] and tg.state.event_pulse._waiters and tg.calls("getMe"))
        watch = Stopwatch()
    assert watch.seconds < 0.5
    await asyncio.gather(poll, follow, hang, return_exceptions=True)
    assert not caplog.records
