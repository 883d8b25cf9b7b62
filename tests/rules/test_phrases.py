"""What people write proposes a category: each row of the table, the 26 PPKS types, and what must propose nothing."""

import csv
import random
from importlib.resources import files

import pytest

from bot.core.flow import Known
from bot.core.inputs import Picked, Typed
from bot.core.phrases import NOTHING
from bot.core.question import Answered
from bot.core.report_flow import REPORT
from bot.data.knowledge import load_knowledge
from bot.data.phrases import load_phrases
from bot.data.places import load_places

WORDS = load_phrases()
KNOWN = Known(load_places(), load_knowledge(), WORDS)
ROWS = [
    (row["phrase"], row["about"])
    for row in csv.DictReader(files("bot.data").joinpath("phrases.csv").read_text("utf-8").splitlines())
]
PPKS = (
    ("ada balita tidak diurus, ibunya kerja terus", "anak"),
    ("ada anak terlantar di rumah kosong", "anak"),
    ("anak mencuri terus dibawa ke polsek", "anak"),
    ("banyak anak ngamen di perempatan", "anak"),
    ("anak cacat tidak diurus keluarganya", "anak"),
    ("anak dipukuli bapaknya tiap hari", "anak"),
    ("ada anak dijual ke luar kota", "anak"),
    ("nenek tinggal sendiri tidak ada yang kasih makan", "lansia"),
    ("tetangga saya tuna netra hidup sendiri", "disabilitas"),
    ("ada psk masih muda minta ditolong", "lain"),
    ("ada gelandangan di bawah jembatan", "terlantar"),
    ("pengemis tua di depan pasar", "terlantar"),
    ("pemulung tidur di gerobak sama anaknya", "terlantar"),
    ("mereka dikucilkan warga karena agamanya", "lain"),
    ("orangnya baru keluar penjara gak ada yang mau nerima", "terlantar"),
    ("dia kena hiv, diusir dari kos", "sakit"),
    ("pemuda itu kecanduan sabu, keluarganya angkat tangan", "lain"),
    ("keponakan saya dijual kerja ke kota", "kekerasan"),
    ("ibu itu dipukuli suami tiap malam", "kekerasan"),
    ("pulang dari malaysia kena masalah, tidak punya uang", "terlantar"),
    ("rumahnya kena banjir, butuh makanan", "bencana"),
    ("mereka korban tawuran antar kampung", "lain"),
    ("janda miskin anaknya lima", "lain"),
    ("keluarga miskin sekali tidak bisa makan", "lain"),
    ("orang tuanya cerai, anaknya ikut siapa saja", "lain"),
    ("warga suku terpencil di gunung sakit semua", "lain"),
)
"""One plain sentence for each of the 26 types (Permensos 8/2012), as a villager would type it."""
VILLAGERS = (
    ("suami saya sering mukul saya pakai tangan", "kekerasan"),
    ("dia nampar istrinya di depan rumah", "kekerasan"),
    ("saya di pukuli tiap malam", "kekerasan"),
    ("bojoku ngantemi aku terus", "kekerasan"),
    ("ada anak kecil ditinggal ibunya sendirian", "anak"),
    ("anak tetangga dipukuli bapaknya sampai biru", "anak"),
    ("anak usia 5 tahun dikurung di rumah", "anak"),
    ("bocah kleleran ning pasar", "anak"),
    ("wong tuwek gak onok sing ngopeni", "lansia"),
    ("kakak saya kambuh lagi gangguan jiwanya", "odgj"),
    ("orangnya di rantai di belakang rumah", "odgj"),
    ("dia bicara sama tembok terus", "odgj"),
    ("luka di kakinya busuk tidak diobati", "sakit"),
    ("kecelakaan kakinya patah tidak bisa kerja", "sakit"),
    ("anaknya lumpuh layu tidak terurus", "disabilitas"),
    ("diusir dari kontrakan sama anak istri", "terlantar"),
    ("kentekan sangu gak iso muleh", "terlantar"),
    ("mabuk terus tiap hari pil koplo", "lain"),
    ("rumahnya kebanjiran", "bencana"),
)
"""What people were seen to type at the question, and what was not understood."""
NEVER = (
    "mati lampu", "mati listrik", "mati gaya", "gila ya", "edan tenan", "capek banget stres", "anjing dirantai",
    "asu dirante", "sapi dikurung", "banjir orderan", "tidak ngamuk", "ora ngamuk", "tak ngamok", "sudah tidak ngamuk",
    "dulu pernah dipasung", "lapar nih", "hilang sinyal", "anak ayam", "selamat pagi pak", "mau lapor",
    "rumahnya hijau",
)  # fmt: skip


@pytest.mark.parametrize(("phrase", "about"), ROWS)
def test_every_row_proposes_what_it_says(phrase: str, about: str) -> None:
    for text in (phrase, f"pak, {phrase} di sini", phrase.upper()):
        assert WORDS.first(text) == (None if about == NOTHING else about), text


def test_every_category_that_is_proposed_can_be_picked() -> None:
    assert {about for _, about in ROWS} - {NOTHING} == {*KNOWN.knowledge.categories, *KNOWN.knowledge.exits}


@pytest.mark.parametrize(("text", "category"), PPKS)
def test_the_26_types_as_a_villager_writes_them(text: str, category: str) -> None:
    assert len(PPKS) == 26 and WORDS.first(text) == category


@pytest.mark.parametrize(("text", "category"), VILLAGERS)
def test_what_villagers_type_proposes_a_category(text: str, category: str) -> None:
    assert WORDS.first(text) == category


@pytest.mark.parametrize("text", NEVER)
def test_what_only_looks_like_it_proposes_nothing(text: str) -> None:
    assert WORDS.first(text) is None


def test_doubled_letters_spaces_and_marks_change_nothing() -> None:
    chance = random.Random(1)
    for phrase, about in ROWS:
        slip = "".join(c * chance.choice((1, 1, 2)) if c.isalpha() else c for c in phrase).replace(" ", "  ")
        assert WORDS.first(slip) == (None if about == NOTHING else about), slip


def test_it_is_proposed_and_never_taken() -> None:
    step = REPORT.step("jenis")
    assert step is not None
    told = {"setuju": "x", "siapa": "tetangga", "_kata": "sering ngomong sendiri"}
    question = step.ask(told, KNOWN)
    assert question.words.key == "jenis_tebak" and question.choices[0].value == "ya"
    assert len(question.choices) == 1 + len(step.ask({}, KNOWN).choices), "every other one may be chosen"
    assert step.read(told, Picked("ya"), KNOWN) == step.read(told, Picked("odgj"), KNOWN)
    guessed = step.read({}, Typed("orgil"), KNOWN)
    assert isinstance(guessed, Answered) and "jenis" not in guessed.updates
    assert not isinstance(step.read({}, Picked("ya"), KNOWN), Answered), "nothing was proposed"
