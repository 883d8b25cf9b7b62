"""The catalogs hold exactly what the code asks for."""

from collections.abc import Callable

from bot.texts.catalog import ORIGINAL
from tests.rules.catalogs.asked import code
from tests.rules.catalogs.families import FAMILIES, UNASKED
from tests.rules.catalogs.reading import catalog


def test_every_key_of_the_code_can_be_followed() -> None:
    assert not code().unknown


def test_every_family_is_one_of_the_code() -> None:
    assert not FAMILIES.keys() - code().templates


def test_every_key_of_the_code_is_in_the_catalog() -> None:
    missing = sorted(f"{a.where}: {key}" for a in code().asked for key in a.keys if key not in catalog(ORIGINAL))
    assert not missing


def test_every_text_gets_its_values_where_it_is_asked_for() -> None:
    wrong = [
        f"{asked.where}: {key} needs {sorted(lacking)}"
        for asked in code().asked
        if asked.values is not None
        for key in asked.keys & catalog(ORIGINAL).keys()
        if (lacking := catalog(ORIGINAL)[key].variables - asked.values)
    ]
    assert not wrong


def test_every_text_of_the_catalog_is_used() -> None:
    unused = catalog(ORIGINAL).keys() - code().keys - UNASKED.keys()
    assert not sorted(unused)


def test_the_short_list_of_exceptions_is_short_and_true() -> None:
    assert len(UNASKED) <= 5
    assert all(UNASKED.values())
    assert UNASKED.keys() <= catalog(ORIGINAL).keys() - code().keys


def test_the_walk_through_the_code_finds_what_it_should() -> None:
    """The followed calls include one of every way a key travels."""
    ways: dict[str, Callable[[], bool]] = {
        "literal": lambda: "tombol_lama" in code().keys,
        "either of two": lambda: {"sapa", "mulai"} <= code().keys,
        "through a helper": lambda: {"k_diambil", "c_berakhir", "l_buntu", "b-setuju"} <= code().keys,
        "returned": lambda: {"telepon-112", "status-petugas"} <= code().keys,
        "from a table": lambda: "b-bahaya" in code().keys,
        "from a loop": lambda: "r_patokan" in code().keys,
        "put together": lambda: "bahaya-lain-hilang" in code().keys,
    }
    assert [way for way, found in ways.items() if not found()] == []
