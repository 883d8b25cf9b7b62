"""The regions: what is in the table, what a typed name means, what lies under a pin."""

import math
import random
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.place_landmark_words import HEADS
from bot.core.places import Hit, Place, Places
from bot.data.places import at_json, find_json, load_places
from tests.rules.place_sets import WRITTEN, spoilt
from tests.rules.place_talk import HALF_PLACES, NON_PLACES, Talk
from tests.support.length import each, many

OUTSIDE = {
    "Semarang": (-6.99, 110.42),
    "Yogyakarta": (-7.80, 110.37),
    "Solo": (-7.575, 110.824),
    "Sragen": (-7.43, 111.02),
    "Cepu": (-7.146, 111.59),
    "Rembang": (-6.71, 111.34),
    "Denpasar": (-8.65, 115.22),
    "Gilimanuk": (-8.16, 114.44),
    "Jakarta": (-6.2, 106.8),
    "Java Sea": (-5.5, 112.5),
    "Madura Strait": (-7.5, 113.4),
    "Indian Ocean": (-9.5, 112.5),
    "null island": (0.0, 0.0),
}


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


@pytest.fixture(scope="module")
def kecamatan(places: Places) -> list[Place]:
    return [k for kabupaten in places.kabupaten() for k in places.children(kabupaten.code)]


@pytest.fixture(scope="module")
def desa(places: Places, kecamatan: list[Place]) -> list[Place]:
    return [d for k in kecamatan for d in places.children(k.code)]


LOWER = {"kecamatan", "desa"}
Search = Callable[[str], Sequence[Hit]]


def searches(places: Places) -> dict[str, Search]:
    """The search for a name, and what the chat makes of a typed text, which must be as good."""
    return {"as typed": places.find, "as meant": lambda text: places.meant(text).hits}


def measured(search: Search, questions: list[tuple[str, set[str]]]) -> tuple[float, float]:
    """Shares of questions answered first and among the first three."""
    first = third = 0
    for text, right in questions:
        codes = [hit.place.code for hit in search(text)]
        first += bool(right & set(codes[:1]))
        third += bool(right & set(codes[:3]))
    return first / len(questions), third / len(questions)


@pytest.fixture(scope="module")
def paths(places: Places) -> dict[str, str]:
    """Codes by "Kabupaten/Kecamatan/Desa"."""
    paths: dict[str, str] = {}
    for kabupaten in places.kabupaten():
        paths[kabupaten.name] = kabupaten.code
        for k in places.children(kabupaten.code):
            paths[f"{kabupaten.name}/{k.name}"] = k.code
            paths |= {f"{kabupaten.name}/{k.name}/{d.name}": d.code for d in places.children(k.code)}
    return paths


# The table


def test_the_province_is_complete(places: Places, kecamatan: list[Place], desa: list[Place]) -> None:
    assert len(places) == 9199
    assert Counter(k.is_kota for k in places.kabupaten()) == {False: 29, True: 9}
    assert len(kecamatan) == 666
    assert Counter(d.is_kelurahan for d in desa) == {False: 7721, True: 773}
    assert all(-9 < d.lat < -5 and 110.8 < d.lon < 116.5 and len(d.postal) == 5 for d in desa)


@pytest.mark.parametrize(
    ("code", "below", "villages"),
    [("35.79", 3, 24), ("35.07", 33, 390), ("35.78", 31, 153), ("35.29", 27, 334), ("35.73", 5, 57)],
)
def test_spot_checks(places: Places, code: str, below: int, villages: int) -> None:
    children = places.children(code)
    assert (len(children), sum(len(places.children(k.code)) for k in children)) == (below, villages)


def test_a_place_knows_what_it_is_and_where_it_lies(places: Places) -> None:
    toyomarto = places.get("35.07.24.2016")
    assert toyomarto is not None
    assert (toyomarto.label, toyomarto.level, toyomarto.postal) == ("Desa Toyomarto", "desa", "65153")
    assert [p.label for p in places.parents(toyomarto.code)] == ["Kec. Singosari", "Kab. Malang"]
    assert [p.name for p in places.parents("35.07.24")] == ["Kabupaten Malang"]
    assert places.parents("35.07") == places.parents("99") == places.children("99") == ()
    assert places.get("99") is None
    assert [p.label for p in places.children("35.79")] == ["Kec. Batu", "Kec. Bumiaji", "Kec. Junrejo"]
    kota = places.get("35.73")
    assert kota is not None
    assert kota.label == "Kota Malang"


