"""Methods that change what is already in a chat, and answers to presses."""

from __future__ import annotations

from typing import Any

from .content import MEDIA, read_caption, read_text
from .markup import read_markup
from .params import Params
from .records import Chat, Message, Toast
from .refused import bad
from .state import State
from .table import method
from .text import utf16
from .updates import CALLBACK_SECONDS

Wire = dict[str, Any]

_SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a "
    "current content and reply markup of the message"
)
_TWO_DAYS = 48 * 3600.0


def _editable(state: State, params: Params) -> tuple[Chat, Message, Wire | None]:
    chat = state.reachable(params.text("chat_id"))
    message_id = params.integer("message_id")
    if message_id <= 0:
        raise bad("message identifier is not specified")
    message = chat.messages.get(message_id)
    if message is None:
        raise bad("message to edit not found")
    if not message.by_bot or message.had_keyboard or "forward_origin" in message.wire:
        raise bad("message can't be edited")
    markup = read_markup(params, chat.user is not None)
    if markup is not None and "inline_keyboard" not in markup:
        raise bad("inline keyboard expected")
    return chat, message, markup


def _change(state: State, chat: Chat, message: Message, new: Wire, fields: tuple[str, ...]) -> Wire:
    if all(message.wire.get(name) == new.get(name) for name in fields):
        raise bad(_SAME)
    # A changed copy, so that updates and pages keep what they were given.
    wire = {name: value for name, value in message.wire.items() if name not in fields}
    wire.update({name: value for name, value in new.items() if value is not None})
    wire["edit_date"] = int(state.clock.timestamp())
    message.wire = wire
    state.event("edited", chat.id, message_id=wire["message_id"])
    return wire


@method("editMessageText")
def edit_text(state: State, params: Params) -> Wire:
    """Give a message another text; its keyboard goes unless it is sent along."""
    content = read_text(params)
    chat, message, markup = _editable(state, params)
    if "text" not in message.wire:
        raise bad("there is no text in the message to edit")
    new = {**content, "reply_markup": markup}
    return _change(state, chat, message, new, ("text", "entities", "reply_markup"))


@method("editMessageCaption")
def edit_caption(state: State, params: Params) -> Wire:
    """Give a medium another caption."""
    content = read_caption(params)
    chat, message, markup = _editable(state, params)
    if not any(kind in message.wire for kind in MEDIA):
        raise bad("there is no caption in the message to edit")
    new = {**content, "reply_markup": markup}
    return _change(state, chat, message, new, ("caption", "caption_entities", "reply_markup"))


@method("editMessageReplyMarkup")
def edit_markup(state: State, params: Params) -> Wire:
    """Give a message another keyboard, or none."""
    chat, message, markup = _editable(state, params)
    return _change(state, chat, message, {"reply_markup": markup}, ("reply_markup",))


def _deletable(state: State, chat: Chat, message: Message) -> bool:
    if state.clock.timestamp() - message.born > _TWO_DAYS:
        return False
    return message.by_bot or chat.user is not None or chat.bot == "administrator"


def remove(state: State, chat: Chat, message_id: int) -> None:
    """Make a message vanish from every phone."""
    del chat.messages[message_id]
    if message_id in chat.pinned:
        chat.pinned.remove(message_id)
    state.event("deleted", chat.id, message_id=message_id)


@method("deleteMessage")
def delete_message(state: State, params: Params) -> bool:
    """Delete one message."""
    chat = state.reachable(params.text("chat_id"))
    message = chat.messages.get(message_id := params.integer("message_id"))
    if message is None:
        raise bad("message to delete not found")
    if not _deletable(state, chat, message):
        raise bad("message can't be deleted for everyone")
    remove(state, chat, message_id)
    return True


@method("deleteMessages")
def delete_messages(state: State, params: Params) -> bool:
    """Delete up to a hundred messages; those that are missing are skipped."""
    chat = state.reachable(params.text("chat_id"))
    ids = params.json("message_ids")
    if not isinstance(ids, list) or not 1 <= len(ids) <= 100 or not all(isinstance(i, int) for i in ids):
        raise bad("from 1 to 100 message identifiers must be specified")
    for message_id in ids:
        message = chat.messages.get(message_id)
        if message is not None and _deletable(state, chat, message):
            remove(state, chat, message_id)
    return True


@method("answerCallbackQuery")
def answer_callback_query(state: State, params: Params) -> bool:
    """Answer a press, once and within 150 seconds."""
    query_id, text = params.text("callback_query_id"), params.text("text") or ""
    if utf16(text) > 200:
        raise bad("MESSAGE_TOO_LONG")
    query = state.queries.get(query_id or "")
    old = query is not None and state.clock.timestamp() - query.born > CALLBACK_SECONDS
    if query is None or query.answered or old:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query.answered = True
    user = state.user(query.user_id)
    if text or params.text("url"):
        toast = Toast(query.id, text, params.flag("show_alert"), params.text("url"))
        user.toasts.append(toast)
        state.event("toast", query.chat_id, user_id=user.id, text=text, alert=toast.alert)
    else:
        state.event("answered", query.chat_id, user_id=user.id)
    return True


@method("setMessageReaction")
def set_message_reaction(state: State, params: Params) -> bool:
    """Put the bot's reaction on a message, or take it off."""
    chat = state.reachable(params.text("chat_id"))
    message = chat.messages.get(message_id := params.integer("message_id"))
    if message is None:
        raise bad("message to react not found")
    reaction = params.json("reaction") or []
    if not isinstance(reaction, list) or not all(isinstance(one, dict) for one in reaction):
        raise bad("can't parse reaction type JSON object")
    if len(reaction) > 1 or any(one.get("type") != "emoji" or not one.get("emoji") for one in reaction):
        raise bad("REACTION_INVALID")
    message.reaction = reaction
    state.event("edited", chat.id, message_id=message_id)
    return True


@method("pinChatMessage")
def pin(state: State, params: Params) -> bool:
    """Pin a message to the top of a chat."""
    chat = state.reachable(params.text("chat_id"))
    message_id = params.integer("message_id")
    if message_id not in chat.messages:
        raise bad("message to pin not found")
    if chat.user is None and chat.bot != "administrator":
        raise bad("not enough rights to manage pinned messages in the chat")
    if message_id not in chat.pinned:
        chat.pinned.append(message_id)
        state.event("pinned", chat.id, message_id=message_id)
    return True


@method("unpinChatMessage")
def unpin(state: State, params: Params) -> bool:
    """Take a pin off; without a message, the newest one."""
    chat = state.reachable(params.text("chat_id"))
    message_id = params.integer("message_id")
    if not message_id:
        chat.pinned = chat.pinned[:-1]
    elif message_id in chat.pinned:
        chat.pinned.remove(message_id)
    else:
        raise bad("message to unpin not found")
    state.event("pinned", chat.id)
    return True
