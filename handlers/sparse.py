"""A sparse update: what other Bot API servers leave out, the library demands and nobody here reads, is filled in."""

from collections.abc import Mapping
from typing import Any

LONG_AGO = 1
"""A moment for what has none; 0 would mean a message that can be read no more."""

_PERSON = {"is_bot": False, "first_name": ""}
_FLAT = {"is_animated": False, "is_video": False, "type": "regular"}
_FILE = {"width": 0, "height": 0, "length": 0, "duration": 0, **_FLAT}
_RIGHTS = (
    *("can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats"),
    *("can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "is_member", "can_pin_messages", "can_send_messages", "can_send_polls"),
    *("can_send_other_messages", "can_add_web_page_previews", "can_manage_topics", "can_send_audios"),
    *("can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes", "can_send_voice_notes"),
    "can_edit_tag",
)
_FILES = ("photo", "voice", "video_note", "audio", "video", "document", "animation", "sticker", "thumbnail")

_MEMBER = {**dict.fromkeys(_RIGHTS, False), "until_date": 0}
_MESSAGE = {"date": LONG_AGO}

MISSING: Mapping[str, Mapping[str, Any]] = {
    **dict.fromkeys(("message", "edited_message", "reply_to_message", "pinned_message"), _MESSAGE),
    **dict.fromkeys(("from", "user", "via_bot", "sender_user", "left_chat_member", "new_chat_members"), _PERSON),
    **dict.fromkeys(_FILES, _FILE),
    **dict.fromkeys(("old_chat_member", "new_chat_member"), _MEMBER),
    "callback_query": {"chat_instance": ""},
    "my_chat_member": _MESSAGE,
    "contact": {"first_name": ""},
}
"""By the name under which something stands: what it has if it does not say so."""


def filled(raw: Mapping[str, Any], name: str = "") -> dict[str, Any]:
    """The same with what is missing, at every depth."""
    made: dict[str, Any] = {**MISSING.get(name, {})}
    for key, value in raw.items():
        match value:
            case Mapping():
                made[key] = filled(value, key)
            case list():
                made[key] = [filled(one, key) if isinstance(one, Mapping) else one for one in value]
            case _:
                made[key] = value
    if name in _FILES and "file_id" in made:
        made.setdefault("file_unique_id", made["file_id"])
    if name in ("chat", "sender_chat") and isinstance(made.get("id"), int):
        made.setdefault("type", "private" if made["id"] > 0 else "group")
    return made
