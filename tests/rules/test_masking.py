"""Numbers in free text stay hidden however they are spaced, in cards and in the log alike (P2, row 130)."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.core.masking import mask_numbers
from bot.texts.clean import clean, masked

NUMBERS = ("081234567890", "6281234567890", "+6281234567890", "0851123456789", "3507241203780005", "03415678901")
SEPARATORS = st.text(" -.()/_*\u00a0\u2011\u2013\u202f·|", min_size=0, max_size=4)


def spaced(number: str, separators: Sequence[str]) -> str:
    """`number` with a separator before each digit but the first."""
    first = 2 if number.startswith("+") else 1
    rest = zip(separators, number[first:], strict=False)
    return number[:first] + "".join(separator + char for separator, char in rest)


def digits_left(text: str) -> int:
    return sum(char.isdigit() for char in text)


@given(
    st.sampled_from(NUMBERS[:-1]),
    st.lists(SEPARATORS, min_size=16, max_size=16),
    st.sampled_from(("", "hubungi ", "(", "WA:", "\n")),
    st.sampled_from(("", " ya pak", ")", ", terima kasih", "\n")),
)
def test_no_separator_shows_a_number(number: str, separators: list[str], before: str, after: str) -> None:
    text = before + spaced(number, separators) + after
    for shown in (masked(clean(text)), logs.redact(text)):
        assert digits_left(shown) == 0, (text, shown)
        for word in (before.strip(" (:\n"), after.strip(" ),\n")):
            assert word in shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("HP +62 812 3456 7890 atau +62 812-3456-7890", "HP • atau •"),
        ("(0812) 3456-7890 milik (tetangga)", "• milik (tetangga)"),
        ("(+62) 812.3456.7890", "•"),
        ("NIK 3507 2412 3456 0001, lahir 12-03-1978", "NIK •, lahir 12-03-1978"),
        ("NIK 35.07.24.123456.0001", "NIK •"),
        ("telepon rumah (0341) 567890 atau 031-5678901", "telepon rumah • atau •"),
        ("０８１２３４５６７８９０ ya", "• ya"),
        ("081234567890, 081298765432; 0813 1111 2222", "•, •; •"),
        ("62 (0)812 3456 7890", "•"),
    ],
)
def test_numbers_as_people_write_them(text: str, shown: str) -> None:
    assert mask_numbers(text, "•") == shown


@pytest.mark.parametrize(
    "text",
    [
        "umur 45, RT 03 RW 05 No 12",
        "Rp 1.500.000 sejak 12-03-2024 jam 08.30",
        "terakhir 05/03/2024 07.30",
        "110 atau 119, bisa 129",
        "35.07.24.2016",
        "TS-7K4Q2M",
    ],
)
def test_what_is_no_number_of_a_person_stays(text: str) -> None:
    assert masked(text) == text
    assert logs.redact(text) == text
