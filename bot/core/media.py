"""Pictures and recordings that a report keeps: what a file shows follows from how it was sent (rows 17-20, 126)."""

from enum import StrEnum

MAX_BYTES = 20 * 1024 * 1024
"""A bot can fetch at most 20 MB from Telegram (row 19)."""


class Look(StrEnum):
    """What somebody sees or hears who opens a file."""

    PICTURE = "gambar"
    VIDEO = "video"
    SOUND = "suara"


class Care(StrEnum):
    """How the pictures and videos of a report are treated."""

    WITH_CASE = "bersama"
    """Whoever takes the case gets them."""
    ON_TAP = "diketuk"
    """Whoever has the case sees them when they tap, and each tap is logged."""
    REFUSED = "ditolak"
    """They are not kept."""


RECORDINGS = (Look.SOUND, Look.VIDEO)
"""In these somebody can tell something."""

KINDS = {
    "photo": Look.PICTURE,
    "animation": Look.PICTURE,
    "video": Look.VIDEO,
    "video_note": Look.VIDEO,
    "voice": Look.SOUND,
    "audio": Look.SOUND,
}
"""What each of Telegram's kinds shows; a document shows what its name and its type say."""
SUFFIXES = {
    **dict.fromkeys(("jpg", "jpeg", "png", "webp", "heic", "heif", "gif", "bmp"), Look.PICTURE),
    **dict.fromkeys(("mp4", "mov", "3gp", "mkv", "avi", "webm", "m4v"), Look.VIDEO),
    **dict.fromkeys(("ogg", "oga", "opus", "mp3", "m4a", "aac", "amr", "wav", "mpga"), Look.SOUND),
}
"""By the end of a file's name: a forwarded recording often has no other type than "application/octet-stream"."""
TYPES = {"image": Look.PICTURE, "video": Look.VIDEO, "audio": Look.SOUND}


def look(kind: str, mime: str = "", name: str = "") -> Look | None:
    """What a file of this kind shows; None for one that a report does not keep (a letter, an app, a sticker).

    A name that ends like no picture and no recording decides: what installs itself is none, whatever its type says.
    """
    if kind != "document":
        return KINDS.get(kind)
    suffix = name.rpartition(".")[2].casefold() if "." in name else ""
    if suffix and not suffix.isdecimal():
        return SUFFIXES.get(suffix)
    return Look.SOUND if mime == "application/ogg" else TYPES.get(mime.partition("/")[0])


def is_picture(kind: str, seen: str = "") -> bool:
    """Whether it shows somebody; `seen` is what it was said to show, for a file that its kind does not tell of."""
    return (seen or look(kind)) != Look.SOUND