def test_children_come_in_reading_order(places: Places) -> None:
    for kabupaten in places.kabupaten():
        names = [k.name.casefold() for k in places.children(kabupaten.code)]
        assert names == sorted(names)


# Typed names


@pytest.mark.parametrize("how", ["as typed", "as meant"])
def test_written_questions(places: Places, paths: dict[str, str], how: str) -> None:
    questions = [(text, {paths[path] for path in right.split("|")}) for text, right in WRITTEN]
    first, third = measured(searches(places)[how], questions)
    assert len(WRITTEN) >= 150
    assert first >= 0.98
    assert third >= 0.99


@pytest.mark.parametrize(
    ("level", "slips", "size", "first", "third"),
    [
        ("kecamatan", 0, 666, 0.99, 1.0),
        ("kecamatan", 1, 666, 0.98, 0.99),
        ("kecamatan", 2, 300, 0.97, 0.98),
        ("desa", 0, 300, 0.98, 0.99),
        ("desa", 1, 300, 0.97, 0.99),
        ("desa", 2, 300, 0.95, 0.98),
    ],
)
def test_slips_of_the_finger(places: Places, level: str, slips: int, size: int, first: float, third: float) -> None:
    questions = [(text, {code}) for text, code in spoilt(places, level, slips, many(size, 150), seed=slips + 11)]
    for how in each(searches(places), "as meant"):  # which asks the other one
        got = measured(searches(places)[how], questions)
        assert got[0] >= first
        assert got[1] >= third


def test_every_kecamatan_is_found_by_its_own_name(places: Places, kecamatan: list[Place]) -> None:
    for place in kecamatan[:: many(1, 3)]:
        (kabupaten,) = places.parents(place.code)
        assert places.find(f"{place.name}, {kabupaten.name}")[0].place == place
        assert places.find(place.name, within=kabupaten.code)[0].place == place


def test_a_bare_name_means_the_larger_place_and_keeps_its_order(places: Places) -> None:
    def codes(text: str) -> list[str]:
        return [hit.place.code for hit in places.find(text)]

    assert codes("Malang")[:2] == ["35.07", "35.73"]
    assert codes("Batu")[:2] == ["35.79", "35.79.01"]
    assert codes("Singosari")[0] == "35.07.24"
    assert codes("Sukorejo")[:3] == ["35.02.15", "35.14.09", "35.72.02"]
    assert codes("kec jombang")[0] in ("35.09.01", "35.17.09")
    assert all(hit.place.level == "desa" for hit in places.find("desa sukorejo"))


def test_a_search_can_stay_inside_a_place_or_a_level(places: Places) -> None:
    inside = places.find("sukorejo", within="35.09", limit=9)
    assert inside
    assert all(hit.place.code.startswith("35.09.") for hit in inside)
    assert [hit.place.code for hit in places.find("toyomrto", within="35.07.24", limit=1)] == ["35.07.24.2016"]
    assert {hit.place.level for hit in places.find("sukorejo", levels=("kecamatan",))} == {"kecamatan"}
    assert places.find("singosari", within="35.07.24.2016") == ()
    assert places.find("singosari", limit=0) == ()


def test_an_admin_may_add_an_alias(tmp_path: Path) -> None:
    extra = tmp_path / "aliases.csv"
    extra.write_text("alias,code\nkampung inggris,35.06.17\n", encoding="utf-8")
    assert load_places(extra).find("kampung ingris")[0].place.code == "35.06.17"


def test_answers_have_the_promised_shape(places: Places) -> None:
    found = find_json(places, "singosari malang")
    assert found[0] == {
        "code": "35.07.24",
        "name": "Singosari",
        "level": "kecamatan",
        "parents": ["Kabupaten Malang"],
        "score": 1.0,
    }
    assert len(found) <= 5
    at = at_json(places, -7.8930, 112.6660)
    assert not at["outside"]
    assert at["kecamatan"][0] == "35.07.24"
    assert (len(at["kecamatan"]), len(at["desa"])) == (3, 5)
    assert at_json(places, 0, 0) == {"outside": True, "kecamatan": [], "desa": []}


LETTERS = st.text(alphabet="abdegiklmnoprstuwy .,'-2", max_size=60)
LEVEL_SALAD = st.lists(
    st.sampled_from(
        ("kec", "kab", "kota", "desa", "kel", "dusun", "rt", ",", "malang", "kediri", "jl", "sumber", "jatim")
    ),
    max_size=12,
).map(" ".join)


