"""The table of Bot API methods; each room adds its own lines."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from .params import Params
from .state import State

Method = Callable[[State, Params], Any]
METHODS: dict[str, tuple[str, Method | Callable[[State, Params], Awaitable[Any]]]] = {}


def method(*names: str) -> Callable[[Method], Method]:
    """Enter a function under one or more names; Telegram ignores their case."""

    def enter(function: Method) -> Method:
        for name in names:
            METHODS[name.lower()] = (name, function)
        return function

    return enter
