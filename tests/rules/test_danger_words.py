"""Words of danger as people write them, and what only looks like them (R4; words.md, section 9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.danger_words import Alarm
from bot.core.haste import Haste, haste
from bot.core.phrases import fold
from bot.data.danger_words import load_danger_words

WORDS = load_danger_words()


@pytest.mark.parametrize(
    ("text", "about", "own"),
    [
        ("saya mau bunuh diri", "bunuhdiri", True),
        ("Pengen mati rasanya", "bunuhdiri", True),
        ("mau mati", "bunuhdiri", True),
        ("tetangga saya mau bunuh diri", "bunuhdiri", False),
        ("aku wis ora kuat urip, pengen mati wae", "bunuhdiri", True),
        ("aku ora kuat, pengen mati wae", "bunuhdiri", True),
        ("wis ora kuat urip", "bunuhdiri", True),
        ("saya sudah capek hidup", "bunuhdiri", True),
        ("ingin mengakhiri hidup", "bunuhdiri", True),
        ("mending mati ae aku", "bunuhdiri", True),
        ("saya lihat orang mau bunuh diri", "bunuhdiri", False),
        ("wong wedok iku pengen mati", "bunuhdiri", False),
        ("biasanya tidak begini, sekarang ngamuk", "serang", False),
        ("dulu sehat, ngamuk sejak kemarin", "serang", False),
        ("anak saya minum racun", "bunuhdiri", False),
        ("suami saya memukul saya", "kekerasan", True),
        ("saya dipukul suami", "kekerasan", True),
        ("saya diperkosa", "seksual", True),
        ("tetangga saya dipukuli suaminya", "kekerasan", False),
        ("dia sekarang mukul ibunya", "kekerasan", False),
        ("bapak e ngantemi anake", "kekerasan", False),
        ("wonge getihen", "gawat", False),
        ("ada mayat di sungai", "meninggal", False),
        ("dia lari ke sawah, bawa parang", "serang", False),
        ("wong edan ngamuk gowo arit", "serang", False),
        ("NGAMUUUK pak", "serang", False),
        ("wonge kendhat nang omah", "bunuhdiri", False),
        ("oreng ngamok ngeba todi'", "serang", False),
        ("nak-kanak epokol", "anak", False),
        ("orangnya tidak sadar", "gawat", False),
        ("ada orang pingsan di pasar", "gawat", False),
        ("pak tolong", "tolong", False),
        ("bahaya", "tolong", False),
        ("suami saya sering mukul saya pakai tangan", "kekerasan", True),
        ("saya di pukul suami barusan", "kekerasan", True),
        ("suami saya mau bunuh saya", "kekerasan", True),
        ("bojoku ngantemi aku terus", "kekerasan", True),
        ("tetangga diancam pakai celurit sama mantannya", "serang", False),
        ("orangnya gak napas pak", "gawat", False),
        ("suamiku mukul aku", "kekerasan", True),
        ("suami pukul saya lagi", "kekerasan", True),
        ("bojoku mukuli aku", "kekerasan", True),
        ("aku dikaplok bojoku", "kekerasan", True),
        ("saya pengen loncat dari lantai 3", "bunuhdiri", True),
        ("saya mau bunuh dri", "bunuhdiri", True),
        ("mau bnuh diri", "bunuhdiri", True),
        ("dia ngmuk bawa prang", "serang", False),
        ("suami saya mukl saya", "kekerasan", True),
        ("tolng pak", "tolong", False),
        ("orangnya berdarah banyak", "gawat", False),
        ("dia mencekik ibunya", "kekerasan", False),
        ("dia menusuk orang", "serang", False),
        ("anaknya diculik", "gawat", False),
        ("saya dikunci suami di kamar", "kekerasan", True),
        ("rumahnya terbakar", "gawat", False),
    ],
)
def test_danger_is_heard(text: str, about: str, own: bool) -> None:
    assert WORDS.alarm(text) == Alarm(about, own)


@pytest.mark.parametrize(
    "text",
    [
        "laporannya dibaca siapa", "hp mau mati", "hp ku mau mati pak",
        "mati lampu", "mati listrik", "mati gaya", "gila ya", "edan tenan", "capek banget stres", "anjing dirantai",
        "asu dirante", "sapi dikurung", "banjir orderan", "tidak ngamuk", "ora ngamuk", "tak ngamok",
        "sudah tidak ngamuk", "dulu pernah dipasung", "dulu pernah ngamuk", "lapar nih", "hilang sinyal", "anak ayam",
        "tidak menusuk siapa siapa", "obat nyamuk", "dulu pernah mencekik", "pintunya dikunci", "bawa prangko",
        "belum pernah bawa senjata", "tolong bantu tetangga saya yang sakit pak", "selamat pagi", "",
    ],
)  # fmt: skip
def test_what_only_looks_like_danger_is_left_alone(text: str) -> None:
    assert WORDS.alarm(text) is None


@given(st.text(max_size=60))
def test_any_text_can_be_looked_at(text: str) -> None:
    alarm = WORDS.alarm(text)
    assert alarm is None or alarm.about != "-"


@given(st.sampled_from(["ngamuk", "parang", "celurit", "bunuh"]), st.integers(1, 4))
def test_letters_that_are_held_down_change_nothing(word: str, times: int) -> None:
    assert fold("".join(letter * times for letter in word)) == fold(word)


@pytest.mark.parametrize("text", ["saya mau bunuh diri", "dia bawa parang", "ngamuk gowo arit", "anak dipukuli"])
def test_words_of_danger_never_wait_in_a_flood(text: str) -> None:
    assert haste({"message": {"text": text}}) is Haste.MATTERS
