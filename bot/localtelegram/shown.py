"""What a person sees of a chat: messages, buttons, the keyboard below."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from .desk import Desk

Wire = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Button:
    """A button as a person sees it, and what is behind it."""

    label: str
    data: str | None = None
    url: str | None = None
    copy: str | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One message on a screen."""

    message_id: int
    chat_id: int
    sender: str
    from_id: int | None
    date: int
    text: str
    caption: str
    html: str
    media: str | None
    detail: Any
    group: str | None
    keyboard: list[list[Wire]]
    edited: bool
    reply_to: int | None
    silent: bool
    protected: bool
    pinned: bool
    reaction: list[str]

    @property
    def words(self) -> str:
        """The text, or the caption of a medium."""
        return self.text or self.caption

    @property
    def rows(self) -> list[list[Button]]:
        """The inline keyboard, row by row."""
        return [
            [
                Button(
                    raw["text"],
                    raw.get("callback_data"),
                    raw.get("url"),
                    (raw.get("copy_text") or {}).get("text"),
                    raw.get("style"),
                )
                for raw in row
            ]
            for row in self.keyboard
        ]

    @property
    def buttons(self) -> list[Button]:
        """The inline keyboard, flat."""
        return [button for row in self.rows for button in row]

    @property
    def labels(self) -> list[str]:
        """What stands on the inline buttons."""
        return [button.label for button in self.buttons]

    def __contains__(self, words: str) -> bool:
        return words in self.words


_FIELDS = tuple(field.name for field in fields(Shown))


def _shown(raw: Wire) -> Shown:
    return Shown(**{name: raw[name] for name in _FIELDS})


class Screen:
    """What can be seen of one chat."""

    def __init__(self, desk: Desk, chat: int) -> None:
        self.desk = desk
        self.chat = chat

    def screen(self, last: int | None = None) -> list[Shown]:
        """The visible messages, oldest first."""
        return [_shown(raw) for raw in self.desk.ask("screen", chat=self.chat, last=last)]

    def last(self) -> Shown:
        """The newest message from the bot; a LookupError when it has said nothing."""
        raw = self.desk.ask("last", chat=self.chat)
        if raw is None:
            raise LookupError("the bot has said nothing here")
        return _shown(raw)

    def from_bot(self) -> list[Shown]:
        """The visible messages of the bot."""
        return [message for message in self.screen() if message.sender == "bot"]

    def find(self, *words: str) -> Shown | None:
        """The newest visible message of the bot that holds all these words."""
        for message in reversed(self.from_bot()):
            if all(word in message.words for word in words):
                return message
        return None

    def keyboard(self) -> list[str]:
        """The labels of the reply keyboard; empty when there is none."""
        raw = self.desk.ask("keyboard", chat=self.chat) or {}
        return [button["text"] for row in raw.get("keyboard", ()) for button in row]

    def buttons(self) -> list[str]:
        """Everything that can be pressed: inline buttons from old to new, then the reply keyboard."""
        return [label for message in self.screen() for label in message.labels] + self.keyboard()
