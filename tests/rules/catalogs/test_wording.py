"""The words: how people are addressed, what is never said, how long a text may be."""

import re

import pytest

from bot.texts.catalog import LANGUAGES, ORIGINAL
from tests.rules.catalogs.reading import catalog, tokens


def containing(pattern: str, language: str = ORIGINAL) -> list[str]:
    return [
        key for key, text in catalog(language).items() if re.search(rf"\b(?:{pattern})\b", text.words, re.IGNORECASE)
    ]


def test_people_are_addressed_as_bapak_ibu() -> None:
    assert not [key for key in containing("anda|kamu|kalian|engkau") if not is_typed(key)]


def test_nobody_is_called_names_or_ordered_about() -> None:
    """What is only heard (`juga-`) is said to nobody."""
    found = containing("gila|edan|gendeng|cacat|gelandangan|pengemis|gepeng|terlapor|pelaku|korban|dilarang")
    assert not [key for key in found if not key.startswith("juga-")]


def test_nothing_is_promised_that_nobody_can_promise() -> None:
    assert not containing("pasti|petugas akan datang|segera ditangani|petugas sudah menerima")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language: str) -> None:
    assert sum(text.words.count("!") for text in catalog(language).values()) <= 1


def test_what_we_do_is_never_called_bantuan() -> None:
    """Villagers read "bantuan" as money and rice; only texts on those and to workers may say it."""
    allowed = re.compile(r"bansos|jenis-bansos|saran_pasung\w*|[cwdol]_.+")
    assert not [key for key in containing("bantuan") if not allowed.fullmatch(key)]


def test_news_on_a_shared_phone_is_number_and_status_only() -> None:
    news = {key: text for key, text in catalog(ORIGINAL).items() if re.match(r"k_|t_(?!tugas)", key)}
    assert news
    roles = {"siapa", "lalu"}  # of whoever is asked, never a name
    assert all(
        text.variables <= {"nomor", "hari", "jam", "jam2", "mulai", "buka", "telepon", "daftar", "status"} | roles
        for text in news.values()
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_long(language: str) -> None:
    counts = {key: tokens(text.words) for key, text in catalog(language).items() if not is_typed(key)}
    assert not {key: count for key, count in counts.items() if count > 25}


def is_typed(key: str) -> bool:
    """Whether it lists what people type, and is never shown."""
    return key.startswith(("kata-", "juga-"))


def is_label(key: str) -> bool:
    return bool(re.match(r"(?:b|siapa|jenis|kapan|alasan|tunggu|hasil|baris|nama)-|bahaya-\w+-", key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_longer_than_a_phone_shows(language: str) -> None:
    long = {key: text.words for key, text in catalog(language).items() if is_label(key) and len(text.words) > 64}
    assert not long
