"""What a call wants to say: texts and captions with their entities, files, places."""

from __future__ import annotations

from typing import Any

from .entities import parse_html
from .files import DOWNLOAD_LIMIT, PHOTO_LIMIT, UPLOAD_LIMIT, File, Files
from .params import Params
from .refused import Refused, bad
from .state import State
from .text import cuts_symbol, tidy, utf16

Wire = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MEDIA = ("photo", "animation", "document", "voice", "video_note", "video", "audio", "sticker")
"""An animation is also a document: it is looked for first."""
_ENTITIES = """
mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler
blockquote expandable_blockquote code pre text_link text_mention custom_emoji
"""
_ENTITY_TYPES = frozenset(_ENTITIES.split())


def _given(raw: Any, text: str) -> list[Wire]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise bad("can't parse entities JSON object")
    units = utf16(text)
    for entity in raw:
        if not isinstance(entity, dict) or str(entity.get("type")) not in _ENTITY_TYPES:
            raise bad("can't parse MessageEntity: wrong type")
        offset, length = entity.get("offset"), entity.get("length")
        if not (isinstance(offset, int) and isinstance(length, int)):
            raise bad("can't parse MessageEntity: offset and length must be numbers")
        if offset < 0 or length <= 0 or offset + length > units:
            raise bad(f"entity beginning at UTF-16 offset {offset} ends after the end of the text")
        for edge, what in ((offset, "begins"), (offset + length, "ends")):
            if cuts_symbol(text, edge):
                raise bad(f"entity at UTF-16 offset {offset} {what} in a middle of a UTF-16 symbol")
        if entity["type"] == "text_link" and not isinstance(entity.get("url"), str):
            raise bad("can't parse MessageEntity: text_link has no url")
    return raw


def read_words(source: str, mode: str, entities: Any) -> tuple[str, list[Wire]]:
    """Text and entities as a phone will show them."""
    if not mode or mode.lower() == "none":
        return tidy(source, _given(entities, source))
    if mode.lower() != "html":
        # The two Markdown dialects are left out: a call that needs them should be seen, not guessed.
        raise bad("unsupported parse_mode")
    return tidy(*parse_html(source))


def read_text(params: Params) -> Wire:
    """The text of a message with its entities."""
    source = params.text("text")
    if not source:
        raise bad("message text is empty")
    text, entities = read_words(source, params.text("parse_mode") or "", params.json("entities"))
    if not text:
        raise bad("message text is empty")
    if utf16(text) > TEXT_LIMIT:
        raise bad("message is too long")
    return {"text": text, "entities": entities} if entities else {"text": text}


def read_caption(params: Params) -> Wire:
    """The caption of a medium with its entities; empty when there is none."""
    source = params.text("caption")
    if not source:
        return {}
    text, entities = read_words(source, params.text("parse_mode") or "", params.json("caption_entities"))
    if utf16(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    if not text:
        return {}
    return {"caption": text, "caption_entities": entities} if entities else {"caption": text}


def read_file(state: State, params: Params, kind: str, reference: str | None = None) -> File:
    """The file a call sends: an upload, an attachment, or a file_id Telegram knows."""
    upload = None
    if reference is None:
        upload = params.files.get(kind)
        reference = params.text(kind) if upload is None else None
    if reference and reference.startswith("attach://"):
        upload = params.files.get(reference.removeprefix("attach://"))
        if upload is None:
            raise bad("wrong file identifier/HTTP URL specified")
    if upload is None:
        if not reference:
            raise bad(f"there is no {kind} in the request")
        return state.files.find(reference, kind)
    if not upload.data:
        raise bad("file must be non-empty")
    if len(upload.data) > UPLOAD_LIMIT:
        raise Refused(413, "Request Entity Too Large")
    if kind == "photo" and len(upload.data) > PHOTO_LIMIT:
        raise bad("PHOTO_INVALID_SIZE")
    return state.files.add(kind, upload.data, name=upload.name, mime=upload.mime)


def media(files: Files, file: File) -> Wire:
    """The part of a message that shows a file; an animation is also shown as a document, for old bots."""
    wire = files.wire(file)
    return {file.kind: wire, "document": wire} if file.kind == "animation" else {file.kind: wire}


def read_place(params: Params) -> Wire:
    """A location as it stands in a message."""
    latitude, longitude = params.number("latitude"), params.number("longitude")
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise bad("wrong location specified")
    place: Wire = {"latitude": latitude, "longitude": longitude}
    if params.values.get("horizontal_accuracy") not in (None, ""):
        accuracy = params.number("horizontal_accuracy")
        if not 0 <= accuracy <= 1500:
            raise bad("wrong horizontal accuracy specified")
        place["horizontal_accuracy"] = accuracy
    if period := params.integer("live_period"):
        place["live_period"] = period
    return place


def downloadable(state: State, file_id: str) -> File:
    """The file behind a file_id, if bots may fetch it."""
    if file_id not in state.files.by_id:
        raise bad("invalid file_id")
    file = state.files.by_id[file_id]
    if file.size > DOWNLOAD_LIMIT:
        raise bad("file is too big")
    return file
