"""Other ladders for places (row 144) and for sorts of cases (row 37): which wins, and a wrong code is named."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.config import ConfigError, Settings, load_settings
from bot.config.escalation import Escalation
from bot.core.sorts import Reach, Sort
from bot.preflight import check_overrides
from tests.rules.ladder_mutants import CHOICES, Choice
from tests.support.world import MALANG, SINGOSARI, World

LAWANG = "Kab. Malang, Kec. Lawang"
RUNGS = [{"after": "0s", "ask": ["tksk"]}, {"after": "8h", "ask": ["koordinator"]}]
SLOW = {"repeat": "24h", "hours": "always", "rungs": RUNGS}
WRONG = """
[escalation.biasa]
repeat = "24h"
rungs = [{ after = "0s", ask = ["tksk"] }]

[[escalation.override]]
kecamatan = ["35.29.23"]
[escalation.override.biasa]
repeat = "24h"
rungs = [{ after = "0s", ask = ["tksk"] }]

[[escalation.override]]  # the second
kecamatan = ["%s"]
[escalation.override.%s]
repeat = "%s"
rungs = [{ after = "0s", ask = ["tksk"] }]
"""


async def test_a_report_from_an_island_climbs_by_its_own_times_and_a_neighbour_by_the_usual_ones(w: World) -> None:
    await w.stop()
    await w.start(escalation={"override": [{"kecamatan": [SINGOSARI], "mendesak": SLOW}]})
    await w.worker("tksk", SINGOSARI)
    await w.worker("tksk", "35.07.25")
    koordinator = await w.worker("koordinator", MALANG)
    island = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    near = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai", place=LAWANG)
    await w.passes(hours=2, minutes=1)
    assert koordinator.find(near)
    assert not koordinator.find(island)
    await w.passes(hours=5, minutes=57)
    assert not koordinator.find(island)
    await w.passes(minutes=3)
    assert koordinator.find(island)


async def test_a_case_keeps_the_ladder_it_began_with(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.stop()
    await w.start(escalation={"override": [{"kecamatan": [SINGOSARI], "mendesak": SLOW}]})
    await w.passes(hours=2, minutes=1)
    assert koordinator.find(number)


def settings(*overrides: dict[str, Any]) -> Settings:
    return Settings.model_validate({"escalation": {"override": overrides}})


def test_the_kecamatan_wins_over_its_kabupaten_and_each_urgency_by_itself() -> None:
    faster = {**SLOW, "repeat": "1h"}
    escalation = settings(
        {"kecamatan": ["35.29"], "biasa": SLOW, "mendesak": SLOW}, {"kecamatan": ["35.29.23"], "biasa": faster}
    ).escalation
    found = {
        (urgency, place): escalation.ladder(urgency, place)[1]
        for urgency in ("biasa", "mendesak", "darurat")
        for place in ("35.29.23", "35.29.24", "35.29", "35.28.01", None)
    }
    assert {key: reach for key, reach in found.items() if reach} == {
        ("biasa", "35.29.23"): Reach("35.29.23"),
        ("biasa", "35.29.24"): Reach("35.29"),
        ("biasa", "35.29"): Reach("35.29"),
        ("mendesak", "35.29.23"): Reach("35.29"),
        ("mendesak", "35.29.24"): Reach("35.29"),
        ("mendesak", "35.29"): Reach("35.29"),
    }
    assert escalation.policy("biasa", "35.29.23").repeat < escalation.policy("biasa", "35.29").repeat


@pytest.mark.parametrize(
    ("code", "urgency", "repeat", "said"),
    [
        ("35.29.23", "biasa", "24h", "line 13: [escalation.override.1] kecamatan: 35.29.23 stands twice"),
        ("35.29.99", "biasa", "24h", "line 13: [escalation.override.1] kecamatan: 35.29.99 is no kecamatan"),
        ("35", "biasa", "24h", "line 13: [escalation.override.1] kecamatan: 35 is no kecamatan"),
        ("35.29.22", "biasa", "1x", "line 15: [escalation.override.1.biasa] repeat: a duration"),
        ("35.29.22", "cepat", "24h", "line 14: [escalation.override.1] cepat: unknown key"),
    ],
)
def test_a_wrong_override_names_key_and_line(tmp_path: Path, code: str, urgency: str, repeat: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(WRONG % (code, urgency, repeat), "utf-8")
    with pytest.raises(ConfigError) as caught:
        check_overrides(load_settings(path))
    assert f"{path}, {said}" in str(caught.value)


def test_an_override_without_a_ladder_is_refused() -> None:
    with pytest.raises(ValueError, match="a ladder is missing"):
        settings({"kecamatan": ["35.29.23"]})


def test_an_override_for_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="for whom is missing"):
        settings({"biasa": SLOW})


BY_SORT = """
[[escalation.override]]
category = ["anak", "kekerasan"]
flag = ["seksual"]
[escalation.override.biasa]
repeat = "24h"
rungs = [{ after = "0s", ask = ["ppa"] }]

