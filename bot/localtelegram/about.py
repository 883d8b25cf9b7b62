"""Methods about the bot itself, its commands and names, chats, members and files."""

from __future__ import annotations

import json
import re
from typing import Any

from .content import downloadable
from .params import Params
from .records import Chat
from .refused import bad
from .state import State
from .table import method

Wire = dict[str, Any]

_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
_SCOPES = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
    "chat",
    "chat_administrators",
    "chat_member",
)


@method("getMe")
def get_me(state: State, params: Params) -> Wire:
    """Who the bot is."""
    return {
        **state.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": not state.privacy,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def bot_member(state: State, chat: Chat, status: str | None = None) -> Wire:
    """The bot as a member of a chat."""
    status = status or chat.bot
    member: Wire = {"user": state.bot, "status": "left" if status == "never" else status}
    if status == "kicked":
        member["until_date"] = 0
    if status == "administrator":
        member.update(_rights())
    return member


def _rights() -> Wire:
    names = (
        "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats "
        "can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories "
        "can_edit_stories can_delete_stories can_pin_messages"
    )
    refused = ("can_be_edited", "is_anonymous", "can_promote_members")
    return {name: name not in refused for name in names.split()}


@method("getChat")
def get_chat(state: State, params: Params) -> Wire:
    """What Telegram tells about a chat."""
    chat = state.reachable(params.text("chat_id"))
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"),
        False,
    )
    made = {**chat.wire(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.user is None:
        made["permissions"] = {"can_send_messages": True}
    if chat.pinned:
        made["pinned_message"] = chat.messages[chat.pinned[-1]].wire
    return made


@method("getChatMember")
def get_chat_member(state: State, params: Params) -> Wire:
    """Whether and as what a person is in a chat."""
    chat = state.reachable(params.text("chat_id"))
    user_id = params.integer("user_id")
    if user_id == state.bot["id"]:
        return bot_member(state, chat)
    if (user := state.users.get(user_id)) is None:
        raise bad("PARTICIPANT_ID_INVALID")
    status = chat.members.get(user_id, "left")
    member: Wire = {"user": user.wire(), "status": status}
    if status == "administrator":
        member.update(_rights())
    if status == "creator":
        member["is_anonymous"] = False
    if status == "kicked":
        member["until_date"] = 0
    return member


@method("leaveChat")
def leave_chat(state: State, params: Params) -> bool:
    """Let the bot leave a group."""
    chat = state.reachable(params.text("chat_id"))
    if chat.user is not None:
        raise bad("chat member status can't be changed in private chats")
    chat.bot = "left"
    state.event("chat", chat.id)
    return True


def _scope(state: State, params: Params) -> tuple[str, str]:
    scope = params.json("scope") or {"type": "default"}
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad("can't parse BotCommandScope: wrong type")
    if scope["type"].startswith("chat"):
        state.known(Params(scope).text("chat_id"))
    return json.dumps(scope, sort_keys=True), _language(params)


def _language(params: Params) -> str:
    language = params.text("language_code") or ""
    if language and not re.fullmatch(r"[a-z]{2}", language):
        raise bad("LANG_CODE_INVALID")
    return language


@method("setMyCommands")
def set_my_commands(state: State, params: Params) -> bool:
    """Set the menu of commands for a scope and a language."""
    commands = params.json("commands")
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("can't parse list of bot commands JSON object")
    for command in commands:
        if not isinstance(command, dict):
            raise bad("can't parse BotCommand: expected an object")
        name, description = command.get("command"), command.get("description")
        if not isinstance(name, str) or not _COMMAND.match(name.removeprefix("/")):
            raise bad("BOT_COMMAND_INVALID")
        if not isinstance(description, str) or not 1 <= len(description) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_scope(state, params)] = commands
    return True


@method("getMyCommands")
def get_my_commands(state: State, params: Params) -> list[Wire]:
    """The menu of commands for exactly this scope and language."""
    return state.commands.get(_scope(state, params), [])


@method("deleteMyCommands")
def delete_my_commands(state: State, params: Params) -> bool:
    """Forget the menu of commands for this scope and language."""
    state.commands.pop(_scope(state, params), None)
    return True


def _naming(noun: str, field: str, limit: int) -> None:
    @method(f"setMy{noun}")
    def set_it(state: State, params: Params) -> bool:
        value = params.text(field) or ""
        if len(value) > limit:
            raise bad(f"bot {field.replace('_', ' ')} is too long")
        state.names[(field, _language(params))] = value
        return True

    @method(f"getMy{noun}")
    def get_it(state: State, params: Params) -> Wire:
        default = state.bot["first_name"] if field == "name" else ""
        value = state.names.get((field, _language(params))) or state.names.get((field, "")) or default
        return {field: value}


_naming("Name", "name", 64)
_naming("Description", "description", 512)
_naming("ShortDescription", "short_description", 120)


@method("getFile")
def get_file(state: State, params: Params) -> Wire:
    """Where a file can be fetched; at most 20 MB."""
    file = downloadable(state, file_id := params.text("file_id") or "")
    return {
        "file_id": file_id,
        "file_unique_id": file.unique_id,
        "file_size": file.size,
        "file_path": file.path,
    }


@method("logOut", "close")
def good_bye(state: State, params: Params) -> bool:
    """Say good-bye to the server; nothing changes here."""
    return True