@settings(max_examples=150)
@given(text=st.one_of(st.text(max_size=300), LETTERS, LEVEL_SALAD))
def test_any_text_gets_an_orderly_answer(places: Places, text: str) -> None:
    scores = [hit.score for hit in places.find(text)]
    assert len(scores) <= 5
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


# What is no place, or more than one


def test_there_are_many_of_them() -> None:
    assert len({talk.text for talk in NON_PLACES}) >= 60
    assert len({talk.text for talk in HALF_PLACES}) >= 35


@pytest.mark.parametrize("talk", NON_PLACES, ids=lambda talk: talk.text)
def test_what_is_no_place_is_not_made_one(places: Places, talk: Talk) -> None:
    meant = places.meant(talk.text)
    assert [hit.place.label for hit in meant.hits] == []
    assert (meant.landmark, meant.outside) == (talk.landmark, talk.outside)


@pytest.mark.parametrize("talk", HALF_PLACES, ids=lambda talk: talk.text)
def test_half_a_place_is_found_and_the_rest_is_its_landmark(places: Places, paths: dict[str, str], talk: Talk) -> None:
    meant = places.meant(talk.text)
    assert meant.hits[0].place.code == paths[talk.place]
    assert (meant.landmark, meant.outside) == (talk.landmark, talk.outside)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("singosari malang", ["Kec. Singosari"]),
        ("singosari kab malang", ["Kec. Singosari"]),
        ("kec singosari", ["Kec. Singosari"]),
        ("singosari", ["Kec. Singosari", "Kelurahan Singosari"]),
        ("lawang", ["Kec. Lawang", "Kelurahan Lawang"]),
        ("terminal arjosari", ["Kelurahan Arjosari"]),
        ("kota bondowoso", ["Kab. Bondowoso", "Kec. Bondowoso"]),
        ("pabean", ["Desa Pabean", "Desa Pabean", "Desa Pabean", "Kec. Pabean Cantian"]),
    ],
)
def test_beside_a_name_as_it_is_spelt_no_other_is_offered(places: Places, text: str, labels: list[str]) -> None:
    assert [hit.place.label for hit in places.meant(text).hits] == labels


def test_a_kecamatan_is_meant_by_its_name_with_a_landmark_and_without(places: Places, kecamatan: list[Place]) -> None:
    for place in kecamatan[::5]:
        (kabupaten,) = places.parents(place.code)
        assert places.meant(f"kec. {place.name}, {kabupaten.name}").hits[0].place == place
        near = places.meant(f"dekat pasar {place.name}, {kabupaten.name}")
        assert near.hits[0].place.code[:8] == place.code and near.landmark.startswith("dekat pasar")


def test_no_landmark_word_and_no_name_outside_hides_a_kecamatan(places: Places, kecamatan: list[Place]) -> None:
    names = {place.name for place in kecamatan} - {"Kota"}  # which one, nobody knows
    heads = {name for name in names if set(name.lower().split()) & {word for head in HEADS for word in head}}
    assert {"Deket", "Gunung Anyar"} <= heads
    for name in sorted(heads) + sorted(names)[::6] + ["Bandung", "Rembang", "Kendal", "Padang"]:
        assert name in {hit.place.name for hit in places.meant(name).hits}


def test_of_what_is_only_alike_one_name_is_offered_or_two_places(places: Places) -> None:
    for text in ("kepanjin", "gemarng", "banjuran", "kertosana", "mojowarn"):
        hits = places.meant(text).hits
        assert len(hits) in (1, 2) or hits[0].score >= 0.9 or len({hit.place.name for hit in hits}) == 1, text


def test_a_place_chosen_before_is_looked_in_first(places: Places) -> None:
    inside = places.meant("jokarto", within="35.08")
    assert [hit.place.code[:5] for hit in inside.hits] == ["35.08"] * len(inside.hits) != []
    assert places.meant("jakarta", within="35.08").outside == "Jakarta"
    assert places.meant("lowokwaru", within="35.08").hits[0].place.code == "35.73.05"


@pytest.mark.parametrize(
    ("text", "least", "level", "kabupaten"),
    [("sukorejo", 36, "", 20), ("desa sukorejo", 30, "desa", 20), ("sukorjo", 36, "", 20), ("wonorejo", 25, "", 15)],
)
def test_a_name_of_many_places_is_known_as_such(
    places: Places, text: str, least: int, level: str, kabupaten: int
) -> None:
    same = places.namesakes(places.meant(text))
    assert len(same) >= least and len({place.code[:5] for place in same}) >= kabupaten
    assert len({place.name for place in same}) == 1 and {place.level for place in same} <= ({level} if level else LOWER)


