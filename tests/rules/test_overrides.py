"""Other ladders for places that are hard to reach (row 144): the most specific wins, a wrong code is named."""

from pathlib import Path
from typing import Any

import pytest

from bot.config import ConfigError, Settings, load_settings
from bot.preflight import check_overrides
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
    assert {key: code for key, code in found.items() if code} == {
        ("biasa", "35.29.23"): "35.29.23",
        ("biasa", "35.29.24"): "35.29",
        ("biasa", "35.29"): "35.29",
        ("mendesak", "35.29.23"): "35.29",
        ("mendesak", "35.29.24"): "35.29",
        ("mendesak", "35.29"): "35.29",
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
