"""A case is seen one way: what was reported reaches whoever acts on it, with its day, at every later look (C1-C4)."""

import ast
import itertools
import tomllib
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.texts
from bot.core.flow import Answers, Known
from bot.core.knowledge import NONE, UNKNOWN, Knowledge
from bot.core.report import Medium, Report, from_answers, from_json
from bot.core.report_flow import REPORT, summary
from bot.data.knowledge import knowledge, load_knowledge
from bot.data.places import load_places
from bot.texts import cards
from bot.texts.catalog import Texts
from tests.support.resident import begin, go
from tests.support.world import MALANG, SINGOSARI, World

KNOWN = Known(load_places(), load_knowledge())
SPEECH = Texts().of(None)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
"""Monday 2 March, 23.00 WIB."""
FIELD = KNOWN.knowledge
EVERY = [(c, i) for c, kind in FIELD.categories.items() for i in (*(d.item for d in kind.dangers), NONE, UNKNOWN)]
FULL: dict[str, Any] = {
    "setuju": "2026-11",
    "siapa": "jalan",
    "jenis": "odgj",
    "bahaya": "serang",
    "_gawat": True,
    "gawat": "sudah",
    "tempat": {"kab": "35.07", "kec": SINGOSARI, "desa": "35.07.24.2016", "how": "pin", "pin": [-7.89, 112.66]},
    "patokan": {"teks": "dekat masjid"},
    "kapan": "kemarin",
    "cerita": {"teks": "bawa parang"},
    "foto": "ada",
    "kontak": "telepon",
    "hp": "+6281234567890",
    "_media": [{"jenis": "photo", "berkas": "F1", "unik": "U1", "untuk": "foto"}],
}


def facts(report: Report) -> cards.CaseFacts:
    places = KNOWN.places
    label = {
        code: place.label
        for code in (report.desa, report.kecamatan, report.kabupaten)
        if code and (place := places.get(code))
    }
    return cards.CaseFacts(
        "0" * 12, 1, "TS-ABC234", FIELD.urgency(report.category, report.danger), report.category, report.danger,
        FIELD.categories[report.category].flag(report.danger), label.get(report.desa or ""),
        label.get(report.kecamatan or ""), label.get(report.kabupaten or ""), NOW, report.who, report.seen,
        report.seen_on, report.phoned, len(report.media), FIELD.warnings(report.category, report.danger),
    )  # fmt: skip


def asked_card(report: Report, role: str = "tksk") -> str:
    return cards.ping(SPEECH, facts(report), role, until=NOW + timedelta(hours=9), then="koordinator").text


def owner_screens(report: Report) -> str:
    told = cards.Details(
        report.landmark, report.story, report.point, report.phone, tuple((m.kind, m.file_id) for m in report.media)
    )
    shown = [cards.owner_card(SPEECH, facts(report), NOW), *cards.details(SPEECH, facts(report), told, whole=True)]
    return "\n".join(f"{message.text} {message.file}" for message in shown)


# --- C1: whoever has the case reads no less than whoever was asked ------------------------------------------


@pytest.mark.parametrize("role", ["tksk", "deputy", "koordinator", "dinsos", "jsc"])
def test_an_owner_reads_every_line_of_the_card_that_asked(role: str) -> None:
    for (category, item), phoned in itertools.product(EVERY, ("sudah", "takbisa", None)):
        for who in ("tetangga", "keluarga", "jalan", "sendiri"):
            report = from_answers({**FULL, "jenis": category, "bahaya": item, "gawat": phoned, "siapa": who}, NOW)
            asked = asked_card(report, role).splitlines()
            about = [line for line in asked if not line.startswith(("Untuk ", "Bapak/Ibu wakil", "Mohon dijawab"))]
            missing = [line for line in about if line not in owner_screens(report)]
            assert not missing, (category, item, missing)


async def test_after_taking_it_the_phone_still_says_that_he_is_armed(w: World) -> None:
    """The one who took it read neither category, danger, warning, police nor deadline."""
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    facts_of_it = ("Gangguan jiwa", "Menyerang", "Jangan datang sendiri", "Polisi belum dihubungi", "Kec. Singosari")
    await w.press(tksk, "Saya tangani")
    assert tksk.find(number, *facts_of_it, "ditunggu Senin 2/3 pukul 09.30", "Langkah pertama")
    # First it is theirs, then it was taken back and they are asked again.
    for minutes, known in ((20, "ditunggu Senin 2/3 pukul 09.30"), (160, "Bapak/Ibu tangani?")):
        await w.passes(minutes=minutes)
        await w.say(tksk, "/tugas")
        listed = tksk.last()
        line = (number, "🔴", "Gangguan jiwa", "Kec. Singosari", "sebelum Senin 2/3")
        assert not [words for words in line if words not in listed.text], listed.text
        before = len(tksk.from_bot())
        await w.press(tksk, listed.labels[0])
        again = "\n".join(message.text for message in tksk.from_bot()[before:])
        assert not [words for words in (*facts_of_it, known) if words not in again], again


