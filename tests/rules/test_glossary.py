"""The glossary names the code as it is: a name that is changed there is changed in docs/glossary.md too."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def rows() -> list[list[str]]:
    """Indonesian, English, code, meaning."""
    lines = (DOCS / "glossary.md").read_text("utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if row[0] != "Indonesian" and not row[0].startswith("---")]


def named() -> set[str]:
    """Every name the glossary gives in its third column."""
    return {name for row in rows() for name in re.findall(r"`([^`]+)`", row[2])}


def written() -> set[str]:
    """Every name that the code defines, and every code it writes as a string; the local Telegram has its own words."""
    found: set[str] = set()
    for room in ("bot", "handlers", "storage"):
        for file in (ROOT / room).rglob("*.py"):
            if "localtelegram" in file.parts:
                continue
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                match node:
                    case ast.ClassDef() | ast.FunctionDef() | ast.AsyncFunctionDef():
                        found.add(node.name)
                    case ast.Name(ctx=ast.Store()):
                        found.add(node.id)
                    case ast.Constant(value=str() as code):
                        found.add(code)
                    case _:
                        pass
    return found


def test_each_row_is_whole() -> None:
    assert len(rows()) > 45
    assert not [row for row in rows() if len(row) != 4 or not all(row)]


def test_each_meaning_is_one_short_sentence() -> None:
    long = [row[3] for row in rows() if len(row[3].split()) > 20 or not row[3].endswith(".") or ". " in row[3]]
    assert not long


def test_each_term_stands_once() -> None:
    terms = [term for row in rows() for term in row[1].split(", ")]
    assert not {term for term in terms if terms.count(term) > 1}


def test_each_name_is_in_the_code() -> None:
    unknown = named() - written()
    assert not unknown


def test_each_link_leads_to_a_file_that_has_the_name() -> None:
    for row in rows():
        for name, link in re.findall(r"`(\w+)` in \[[^]]*\]\(([^)]+)\)", row[2]):
            file = (DOCS / link).resolve()
            assert file.is_file(), link
            assert re.search(rf"\b{name}\b", file.read_text("utf-8")), f"{name} is not in {link}"
