"""Who hears what: the expected hearer of every kind of input in every state of a chat, written out by hand."""

from itertools import product

import pytest

from bot.core.hearing import ROWS, ChatState, Hearer, Kind, hears
from handlers.hear import HEARERS

Q, N, P, C = Hearer.QUESTION, Hearer.NUMBER, Hearer.OPENER, Hearer.COMING_IN
K, B, T, F, G = Hearer.OPEN_OFFER, Hearer.BEGINNING, Hearer.TASKS, Hearer.OFFER, Hearer.GREETING
A = Hearer.ALARM
KINDS = (
    Kind.YES, Kind.STEER, Kind.NUMBER, Kind.OPENS, Kind.DANGER, Kind.STORY, Kind.WORDS, Kind.MEDIA, Kind.PIN,
    Kind.CONTACT, Kind.UNCLEAR,
)  # fmt: skip
EXPECTED: dict[str, tuple[Hearer, ...]] = {
    #                    yes steer number opens danger story words media pin contact unclear
    "nothing":          (B,  G,    N,     P,    A,     F,    G,    F,    F,  C,      G),
    "works":            (B,  T,    N,     P,    T,     T,    T,    F,    F,  C,      G),
    "offered":          (K,  K,    N,     P,    K,     K,    K,    K,    K,  C,      K),
    "offered, works":   (K,  K,    N,     P,    K,     K,    K,    K,    K,  C,      K),
    "asked":            (Q,  Q,    Q,     Q,    Q,     Q,    Q,    Q,    Q,  Q,      Q),
    "asked, works":     (Q,  Q,    Q,     Q,    Q,     Q,    Q,    Q,    Q,  Q,      Q),
}  # fmt: skip
"""By what is true of the chat. A chat whose newest draft has a question open is asked; one whose has none, offered."""


def state(words: str) -> ChatState:
    return ChatState(*(name in words.split(", ") for name in ("asked", "offered", "works")))


@pytest.mark.parametrize(("words", "kind"), list(product(EXPECTED, KINDS)))
def test_each_kind_of_input_is_heard_by_the_one_expected(words: str, kind: Kind) -> None:
    assert hears(state(words), kind) is EXPECTED[words][KINDS.index(kind)]


def test_the_table_covers_every_state_and_every_kind() -> None:
    assert set(KINDS) == set(Kind)
    possible = {ChatState(*flags) for flags in product((True, False), repeat=3)}
    assert {state(words) for words in EXPECTED} == {chat for chat in possible if not (chat.asked and chat.offered)}


def test_every_hearer_has_a_row_and_does_something() -> None:
    assert {row.hearer for row in ROWS} == set(Hearer) == set(HEARERS)
    heard = {hearer for row in EXPECTED.values() for hearer in row}
    assert heard == set(Hearer), "a row that nothing reaches is no row"
