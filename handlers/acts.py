"""What a person did, with Telegram peeled off: an Act is frozen and says who, where and what."""

from dataclasses import dataclass

from bot.core.inputs import Contact, Media, Pin

ANONYMOUS = frozenset({1087968824, 136817688, 777000})
"""Anonymous group admin, channel bot, linked channel: they have no authority (T09)."""


@dataclass(frozen=True, slots=True)
class Who:
    """The person and the chat, by reference; `user_id` is 0 where there is nobody whom the bot knows."""

    user_id: int
    chat_id: int
    private: bool
    wrote: int = 0
    """The number of the message that they wrote, if they wrote one."""
    answers: int = 0
    """The number of the message of this chat that it is a reply to."""


@dataclass(frozen=True, slots=True)
class Started:
    """/start, with its payload, and the language of their phone (a code such as "en-GB", or nothing)."""

    who: Who
    payload: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Commanded:
    """Any other command, with its arguments."""

    who: Who
    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class Said:
    """Text."""

    who: Who
    text: str


@dataclass(frozen=True, slots=True)
class Showed:
    """A photo, a recording, a file, a sticker."""

    who: Who
    media: Media


@dataclass(frozen=True, slots=True)
class Pinned:
    """A point on the map."""

    who: Who
    pin: Pin


@dataclass(frozen=True, slots=True)
class Shared:
    """A contact."""

    who: Who
    contact: Contact


@dataclass(frozen=True, slots=True)
class Pressed:
    """An inline button; `data` can be anything, anybody can send it."""

    who: Who
    data: str
    query_id: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Edited:
    """An earlier message was changed; `live` is a moving location, which needs no answer."""

    who: Who
    live: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """The bot was blocked, unblocked, added or removed."""

    who: Who
    reachable: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup: its reference, and its new real id."""

    old: int
    address: int


@dataclass(frozen=True, slots=True)
class Other:
    """Something the bot has no use for (a poll, a dice): still answered."""

    who: Who


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing that asks for an answer (a service message, a channel's post)."""


Act = Started | Commanded | Said | Showed | Pinned | Shared | Pressed | Edited | Reach | Moved | Other | Nothing
