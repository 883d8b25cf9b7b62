"""The place step leads to each of the 666 kecamatan by pin, by pages and by typing; "back" goes list by list."""

from collections.abc import Iterator
from typing import Any

import pytest

from bot.core.flow import Answers
from bot.core.inputs import Input, Picked, Pin, Typed
from bot.core.place_step import NOTE, PLACE
from bot.core.question import Answered
from bot.core.report_flow import REPORT
from bot.core.walk import apply, back
from bot.data.known import load_known
from storage import cases
from tests.support import resident
from tests.support.length import many
from tests.support.references import chat_of
from tests.support.world import World

KNOWN = load_known()
PLACES = KNOWN.places
KECAMATAN = [kec for kab in PLACES.kabupaten() for kec in PLACES.children(kab.code)]
BEFORE: dict[str, Any] = {"setuju": "2026-11", "siapa": "jalan", "jenis": "lansia", "bahaya": "tidakada"}
MOST_PRESSES = 6


def told(answers: Answers, given: Input) -> dict[str, Any]:
    result = PLACE.read(answers, given, KNOWN)
    assert isinstance(result, Answered), given
    return apply(REPORT, answers, result.updates)


def offered(answers: Answers) -> list[str]:
    return [choice.value for choice in PLACE.ask(answers, KNOWN).choices]


def down(answers: dict[str, Any], codes: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """From page to page to the last of `codes`."""
    for code in codes:
        while code not in (shown := offered(answers)):
            onward = [value for value in shown if value.startswith("hal-")]
            answers = told(answers, Picked(onward[-1]))
            yield answers
        answers = told(answers, Picked(code))
        yield answers


def test_there_are_666() -> None:
    assert len(KECAMATAN) == 666


@pytest.mark.parametrize("kab", [kab.code for kab in PLACES.kabupaten()[:: many(1, 3)]])
def test_every_kecamatan_is_reached_by_pages_by_typing_and_by_pin(kab: str) -> None:
    for kec in PLACES.children(kab):
        start = dict(BEFORE)
        by_pages = list(down(told(start, Picked("daftar")), (kab, kec.code, "tidaktahu")))
        assert by_pages[-1]["tempat"] == {"kab": kab, "kec": kec.code, "desa": None, "how": "daftar"}
        assert len(by_pages) <= MOST_PRESSES
        name = PLACES.get(kab)
        assert name is not None
        typed = told(start, Typed(f"{kec.name} {name.name}"))
        assert kec.code in offered(typed), kec.label
        assert told(told(typed, Picked(kec.code)), Picked("tidaktahu"))["tempat"]["kec"] == kec.code
        for desa in PLACES.children(kec.code)[:1]:
            pinned = told(start, Pin(desa.lat, desa.lon, 20.0))
            listed = offered(pinned)
            if kec.code not in listed:  # a point of a desa is its office, which may stand beyond the border
                listed = offered(told(start, Pin(kec.lat, kec.lon, 20.0)))
                pinned = told(start, Pin(kec.lat, kec.lon, 20.0))
            assert kec.code in listed, kec.label
            chosen = told(pinned, Picked(kec.code))
            ended = told(chosen, Picked(offered(chosen)[0]))["tempat"]
            assert ended["kec"] == kec.code and ended["how"] == "pin" and "pin" in ended


def test_back_goes_list_by_list_and_returns_into_the_list_that_was_answered() -> None:
    way = [dict(BEFORE), told(BEFORE, Picked("daftar"))]
    way += list(down(way[-1], resident.WONOKROMO))
    seen = [offered(answers) for answers in way[:-1]]
    answers: Answers = way[-1]
    trail = []
    while (answers := back(REPORT, answers) or {}) and "bahaya" in answers:
        trail.append(offered(answers))
    lists: list[list[str]] = []
    for shown in reversed(seen):
        if not lists or _kind(shown) != _kind(lists[-1]):  # pages of one list are one step back
            lists.append(shown)
    assert trail == lists


def _kind(shown: list[str]) -> str:
    return PLACES.get(shown[0]).level if PLACES.get(shown[0]) else "start"  # type: ignore[union-attr]


def test_back_from_a_place_that_was_found_goes_to_what_was_asked_before() -> None:
    typed = told(BEFORE, Typed("singosari malang"))
    again = told(typed, Typed("lawang"))
    pages = told(again, Picked("bukan"))
    assert offered(back(REPORT, pages) or {}) == offered(again)
    assert NOTE not in (back(REPORT, again) or {})  # a second search is not a second question


@pytest.mark.parametrize("text", ["x" * 5000, "🙏", "..", "Zürich", "a\u0300\u0301\u0302" * 300, "<b>", "0"])
def test_any_text_is_a_place_or_is_asked_again(text: str) -> None:
    PLACE.read(BEFORE, Typed(text), KNOWN)


@pytest.mark.parametrize("way", ["pin", "pages", "typing"])
async def test_three_ways_through_the_chat(w: World, way: str) -> None:
    siti = w.person("Siti", position=(-7.8925, 112.6650))
    await resident.begin(w, siti, "tempat")
    if way == "pin":
        await w.press(siti, "Saya di dekatnya")
        await w.press(siti, "Kirim lokasi")
        await w.press(siti, "Kec. Singosari")
        await w.press(siti, siti.last().labels[0])
    elif way == "typing":
        await w.say(siti, "singosri malang")
        await w.press(siti, "Kec. Singosari", "Desa Toyomarto")
    await resident.go(w, siti, "")
    report = (await w.read(lambda s: cases.reports_of(s, chat_of(s, siti))))[0]
    assert report[1].kecamatan == "35.07.24"
