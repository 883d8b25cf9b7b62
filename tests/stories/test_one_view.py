"""A case is seen one way: what was reported reaches whoever acts on it, with its day, at every later look (C1-C4)."""

import ast
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.texts
from bot.core.flow import Answers, Known
from bot.core.knowledge import NONE, UNKNOWN, Knowledge
from bot.core.media import Look
from bot.core.report import Medium, Report, from_answers, from_json
from bot.core.report_flow import REPORT, summary
from bot.texts import case_card as cards
from bot.texts.case_details import Details, details
from bot.texts.case_facts import Handling
from bot.texts.catalog import Texts
from bot.texts.message import METHODS
from tests.support.case_views import FIELD, FULL, KNOWN, NOW, changed, facts
from tests.support.resident import begin, go
from tests.support.world import MALANG, SINGOSARI, World

SPEECH = Texts().of(None)
TEXTS = Path(bot.texts.__path__[0])
EVERY = [(c, i) for c, kind in FIELD.categories.items() for i in (*(d.item for d in kind.dangers), NONE, UNKNOWN)]


def asked_card(report: Report, role: str = "tksk") -> str:
    return cards.ping(
        SPEECH, facts(report), Handling(reader=role, until=NOW + timedelta(hours=9), then="koordinator")
    ).text


def owner_screens(report: Report) -> str:
    told = Details(report.landmark, report.story, report.point, report.phone, report.media, way=report.way)
    shown = [cards.owner_card(SPEECH, facts(report), NOW), *details(SPEECH, facts(report), told, whole=True)]
    return "\n".join(f"{message.text} {message.file}" for message in shown)


# --- C1: whoever has the case reads no less than whoever was asked ------------------------------------------


async def test_after_taking_it_the_phone_still_says_that_the_man_is_armed(w: World) -> None:
    """The one who took it read neither category, danger, warning, police nor deadline."""
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    facts_of_it = ("Gangguan jiwa", "Menyerang", "Jangan datang sendiri", "Polisi mungkin belum tahu", "Kec. Singosari")
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


async def test_what_a_reporter_reads_of_their_report_is_number_status_and_next_news(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = w.person()
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Dirantai", story="di belakang rumah Pak Karso")
    await w.press(siti, "Lihat laporan")
    read = siti.last().text
    assert number in read and "Senin 2/3" in read
    assert not [word for word in ("Gangguan", "Dirantai", "Singosari", "Karso", "Budi") if word in read]


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
    for path in (*TEXTS.glob("case_*.py"), TEXTS / "waiting_cards.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                assert "now" not in [argument.arg for argument in (*node.args.args, *node.args.kwonlyargs)], node.name


# --- C3: what follows from a category or a flag stands in the TOML, and is read -----------------------------


def knows(w: World, field: Knowledge) -> None:
    """The bot begins to know something else of the field."""
    object.__setattr__(w.app.house, "known", Known(KNOWN.places, field))


async def test_another_value_of_a_category_is_another_story(w: World) -> None:
    """Photo, hours, warning, first step and advice of *lansia*, all changed in the data and nowhere else."""
    values = {"photo": False, "always": True, "unknown": "mendesak"}
    texts = {"warning": "c_pasung", "first": "w_pertama_polsek", "advice": "saran_pasung"}
    knows(w, changed("categories", "lansia", **values, **texts))
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    w.telegram.turn(14 * 3600)  # 23.00: mendesak is silent until six
    await w.settle()
    await begin(w, siti, "kontak", jenis="lansia", bahaya=UNKNOWN)
    assert not siti.find("Foto tidak wajib")
    await go(w, siti, "")
    assert siti.find(SPEECH.word("saran_pasung"))
    assert tksk.find("MENDESAK", SPEECH.word("c_pasung"))
    await w.press(tksk, "Saya tangani")
    assert tksk.find(SPEECH.word("c_pasung"), SPEECH.word("w_pertama_polsek"))


async def test_another_value_of_a_flag_is_another_story(w: World) -> None:
    """Urgency, gate, skipped questions and what a card says of *lapar*."""
    texts = {"gate": "gawat_anak", "unphoned": "c_ambulans_belum", "first": "w_pertama_anak", "advice": "saran_anak"}
    knows(w, changed("flags", "lapar", urgency="darurat", skips=["patokan"], warning="c_aman", **texts))
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "gawat", jenis="lansia", bahaya="lapar")
    assert "129" in siti.last().text
    await go(w, siti, "")
    assert not siti.find("Patokan")
    assert siti.find(SPEECH.word("saran_anak"))
    assert tksk.find("DARURAT", SPEECH.word("c_aman"), SPEECH.word("c_ambulans_belum"))
    await w.press(tksk, "Saya tangani")
    assert tksk.find(SPEECH.word("c_aman"), SPEECH.word("w_pertama_anak"))


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
    "rekam": {"_cepat": True, "rekam": {"teks": "tidur di emperan"}},
    "tempat": {"tempat": {"kab": "35.78", "kec": "35.78.04", "desa": None, "how": "daftar"}},
    "patokan": {"patokan": {"teks": "dekat pasar"}},
    "kapan": {"kapan": "lama"},
    "cerita": {"cerita": {"teks": "tidur di emperan"}},
    "foto": {"foto": "tanpa", "_media": []},
    "kontak": {"kontak": "bot"},
    "layanan": {"layanan": "kirim"},
    "hp": {"hp": "+6281299999999"},
    "disapa": {"disapa": "ya"},
    "aman": {"aman": "saya"},
    "cara": {"cara": {"teks": "lewat Bu Sri, bidan"}},
    "ditemukan": {"ditemukan": {"teks": "tanya di pos ronda"}},
    "setuju": {"setuju": "2027-01"},
    "meninggal": {"meninggal": "lapor"},
    "tinjau": {"tinjau": "kirim"},
}