@pytest.mark.parametrize(
    "text", ["kec. sukorejo", "sukorejo ponorogo", "mulyorejo kota surabaya", "singosari", "malang"]
)
def test_what_is_said_more_closely_is_not_one_of_many(places: Places, text: str) -> None:
    same = places.namesakes(places.meant(text))
    assert len({place.code[:5] for place in same}) <= 1


@settings(max_examples=150)
@given(text=st.one_of(st.text(max_size=300), LETTERS, LEVEL_SALAD))
def test_any_text_means_something_orderly(places: Places, text: str) -> None:
    meant = places.meant(text)
    scores = [hit.score for hit in meant.hits]
    assert len(scores) <= 5 and scores == sorted(scores, reverse=True)
    assert set(meant.landmark.split()) <= set(text.split()) | set(meant.landmark.split("\n"))


# Pins


@settings(max_examples=200)
@given(
    lat=st.floats() | st.floats(-9, -5),
    lon=st.floats() | st.floats(110, 117),
    accuracy=st.none() | st.floats(),
)
def test_any_numbers_get_an_answer(places: Places, lat: float, lon: float, accuracy: float | None) -> None:
    at = places.at(lat, lon, accuracy)
    assert at.outside == (not at.kecamatan) == (not at.desa)
    assert len(at.kecamatan) <= 6
    assert len(at.desa) <= 8
    assert not (at.outside and at.sure)
    assert len(places.desa_at(lat, lon, "35.07.24")) == 5


@pytest.mark.parametrize("name", OUTSIDE)
def test_other_provinces_and_the_sea_are_outside(places: Places, name: str) -> None:
    assert places.at(*OUTSIDE[name]).outside


@pytest.mark.parametrize("lat", [math.nan, math.inf, -math.inf, 91.0, -1e308])
def test_what_is_no_latitude_is_outside(places: Places, lat: float) -> None:
    assert places.at(lat, 112.6).outside


def test_a_pin_on_a_place_finds_it(places: Places, kecamatan: list[Place], desa: list[Place]) -> None:
    for place in kecamatan:
        assert place.code in places.at(place.lat, place.lon).kecamatan
    for place in desa:
        at = places.at(place.lat, place.lon)
        assert at.kecamatan[0] == place.code[:8] or at.desa[0] != place.code  # two villages on one point
        assert place.code in at.desa


def test_pins_around_the_villages(places: Places, desa: list[Place]) -> None:
    """Up to 1.2 km from a village point some pins do lie in the next village: an upper bound of the error."""
    chance = random.Random(5)
    first = third = sure = right = 0
    sample = chance.sample(desa, 3000)
    for place in sample:
        away, turn = 1.2 * math.sqrt(chance.random()), math.tau * chance.random()
        at = places.at(place.lat + away * math.sin(turn) / 111.2, place.lon + away * math.cos(turn) / 110.2)
        first += at.kecamatan[:1] == (place.code[:8],)
        third += place.code[:8] in at.kecamatan
        sure += at.sure
        right += at.sure and at.kecamatan[0] == place.code[:8]
    assert first / len(sample) >= 0.88
    assert third / len(sample) >= 0.99
    assert right / sure >= 0.95


def test_a_blurred_pin_widens_the_list_and_is_never_sure(places: Places) -> None:
    sharp, blurred = places.at(-7.9797, 112.6304, 20.0), places.at(-7.9797, 112.6304, 4000.0)
    assert len(sharp.kecamatan) == 3 < len(blurred.kecamatan)
    assert not blurred.sure
    over_the_border = (-7.14, 111.6)
    assert places.at(*over_the_border).outside
    assert not places.at(*over_the_border, accuracy=3000.0).outside


def test_the_nearest_villages_of_a_chosen_kecamatan(places: Places) -> None:
    toyomarto = places.get("35.07.24.2016")
    assert toyomarto is not None
    found = places.desa_at(toyomarto.lat, toyomarto.lon, "35.07.24", limit=3)
    assert found[0] == toyomarto.code
    assert all(code.startswith("35.07.24.") for code in found)
    assert places.desa_at(0, 0, "99") == ()
