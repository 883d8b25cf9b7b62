"""Settings from the environment, TERSAPA_SECTION__KEY: what is misspelt or no JSON is refused by its name."""

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_origin

from pydantic import BaseModel

PREFIX = "TERSAPA_"
OTHERS = ("TERSAPA_CONFIG", "TERSAPA_LOG", "TERSAPA_CLOCK", "TERSAPA_CRASHPOINT")
"""What is read elsewhere and is no setting."""
KUBERNETES = re.compile(r"TERSAPA_(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT(_\d+_[A-Z0-9_]+)?)")
"""What Kubernetes tells each container about a service that is called "tersapa"."""


def check_environment(settings: type[BaseModel]) -> None:
    """Refuse a variable that is no setting, or no JSON where that is due; the ValueError begins with its name."""
    for name, path, value in _variables():
        kind: Any = settings
        for depth, part in enumerate(path):
            above, kind = kind, _below(kind, part)
            if kind is None:
                begin = PREFIX + "".join(f"{part.upper()}__" for part in path[:depth])
                known = ", ".join(getattr(above, "model_fields", ())).upper()
                hint = f"; {begin} is followed by one of {known}" if known else ""
                raise ValueError(f"{name}: no such setting{hint}")
        if _is_json(kind) and not _parses(value):
            example = '["…"]' if get_origin(kind) is tuple else '{"…": "…"}'
            raise ValueError(f"{name}: JSON is expected, such as {example}")


def variable_of(where: Sequence[str]) -> str | None:
    """The variable that gave the setting at `where`; None when it comes from elsewhere."""
    given = {path: (name, value) for name, path, value in _variables()}
    for depth in range(len(where), 0, -1):
        name, value = given.get(tuple(where[:depth]), (None, ""))
        if name is not None and (depth == len(where) or _holds(value, where[depth])):
            return name
    return None


def _variables() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(name, path, value) of each variable that should be a setting; upper and lower case are the same."""
    for name, value in os.environ.items():
        upper = name.upper()
        if upper.startswith(PREFIX) and upper not in OTHERS and not KUBERNETES.fullmatch(upper):
            yield name, tuple(upper.removeprefix(PREFIX).lower().split("__")), value


def _below(kind: Any, part: str) -> Any:
    """The type of what stands under `part`; None when nothing may stand there."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        field = kind.model_fields.get(part)
        return field.annotation if field else None
    return str if get_origin(kind) is Mapping else None


def _is_json(kind: Any) -> bool:
    return get_origin(kind) in (tuple, Mapping) or (isinstance(kind, type) and issubclass(kind, BaseModel))


def _parses(value: str) -> bool:
    try:
        json.loads(value)
    except ValueError:
        return False
    return True


def _holds(value: str, key: str) -> bool:
    if not _parses(value):
        return False
    body = json.loads(value)
    return key in body if isinstance(body, dict) else isinstance(body, list) and key.isdigit() and int(key) < len(body)
