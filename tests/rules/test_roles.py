"""The table of roles against what is written out by hand: who opens what, who is asked where, who reads what."""

from functools import partial
from pathlib import Path

import pytest

from bot.config import Settings
from bot.core.roles import LADDER_ROLES, PLACES, ROLES, View
from storage import cases
from tests.support.forks import tersapa
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

OPENS = {
    "tksk": [SINGOSARI],
    "deputy": [SINGOSARI],
    "ppa": [MALANG],
    "koordinator": [MALANG],
    "dinsos": [MALANG],
    "jsc": ["35"],
    "admin": [],
    "volunteer": [],
}
"""By role: the areas in which it opens a case of Singosari."""
AREAS = {"provinsi": ("35",), "kabupaten": (MALANG, "35.09"), "kecamatan": (SINGOSARI, "35.07.25")}


async def test_a_role_opens_the_cases_of_its_area_and_no_other(w: World) -> None:
    people = [(role, area, await w.worker(role, area)) for role in ROLES for area in AREAS[ROLES[role].level]]
    await w.reports(w.person())
    case = await w.case()
    found: dict[str, list[str]] = {role: [] for role in ROLES}
    for role, area, phone in people:
        chat = await w.read(partial(chat_of, who=phone))
        opened = await w.read(partial(cases.case_for, case_id=case.id, user_id=chat))
        listed = await w.read(partial(cases.openable, case_ids=[case.id], user_id=chat))
        assert (opened is not None) == bool(listed)
        if opened is not None:
            found[role].append(area)
    assert found == OPENS


def test_the_ladder_asks_each_place_and_names_of_a_team_follow_each_other() -> None:
    assert LADDER_ROLES == ("tksk", "deputy", "ppa", "koordinator", "dinsos", "jsc", "jsc2")
    assert [(role.code, rank) for role, rank in (PLACES["jsc"], PLACES["jsc2"])] == [("jsc", 0), ("jsc", 1)]
    assert all(role.opens for role, _ in PLACES.values()), "who is asked may open"
    assert all(len(role.ladder) < 2 or role.piket for role in ROLES.values()), "a second name comes behind a first one"


def test_a_summary_is_about_no_more_than_a_role_is_bound_to() -> None:
    widest = {"provinsi": View.PROVINCE, "kabupaten": View.AREA, "kecamatan": View.OWN}
    seen = {role.code: role.summary for role in ROLES.values() if role.summary is not None}
    expected = {code: widest[ROLES[code].level] for code in seen}
    assert seen == {**expected, "ppa": View.OWN}, "another office: their own cases are enough"
    assert Settings().summary.roles == tuple(seen)


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_imported_for_an_area_of_its_own_level_only(role: str, tmp_path: Path) -> None:
    file = tmp_path / "roster.csv"
    for area in ("35", MALANG, SINGOSARI):
        file.write_text(f"role,name,phone,area,deputy_phone\n{role},Budi,0812-3456-7890,{area},\n", "utf-8")
        code, _, err = tersapa("roster", "import", "roster.csv", folder=tmp_path)
        right = area in AREAS[ROLES[role].level]
        assert (code, "needs the code of" in err) == ((0, False) if right else (1, True)), (role, area, err)
