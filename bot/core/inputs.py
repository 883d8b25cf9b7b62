"""What a person gives to a question, with the chat peeled off."""

from dataclasses import dataclass

from bot.core.media import Look
from bot.core.words import Words


@dataclass(frozen=True, slots=True)
class Picked:
    """A button of this question, or its number or first word typed."""

    value: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Text that is no choice."""

    text: str


@dataclass(frozen=True, slots=True)
class Media:
    """A photo, recording or other file; ids are Telegram's, `album` groups one answer, `look` is what it shows."""

    kind: str
    file_id: str
    unique_id: str
    size: int = 0
    caption: str = ""
    album: str = ""
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """A point on the map; degrees, accuracy in metres if the phone told it."""

    lat: float
    lon: float
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """A shared contact; `own` when it is the sender's."""

    phone: str
    own: bool


@dataclass(frozen=True, slots=True)
class Unclear:
    """Something no question can be answered by (a poll, a changed message), and why if that is known."""

    why: Words | None = None


Input = Picked | Typed | Media | Pin | Contact | Unclear


def words_of(given: Input) -> str:
    """What was said in words, also below a picture; "" where there are none."""
    match given:
        case Typed(text):
            return text
        case Media(caption=caption):
            return caption
    return ""
