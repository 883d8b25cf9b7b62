"""The catalogs are alike in every language."""

import re

import pytest

from bot.texts.catalog import LANGUAGES, ORIGINAL
from tests.rules.catalogs.reading import OTHERS, WHOLE, catalog, entries


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    names = [entry.id.name for entry in entries(language)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("language", WHOLE)
def test_a_whole_language_has_every_key_of_the_original(language: str) -> None:
    assert catalog(language).keys() == catalog(ORIGINAL).keys()


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_keys_and_variables_of_the_original_only(language: str) -> None:
    original = {key: text.variables for key, text in catalog(ORIGINAL).items()}
    assert {key: text.variables for key, text in catalog(language).items()}.items() <= original.items()


@pytest.mark.parametrize("language", OTHERS)
def test_icons_and_tags_are_those_of_the_original(language: str) -> None:
    def marks(text: str) -> tuple[str, list[str]]:
        return re.split(r"[\w(<]", text, maxsplit=1)[0], re.findall(r"<[^>]*>", text)

    keys = [key for key in catalog(language) if key not in ("nama-bahasa", "telepon-umum", "telepon-112")]
    different = [key for key in keys if marks(catalog(language)[key].words) != marks(catalog(ORIGINAL)[key].words)]
    assert not different


@pytest.mark.parametrize("language", OTHERS)
def test_telephone_numbers_are_those_of_the_original(language: str) -> None:
    for key, text in catalog(ORIGINAL).items():
        if key.startswith("kata-"):  # what is only heard
            continue
        assert re.findall(r"\d{3,}", catalog(language)[key].words) == re.findall(r"\d{3,}", text.words), key
