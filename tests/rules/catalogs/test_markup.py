"""Telegram can read every text, and every value is escaped."""

from html.parser import HTMLParser

import pytest

from bot.texts.catalog import LANGUAGES
from tests.rules.catalogs.asked import code
from tests.rules.catalogs.reading import TEXTS, catalog

NASTY = "<i>&\"'"
"""A value that shows whether it was escaped."""


class _Tags(HTMLParser):
    """Only our three tags, closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "blockquote"), tag
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_formats_and_its_markup_is_ours(language: str) -> None:
    speech = TEXTS.of(language)
    for key, text in catalog(language).items():
        parser = _Tags()
        parser.feed(speech.say(key, **dict.fromkeys(text.variables, NASTY)))
        parser.close()
        assert not parser.open, key
        assert parser.text.count(NASTY) >= len(text.variables), key
        assert not set("{}") & set(parser.text), key
        assert parser.text == parser.text.strip(), key
        assert parser.text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_without_markup_has_none(language: str) -> None:
    plain = {key for asked in code().asked if asked.plain for key in asked.keys}
    marked = [key for key in plain & catalog(language).keys() if set("<>&") & set(catalog(language)[key].words)]
    assert not marked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_fits_telegram(language: str) -> None:
    limits = {"profil-nama": 64, "profil-singkat": 120, "profil-panjang": 512}
    commands = {key: 256 for key in catalog(language) if key.startswith("perintah-")}
    for key, limit in (limits | commands).items():
        assert len(catalog(language)[key].words) <= limit, key
