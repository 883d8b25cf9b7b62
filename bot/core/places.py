"""The regions of East Java: what lies in what, what a typed name means, what lies under a pin."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.levels import Level
from bot.core.place_index import Names
from bot.core.place_meaning import SEARCHED, mean
from bot.core.place_names import fold
from bot.core.place_outside import Outside
from bot.core.place_points import At, Points
from bot.core.place_search import search

__all__ = ["At", "Hit", "Meant", "Place", "Places"]

ROOM = 5  # places that a search gives
SAME = 0.05  # so much less a place is meant where it only lies lower
LEVELS: dict[int, Level] = {2: "provinsi", 5: "kabupaten", 8: "kecamatan", 13: "desa"}


@dataclass(frozen=True, slots=True)
class Place:
    """One region with its official code and name; latitude and longitude of its seat in degrees."""

    code: str
    name: str
    level: Level
    lat: float
    lon: float
    postal: str

    @property
    def label(self) -> str:
        """The name as written on a button: "Desa X", "Kelurahan X", "Kec. Y", "Kab. Z", "Kota Z"."""
        if self.level == "desa":
            return f"Kelurahan {self.name}" if self.is_kelurahan else f"Desa {self.name}"
        if self.level == "kecamatan":
            return f"Kec. {self.name}"
        return self.name.replace("Kabupaten ", "Kab. ")

    @property
    def is_kelurahan(self) -> bool:
        """Whether this is a kelurahan: its number in the kecamatan starts with 1, that of a desa with 2."""
        return self.level == "desa" and self.code[9] == "1"

    @property
    def is_kota(self) -> bool:
        """Whether this is one of the nine kota."""
        return self.level == "kabupaten" and self.name.startswith("Kota ")


@dataclass(frozen=True, slots=True)
class Hit:
    """A place a typed text may mean; score 0..1, 1 for a name written as it is."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True)
class Meant:
    """What a typed text means: places, best first, and the words that name them; the landmark as it was typed.

    `outside` names a place outside East Java: with no places it is meant, with places either may be.
    """

    hits: tuple[Hit, ...] = ()
    name: str = ""
    landmark: str = ""
    outside: str = ""


class Places:
    """All regions of the province; built once, never changed, safe to share between threads."""

    def __init__(
        self,
        rows: Iterable[Sequence[str]],
        outside: Iterable[tuple[float, float]] = (),
        aliases: Iterable[tuple[str, str]] = (),
        beyond: Iterable[tuple[str, str]] = (),
    ) -> None:
        """Takes rows (code, name, lat, lon, postal), points beyond the border, and rows (alias, code).

        `beyond` names places there: rows (name, alias).
        """
        made = (
            Place(code, name, LEVELS[len(code)], float(lat), float(lon), postal)
            for code, name, lat, lon, postal in rows
        )
        self._places = {place.code: place for place in sorted(made, key=lambda place: place.code)}
        self._children: dict[str, list[Place]] = {code: [] for code in self._places}
        for place in sorted(self._places.values(), key=lambda place: (place.name.casefold(), place.code)):
            self._children.setdefault(place.code.rpartition(".")[0], []).append(place)
        below = [place for place in self._places.values() if place.level != "provinsi"]
        self._names = Names([(place.code, place.name) for place in below], aliases)
        villages = [(place.lat, place.lon, place.code) for place in below if place.level == "desa"]
        self._points = Points(villages, outside)
        self._beyond = Outside(beyond)

    def __len__(self) -> int:
        return len(self._places)

    def get(self, code: str) -> Place | None:
        """The place with this code, None when there is none."""
        return self._places.get(code)

    def parents(self, code: str) -> tuple[Place, ...]:
        """The kecamatan and kabupaten a place lies in, nearest first, without the province."""
        if code not in self._places:
            return ()
        return tuple(self._places[code[:length]] for length in (8, 5) if length < len(code))

    def children(self, code: str) -> tuple[Place, ...]:
        """The places one level below, in reading order."""
        return tuple(self._children.get(code, ())) if code in self._places else ()

    def kabupaten(self) -> tuple[Place, ...]:
        """The 29 kabupaten and 9 kota in reading order, kabupaten first."""
        return self.children(next(iter(self._places), ""))

    def find(
        self,
        text: str,
        *,
        within: str | None = None,
        limit: int = ROOM,
        levels: Sequence[Level] = SEARCHED,
    ) -> tuple[Hit, ...]:
        """Places a typed text may mean, best first; `within` looks only below the place with that code."""
        found = search(self._names, text, within, levels, limit)
        return tuple(Hit(self._places[code], score) for code, score in found)

    def meant(self, text: str, within: str | None = None) -> Meant:
        """What somebody means who types this for a place: up to five places, its landmark, a place outside."""
        meaning = mean(self._names, self._beyond, text, within, ROOM)
        hits = tuple(Hit(self._places[code], score) for code, score in meaning.found)
        return Meant(hits, meaning.name, meaning.landmark, meaning.outside)

    def namesakes(self, meant: Meant, within: str | None = None) -> tuple[Place, ...]:
        """All places of one name that are meant equally well, where they are more than `meant` has room for."""
        hits = meant.hits
        if len(hits) < ROOM or len({fold(hit.place.name) for hit in hits}) != 1:
            return ()
        least = hits[0].score - SAME
        if hits[-1].score < least:
            return ()
        equal, name = self.find(meant.name, within=within, limit=len(self._places)), fold(hits[0].place.name)
        return tuple(hit.place for hit in equal if hit.score >= least and fold(hit.place.name) == name)

    def at(self, lat: float, lon: float, accuracy: float | None = None) -> At:
        """What lies around a pin: degrees, accuracy in metres; never raises for a number."""
        return self._points.at(lat, lon, accuracy)

    def beside(self, kecamatan: str) -> tuple[str, ...]:
        """The other kecamatan of the same kabupaten/kota, the nearest first."""
        return self._points.beside(kecamatan)

    def desa_at(self, lat: float, lon: float, kecamatan: str, limit: int = 5) -> tuple[str, ...]:
        """Codes of the villages of a chosen kecamatan, nearest to the pin first."""
        return self._points.desa_at(lat, lon, kecamatan, limit)
