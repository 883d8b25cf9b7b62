"""The parameters of a call, wherever they came from: query, form, multipart or JSON."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import Scope

from .files import Upload
from .refused import Refused, bad

Wire = dict[str, Any]

_SURROGATE = re.compile(r"[\ud800-\udfff]")
_ESCAPED = re.compile(r"\\u[dD][89a-fA-F]")


class Params:
    """Named values of one call, read with the type a method needs."""

    __slots__ = ("files", "values")

    def __init__(self, values: Wire, files: dict[str, Upload] | None = None) -> None:
        self.values = values
        self.files = files or {}

    def text(self, name: str) -> str | None:
        """A string; None when absent."""
        value = self.values.get(name)
        if value is None:
            return None
        if isinstance(value, str):
            if not value.isascii() and _SURROGATE.search(value):
                raise bad("strings must be encoded in UTF-8")
            return value
        if isinstance(value, bool | list | dict):
            raise bad(f'field "{name}" must be of type String')
        return str(value)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number that fits into 64 bits."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            number = int(value) if isinstance(value, str | int) else None
        except ValueError:
            number = None
        if number is None or not -(1 << 63) <= number < 1 << 63:
            raise bad(f'field "{name}" must be a valid Number')
        return number

    def number(self, name: str) -> float:
        """A number that must be there."""
        value = self.values.get(name)
        try:
            return float(value) if isinstance(value, str | int | float) else float("")
        except (ValueError, OverflowError):
            raise bad(f'field "{name}" must be a valid Number') from None

    def flag(self, name: str) -> bool:
        """A yes or no; absent means no."""
        value = self.values.get(name)
        return value is True or str(value).lower() in ("true", "yes", "1")

    def json(self, name: str) -> Any:
        """A list or an object, given as JSON text or as it is."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        return loads(value, name)


def loads(raw: str, name: str = "request") -> Any:
    """Parse JSON; anything malformed, or not UTF-8, is a 400."""
    try:
        value = json.loads(raw)
        # A lone surrogate can only come in escaped or raw; the costly check is for those.
        if _ESCAPED.search(raw) or not raw.isascii():
            json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise bad("strings must be encoded in UTF-8") from None
    except (ValueError, RecursionError):
        raise bad(f"can't parse {name} JSON object") from None
    return value


async def read(scope: Scope, body: bytes) -> Params:
    """Gather the parameters of a request whose body has been read."""
    values: Wire = {}
    if scope["query_string"]:
        values.update(_pairs(scope["query_string"]))
    if not body:
        return Params(values)
    kind = next((value for name, value in scope["headers"] if name == b"content-type"), b"").lower()
    if kind.startswith(b"application/json"):
        try:
            made = loads(body.decode())
        except UnicodeDecodeError:
            raise bad("strings must be encoded in UTF-8") from None
        if not isinstance(made, dict):
            raise bad("can't parse request JSON object")
        values.update(made)
        return Params(values)
    if kind.startswith(b"multipart/form-data"):
        return await _multipart(scope, body, values)
    values.update(_pairs(body))
    return Params(values)


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(raw.decode(), keep_blank_values=True, errors="strict")
    except (UnicodeDecodeError, ValueError):
        raise bad("strings must be encoded in UTF-8") from None


async def _multipart(scope: Scope, body: bytes, values: Wire) -> Params:
    async def receive() -> Wire:
        return {"type": "http.request", "body": body, "more_body": False}

    files: dict[str, Upload] = {}
    try:
        # Starlette words a broken form as an HTTPException only when it knows its app.
        form = await Request({**scope, "app": None}, receive).form(max_part_size=16 * 1024 * 1024)
    except HTTPException as error:
        raise Refused(400, f"Bad Request: {error.detail}") from None
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[name] = Upload(
                value.filename or name, value.content_type or "application/octet-stream", await value.read()
            )
        else:
            values[name] = value
    await form.close()
    return Params(values, files)
