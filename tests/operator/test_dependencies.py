"""What the code imports stands in pyproject.toml: a library that another one brings may leave with that other one."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("bot", "handlers", "storage", "notifiers")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUN: Sequence[str] = PROJECT["dependencies"]
DEV: Sequence[str] = PROJECT["optional-dependencies"]["dev"]


def names(requirements: Sequence[str]) -> set[str]:
    """The distributions of lines such as "psycopg[binary]>=3.3,<4", each name in one spelling."""
    return {spelling(re.split(r"[^A-Za-z0-9._-]", line)[0]) for line in requirements}


def spelling(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(folder: str) -> Iterator[tuple[str, Path]]:
    """Each name at the top of an import in this folder, with its file; what is ours and Python's own left out."""
    for file in sorted((ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            modules: list[str] = []
            if isinstance(node, ast.Import):
                modules = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules = [node.module]
            for module in modules:
                top = module.partition(".")[0]
                if top not in sys.stdlib_module_names and top not in (*ROOMS, "tests"):
                    yield top, file.relative_to(ROOT)


@pytest.mark.parametrize(("folder", "declared"), [*((room, RUN) for room in ROOMS), ("tests", [*RUN, *DEV])])
def test_each_import_is_declared(folder: str, declared: Sequence[str]) -> None:
    brought = packages_distributions()
    known = names(declared)
    found = list(imported(folder))
    assert found
    assert not [
        f"{file}: {top}" for top, file in found if not known & {spelling(name) for name in brought.get(top, ())}
    ]


@pytest.mark.parametrize(
    ("lock", "declared"), [("requirements-run.lock", RUN), ("requirements.lock", [*RUN, *DEV])], ids=["run", "dev"]
)
def test_each_declared_library_is_locked_with_its_hashes(lock: str, declared: Sequence[str]) -> None:
    text = (ROOT / lock).read_text("utf-8")
    locked = {
        spelling(name)
        for name in re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==\S+ \\\n    --hash=sha256:", text, re.M)
    }
    assert names(declared) <= locked
