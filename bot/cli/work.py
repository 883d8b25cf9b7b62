"""From what a command is given to what it does, which is read when it runs: help needs none of it."""

import gc
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Annotated, ParamSpec

import typer

P = ParamSpec("P")

ConfigOption = Annotated[Path | None, typer.Option("--config", help="The settings file (TOML); or TERSAPA_CONFIG.")]
JsonOption = Annotated[bool, typer.Option("--json", help="For programs.")]


def done_by(name: str) -> Callable[[Callable[P, None]], Callable[P, None]]:
    """What is described here is done by the function of the same name and parameters in `bot.commands.NAME`."""

    def described(command: Callable[P, None]) -> Callable[P, None]:
        @wraps(command)
        def run(*args: P.args, **given: P.kwargs) -> None:
            getattr(read(name), command.__name__)(*args, **given)

        run.__dict__["done_by"] = name
        return run

    return described


def read(name: str) -> ModuleType:
    """`bot.commands.NAME`. Whoever began without looking for garbage looks from now on: what was read stays."""
    module = import_module(f"bot.commands.{name}")
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
    return module
