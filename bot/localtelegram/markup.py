"""Keyboards: what Telegram accepts, and what it refuses."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from .params import Params
from .refused import bad

Wire = dict[str, Any]

_ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
_REQUESTS = (
    "request_contact",
    "request_location",
    "request_poll",
    "request_users",
    "request_chat",
    "web_app",
)
_STYLES = ("primary", "success", "danger")


def read_markup(params: Params, private: bool) -> Wire | None:
    """The reply markup of a call, checked; None when there is none."""
    raw = params.json("reply_markup")
    if raw is None or raw == {}:
        return None
    if not isinstance(raw, dict):
        raise bad("object expected as reply markup")
    if "inline_keyboard" in raw:
        rows = _rows(raw["inline_keyboard"], 8, 100)
        made = [[_inline(button) for button in row] for row in rows]
        return {"inline_keyboard": made} if made else None
    if "keyboard" in raw:
        rows = _rows(raw["keyboard"], 12, 300)
        if not rows:
            raise bad("reply keyboard must be non-empty")
        placeholder = raw.get("input_field_placeholder")
        if placeholder is not None and not (isinstance(placeholder, str) and len(placeholder) <= 64):
            raise bad("input field placeholder is too long")
        return {**raw, "keyboard": [[_reply(button, private) for button in row] for row in rows]}
    for name in ("remove_keyboard", "force_reply"):
        if name in raw:
            if raw[name] is not True:
                raise bad(f'field "{name}" must be True')
            return raw
    raise bad("object expected as reply markup")


def _rows(raw: Any, widest: int, most: int) -> list[list[Any]]:
    if not isinstance(raw, list) or not all(isinstance(row, list) for row in raw):
        raise bad("can't parse reply keyboard markup JSON object: an array of arrays of buttons is expected")
    rows = [row for row in raw if row]
    if sum(map(len, rows)) > most or any(len(row) > widest for row in rows):
        raise bad("reply markup is too long")
    return rows


def _words(button: Any, what: str) -> Wire:
    if not isinstance(button, dict):
        raise bad(f"can't parse {what}: an object is expected")
    text = button.get("text")
    if not isinstance(text, str):
        raise bad(f'can\'t parse {what}: field "text" must be of type String')
    if not text.strip():
        raise bad(f"can't parse {what}: button text must be non-empty")
    if button.get("style") is not None and button["style"] not in _STYLES:
        raise bad(f"can't parse {what}: invalid button style specified")
    return button


def _inline(raw: Any) -> Wire:
    what = "inline keyboard button"
    button = _words(raw, what)
    actions = [name for name in _ACTIONS if button.get(name) is not None]
    if not actions:
        raise bad(f"can't parse {what}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise bad(f"can't parse {what}: exactly one action is allowed, found {' and '.join(actions)}")
    value = button[actions[0]]
    match actions[0]:
        case "callback_data":
            if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
                raise bad("BUTTON_DATA_INVALID")
        case "url":
            _check_url(value)
        case "copy_text":
            text = value.get("text") if isinstance(value, dict) else None
            if not isinstance(text, str) or not 1 <= len(text) <= 256:
                raise bad("BUTTON_COPY_TEXT_INVALID")
    return button


def _check_url(url: Any) -> None:
    if not isinstance(url, str) or not url:
        raise bad("BUTTON_URL_INVALID")
    try:
        parts = urlsplit(url if "://" in url or ":" in url else f"http://{url}")
        parts.port  # noqa: B018 - reading it checks it
    except ValueError:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL") from None
    if parts.scheme == "tg":
        return
    if parts.scheme not in ("http", "https"):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Unsupported URL protocol")
    if "." not in (parts.hostname or ""):
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _reply(raw: Any, private: bool) -> Wire:
    button = _words({"text": raw} if isinstance(raw, str) else raw, "keyboard button")
    if not private:
        if button.get("request_contact"):
            raise bad("phone number can be requested in private chats only")
        if button.get("request_location"):
            raise bad("location can be requested in private chats only")
    if sum(1 for name in _REQUESTS if button.get(name)) > 1:
        raise bad("can't parse keyboard button: at most one request is allowed")
    return button
