"""Text as Telegram keeps it: lengths in UTF-16 units, trimming, entities it finds, and HTML to show it."""

from __future__ import annotations

import re
from html import escape
from typing import Any

_HTML_OF = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+[^\s<>\".,;:!?)])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z0-9_]{4,32})(?!\w)"
)


def utf16(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def cuts_symbol(text: str, unit: int) -> bool:
    """Whether a UTF-16 offset lies between the two halves of one character."""
    if text.isascii():
        return False
    half = text.encode("utf-16-le", "surrogatepass")[unit * 2 + 1 : unit * 2 + 2]
    return bool(half) and 0xDC <= half[0] <= 0xDF


def found_in(text: str, taken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entities that Telegram finds by itself: commands, links, mentions."""
    if "/" not in text and "@" not in text:
        return []
    made = []
    for match in _FOUND.finditer(text):
        offset, length = utf16(text[: match.start()]), utf16(match.group())
        if not any(
            other["type"] in ("code", "pre", "text_link")
            and other["offset"] < offset + length
            and offset < other["offset"] + other["length"]
            for other in taken
        ):
            made.append({"type": str(match.lastgroup), "offset": offset, "length": length})
    return made


def tidy(text: str, entities: list[dict[str, Any]]) -> tuple[str, list[dict[str, Any]]]:
    """Trim a text as Telegram does and move its entities along."""
    text = _CONTROL.sub(" ", text)
    left = len(text) - len(text.lstrip())
    stripped = text.strip()
    if entities:
        units, kept = utf16(stripped), []
        for entity in entities:
            begin = max(0, entity["offset"] - left)
            end = min(units, entity["offset"] + entity["length"] - left)
            if begin < end:
                kept.append({**entity, "offset": begin, "length": end - begin})
        entities = kept
    entities = [*entities, *found_in(stripped, entities)]
    entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return stripped, entities


def to_html(text: str, entities: list[dict[str, Any]]) -> str:
    """A text as a phone shows it, written as HTML."""
    if not entities:
        return escape(text, quote=False)
    raw = text.encode("utf-16-le")
    edges = sorted({0, len(raw) // 2} | {e["offset"] for e in entities} | {e["offset"] + e["length"] for e in entities})
    out: list[str] = []
    closing: list[tuple[int, str]] = []
    for index, edge in enumerate(edges):
        while closing and closing[-1][0] <= edge:
            out.append(closing.pop()[1])
        for entity in entities:
            if entity["offset"] == edge:
                begin, end = _tags(entity)
                out.append(begin)
                closing.append((edge + entity["length"], end))
        if index + 1 < len(edges):
            out.append(escape(raw[edge * 2 : edges[index + 1] * 2].decode("utf-16-le"), quote=False))
    return "".join(out)


def _tags(entity: dict[str, Any]) -> tuple[str, str]:
    kind = entity["type"]
    if kind == "text_link":
        return f'<a href="{escape(entity["url"])}">', "</a>"
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    tag = _HTML_OF.get(kind)
    return (f"<{tag}>", f"</{tag}>") if tag else ("", "")
