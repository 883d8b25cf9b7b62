"""What the bot hears, as a table of contents: the first line whose filter matches translates the update."""

from collections.abc import Callable

from telegram import Update
from telegram.ext import filters

from handlers import translate as t
from handlers.acts import Act

Check = Callable[[Update], object]

_new = filters.UpdateType.MESSAGE
_service = filters.StatusUpdate.ALL


def _matches(rule: filters.BaseFilter) -> Check:
    return lambda update: rule.check_update(update)


ROUTES: tuple[tuple[Check, Callable[[Update, t.Here], Act]], ...] = (
    (lambda u: u.callback_query, t.pressed),
    (lambda u: u.my_chat_member, t.reach),
    (_matches(_new & filters.StatusUpdate.MIGRATE), t.moved),
    (_matches(_new & _service), t.nothing),
    (_matches(_new & filters.Regex(r"^/start(?:@\w+)?(?:\s|$)")), t.started),
    (_matches(_new & filters.Regex(r"^/\w+")), t.commanded),
    (_matches(_new & filters.TEXT), t.said),
    (_matches(_new & (filters.LOCATION | filters.VENUE)), t.pinned),
    (_matches(_new & filters.CONTACT), t.shared),
    (
        _matches(
            _new
            & (
                filters.PHOTO
                | filters.VOICE
                | filters.VIDEO_NOTE
                | filters.AUDIO
                | filters.VIDEO
                | filters.Document.ALL
                | filters.ANIMATION
                | filters.Sticker.ALL
            )
        ),
        t.showed,
    ),
    (_matches(_new), t.other),
    (lambda u: u.edited_message, t.edited),
)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
"""Sent with every getUpdates and setWebhook: the server remembers the last list it heard."""


def route(update: Update, here: t.Here) -> Act:
    """The Act of an update; what no line knows asks for no answer."""
    for matches, translate in ROUTES:
        if matches(update):
            return translate(update, here)
    return t.nothing(update, here)
