"""A message before Telegram: words, buttons and media; `call` renders it once, when it is said."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from bot.core.buttons import Button
from bot.texts.clean import cut, escape, plain

MAX_TEXT, MAX_CAPTION = 4096, 1024
METHODS = {
    "photo": "sendPhoto",
    "animation": "sendAnimation",
    "video": "sendVideo",
    "video_note": "sendVideoNote",
    "voice": "sendVoice",
    "audio": "sendAudio",
    "document": "sendDocument",
}
"""A file goes out as the kind it came as: Telegram refuses its id as another one."""


@dataclass(frozen=True, slots=True)
class Key:
    """One button of a message: a pointer, or text to copy, or a link."""

    label: str
    button: Button | None = None
    copy: str | None = None
    url: str | None = None
    style: Literal["primary", "success", "danger"] | None = None

    def as_json(self) -> dict[str, Any]:
        """The Bot API's InlineKeyboardButton."""
        body: dict[str, Any] = {"text": self.label}
        if self.button is not None:
            body["callback_data"] = self.button.pack()
        elif self.copy is not None:
            body["copy_text"] = {"text": self.copy}
        else:
            body["url"] = self.url
        if self.style:
            body["style"] = self.style
        return body


@dataclass(frozen=True, slots=True)
class File:
    """Media by Telegram's own kind and id."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Message:
    """What one bubble says; `keyboard` is the phone's own, `bare` takes an old one away."""

    text: str
    rows: tuple[tuple[Key, ...], ...] = ()
    keyboard: tuple[tuple[dict[str, Any], ...], ...] = ()
    bare: bool = False
    file: File | None = None
    silent: bool = False
    protected: bool = False
    shows: frozenset[str] = frozenset()
    """What it shows of what it is about, by name: for tests, never sent."""


def call(message: Message, chat_id: int) -> dict[str, Any]:
    """The Bot API call that shows this message: {"method", "params"}."""
    params: dict[str, Any] = {"chat_id": chat_id}
    method = "sendMessage"
    if message.file is not None:
        method = METHODS[message.file.kind]
        params[message.file.kind] = message.file.file_id
        if message.text and message.file.kind != "video_note":
            params |= {"caption": cut_html(message.text, MAX_CAPTION), "parse_mode": "HTML"}
    else:
        params |= {"text": cut_html(message.text, MAX_TEXT), "parse_mode": "HTML"}
    if markup := _markup(message):
        params["reply_markup"] = markup
    if message.silent:
        params["disable_notification"] = True
    if message.protected:
        params["protect_content"] = True
    return {"method": method, "params": params}


def edit_call(message: Message, chat_id: int) -> dict[str, Any]:
    """The call that turns an earlier text message into this one; its message_id is known when it is sent."""
    params: dict[str, Any] = {
        "chat_id": chat_id,
        "text": cut_html(message.text, MAX_TEXT),
        "parse_mode": "HTML",
    }
    if message.rows:
        params["reply_markup"] = {"inline_keyboard": [[key.as_json() for key in row] for row in message.rows]}
    return {"method": "editMessageText", "params": params}


def disarm_call(chat_id: int) -> dict[str, Any]:
    """The call that takes the buttons from an earlier message and leaves its words."""
    return {"method": "editMessageReplyMarkup", "params": {"chat_id": chat_id}}


def delete_call(message_ids: Sequence[int], chat_id: int) -> dict[str, Any]:
    """The call that deletes messages, a hundred at most; what is gone already is no error."""
    return {"method": "deleteMessages", "params": {"chat_id": chat_id, "message_ids": list(message_ids)}}


def plainer(payload: dict[str, Any], *, shorter: bool) -> dict[str, Any]:
    """The same call without markup (and cut short), for the one retry after Telegram refused the text."""
    params = dict(payload["params"])
    params.pop("parse_mode", None)
    for field, limit in (("text", MAX_TEXT), ("caption", MAX_CAPTION)):
        if field in params:
            params[field] = cut(plain(params[field]), limit // 2 if shorter else limit)
    return {**payload, "params": params}


def again(payload: dict[str, Any], mark: str) -> dict[str, Any]:
    """The same call, marked as a repetition whose first try may have arrived."""
    params = dict(payload["params"])
    for field in ("text", "caption"):
        if field in params:
            params[field] = f"{mark} {params[field]}"
    return {**payload, "params": params}


def cut_html(markup: str, limit: int) -> str:
    """Markup that fits; when it must be cut, its tags go, so that none stays open."""
    if 2 * len(markup) <= limit:  # as long as it can be in Telegram's units
        return markup
    text = plain(markup)
    if len(text.encode("utf-16-le")) // 2 <= limit:
        return markup
    return escape(cut(text, limit))


def column(keys: Sequence[Key]) -> tuple[tuple[Key, ...], ...]:
    """One button a row (words.md, rule 9)."""
    return tuple((key,) for key in keys)


def _markup(message: Message) -> dict[str, Any] | None:
    if message.rows:
        return {"inline_keyboard": [[key.as_json() for key in row] for row in message.rows]}
    if message.keyboard:
        rows = [list(row) for row in message.keyboard]
        return {"keyboard": rows, "resize_keyboard": True, "one_time_keyboard": True}
    return {"remove_keyboard": True} if message.bare else None