async def test_a_follow_up_shows_what_it_is_about(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.press(tksk, "Saya tangani")
    await w.passes(minutes=31)
    assert tksk.find(
        "Bagaimana sekarang?", number, "Menyerang", "Jangan datang sendiri", "terima Senin 2/3 pukul 09.00"
    )


# --- C2: what is read later is still true -------------------------------------------------------------------


async def test_a_card_of_the_night_is_true_in_the_morning(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    w.telegram.turn(14 * 3600)  # 23.00
    await w.settle()
    siti = w.person()
    await begin(w, siti, "kapan", jenis="odgj", bahaya="pasung")
    await go(w, siti, "")
    assert not tksk.find("Dirantai")
    await w.passes(hours=9)
    card = tksk.find("Dirantai")
    assert card is not None
    assert "Dilaporkan Senin 2/3 pukul 23.00." in card.text
    assert "Terakhir dilihat: Senin 2/3." in card.text
    assert "sebelum Selasa 3/3 pukul" in card.text
    await w.passes(days=6)
    assert not [
        m.text for m in tksk.from_bot() if "Hari ini" in m.text or "Baru saja" in m.text or "yang lalu" in m.text
    ]


def test_no_card_is_told_what_time_it_is() -> None:
    for name in ("cards.py", "waiting_cards.py"):
        tree = ast.parse(Path(bot.texts.__path__[0], name).read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                assert "now" not in [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)], node.name


# --- C3: what follows from a category or a flag stands in the TOML, and is read -----------------------------

FIELDS: dict[str, Any] = tomllib.loads(files("bot.data").joinpath("categories.toml").read_text("utf-8"))
VALUES = [
    (table, code, key)
    for table in ("flags", "categories")
    for code, body in FIELDS[table].items()
    for key in body
    if key != "dangers"
] + [("defaults", "", key) for key in FIELDS["defaults"]]


def what_follows(field: Knowledge) -> list[Any]:
    """All that texts and decisions ask of the field's knowledge."""
    found: list[Any] = []
    for category, item in EVERY:
        found += [field.urgency(category, item), field.skipped(category, item), field.rings_always(category, item)]
        found.append(field.warnings(category, item))
        for own in (False, True):
            found += [field.gate(category, item, own=own), field.advice(category, item, own=own)]
    return found


@pytest.mark.parametrize(("table", "code", "key"), VALUES)
def test_every_value_of_the_toml_has_a_reader(table: str, code: str, key: str) -> None:
    changed = deepcopy(FIELDS)
    body = changed[table][code] if code else changed[table]
    match body[key]:
        case bool(value):
            body[key] = not value
        case list():
            body[key] = []
        case _:
            body[key] = "biasa" if key in ("urgency", "unknown") else "lain"
    assert what_follows(knowledge(changed, FIELD.numbers_112)) != what_follows(FIELD)


async def test_a_category_without_photos_is_not_asked_for_one(w: World) -> None:
    """A new category with `photo = false` was asked for one, all tests green: the rule stood in the code again."""
    assert "foto" in FIELD.skipped("anak", NONE) and "foto" in FIELD.skipped("odgj", "telanjang")
    siti = w.person()
    await begin(w, siti, "kontak", jenis="kekerasan")
    assert not siti.find("Foto tidak wajib")


# --- C4: every answer is read by somebody, or it is said why by nobody --------------------------------------

OTHER: dict[str, dict[str, Any]] = {
    "siapa": {"siapa": "sendiri"},
    "jenis": {"jenis": "lain"},
    "bahaya": {"bahaya": "bunuhdiri"},
    "gawat": {"gawat": "takbisa"},
    "tempat": {"tempat": {"kab": "35.78", "kec": "35.78.04", "desa": None, "how": "daftar"}},
    "patokan": {"patokan": {"teks": "dekat pasar"}},
    "kapan": {"kapan": "lama"},
    "cerita": {"cerita": {"teks": "tidur di emperan"}},
    "foto": {"foto": "tanpa", "_media": []},
    "kontak": {"kontak": "bot"},
    "hp": {"hp": "+6281299999999"},
}


def screens(answers: Mapping[str, Any]) -> dict[str, Any]:
    report = from_answers(answers, NOW)
    # The owner's own: what he reads and whoever is asked does not.
    own = set(owner_screens(report).splitlines()) - set(asked_card(report).splitlines())
    shown: Answers = {**answers, "_gawat": False}
    return {"review": summary(shown, KNOWN), "card": asked_card(report), "owner": own}


@pytest.mark.parametrize("step", [step.name for step in REPORT.steps if step.readers])
def test_an_answer_reaches_the_readers_its_step_names(step: str) -> None:
    before, after = screens(FULL), screens({**FULL, **OTHER[step]})
    readers = next(found.readers for found in REPORT.steps if found.name == step)
    assert [reader for reader in readers if before[reader] == after[reader]] == []


# --- the type itself ----------------------------------------------------------------------------------------

TEXT = st.text(max_size=30)
REPORTS = st.builds(
    Report,
    who=st.sampled_from(("tetangga", "keluarga", "jalan", "sendiri")),
    category=st.sampled_from(tuple(FIELD.categories)),
    danger=st.sampled_from((NONE, UNKNOWN, "serang")),
    kabupaten=st.none() | st.just("35.07"),
    point=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
    landmark=TEXT,
    seen=st.sampled_from((None, "sekarang", "lama")),
    seen_on=st.none() | st.dates(date(2000, 1, 1)),
    story=TEXT,
    media=st.lists(st.builds(Medium, st.sampled_from(("photo", "voice")), TEXT), max_size=3).map(tuple),
    phone=st.none() | st.just("+6281234567890"),
    phoned=st.sampled_from((None, "sudah", "takbisa")),
    skips_kecamatan=st.booleans(),
)


@given(REPORTS)
def test_a_report_survives_being_stored(report: Report) -> None:
    assert from_json(report.to_json(), NOW) == report


def test_what_was_stored_before_is_read_as_it_was_meant() -> None:
    assert from_json(FULL, NOW) == from_answers(FULL, NOW)
    assert from_json(FULL, NOW).seen_on == date(2026, 3, 1), "yesterday, seen from the day it was said"
