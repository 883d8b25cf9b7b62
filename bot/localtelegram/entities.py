"""Telegram's HTML: plain text and entities out of it, or its own words on what is malformed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from .refused import Refused, bad
from .text import utf16

_TYPE_OF = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_CHARACTER = re.compile(r"&(?:#[xX]([0-9a-fA-F]{1,7})|#([0-9]{1,8})|(lt|gt|amp|quot)(?![A-Za-z0-9]));?")
_ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']*)\s*(=?)\s*""")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


@dataclass(slots=True)
class _Open:
    tag: str
    argument: str
    offset: int
    start: int


class _Html:
    """One pass over an HTML text, the way Telegram's own parser walks it."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.plain: list[str] = []
        self.units = 0
        self.open: list[_Open] = []
        self.entities: list[dict[str, Any]] = []

    def fail(self, reason: str, position: int | None = None) -> Refused:
        if position is not None:
            reason += f" at byte offset {len(self.source[:position].encode())}"
        return bad(f"can't parse entities: {reason}")

    def put(self, text: str) -> None:
        self.plain.append(text)
        self.units += utf16(text)

    def character(self) -> str | None:
        """Read an HTML character at the cursor; None leaves it as it stands, as Telegram does."""
        match = _CHARACTER.match(self.source, self.at)
        if match is None:
            return None
        hexadecimal, decimal, name = match.groups()
        code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
        if name is None and not 0 < code < 0x10FFFF:
            return None
        if 0xD800 <= code <= 0xDFFF:
            raise bad("strings must be encoded in UTF-8")
        self.at = match.end()
        return _NAMED[name] if name else chr(code)

    def run(self) -> tuple[str, list[dict[str, Any]]]:
        source = self.source
        while self.at < len(source):
            if source[self.at] == "&":
                found = self.character()
                if found is None:
                    self.at += 1
                self.put(found or "&")
            elif source[self.at] == "<":
                begin = self.at
                self.at += 1
                if source.startswith("/", self.at):
                    self.end_tag(begin)
                else:
                    self.start_tag(begin)
            else:
                stops = [stop for stop in (source.find("<", self.at), source.find("&", self.at)) if stop >= 0]
                stop = min(stops, default=len(source))
                self.put(source[self.at : stop])
                self.at = stop
        if self.open:
            raise self.fail(f'Can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return "".join(self.plain), self.entities

    def name(self) -> str:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] != ">" and not self.source[self.at].isspace():
            self.at += 1
        return self.source[begin : self.at]

    def start_tag(self, begin: int) -> None:
        tag = self.name().lower()
        if self.at >= len(self.source):
            raise self.fail("Unclosed start tag", begin)
        if tag not in _TYPE_OF:
            raise self.fail(f'Unsupported start tag "{tag}"', begin)
        argument = ""
        while not self.source.startswith(">", self.at):
            argument = self.attribute(tag, begin) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise self.fail('Tag "span" must have class "tg-spoiler"', begin)
        self.open.append(_Open(tag, argument, self.units, len(self.plain)))

    def attribute(self, tag: str, begin: int) -> str:
        match = _ATTRIBUTE.match(self.source, self.at)
        assert match is not None
        self.at = match.end()
        name, equals = match.group(1).lower(), match.group(2)
        rest = self.source[self.at : self.at + 1]
        if not name and not equals and rest == ">":
            return ""
        if not name:
            what = "Unclosed start tag" if not rest else f'Empty attribute name in the tag "{tag}"'
            raise self.fail(what, begin)
        if not rest:
            raise self.fail("Unclosed start tag", begin)
        value = self.value(rest, begin) if equals else ""
        if self.at >= len(self.source):
            raise self.fail("Unclosed start tag", begin)
        match (tag, name):
            case ("a", "href") | ("tg-emoji", "emoji-id"):
                return value
            case ("code", "class") if value.startswith("language-"):
                return value.removeprefix("language-")
            case ("span", "class") if value.startswith("tg-"):
                return value.removeprefix("tg-")
            case ("blockquote", "expandable"):
                return "1"
        return ""

    def value(self, quote: str, begin: int) -> str:
        if quote not in "\"'":
            token = _TOKEN.match(self.source, self.at)
            assert token is not None
            self.at = token.end()
            following = self.source[self.at : self.at + 1]
            if following and following != ">" and not following.isspace():
                raise self.fail("Unexpected end of name token", begin)
            return token.group().lower()
        self.at += 1
        value: list[str] = []
        while self.at < len(self.source) and self.source[self.at] != quote:
            found = self.character() if self.source[self.at] == "&" else None
            if found is None:
                found = self.source[self.at]
                self.at += 1
            value.append(found)
        self.at += 1
        return "".join(value)

    def end_tag(self, begin: int) -> None:
        if not self.open:
            raise self.fail("Unexpected end tag", begin)
        self.at += 1
        name = self.name().lower()
        while self.at < len(self.source) and self.source[self.at].isspace():
            self.at += 1
        if not self.source.startswith(">", self.at):
            raise self.fail("Unclosed end tag", begin)
        self.at += 1
        opened = self.open.pop()
        if name and name != opened.tag:
            raise self.fail(
                f"Unmatched end tag at byte offset {len(self.source[:begin].encode())}, "
                f'expected "</{opened.tag}>", found "</{name}>"'
            )
        if self.units > opened.offset:
            self.entity(opened)

    def entity(self, opened: _Open) -> None:
        made: dict[str, Any] = {"offset": opened.offset, "length": self.units - opened.offset}
        made["type"] = _TYPE_OF[opened.tag]
        match opened.tag:
            case "a":
                url = opened.argument or "".join(self.plain[opened.start :])
                if url.startswith("tg://user?id=") or "." not in url:
                    return
                made["url"] = url if "://" in url or url.startswith(("mailto:", "tel:")) else f"http://{url}/"
            case "blockquote" if opened.argument:
                made["type"] = "expandable_blockquote"
            case "tg-emoji":
                if not opened.argument.isdigit():
                    raise self.fail("Invalid custom emoji identifier specified")
                made["custom_emoji_id"] = opened.argument
            case "pre":
                inner = self.entities[-1] if self.entities else None
                if inner and inner["type"] == "code" and _same_place(inner, made):
                    self.entities.pop()
                    if "language" in inner:
                        made["language"] = inner["language"]
            case "code" if opened.argument:
                made["language"] = opened.argument
        self.entities.append(made)


def _same_place(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["offset"] == other["offset"] and one["length"] == other["length"])


def parse_html(source: str) -> tuple[str, list[dict[str, Any]]]:
    """Plain text and entities of an HTML text; raises a 400 with Telegram's words when it is malformed."""
    if "<" not in source and "&" not in source:
        return source, []
    return _Html(source).run()
