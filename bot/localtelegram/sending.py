"""Methods by which the bot says something."""

from __future__ import annotations

from typing import Any

from .content import MEDIA, media, read_caption, read_file, read_place, read_text
from .markup import read_markup
from .params import Params
from .records import Chat, Message
from .refused import bad
from .state import State
from .table import method

Wire = dict[str, Any]

_BUSY = """
typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
find_location record_video_note upload_video_note
"""
_ACTIONS = frozenset(_BUSY.split())


def _reply(chat: Chat, params: Params) -> Wire:
    raw = params.json("reply_parameters")
    message_id = params.integer("reply_to_message_id")
    lenient = params.flag("allow_sending_without_reply")
    if raw is not None:
        if not isinstance(raw, dict):
            raise bad("can't parse reply parameters JSON object")
        inner = Params(raw)
        message_id, lenient = inner.integer("message_id"), inner.flag("allow_sending_without_reply")
    if not message_id:
        return {}
    if (message := chat.messages.get(message_id)) is None:
        if lenient:
            return {}
        raise bad("message to be replied not found")
    return {"reply_to_message": {name: value for name, value in message.wire.items() if name != "reply_to_message"}}


def say(state: State, chat: Chat, params: Params, content: Wire, markup: Wire | None) -> Message:
    """Put a message of the bot into a chat, with its keyboard and flags."""
    content = {**_reply(chat, params), **content}
    had_keyboard = markup is not None and "inline_keyboard" not in markup
    if markup is not None and not had_keyboard:
        content["reply_markup"] = markup
    protected = params.flag("protect_content")
    if protected:
        content["has_protected_content"] = True
    message = state.place(
        chat,
        state.bot,
        content,
        silent=params.flag("disable_notification"),
        protected=protected,
        had_keyboard=had_keyboard,
    )
    if markup is not None and had_keyboard:
        chat.keyboard = None if "remove_keyboard" in markup else markup
        state.event("keyboard", chat.id)
    return message


def _open(state: State, params: Params) -> tuple[Chat, Wire | None]:
    chat = state.reachable(params.text("chat_id"))
    return chat, read_markup(params, chat.user is not None)


@method("sendMessage")
def send_message(state: State, params: Params) -> Wire:
    """Send a text."""
    content = read_text(params)
    chat, markup = _open(state, params)
    return say(state, chat, params, content, markup).wire


def _sender(kind: str) -> None:
    name = "send" + kind.title().replace("_", "")

    @method(name)
    def send(state: State, params: Params) -> Wire:
        chat, markup = _open(state, params)
        caption = {} if kind in ("video_note", "sticker") else read_caption(params)
        file = read_file(state, params, kind)
        return say(state, chat, params, {**media(state.files, file), **caption}, markup).wire


for _kind in MEDIA:
    _sender(_kind)


@method("sendMediaGroup")
def send_media_group(state: State, params: Params) -> list[Wire]:
    """Send an album; nothing is sent when one of its items is wrong."""
    chat = state.reachable(params.text("chat_id"))
    items = params.json("media")
    if not isinstance(items, list) or not 2 <= len(items) <= 10:
        raise bad("there must be from 2 to 10 items in the album")
    contents = []
    kinds = set()
    for item in items:
        if not isinstance(item, dict) or item.get("type") not in ("photo", "video", "document", "audio"):
            raise bad("can't parse InputMedia: wrong type")
        kind = item["type"]
        kinds.add(kind)
        inner = Params(item, params.files)
        file = read_file(state, inner, kind, inner.text("media") or "")
        contents.append({**media(state.files, file), **read_caption(inner)})
    if len(kinds - {"photo", "video"}) > 0 and len(kinds) > 1:
        raise bad("documents and audio can't be mixed with other media types in an album")
    group = str(state.random.randrange(10**16, 10**17))
    return [say(state, chat, params, {"media_group_id": group, **content}, None).wire for content in contents]


@method("sendLocation")
def send_location(state: State, params: Params) -> Wire:
    """Send a pin."""
    chat, markup = _open(state, params)
    return say(state, chat, params, {"location": read_place(params)}, markup).wire


@method("sendVenue")
def send_venue(state: State, params: Params) -> Wire:
    """Send a pin with a name and an address."""
    chat, markup = _open(state, params)
    title, address = params.text("title"), params.text("address")
    if not title or address is None:
        raise bad("venue title must be non-empty")
    place = read_place(params)
    content = {"venue": {"location": place, "title": title, "address": address}, "location": place}
    return say(state, chat, params, content, markup).wire


@method("sendContact")
def send_contact(state: State, params: Params) -> Wire:
    """Send a phone number with a name."""
    chat, markup = _open(state, params)
    phone, name = params.text("phone_number"), params.text("first_name")
    if not phone or not name:
        raise bad("contact phone number and first name must be non-empty")
    contact: Wire = {"phone_number": phone, "first_name": name}
    if last_name := params.text("last_name"):
        contact["last_name"] = last_name
    return say(state, chat, params, {"contact": contact}, markup).wire


_OWN = ("message_id", "from", "chat", "date", "edit_date", "reply_to_message", "reply_markup")


def _original(state: State, params: Params, verb: str, done: str) -> tuple[Wire, Wire]:
    source = state.known(params.text("from_chat_id"))
    original = source.messages.get(params.integer("message_id"))
    if original is None:
        raise bad(f"message to {verb} not found")
    if original.protected:
        raise bad(f"message can't be {done}")
    return original.wire, {name: value for name, value in original.wire.items() if name not in _OWN}


@method("copyMessage")
def copy_message(state: State, params: Params) -> Wire:
    """Send a message again as the bot's own; answers with its id only."""
    chat, markup = _open(state, params)
    _, content = _original(state, params, "copy", "copied")
    content.pop("forward_origin", None)
    if "caption" in params.values:
        content.pop("caption_entities", None)
        content.update(read_caption(params))
    return {"message_id": say(state, chat, params, content, markup).wire["message_id"]}


@method("forwardMessage")
def forward_message(state: State, params: Params) -> Wire:
    """Send a message on, with a note of who wrote it."""
    chat = state.reachable(params.text("chat_id"))
    wire, content = _original(state, params, "forward", "forwarded")
    origin = {"type": "user", "sender_user": wire["from"], "date": wire["date"]}
    content.setdefault("forward_origin", origin)
    return say(state, chat, params, content, None).wire


@method("sendChatAction")
def send_chat_action(state: State, params: Params) -> bool:
    """Show that the bot is busy."""
    chat = state.reachable(params.text("chat_id"))
    if (action := params.text("action")) not in _ACTIONS:
        raise bad("wrong parameter action in request")
    state.event("action", chat.id, action=action)
    return True
