"""Update -> Act: one small function per kind of update; no rule lives here."""

from telegram import ChatMember, Message, Update

from bot.core.inputs import Contact, Media, Pin
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


def who(update: Update) -> Who:
    """Who did it and where; a message in the name of a chat has nobody behind it."""
    user, chat = update.effective_user, update.effective_chat
    assert chat is not None or user is not None
    message = update.effective_message
    named = (
        user is not None
        and user.id not in ANONYMOUS
        and not (message and message.sender_chat and not update.callback_query)
    )
    user_id = user.id if user is not None and named else 0
    chat_id = chat.id if chat is not None else user_id
    wrote = update.message.message_id if update.message is not None else 0
    return Who(user_id, chat_id, chat is None or chat.type == "private", wrote)


def started(update: Update) -> Act:
    """/start PAYLOAD."""
    return Started(who(update), _rest(_message(update)))


def commanded(update: Update) -> Act:
    """/name@bot rest."""
    message = _message(update)
    name = (message.text or "").split()[0].split("@")[0].removeprefix("/").lower()
    return Commanded(who(update), name, _rest(message))


def said(update: Update) -> Act:
    """Plain text."""
    return Said(who(update), _message(update).text or "")


def showed(update: Update) -> Act:
    """Photo (a sensible size), voice, video note, audio, video, document."""
    message = _message(update)
    caption, album = message.caption or "", message.media_group_id or ""
    if message.photo:
        size = next((p for p in reversed(message.photo) if max(p.width, p.height) <= 1600), message.photo[-1])
        return Showed(
            who(update), Media("photo", size.file_id, size.file_unique_id, size.file_size or 0, caption, album)
        )
    kind, file = next(
        (kind, found)
        for kind in ("voice", "video_note", "audio", "video", "document", "animation")
        if (found := getattr(message, kind)) is not None
    )
    return Showed(who(update), Media(kind, file.file_id, file.file_unique_id, file.file_size or 0, caption, album))


def pinned(update: Update) -> Act:
    """A location or a venue."""
    message = _message(update)
    location = message.location or (message.venue.location if message.venue else None)
    assert location is not None
    return Pinned(who(update), Pin(location.latitude, location.longitude, location.horizontal_accuracy))


def shared(update: Update) -> Act:
    """A contact; own only when it names the sender's own id."""
    message = _message(update)
    assert message.contact is not None
    person = who(update)
    own = message.contact.user_id is not None and message.contact.user_id == person.user_id
    return Shared(person, Contact(message.contact.phone_number, own))


def pressed(update: Update) -> Act:
    """An inline button."""
    query = update.callback_query
    assert query is not None
    return Pressed(who(update), query.data or "", query.id, query.message.message_id if query.message else None)


def edited(update: Update) -> Act:
    """A changed message, or a live location that moved."""
    message = update.edited_message
    return Edited(who(update), live=bool(message and message.location))


def reach(update: Update) -> Act:
    """my_chat_member: blocked or unblocked, added to or removed from a group."""
    change = update.my_chat_member
    assert change is not None
    gone = change.new_chat_member.status in (ChatMember.LEFT, ChatMember.BANNED)
    return Reach(who(update), not gone)


def moved(update: Update) -> Act:
    """The service message of a group that became a supergroup."""
    message = _message(update)
    if message.migrate_to_chat_id is not None:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    assert message.migrate_from_chat_id is not None
    return Moved(message.migrate_from_chat_id, message.chat.id)


def other(update: Update) -> Act:
    """A message of a kind the bot has no use for."""
    return Other(who(update))


def nothing(_: Update) -> Act:
    """No person waits for an answer."""
    return Nothing()


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None
    return message


def _rest(message: Message) -> str:
    return (message.text or "").partition(" ")[2].strip()
