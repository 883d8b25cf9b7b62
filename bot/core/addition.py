"""What a reporter tells after the number: words, pictures, a place, or that they take it back (R2, R3)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from bot.core import correction
from bot.core.correction import Correction
from bot.core.inputs import Input, Media, Pin, Typed
from bot.core.media import MAX_BYTES
from bot.core.report import Medium
from bot.core.story_step import MAX_MEDIA, MAX_TEXT

OPEN_FOR = timedelta(days=30)
"""So long what is said out of the blue may belong to an own report."""
ADDED_AFTER = timedelta(minutes=10)
"""If nobody says where it belongs, it is added;"""
ADDED_SOON = timedelta(seconds=45)
"""in darurat within the minute."""


@dataclass(frozen=True, slots=True)
class Addition:
    """Texts are as they were written; `point` in degrees; `withdraws`: do they take the report back?"""

    text: str = ""
    media: tuple[Medium, ...] = ()
    point: tuple[float, float] | None = None
    withdraws: bool = False
    album: str = ""
    """That of the newest picture: of an album one question is asked."""
    correction: Correction | None = None
    """What of the report was wrong, in codes; `text` says it in words."""

    def to_json(self) -> dict[str, Any]:
        """The addition as JSON keeps it."""
        return asdict(self)


def from_json(body: Mapping[str, Any]) -> Addition:
    """The addition that was stored."""
    point = body["point"]
    media = tuple(Medium(**medium) for medium in body["media"])
    where = (point[0], point[1]) if point else None
    right = correction.from_json(body["correction"])
    return Addition(body["text"], media, where, body["withdraws"], body["album"], right)


def more(before: Addition, given: Input) -> Addition | None:
    """The addition with what was given now; None when it cannot keep that, as when it is full."""
    match given:
        case Typed(text):
            return _with_text(before, text)
        case Pin(lat, lon):
            return replace(before, point=(lat, lon))
        case Media(look=seen, size=size) if seen and size <= MAX_BYTES and len(before.media) < MAX_MEDIA:
            medium = Medium(given.kind, given.file_id, seen)
            fresh = before.media if medium in before.media else (*before.media, medium)
            return _with_text(replace(before, media=fresh, album=given.album), given.caption)
    return None


def _with_text(before: Addition, text: str) -> Addition | None:
    joined = "\n".join(part for part in (before.text, text.strip()) if part)
    return replace(before, text=joined) if len(joined) <= MAX_TEXT else None