HARMED = {**FULL, "siapa": "sendiri", "jenis": "kekerasan", "bahaya": "tidakada", "_lindung": True, "aman": "lewat"}
LOST = {**FULL, "tempat": {"kab": "35.78", "kec": "35.78.04", "desa": None, "how": "daftar"}, "kontak": "bot"}
LOST = {name: value for name, value in LOST.items() if name not in ("patokan", "hp")}
BASES: dict[str, dict[str, Any]] = {
    "aman": HARMED,
    "cara": {**HARMED, "cara": {}},
    "ditemukan": {**LOST, "ditemukan": {}},
    "disapa": {**FULL, "siapa": "sendiri", "_tanda": "bunuhdiri", "disapa": "tidak"},
}
"""Answers among which a step is asked, where that is not everybody's."""


def screens(answers: Mapping[str, Any]) -> dict[str, Any]:
    report = from_answers(answers, NOW)
    # The owner's own: what they read and whoever is asked does not.
    own = set(owner_screens(report).splitlines()) - set(asked_card(report).splitlines())
    shown: Answers = {**answers, "_gawat": False}
    return {"review": summary(shown, KNOWN), "card": asked_card(report), "owner": own}


@pytest.mark.parametrize("step", [step.name for step in REPORT.steps])
def test_an_answer_reaches_the_readers_its_step_names(step: str) -> None:
    base = BASES.get(step, FULL)
    before, after = screens(base), screens({**base, **OTHER[step]})
    found = next(found for found in REPORT.steps if found.name == step)
    assert [reader for reader in found.readers if before[reader] == after[reader]] == []
    if not found.readers:
        assert before == after, f"somebody reads it, though it says: {found.unread}"


# --- the type itself ----------------------------------------------------------------------------------------

TEXT = st.text(max_size=30)
MEDIUM = st.builds(Medium, st.sampled_from(tuple(METHODS)), TEXT, st.sampled_from(tuple(Look)))
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
    media=st.lists(
        st.builds(Medium, st.sampled_from(tuple(METHODS)), TEXT, st.sampled_from(tuple(Look))), max_size=3
    ).map(tuple),
    phone=st.none() | st.just("+6281234567890"),
    phoned=st.sampled_from((None, "sudah", "takbisa")),
    skips_kecamatan=st.booleans(),
    quick=st.booleans(),
)


@given(REPORTS)
def test_a_report_survives_being_stored(report: Report) -> None:
    assert from_json(report.to_json(), NOW) == report


def test_what_was_stored_before_is_read_as_it_was_meant() -> None:
    assert from_json(FULL, NOW) == from_answers(FULL, NOW)
    assert from_json(FULL, NOW).seen_on == date(2026, 3, 1), "yesterday, seen from the day it was said"
