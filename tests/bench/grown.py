"""A province that has worked for years: a few cases as people make them, and copies of these by the million."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sqlmodel import select

from bot.core.ownership import WAITING
from bot.data.places import load_places
from bot.localtelegram.phones import Phone
from storage.addresses import addressed
from storage.session import Session
from storage.tables import Member
from tests.bench.copies import Cell, Change, Sample, Table, copies, like_sqlite, rows, sample
from tests.bench.filling import insert, seal
from tests.support.engines import keys_file
from tests.support.world import MALANG, SINGOSARI, World, world

PROVINCE = "35"
REPORTERS = 100_000
YEARS = 1000
"""Days over which closed cases are spread."""
BESIDE = {"tksk": 10**6, "deputy": 2 * 10**6, "koordinator": 3 * 10**6}
"""How far the chats of copied workers are from the one they are copied from."""
GAP = 1_000_000
"""Numbers that are left out before more is copied: SQLite has gone on counting rows from the highest one."""
OLD = 2
"""Days after which a biasa case has climbed its second rung long ago."""


Stands = Sequence[tuple[str, int, Mapping[str, Cell]]]


@dataclass(slots=True)
class Grown:
    """The world, its people, and the samples that copies are made of."""

    w: World
    people: dict[str, Phone]
    samples: dict[str, Sample] = field(default_factory=dict)
    kecamatan: list[str] = field(default_factory=list)
    kabupaten: list[str] = field(default_factory=list)
    _known: dict[str, tuple[str, int]] = field(default_factory=dict)
    _made: int = 0

    def grow(self, closed: int, still: int) -> None:
        """So many closed cases, and so many that are not: half open, half taken, of these some silent, some waiting."""
        self._copy("closed", closed, lambda n: 1 + n % YEARS)
        few, every = still // 8, len(self.kecamatan)
        silent, waiting = {"reminded": lambda _: 1}, {"waiting_for": lambda _: WAITING[0]}
        taken: Stands = (("taken", 2 * few, {}), ("taken", few, silent), ("taken", few, waiting))
        for name, count, columns in (("open", 4 * few, {}), *taken):
            made = self._copy(name, count, lambda _: 0, columns)
            # The worker whose phone is looked at lists what is in their kecamatan, and a list reads what was told.
            first = made.start + (self.kecamatan.index(SINGOSARI) - made.start) % every
            seal(self.w.app.db, self.samples[name], range(first, made.stop, every))
        with self.w.app.db.engine.begin() as connection:
            if not self.w.app.db.sqlite:
                connection.exec_driver_sql("ANALYZE")

    def due(self, count: int, *, climb: bool) -> None:
        """So many open cases of which something is due now: a rung, or only a look."""
        due = self.w.now - timedelta(minutes=1)
        moment = like_sqlite(due) if self.w.app.db.sqlite else due
        self._made += GAP
        made = self._copy("open", count, lambda _: OLD if climb else 0, {"next_due_at": lambda _: moment})
        seal(self.w.app.db, self.samples["open"], made)

    def _copy(self, name: str, count: int, older: Cell, columns: Mapping[str, Cell] = MappingProxyType({})) -> range:
        """Copies of a sample, spread over all kecamatan; returns their numbers."""
        numbers = range(self._made, self._made + count)
        self._made += count
        places = self.kecamatan
        areas: dict[str, Cell] = {
            "kecamatan": lambda n: places[n % len(places)],
            "kabupaten": lambda n: places[n % len(places)][:5],
            "desa": lambda _: None,
        }
        change = Change(self._people(places), {**areas, **columns}, older, rests=name != "closed")
        for table, made in copies(self.samples[name], numbers, change):
            insert(self.w.app.db, table, made)
        return numbers

    def _people(self, places: Sequence[str]) -> dict[Any, Any]:
        """The worker of each copy's own kecamatan, and one of many reporters."""
        member, chat = self._known["tksk"]
        _, reporter = self._known["reporter"]
        own = places.index(SINGOSARI)

        def near(original: Any, other: Callable[[int], Any]) -> Callable[[int], Any]:
            return lambda n: original if n % len(places) == own else other(n % len(places))

        return {
            member: near(member, lambda at: _member("tksk", places[at])),
            chat: near(chat, lambda at: chat + BESIDE["tksk"] + at),
            reporter: lambda n: reporter + 10**8 + n % REPORTERS,
        }

    def hire(self) -> None:
        """For each place the workers whom the ladder asks in Singosari."""
        for role, places in (("tksk", self.kecamatan), ("deputy", self.kecamatan), ("koordinator", self.kabupaten)):
            member, chat = self._known[role]
            with self.w.app.db.engine.connect() as connection:
                of = Sample((rows(connection, "member", f"id = '{member}'"), rows(connection, "chat", f"id = {chat}")))
            here = [at for at, place in enumerate(places) if place not in (SINGOSARI, MALANG)]
            values = {member: _hired(role, places, here), chat: _beside(role, chat, here)}
            change = Change(values, {"area": _at(places, here)}, lambda _: 0)
            for table, made in copies(of, range(len(here)), change):
                insert(self.w.app.db, table, self._reachable(table, made) if table.name == "chat" else made)

    def _reachable(self, table: Table, made: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
        """Rows of chats, each with an address of its own."""

        def address(session: Session) -> list[Sequence[Any]]:
            named = [dict(zip(table.columns, row, strict=True)) for row in made]
            return [tuple((row | addressed(session, row["id"], row["id"])).values()) for row in named]

        return self.w.app.db.write(address)


@asynccontextmanager
async def grown(folder: Path, url: str | None, closed: int, still: int) -> AsyncIterator[Grown]:
    """A world on Monday at 09.06 whose database has grown; its bot runs."""
    more: dict[str, Any] = {"privacy": {"keys_file": keys_file(folder)}}
    async with world(folder, url, **more) as w:
        people = {
            "admin": await w.worker("admin", PROVINCE, "Ani"),
            "koordinator": await w.worker("koordinator", MALANG, "Kasih"),
            "tksk": await w.worker("tksk", SINGOSARI, "Budi"),
            "deputy": await w.worker("deputy", SINGOSARI, "Dewi"),
        }
        made = Grown(w, people)
        for name, presses in (
            ("closed", ("Saya tangani", "Selesai", "Tertolong")),
            ("taken", ("Saya tangani",)),
            ("open", ()),
        ):
            reporter = people["reporter"] = w.person()
            await w.reports(reporter)
            await w.press(people["tksk"], *presses)
            if name == "closed":
                await w.passes(minutes=6)  # its end is told five minutes after the taking
            await _remember(made, name)
        await _know(made)
        made.hire()
        made.grow(closed, still)
        yield made


async def _know(made: Grown) -> None:
    """The places, and who was asked in the first of them."""
    places = load_places()
    made.kabupaten = sorted(place.code for place in places.kabupaten())
    made.kecamatan = sorted(place.code for code in made.kabupaten for place in places.children(code))
    members = await made.w.read(lambda session: session.exec(select(Member)).all())
    made._known |= {member.role: (member.id, member.chat_id) for member in members}


def _member(role: str, place: str) -> str:
    """An id for a worker of a place."""
    return f"{role[0]}{place.replace('.', '')}"


def _hired(role: str, places: Sequence[str], here: Sequence[int]) -> Cell:
    return lambda n: _member(role, places[here[n]])


def _beside(role: str, chat: int, here: Sequence[int]) -> Cell:
    return lambda n: chat + BESIDE[role] + here[n]


def _at(places: Sequence[str], here: Sequence[int]) -> Cell:
    return lambda n: places[here[n]]


async def _remember(made: Grown, name: str) -> None:
    """Read the rows of the case that was just made."""
    case = await made.w.case()
    with made.w.app.db.engine.connect() as connection:
        found = rows(connection, "report", f"case_id = '{case.id}'")
        chat = found.rows[0][found.columns.index("chat_id")]
        made.samples[name] = sample(connection, case.id, chat)
    made._known["reporter"] = ("", chat)
