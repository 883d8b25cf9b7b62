"""Files that Telegram keeps, and how each kind of media looks on the wire."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass, field
from typing import Any

from .refused import bad

Wire = dict[str, Any]

DOWNLOAD_LIMIT = 20 * 1024 * 1024
UPLOAD_LIMIT = 50 * 1024 * 1024
PHOTO_LIMIT = 10 * 1024 * 1024
# The smallest picture that viewers accept: one grey pixel.
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
_FOLDER = {
    "photo": "photos",
    "voice": "voice",
    "video": "videos",
    "video_note": "video_notes",
    "animation": "animations",
    "document": "documents",
    "sticker": "stickers",
    "audio": "music",
}
_SUFFIX = {
    "photo": "png",
    "voice": "oga",
    "video": "mp4",
    "video_note": "mp4",
    "animation": "mp4",
    "sticker": "webp",
    "audio": "mp3",
}
_MIME = {
    "voice": "audio/ogg",
    "video": "video/mp4",
    "animation": "video/mp4",
    "document": "application/octet-stream",
    "audio": "audio/mpeg",
}
_SHAPE: dict[str, Wire] = {
    "voice": {"duration": 4},
    "audio": {"duration": 4},
    "video": {"duration": 4, "width": 640, "height": 360},
    "video_note": {"duration": 4, "length": 240},
    "animation": {"duration": 4, "width": 320, "height": 240},
    "document": {},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "🙂",
    },
}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart request."""

    name: str
    mime: str
    data: bytes


@dataclass(frozen=True, slots=True)
class File:
    """One stored file; `size` may exceed the bytes kept, to play large files cheaply."""

    file_id: str
    unique_id: str
    kind: str
    data: bytes
    size: int
    path: str
    name: str | None = None
    mime: str | None = None


@dataclass(slots=True)
class Files:
    """All files of one local Telegram, by file_id and by path."""

    by_id: dict[str, File] = field(default_factory=dict)
    by_path: dict[str, File] = field(default_factory=dict)

    def add(
        self,
        kind: str,
        data: bytes = PIXEL,
        *,
        size: int | None = None,
        name: str | None = None,
        mime: str | None = None,
    ) -> File:
        """Keep a file and give it its ids and its path."""
        number = len(self.by_path) + 1
        suffix = name.rpartition(".")[2] if name and "." in name else _SUFFIX.get(kind, "bin")
        file = File(
            file_id=f"{kind[:2].upper()}gAC{secrets.token_urlsafe(36)}",
            unique_id=f"AQAD{secrets.token_urlsafe(9)}",
            kind=kind,
            data=data,
            size=len(data) if size is None else size,
            path=f"{_FOLDER[kind]}/file_{number}.{suffix}",
            name=name,
            mime=mime or _MIME.get(kind),
        )
        self.by_id[file.file_id] = file
        self.by_path[file.path] = file
        return file

    def find(self, file_id: str, kind: str | None = None) -> File:
        """The file with this id; a 400 when it is unknown or of another kind."""
        file = self.by_id.get(file_id)
        if file is None:
            if file_id.startswith(("http://", "https://")):
                raise bad("failed to get HTTP URL content")
            raise bad("wrong file identifier/HTTP URL specified")
        if kind is not None and file.kind != kind:
            raise bad(f"can't use file of type {_spoken(file.kind)} as {_spoken(kind)}")
        return file

    def wire(self, file: File) -> Wire | list[Wire]:
        """A file as it stands in a message; a photo is a list of sizes, the largest last."""
        base: Wire = {"file_id": file.file_id, "file_unique_id": file.unique_id, "file_size": file.size}
        if file.kind == "photo":
            small = self.by_id.setdefault(f"{file.file_id}s", file)
            thumbnail = {
                "file_id": f"{small.file_id}s",
                "file_unique_id": f"{file.unique_id}s",
                "file_size": max(1, file.size // 10),
                "width": 90,
                "height": 67,
            }
            return [thumbnail, {**base, "width": 1280, "height": 960}]
        base.update(_SHAPE[file.kind])
        if file.mime and file.kind in _MIME:
            base["mime_type"] = file.mime
        if file.name and file.kind in ("document", "video", "audio", "animation"):
            base["file_name"] = file.name
        return base


def _spoken(kind: str) -> str:
    return kind.title().replace("_", "")
