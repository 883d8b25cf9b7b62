"""The versions of the schema, read from their files without the library that runs them."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

_REVISION = re.compile(r'^revision = "(\w+)"$', re.MULTILINE)


def folders() -> tuple[Path, ...]:
    """Where the files of the versions are."""
    return (Path(str(files("storage").joinpath("migrations", "versions"))),)


def known() -> tuple[str, ...]:
    """The versions this code knows, the oldest first: their numbers are their order."""
    return _read(folders())


@cache
def _read(folders: tuple[Path, ...]) -> tuple[str, ...]:
    texts = [file.read_text("utf-8") for folder in folders for file in folder.glob("[0-9]*.py")]
    return tuple(sorted(revision for text in texts for revision in _REVISION.findall(text)))
