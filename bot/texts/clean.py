"""What people wrote, made safe to show: no control or direction marks, few empty lines, numbers masked."""

import html
import re
import unicodedata

from bot.core.masking import mask_numbers

_DIRECTION = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF])
MASK = "••••"


def clean(text: str) -> str:
    """`text` in NFC without control, direction and surrogate characters; at most one empty line in a row."""
    if text.isascii() and text.isprintable():  # most of what we say: nothing in it is to be taken out
        return text.strip()
    text = unicodedata.normalize("NFC", text.encode("utf-8", "ignore").decode("utf-8")).translate(_DIRECTION)
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cf", "Co"))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def masked(text: str) -> str:
    """Family-card and phone numbers in free text are hidden from others (row 130)."""
    return mask_numbers(text, MASK)


def cut(text: str, units: int) -> str:
    """At most `units` UTF-16 units of `text`, with "…" where it was cut."""
    if len(text.encode("utf-16-le", "surrogatepass")) // 2 <= units:
        return text
    kept = text.encode("utf-16-le", "surrogatepass")[: 2 * (units - 1)].decode("utf-16-le", "ignore")
    return kept + "…"


def escape(text: str) -> str:
    """The one place where a value becomes HTML."""
    return html.escape(text, quote=True)


def plain(markup: str) -> str:
    """Our own HTML without its tags, for the one retry after Telegram could not parse it."""
    return html.unescape(re.sub(r"</?[a-z][^<>]*>", "", markup))
