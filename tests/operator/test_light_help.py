"""Help is light: what a command is given is known without what it does, and the two are of one shape."""

import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import typer

from bot import cli
from bot.cli.work import read
from tests.support.forks import tersapa

ROOT = Path(__file__).parents[2]
LIGHT = {"typer", "rich"}
"""The libraries that the help itself is written with."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
OURS = ("bot.actions", "bot.app", "bot.commands", "bot.config", "bot.data", "bot.demo", "bot.engine")
ASKS = """
import contextlib, io, json, sys
from bot import cli
told = {}
for words in json.loads(sys.argv[1]):
    with contextlib.redirect_stdout(io.StringIO()) as said:
        try:
            cli.app([*words])
        except SystemExit as end:
            assert not end.code, words
    told[" ".join(words)] = (bool(said.getvalue()), sorted(sys.modules))
print(json.dumps(told))
"""


def heavy() -> set[str]:
    """The names of every library that the bot runs with, as they are imported, but those of the help itself."""
    declared = {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in PROJECT["dependencies"]} - LIGHT
    spelt = {re.sub(r"[-_.]+", "-", name) for name in declared}
    of = packages_distributions()
    return {top for top, brings in of.items() if spelt & {re.sub(r"[-_.]+", "-", name).lower() for name in brings}}


def described(app: typer.Typer, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """The words of each command, and the function that describes it."""
    for command in app.registered_commands:
        assert command.callback is not None
        yield (*above, command.name or command.callback.__name__), command.callback
    for group in app.registered_groups:
        assert group.typer_instance is not None and group.name is not None
        yield from described(group.typer_instance, (*above, group.name))


COMMANDS = dict(described(cli.app))


def test_no_help_reads_what_a_command_works_with() -> None:
    groups = {words[:-1] for words in COMMANDS}
    asked = [["--version"], *([*words, "--help"] for words in sorted(groups | COMMANDS.keys()))]
    ran = subprocess.run(
        [sys.executable, "-c", ASKS, json.dumps(asked)], capture_output=True, text=True, cwd=ROOT, check=True
    )
    told = json.loads(ran.stdout)
    assert len(told) == len(asked) > 25
    assert not [words for words, (said, _) in told.items() if not said]
    unwanted = heavy()
    assert {"sqlalchemy", "sqlmodel", "telegram", "pydantic", "pydantic_settings", "python_calamine"} <= unwanted
    assert {"apscheduler", "rapidfuzz", "aiohttp", "httpx", "alembic", "cryptography", "fluent"} <= unwanted
    read_by = {
        words: [name for name in modules if name.split(".")[0] in unwanted or name.startswith(OURS)]
        for words, (_, modules) in told.items()
    }
    assert not {words: names for words, names in read_by.items() if names}


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_works_with_what_it_is_given(words: tuple[str, ...]) -> None:
    command = COMMANDS[words]
    work = getattr(import_module(f"bot.commands.{command.done_by}"), command.__name__)
    given, taken = inspect.signature(command).parameters, inspect.signature(work).parameters
    assert list(taken) == list(given)
    assert get_type_hints(work) == get_type_hints(command)  # without what help says of them


def test_the_version_is_that_of_the_project(tmp_path: Path) -> None:
    assert tersapa("--version", folder=tmp_path) == (0, f"tersapa {PROJECT['version']}\n", "")


def test_whoever_looks_for_garbage_already_goes_on_to() -> None:
    import gc

    assert gc.isenabled()
    frozen = gc.get_freeze_count()
    read("lines")
    assert (gc.isenabled(), gc.get_freeze_count()) == (True, frozen)
    gc.disable()
    try:
        read("lines")
        assert gc.isenabled() and gc.get_freeze_count() > frozen
    finally:
        gc.unfreeze()
        gc.enable()
