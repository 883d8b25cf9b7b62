"""Whoever keeps this code reads it at night, in a language that is not theirs: some idioms stay out of it.

Looked at: comments, strings with docstrings, and names of functions and tests; of other files every line. The catalogs
of the languages (.ftl) have rules of their own.
"""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

LINT = Path(__file__)
ROOT = LINT.parents[2]
PLACES = ("bot", "handlers", "storage", "notifiers", "tests", "docs", "*.md", "*.toml", "Makefile")
KINDS = (".py", ".md", ".toml", ".js", ".css", ".html", ".mako", "")
NOT_YET = ("handlers/",)
"""Not yet looked at."""
IDIOMS = (
    r"leavers?",
    r"who (?:is|are) gone",
    r"(?:is|are|was|were) gone to",
    r"in vain",
    r"into the void",
    r"a no(?!-)",
    r"ow(?:e|es|ed|ing) (?:\w+ )?a word",
    r"nobody's business",
    r"far end",
    r"told by (?:its|their)",
    r"h(?:e|is|im|imself)",  # say "they", or name the role
)
BANNED = re.compile(r"\b(?:" + "|".join(IDIOMS).replace(" ", r"\s+") + r")\b", re.IGNORECASE)


def files() -> Iterator[Path]:
    """Every file of ours that people read, without the catalogs and without this list of idioms."""
    for place in PLACES:
        for top in sorted(ROOT.glob(place)):
            for file in sorted(top.rglob("*")) if top.is_dir() else [top]:
                name = file.relative_to(ROOT).as_posix()
                if file.is_file() and file.suffix in KINDS and not name.startswith(NOT_YET) and file != LINT:
                    yield file


def pieces(text: str, suffix: str) -> Iterator[tuple[int, str]]:
    """What people read in a file: (line, text)."""
    if suffix != ".py":
        yield 1, text
        return
    yield from comments(text)
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.lineno, node.name.replace("_", " ")


def comments(text: str) -> Iterator[tuple[int, str]]:
    """Comments of Python; those on lines that follow each other are one."""
    first, lines = 0, list[str]()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type != tokenize.COMMENT:
            continue
        if token.start[0] != first + len(lines):
            yield first, "\n".join(lines)
            first, lines = token.start[0], []
        lines.append(token.string.lstrip("# "))
    yield first, "\n".join(lines)


def idioms(text: str, suffix: str) -> list[str]:
    """Each idiom in a file, with its line."""
    found = [
        (line + piece[: hit.start()].count("\n"), hit[0])
        for line, piece in pieces(text, suffix)
        for hit in BANNED.finditer(piece)
    ]
    return [f"line {line}: {' '.join(idiom.split())}" for line, idiom in found]


def test_no_idiom_stands_in_code_tests_or_docs() -> None:
    looked_at = list(files())
    assert len(looked_at) > 200
    found = {file: idioms(file.read_text("utf-8"), file.suffix) for file in looked_at}
    assert not [f"{file.relative_to(ROOT)}, {idiom}" for file, all_of in found.items() for idiom in all_of]


@pytest.mark.parametrize(
    ("text", "suffix", "idiom"),
    [
        ("def asks():\n    '''Who left is asked\n    in\n    vain.'''\n", ".py", "line 3: in vain"),
        ("x = 1  # the worker has\n# y\n# gone into the\n# void\n", ".py", "line 3: into the void"),
        ("def test_a_worker_keeps_his_day():\n    pass\n", ".py", "line 1: his"),
        ("MUTANT = 'a no is doubted'\n", ".py", "line 1: a no"),
        ("One line.\nHe waits.\n", ".md", "line 2: He"),
    ],
)
def test_the_lint_sees_each_place(text: str, suffix: str, idiom: str) -> None:
    assert idioms(text, suffix) == [idiom]


@pytest.mark.parametrize("text", ["They wait.", "the place", "a no-op", "a note", "the history", "him_self = her"])
def test_the_lint_leaves_plain_words_alone(text: str) -> None:
    assert not idioms(text, ".md")
