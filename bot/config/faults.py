"""What is wrong with a setting, in words that name its key and its line or variable."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.environment import variable_of


class ConfigError(Exception):
    """The settings cannot be used; the text says which key, where, and what is expected."""


def explain(detail: Mapping[str, Any], text: str, path: Path | None) -> str:
    """One error of pydantic (`loc`, `msg`, `type`) as one line; `text` is the TOML that was read from `path`."""
    where = [str(part) for part in detail["loc"]]
    message = str(detail["msg"]).removeprefix("Value error, ")
    if found := re.match(r'([a-z_.0-9]+|"[^"]+"): (.*)', message):
        below = [found[1].strip('"')] if found[1].startswith('"') else found[1].split(".")
        where, message = [*where, *below], found[2]
    if detail["type"] == "extra_forbidden":
        message = "unknown key"
    line = _line_of(where, text)
    place = variable_of(where) or (f"{path}, line {line}" if line else str(path or "settings"))
    return f"{place}: [{'.'.join(where[:-1]) or where[-1]}] {where[-1]}: {message}"


def _line_of(where: list[str], text: str) -> int | None:
    """The line of a key: its table's header first, then the key below it; a number picks one of [[several]]."""
    lines = text.splitlines()
    headers = [line.split("#")[0].replace(" ", "") for line in lines]
    first, end = 0, len(lines)
    names: list[str] = []
    for part in where:
        if not part.isdigit():
            names.append(part)
            continue
        starts = [n for n, header in enumerate(headers) if header == f"[[{'.'.join(names)}]]"]
        if int(part) < len(starts):
            first, end = starts[int(part)], [*starts, len(lines)][int(part) + 1]
    for depth in range(len(names), -1, -1):
        name = ".".join(names[:depth])
        found = (n for n in range(first, end) if headers[n] in (f"[{name}]", f"[[{name}]]"))
        start = next(found, None) if depth else -1
        if start is None:
            continue
        for number in range(start + 1, end):
            line = lines[number].strip()
            if depth and line.startswith("["):
                break
            if depth < len(names) and re.match(rf"[\"']?{re.escape(names[depth])}[\"']?\s*[=.]", line):
                return number + 1
        if depth:
            return start + 1
    return None