[[escalation.override]]  # the second
%s
[escalation.override.biasa]
repeat = "24h"
rungs = [{ after = "0s", ask = ["%s"] }]
"""


@pytest.mark.parametrize(
    ("keys", "role", "said"),
    [
        ('flag = ["seksual"]', "ppa", "line 10: [escalation.override.1] flag: seksual stands twice"),
        ('category = ["anak"]', "ppa", "line 10: [escalation.override.1] category: anak stands twice"),
        (
            'category = ["odgj"]\nkecamatan = ["35.29.23", "35.29.23"]',
            "ppa",
            "line 10: [escalation.override.1] category: odgj stands twice for 35.29.23",
        ),
        ('flag = ["anak"]', "ppa", "line 10: [escalation.override.1] flag: anak is no flag; it is a category"),
        ('category = ["seksual"]', "ppa", "[escalation.override.1] category: seksual is no category; it is a flag"),
        ('category = ["sapi"]', "ppa", "category: sapi is no category; one of odgj, lansia, anak"),
        ("flag = []", "ppa", "line 10: [escalation.override.1] flag: "),
        ('flag = ["pasung"]', "upt", "one of tksk, deputy, ppa, koordinator, dinsos, jsc, jsc2 is expected"),
        ('jenis = ["anak"]', "ppa", "line 10: [escalation.override.1] jenis: unknown key"),
        ("", "ppa", "[escalation.override.1] kecamatan: for whom is missing: kecamatan, category or flag"),
    ],
)
def test_a_wrong_sort_names_key_and_line(tmp_path: Path, keys: str, role: str, said: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(BY_SORT % (keys, role), "utf-8")
    with pytest.raises(ConfigError) as caught:
        check_overrides(load_settings(path))
    assert said in str(caught.value)


PLACED = ("35.29.23", "35.29", None)
SORTED: tuple[tuple[Literal["flag", "category"] | None, str | None], ...] = (
    ("flag", "seksual"),
    ("category", "kekerasan"),
    (None, None),
)
WORTH = [Reach(place, by, code) for place in PLACED for by, code in SORTED]
"""All that fits a case of Masalembu with both, the one that wins first, written out as the docs say it."""
CASE = Sort("kekerasan", "seksual")


def of(*reach: Reach) -> Settings:
    """Settings with an override for each of these."""
    return settings(*(_override(one) for one in reach))


def _override(reach: Reach) -> dict[str, Any]:
    place = {"kecamatan": [reach.place]} if reach.place else {}
    sort = {str(reach.by): [reach.code]} if reach.by else {}
    return {**place, **sort, "biasa": SLOW}


def breaks(ladder: Callable[..., tuple[Any, Reach | None]]) -> list[str]:
    """The rules of precedence that a way to choose a ladder breaks."""
    found = []
    fits, usual = [one for one in WORTH if one != Reach()], ("biasa", "35.29.23", CASE)
    for better, worse in itertools.combinations(fits, 2):
        if ladder(of(worse, better).escalation, *usual)[1] != better:
            found.append("the nearest place, then the flag, then the category")
    for one in fits:
        escalation = of(one).escalation
        if ladder(escalation, *usual)[1] != one:
            found.append("what fits is used")
        if ladder(escalation, "darurat", "35.29.23", CASE)[1] is not None:
            found.append("an urgency that is not named goes the usual way")
        if one.by and ladder(escalation, "biasa", "35.29.23", Sort("lansia", "lapar"))[1] is not None:
            found.append("what does not fit is not used")
        if one.place and ladder(escalation, "biasa", "35.07.24", CASE)[1] is not None:
            found.append("what does not fit is not used")
    return found


def test_the_nearest_place_wins_then_the_flag_then_the_category() -> None:
    assert breaks(Escalation.ladder) == []


@pytest.mark.parametrize("mutant", CHOICES, ids=lambda mutant: mutant.name)
def test_a_planted_mistake_in_the_choice_breaks_its_rule(mutant: Choice) -> None:
    assert mutant.caught_by in breaks(mutant.ladder())
