"""Whole sentences at the list of dangers, and what each proposes; what may come, or is over, proposes nothing."""

import pytest

from bot.data.danger_list import load_danger_list
from bot.data.knowledge import load_knowledge

LIST, KINDS = load_danger_list(), load_knowledge().categories


@pytest.mark.parametrize(
    ("category", "text", "item"),
    [
        ("lansia", "ora iso tangi", "takbangun"),
        ("lansia", "mbahe mboten saged tangi pak", "takbangun"),
        ("lansia", "ndak mau makan sudah 3 hari", "lapar"),
        ("lansia", "durung mangan kawit wingi", "lapar"),
        ("lansia", "belum makan dari kemarin", "lapar"),
        ("lansia", "dipukuli anaknya, tidak makan", "lapar"),
        ("odgj", "orangnya bawa parang dan ngamuk", "serang"),
        ("odgj", "dirantai di belakang, tidak pakai baju", "pasung"),
        ("anak", "anaknya dirantai sama bapaknya", "rantai"),
        ("anak", "dipukuli bapaknya tiap malam", "sakiti"),
        ("terlantar", "kami tidak punya tempat tidur pak", "malamini"),
        ("lain", "simbah belum pulang dari kemarin", "hilang"),
        ("lansia", "tidak lapar kok", None),
        ("lansia", "takut nanti tidak makan", None),
        ("odgj", "kalau kumat ngamuk", None),
        ("odgj", "dulu pernah bawa parang", None),
        ("odgj", "tidak ngamuk sekarang", None),
        ("lansia", "sampun sepuh sanget", None),
    ],
)
def test_a_sentence_names_one_danger_of_the_list(category: str, text: str, item: str | None) -> None:
    assert LIST.named(text, KINDS[category]) == item


def test_every_phrase_is_about_a_danger_of_some_list() -> None:
    names = {name for kind in KINDS.values() for danger in kind.dangers for name in (danger.item, danger.flag)}
    assert LIST.abouts - names <= {"kekerasan", "anak", "tolong"}
