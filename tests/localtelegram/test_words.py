"""What may be said: lengths, markup, entities, replies."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot, MessageEntity, ReplyParameters
from telegram.error import BadRequest

from bot.localtelegram.entities import parse_html
from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import Refused
from bot.localtelegram.text import tidy, to_html, utf16
from tests.localtelegram.kit import SITI


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
