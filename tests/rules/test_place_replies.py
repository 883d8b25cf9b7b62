"""What is typed at the question for a place and names none: yes, no, thanks, the number of a list."""

import pytest

from bot.core.place_replies import Reply, ordinal, reply
from bot.core.places import Places
from bot.data.places import load_places


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        *(
            (text, Reply.YES)
            for text in ["bener", "bener pak", "Leres, bu", "iyaa", "nggih pak", "betul di situ", "ya", "iyo bener"]
        ),
        *(
            (text, Reply.NO)
            for text in ["bukan", "bukan itu pak", "salah", "dudu", "mboten", "gak bener", "keliru mas"]
        ),
        *(
            (text, Reply.NOTHING)
            for text in ["gak jadi", "lanjut", "suwun pak", "matur nuwun", "ya lanjut", "wes suwe"]
        ),
        *(
            (text, None)
            for text in [
                "bener saradan",
                "desa bener",
                "jadi",
                "pak",
                "di sini",
                "sukun",
                "bukan lawang",
                "",
                "nomor 1",
            ]
        ),
    ],
)
def test_a_reply_is_known_where_it_is_all_that_is_said(text: str, meant: Reply | None) -> None:
    assert reply(text) is meant


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("yg pertama", 1),
        ("nomor 1", 1),
        ("sing nomer loro", 2),
        ("yang ke 3", 3),
        ("ke2", 2),
        ("paling atas", 1),
        ("1 pak", 1),
        ("rt 1", None),
        ("pertama kali lihat", None),
        ("", None),
    ],
)
def test_the_number_of_a_list_may_be_said_in_words(text: str, number: int | None) -> None:
    assert ordinal(text) == number


def test_hardly_a_place_is_called_like_a_reply(places: Places) -> None:
    """Who means one of these says "desa Bener", or chooses it from the list of its kecamatan."""
    every = [k for kabupaten in places.kabupaten() for k in places.children(kabupaten.code)]
    every += [desa for k in every for desa in places.children(k.code)]
    assert {place.name for place in every if reply(place.name) or ordinal(place.name)} == {"Bener", "Sudah"}
