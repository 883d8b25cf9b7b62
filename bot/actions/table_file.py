"""A file of lines as rows of text: CSV with any of the usual separators and encodings, or XLSX (rows 45, 136)."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

SEPARATORS = (",", ";", "\t")
ENCODINGS = ("utf-8-sig", "cp1252")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file."""

    needed: tuple[str, ...]
    more: tuple[str, ...] = ()
    """Columns that may be missing."""
    names: Mapping[str, str] = field(default_factory=dict)
    """What else a column may be called, in small letters."""

    @property
    def expected(self) -> str:
        """The header as a file has it."""
        return ",".join(self.needed)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number, and its cells by the names of its columns."""

    number: int
    cells: Mapping[str, str]


class Unreadable(Exception):
    """This is no such file; the sentence says what is expected."""


def rows(content: bytes, columns: Columns) -> list[Row]:
    """The lines of a file that have anything in them; Unreadable where it has no header."""
    table = _xlsx(content) if content.startswith(b"PK\x03\x04") else _csv(_text(content))
    first = next((n for n, cells in enumerate(table) if any(cells)), None)
    if first is None:
        raise Unreadable(f"the file is empty; expected: {columns.expected}")
    known = {**{name.replace("_", " "): name for name in (*columns.needed, *columns.more)}, **columns.names}
    header = [known.get(_plain(cell), "") for cell in table[first]]
    if missing := [name for name in columns.needed if name not in header]:
        raise Unreadable(f"line {first + 1}: the header lacks {', '.join(missing)}; expected: {columns.expected}")
    made = []
    for number, cells in enumerate(table[first + 1 :], first + 2):
        there = {name: cell for name, cell in zip(header, cells, strict=False) if name}
        if any(there.values()):
            made.append(Row(number, {name: there.get(name, "") for name in (*columns.needed, *columns.more)}))
    return made


def _text(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("the file is neither CSV nor XLSX; in Excel choose Save as: CSV UTF-8")


def _csv(text: str) -> list[list[str]]:
    head = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=head.count)
    lines = text.splitlines(keepends=True)
    if lines and lines[0].casefold().startswith("sep="):  # what Excel writes to itself
        lines[0], separator = "\n", lines[0].strip()[4:5] or separator
    found: list[list[str]] = []
    reader = csv.reader(io.StringIO("".join(lines)), delimiter=separator)
    for cells in reader:
        while len(found) < reader.line_num - 1:  # a cell may have lines of its own: numbers are those of the file
            found.append([])
        found.append([_cell(cell) for cell in cells])
    return found


def _xlsx(content: bytes) -> list[list[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet: Sequence[Sequence[object]] = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, IndexError) as error:
        raise Unreadable("the XLSX cannot be read; in Excel choose Save as: XLSX or CSV UTF-8") from error
    return [[_cell(cell) for cell in cells] for cells in sheet]


def _cell(cell: object) -> str:
    """A cell as text; Excel turns codes and phone numbers into numbers."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return " ".join(str(cell).strip().lstrip("'").split())


def _plain(cell: str) -> str:
    return " ".join(cell.casefold().replace("_", " ").split())
