"""From a pin to the villages around it: the nearest point wins; the sea and the neighbours refuse."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

CELL = 0.05  # degrees, about 5.5 km
FARTHEST_KM = 15.0  # further from every village there is only sea
SURE = 2.0  # the next kecamatan twice as far: right in 98 of 100 pins
KM_PER_DEGREE = 111.195
SECOND_KM = 30.0  # how far the further suggestions may lie
RINGS = math.ceil(SECOND_KM / KM_PER_DEGREE / CELL / 0.98)
SHARPEST_M, BLUNTEST_M = 200.0, 5000.0  # accuracy that changes nothing, and the most that is believed

Row = tuple[float, float, str]  # latitude, longitude, code ("" = beyond the border)


@dataclass(frozen=True, slots=True)
class At:
    """What lies around a pin: codes, best first; `sure` when no other kecamatan is close."""

    outside: bool
    kecamatan: tuple[str, ...] = ()
    desa: tuple[str, ...] = ()
    sure: bool = False


OUTSIDE = At(outside=True)


class Points:
    """Village points and the points beyond the border, ready for the question "what is near?"."""

    def __init__(self, villages: Iterable[Row], beyond: Iterable[tuple[float, float]]) -> None:
        self._cells: dict[tuple[int, int], list[Row]] = {}
        self._villages: dict[str, list[Row]] = {}
        for row in villages:
            self._cells.setdefault((int(row[0] // CELL), int(row[1] // CELL)), []).append(row)
            self._villages.setdefault(row[2][:8], []).append(row)
        for lat, lon in beyond:
            self._cells.setdefault((int(lat // CELL), int(lon // CELL)), []).append((lat, lon, ""))

    def at(self, lat: float, lon: float, accuracy: float | None = None) -> At:
        """Places around a pin (degrees; accuracy in metres); whatever is not a place on Earth is outside."""
        if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
            return OUTSIDE
        blur = _blur(accuracy)
        near = self._near(lat, lon, blur)
        if not near or near[0][0] > FARTHEST_KM:
            return OUTSIDE
        # An unsharp pin just over the border may well have been dropped on this side of it.
        if not any(code and km - near[0][0] <= (blur if not near[0][1] else math.inf) for km, code in near):
            return OUTSIDE
        inside = [(km, code) for km, code in near if code]
        kecamatan: dict[str, float] = {}
        for km, code in inside:
            kecamatan.setdefault(code[:8], km)
        ranked = list(kecamatan.items())
        reach = inside[0][0] + 2 * blur
        wide = sum(km <= reach for _, km in ranked) if blur else 0
        other = ranked[1][1] if len(ranked) > 1 else math.inf
        sure = other >= SURE * (inside[0][0] + blur) and bool(near[0][1])
        return At(
            outside=False,
            kecamatan=tuple(code for code, _ in ranked[: min(6, max(3, wide))]),
            desa=tuple(code for _, code in inside[: 8 if blur and wide > 3 else 5]),
            sure=sure,
        )

    def desa_at(self, lat: float, lon: float, kecamatan: str, limit: int) -> tuple[str, ...]:
        """The villages of one kecamatan, nearest to a pin first."""
        rows = self._villages.get(kecamatan, [])
        if not (math.isfinite(lat) and math.isfinite(lon)):
            return tuple(code for _, _, code in rows[:limit])
        scale = math.cos(math.radians(max(-90.0, min(90.0, lat))))
        order = sorted((math.hypot(row[0] - lat, (row[1] - lon) * scale), row[2]) for row in rows)
        return tuple(code for _, code in order[:limit])

    def beside(self, kecamatan: str) -> tuple[str, ...]:
        """The other kecamatan of the same kabupaten/kota, those with the nearest villages first."""
        mine = self._villages.get(kecamatan, [])
        scale = math.cos(math.radians(mine[0][0])) if mine else 1.0
        far: list[tuple[float, str]] = []
        for code, rows in self._villages.items():
            if mine and code != kecamatan and code[:5] == kecamatan[:5]:
                away = (math.hypot(a[0] - b[0], (a[1] - b[1]) * scale) for a in mine for b in rows)
                far.append((min(away), code))
        return tuple(code for _, code in sorted(far))

    def _near(self, lat: float, lon: float, blur: float) -> list[tuple[float, str]]:
        """(km, code) of the points around a pin, nearest first, until enough are certainly the nearest."""
        row, column = int(lat // CELL), int(lon // CELL)
        scale = math.cos(math.radians(lat))
        found: list[tuple[float, str]] = []
        for ring in range(RINGS + 1):
            for cell in _ring(row, column, ring):
                for there, along, code in self._cells.get(cell, ()):
                    km = math.hypot(there - lat, (along - lon) * scale) * KM_PER_DEGREE
                    if km <= SECOND_KM:
                        found.append((km, code))
            # Everything nearer than the rim of the rings searched so far has been seen.
            certain = ring * CELL * scale * KM_PER_DEGREE
            seen = [code for km, code in found if km <= certain and code]
            if len(seen) >= 5 and len({code[:8] for code in seen}) >= 3 and certain > 4 * blur:
                break
        return sorted(found)


def _blur(accuracy: float | None) -> float:
    """Kilometres by which a pin may be off; nothing for an ordinary, sharp one."""
    if accuracy is None or not math.isfinite(accuracy) or accuracy <= SHARPEST_M:
        return 0.0
    return min(accuracy, BLUNTEST_M) / 1000


def _ring(row: int, column: int, ring: int) -> list[tuple[int, int]]:
    """The cells exactly `ring` steps away."""
    if ring == 0:
        return [(row, column)]
    across = [(row + side, column + n) for side in (-ring, ring) for n in range(-ring, ring + 1)]
    return across + [(row + n, column + side) for side in (-ring, ring) for n in range(1 - ring, ring)]
