"""What the local Telegram remembers one of: a person, a chat, a message, a press, a call."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Wire = dict[str, Any]


@dataclass(slots=True)
class Toast:
    """What a phone showed after a press: a toast, or an alert that wants to be closed."""

    query_id: str
    text: str
    alert: bool
    url: str | None = None


@dataclass(slots=True)
class User:
    """A person with a phone."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    phone_number: str = ""
    position: tuple[float, float] = (-7.8905, 112.6658)
    deactivated: bool = False
    toasts: list[Toast] = field(default_factory=list)

    def wire(self) -> Wire:
        """The person as the bot sees them."""
        made: Wire = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                made[name] = value
        return made


@dataclass(slots=True)
class Message:
    """A stored message; `wire` is what the Bot API says about it."""

    wire: Wire
    by_bot: bool
    born: float
    silent: bool = False
    protected: bool = False
    # Telegram lets no message be edited that brought or removed a reply keyboard.
    had_keyboard: bool = False
    reaction: list[Wire] = field(default_factory=list)


@dataclass(slots=True)
class Chat:
    """A private chat or a group, and the bot's place in it."""

    id: int
    kind: str
    user: User | None = None
    title: str = ""
    members: dict[int, str] = field(default_factory=dict)
    bot: str = "never"
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    keyboard: Wire | None = None
    pinned: list[int] = field(default_factory=list)
    last_id: int = 0

    def wire(self) -> Wire:
        """The chat as it stands in a message."""
        if self.user is None:
            return {"id": self.id, "type": self.kind, "title": self.title}
        made: Wire = {"id": self.id, "type": "private", "first_name": self.user.first_name}
        if self.user.last_name is not None:
            made["last_name"] = self.user.last_name
        if self.user.username is not None:
            made["username"] = self.user.username
        return made


@dataclass(slots=True)
class Query:
    """A press that the bot may answer."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    born: float
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API; `fault` names what was done to it, `performed` whether it took effect."""

    number: int
    at: float
    method: str
    params: Wire
    code: int
    description: str
    fault: str
    performed: bool
    result: Any = None


@dataclass(slots=True)
class Webhook:
    """Where updates are posted; an empty url means that the bot polls."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""
