"""Typing instead of pressing: numbers, words, habits and slips of the finger press the one button they mean (R8)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.typed import one_letter_off, pressed_by, simple
from handlers.questions import habits, typed_choice
from tests.rules.catalogs.reading import KNOWLEDGE, KNOWN, PICKS, TEXTS

ID = TEXTS.of("id")


def means(step: str, typed: str, **answers: Any) -> str | None:
    return typed_choice(ID, PICKS[step].ask(answers, KNOWN), typed)


@pytest.mark.parametrize(
    ("step", "typed", "value"),
    [
        ("siapa", "1", "tetangga"),
        ("siapa", "nomor 3", "jalan"),
        ("siapa", "tetangga", "tetangga"),
        ("siapa", "Tetngga", "tetangga"),
        ("siapa", "tonggo kulo", "tetangga"),
        ("siapa", "kakak saya", "keluarga"),
        ("siapa", "kluarga", "keluarga"),
        ("siapa", "saya", "sendiri"),
        ("siapa", "saya sendiri pak", "sendiri"),
        ("siapa", "saya punya tetangga", "tetangga"),
        ("siapa", "tetangga saya", "tetangga"),
        ("siapa", "tonggoku", "tetangga"),
        ("siapa", "anak tetangga", "tetangga"),
        ("siapa", "warga desa sini", "tetangga"),
        ("siapa", "adik kandung saya", "keluarga"),
        ("siapa", "bojoku", "keluarga"),
        ("siapa", "anak saya sendiri", "keluarga"),
        ("siapa", "untuk ibu saya pak", "keluarga"),
        ("siapa", "orang gila di pasar", "jalan"),
        ("siapa", "pengemis", "jalan"),
        ("siapa", "untuk saya sendiri", "sendiri"),
        ("siapa", "saya dan anak saya", None),
        ("siapa", "bukan saya", None),
        ("siapa", "bukan keluarga saya", None),
        ("siapa", "saya kasihan melihat keadaan keluarga itu pak", None),
        ("siapa", "jalan", "jalan"),
        ("siapa", "9", None),
        ("kapan", "wingi", "kemarin"),
        ("kapan", "kemaren", "kemarin"),
        ("kapan", "hari ini bu", "hariini"),
        ("kapan", "saiki", "sekarang"),
        ("kapan", "sudah lama", "lama"),
        ("kapan", "dengar", "dengar"),
        ("kapan", "saya dengar dari orang", "dengar"),
        ("kapan", "kemarin sore", "kemarin"),
        ("kapan", "hari ini jam 8", "hariini"),
        ("kapan", "2 minggu yang lalu", "lama"),
        ("kapan", "sudah lama sekali", "lama"),
        ("kapan", "setiap hari", None),
        ("cerita", "tidak", "lewati"),
        ("cerita", "gak ada", "lewati"),
        ("cerita", "mboten", "lewati"),
        ("cerita", "dia ngamuk", None),
        ("cerita", "1", None),
        ("patokan", "ora ngerti", "lewati"),
        ("tempat", "gak tau", "tidaktahu"),
        ("kontak", "tidak usah", "bot"),
        ("jenis", "tidak ada", None),
        ("jenis", "gak tau", "lain"),
        ("kontak", "gak usah telpon pak wedi konangan", "bot"),
        ("kapan", "skrg", "sekarang"),
        ("siapa", "kami sekeluarga", "sendiri"),
        ("siapa", "mbah mbah sebelah rumah", "tetangga"),
        ("siapa", "kami sekeluarga melihat orang gila", None),
        ("kapan", "sudah lama kurus sekali orangnya", None),
        ("foto", "hp ku gak iso foto", "lewati"),
        ("aman", "jangan telpon nanti ketahuan", "jangan"),
        ("aman", "lewat bu sri bidan", None),
    ],
)
def test_what_people_type(step: str, typed: str, value: str | None) -> None:
    assert means(step, typed) == value


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("lansia", "gatau", "tidaktahu"),
        ("terlantar", "malam ini gak punya tempat tidur", "malamini"),
        ("kekerasan", "suami saya di rumah skrg", "pelakudekat"),
        ("kekerasan", "bojoku nang omah", "pelakudekat"),
        ("kekerasan", "suami saya tidak di rumah", None),
        ("kekerasan", "pernah diancam mau dibunuh", "serang"),
        ("kekerasan", "ada anak di rumah", "balita"),
        ("kekerasan", "mau ke tempat aman", None),
        ("lansia", "sekarang gak aman", None),
        ("lansia", "sekarang gak ada makanan", None),
        ("lansia", "gak ada yang ngasih makan", None),
    ],
)
def test_a_danger_that_people_type(kind: str, typed: str, value: str | None) -> None:
    assert means("bahaya", typed, jenis=kind) == value


def test_at_the_gate_a_reason_may_stand_beside_it() -> None:
    grave = {"jenis": "kekerasan", "bahaya": "pelakudekat"}
    for own in ({}, {"siapa": "sendiri"}):
        assert means("gawat", "ga bisa telpon suami di rumah", **grave, **own) == "takbisa"
        assert means("gawat", "wis telpon polisi", **grave, **own) == "sudah"


@pytest.mark.parametrize("code", KNOWLEDGE.categories)
@pytest.mark.parametrize(
    "typed",
    [
        "tidak", "gak ada", "mboten wonten", "ora", "Tidak ada.", "gak ono saiki", "sekarang gak ada pak", "gak enek",
        "aman", "aman pak",
    ],
)  # fmt: skip
def test_no_danger_has_many_words(code: str, typed: str) -> None:
    assert means("bahaya", typed, jenis=code) == "tidakada"


@pytest.mark.parametrize("code", KNOWLEDGE.categories)
def test_what_is_denied_presses_no_danger(code: str) -> None:
    for typed in ("tidak ngamuk", "tidak bawa senjata", "bukan luka", "sudah tidak ngamuk", "belum ada yang luka"):
        assert means("bahaya", typed, jenis=code) in (None, "tidakada"), typed


@given(st.text(max_size=30), st.sampled_from(("siapa", "kapan", "kontak", "cerita", "jenis", "setuju", "tempat")))
def test_any_text_presses_one_button_of_the_question_or_none(text: str, step: str) -> None:
    question = PICKS[step].ask({}, KNOWN)
    assert typed_choice(ID, question, text) in {None, *(choice.value for choice in question.choices)}


LABELS = [("a", "Tetangga"), ("b", "Keluarga saya"), ("c", "Orang di jalan")]


@given(st.sampled_from(LABELS), st.integers(0, 7), st.sampled_from("abcdefghijklmnopqrstuvwxyz"), st.integers(0, 3))
def test_one_slip_in_a_long_word_is_understood(choice: tuple[str, str], at: int, letter: str, kind: int) -> None:
    word = max(simple(choice[1]).split(), key=len)
    at %= len(word) - 1
    slips = (
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    )
    typed = slips[kind]
    if min(len(typed), len(word)) >= 5:
        assert one_letter_off(typed, word)
        assert pressed_by(typed, LABELS, habits(ID), {}) in (choice[0], None)
