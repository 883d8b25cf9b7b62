"""Copies of a real case, row by row, with ids of their own: how a database grows by millions in minutes.

Whatever the tables look like, a copy is what a deed wrote. Sealed cells are copied as they are, so they do not open;
where the code opens one, it is sealed anew (`tests.bench.grown`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

from sqlalchemy import inspect
from sqlalchemy.engine import Connection

from bot.core.buttons import ALPHABET

OF_CASE = {
    "cases": "id = '{case}'",
    "datakey": "id = '{case}'",
    "report": "case_id = '{case}'",
    "ask": "case_id = '{case}'",
    "timeline": "case_id = '{case}' ORDER BY seq DESC LIMIT 2",
    "outbox": "case_id = '{case}' ORDER BY ask_id IS NULL, seq LIMIT 2",
    "inbox": "chat_key = {reporter} ORDER BY update_id LIMIT 1",
}
"""Which rows belong to a case; of the timeline and the messages two, of the updates one, so that a million fits."""
COUNTED = {"timeline": "id", "outbox": "seq", "inbox": "update_id"}
COPIES, MOST = 10**12, 32
"""Where the counts of copied rows begin, and how many rows of a table a case has at most."""
AWAY = ("next_due_at", "promised_at", "news_at")
"""What must not come due while something else is measured."""
FAR = datetime(2999, 1, 1, tzinfo=UTC)
THREE = ["".join(three).upper() for three in product(ALPHABET, repeat=3)]
Cell = Callable[[int], Any]


@dataclass(frozen=True, slots=True)
class Table:
    """The sample rows of one table, and its columns."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    unique: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Every row of one real case, as the driver gives it."""

    tables: tuple[Table, ...]

    def names(self) -> list[str]:
        """The texts that only this case has."""
        found = [
            cell
            for table in self.tables
            for row in table.rows
            for column, cell in zip(table.columns, row, strict=True)
            if column in table.unique and isinstance(cell, str)
        ]
        return list(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Change:
    """How the copies differ from their sample, apart from their ids.

    `values` replaces cells by what they hold, `columns` those of a column. Their moments are so many days older.
    """

    values: Mapping[Any, Cell]
    columns: Mapping[str, Cell]
    older: Cell
    rests: bool = True
    """What would come due is put far away."""


def sample(connection: Connection, case: str, reporter: int) -> Sample:
    """The rows of a case."""
    return Sample(
        tuple(rows(connection, name, which.format(case=case, reporter=reporter)) for name, which in OF_CASE.items())
    )


def rows(connection: Connection, name: str, which: str) -> Table:
    """Rows of a table as the driver gives them."""
    found = connection.exec_driver_sql(f"SELECT * FROM {name} WHERE {which}")
    known = inspect(connection)
    keys = [key["column_names"] for key in known.get_unique_constraints(name)]
    keys.append(known.get_pk_constraint(name)["constrained_columns"])
    unique = frozenset(key[0] for key in keys if len(key) == 1 and key[0] is not None)
    return Table(name, tuple(found.keys()), tuple(tuple(row) for row in found), unique)


def copies(of: Sample, numbers: range, change: Change) -> Iterator[tuple[Table, Iterator[Sequence[Any]]]]:
    """The rows of each table for these copies; no number may be used twice in one database."""
    named = {name: _name(slot, name) for slot, name in enumerate(of.names())}
    for table in of.tables:
        yield table, _rows(table, numbers, {**named, **change.values}, change)


def _rows(table: Table, numbers: range, values: Mapping[Any, Cell], change: Change) -> Iterator[Sequence[Any]]:
    patterns = [_pattern(table, place, row, values, change) for place, row in enumerate(table.rows)]
    for number in numbers:
        for cells, moving in patterns:
            made = list(cells)
            for at, cell in moving:
                made[at] = cell(number)
            yield made


def _pattern(
    table: Table, place: int, row: Sequence[Any], values: Mapping[Any, Cell], change: Change
) -> tuple[Sequence[Any], list[tuple[int, Cell]]]:
    """The cells that stay, and how the others are made."""
    moving: list[tuple[int, Cell]] = []
    for at, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
        if COUNTED.get(table.name) == column:
            moving.append((at, _count(place)))
        elif change.rests and column in AWAY and cell is not None and column not in change.columns:
            moving.append((at, _fixed(_like(cell, FAR))))
        elif column in change.columns:
            moving.append((at, change.columns[column]))
        elif (moment := _moment(cell)) is not None:
            moving.append((at, _older(cell, moment, change.older)))
        elif isinstance(cell, str | int) and not isinstance(cell, bool) and cell in values:
            moving.append((at, values[cell]))
    return row, moving


def _name(slot: int, name: str) -> Cell:
    """A text of the same look and length, another one for each number; the slot keeps two of a case apart."""
    if name.startswith("TS-"):
        return lambda number: f"TS-{THREE[number >> 15]}{THREE[number & 32767]}"
    head = ALPHABET[slot]
    return lambda number: f"{head}{number:011d}"


def _count(place: int) -> Cell:
    return lambda number: COPIES + number * MOST + place


def _fixed(value: Any) -> Cell:
    return lambda _: value


def _older(cell: Any, moment: datetime, older: Cell) -> Cell:
    known: dict[int, Any] = {}

    def made(number: int) -> Any:
        days = older(number)
        if days not in known:
            known[days] = _like(cell, moment - timedelta(days=days))
        return known[days]

    return made


def _moment(cell: Any) -> datetime | None:
    """The moment that a cell holds: aware on PostgreSQL, a text on SQLite."""
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, str) and len(cell) == 26 and cell[4] == cell[7] == "-" and cell[13] == ":":
        return datetime.fromisoformat(cell).replace(tzinfo=UTC)
    return None


def _like(cell: Any, moment: datetime) -> Any:
    """A moment in the form of a cell."""
    return moment if isinstance(cell, datetime) else like_sqlite(moment)


def like_sqlite(moment: datetime) -> str:
    """A moment as SQLite keeps it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
