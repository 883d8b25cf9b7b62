"""Update -> Act: one small function per kind of update; no rule lives here.

Here real ids end: an Act knows a chat and a person by the references of storage.addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from telegram import ChatMember, Message, Update

from bot.core.inputs import Contact, Media, Pin
from bot.core.media import Look, look
from handlers.acts import (
    ANONYMOUS,
    Act,
    Commanded,
    Edited,
    Moved,
    Nothing,
    Other,
    Pinned,
    Pressed,
    Reach,
    Said,
    Shared,
    Showed,
    Started,
    Who,
)

KINDS = ("voice", "video_note", "audio", "video", "animation", "document", "sticker")
"""Files that are no photo."""


@dataclass(frozen=True, slots=True)
class Here:
    """The reference of the chat in which something happened, and the one of any real id (0 where there is none)."""

    chat: int
    known: Callable[[int], int]


def who(update: Update, here: Here) -> Who:
    """Where it was and, in a private chat, who did it; a message in the name of a chat has nobody behind it."""
    private = _private(update)
    message = update.message
    wrote = message.message_id if message is not None else 0
    replied = message.reply_to_message if message is not None else None
    answers = replied.message_id if replied is not None else 0
    return Who(here.chat if private and _person(update) else 0, here.chat, private, wrote, answers)


def started(update: Update, here: Here) -> Act:
    """/start PAYLOAD."""
    person = update.effective_user
    return Started(who(update, here), _rest(_message(update)), (person and person.language_code) or "")


def commanded(update: Update, here: Here) -> Act:
    """/name@bot rest."""
    message = _message(update)
    name = (message.text or "").split()[0].split("@")[0].removeprefix("/").lower()
    return Commanded(who(update, here), name, _rest(message))


def said(update: Update, here: Here) -> Act:
    """Plain text."""
    return Said(who(update, here), _message(update).text or "")


def showed(update: Update, here: Here) -> Act:
    """Photo (a sensible size), recording, document, sticker; an animation is also sent as a document."""
    message = _message(update)
    caption, album = message.caption or "", message.media_group_id or ""
    if message.photo:
        size = next((p for p in reversed(message.photo) if max(p.width, p.height) <= 1600), message.photo[-1])
        ids = size.file_id, size.file_unique_id, size.file_size or 0
        return Showed(who(update, here), Media("photo", *ids, caption, album, Look.PICTURE))
    kind, file = next((kind, found) for kind in KINDS if (found := getattr(message, kind)) is not None)
    seen = look(kind, getattr(file, "mime_type", None) or "", getattr(file, "file_name", None) or "")
    ids = file.file_id, file.file_unique_id, file.file_size or 0
    return Showed(who(update, here), Media(kind, *ids, caption, album, seen))


def pinned(update: Update, here: Here) -> Act:
    """A location or a venue."""
    message = _message(update)
    location = message.location or (message.venue.location if message.venue else None)
    assert location is not None
    return Pinned(who(update, here), Pin(location.latitude, location.longitude, location.horizontal_accuracy))


def shared(update: Update, here: Here) -> Act:
    """A contact; own only when it names the sender's own id."""
    message = _message(update)
    assert message.contact is not None
    sender = _person(update)
    own = sender != 0 and message.contact.user_id == sender
    return Shared(who(update, here), Contact(message.contact.phone_number, own))


def pressed(update: Update, here: Here) -> Act:
    """An inline button; in a group the presser is looked up."""
    query = update.callback_query
    assert query is not None
    person = who(update, here)
    if not person.private and (presser := _person(update)):
        person = replace(person, user_id=here.known(presser))
    return Pressed(person, query.data or "", query.id, query.message.message_id if query.message else None)


def edited(update: Update, here: Here) -> Act:
    """A changed message, or a live location that moved."""
    message = update.edited_message
    return Edited(who(update, here), live=bool(message and message.location))


def reach(update: Update, here: Here) -> Act:
    """my_chat_member: blocked or unblocked, added to or removed from a group."""
    change = update.my_chat_member
    assert change is not None
    gone = change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    return Reach(who(update, here), not gone)


def moved(update: Update, here: Here) -> Act:
    """The service message of a group that became a supergroup."""
    message = _message(update)
    if message.migrate_to_chat_id is not None:
        return Moved(here.chat, message.migrate_to_chat_id)
    assert message.migrate_from_chat_id is not None
    return Moved(here.known(message.migrate_from_chat_id), message.chat.id)


def other(update: Update, here: Here) -> Act:
    """A message of a kind the bot has no use for."""
    return Other(who(update, here))


def nothing(_: Update, __: Here) -> Act:
    """No person waits for an answer."""
    return Nothing()


def _private(update: Update) -> bool:
    chat = update.effective_chat
    return chat is None or chat.type == "private"


def _person(update: Update) -> int:
    """The real id of who did it; 0 for a message in the name of a chat."""
    user, message = update.effective_user, update.effective_message
    if user is None or user.id in ANONYMOUS:
        return 0
    return 0 if message and message.sender_chat and not update.callback_query else user.id


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None
    return message


def _rest(message: Message) -> str:
    return (message.text or "").partition(" ")[2].strip()
