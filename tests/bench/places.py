"""Prints how long the search of places takes: `python -m tests.bench.places`."""

import random
import time
from collections.abc import Callable, Iterable

from bot.data.places import load_places
from tests.rules.place_sets import WRITTEN, spoilt


def timed(call: Callable[..., object], arguments: Iterable[tuple[object, ...]]) -> list[float]:
    """Milliseconds of every call, quickest first."""
    taken = []
    for each in arguments:
        start = time.perf_counter()
        call(*each)
        taken.append((time.perf_counter() - start) * 1000)
    return sorted(taken)


def line(name: str, taken: list[float]) -> str:
    """One line of the report."""
    n = len(taken)
    p50, p99 = taken[n // 2], taken[int(n * 0.99)]
    return f"{name:26} n={n:5}  p50 {p50:7.3f}  p99 {p99:7.3f}  max {taken[-1]:7.3f} ms"


def main() -> None:
    start = time.perf_counter()
    places = load_places.__wrapped__()
    print(f"load {(time.perf_counter() - start) * 1000:.0f} ms, {len(places)} places")
    print(line("find, written", timed(places.find, [(text,) for text, _ in WRITTEN])))
    for level in ("kecamatan", "desa"):
        for slips in (1, 2):
            texts = [(text,) for text, _ in spoilt(places, level, slips, 600, seed=slips)]
            print(line(f"find, {level}, {slips} slips", timed(places.find, texts)))
    chance = random.Random(1)
    inside = [(chance.uniform(-8.4, -6.9), chance.uniform(111.2, 114.3)) for _ in range(5000)]
    print(line("at, over the province", timed(places.at, inside)))
    beyond = [(chance.uniform(-10, -5), chance.uniform(105, 118)) for _ in range(2000)]
    print(line("at, anywhere", timed(places.at, beyond)))


if __name__ == "__main__":
    main()
