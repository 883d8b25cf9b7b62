"""Who hears what: the expected hearer of every kind of input in every state of a chat, written out by hand."""

from itertools import product

import pytest

from bot.core.hearing import ROWS, ChatState, Hearer, Kind, hears
from handlers.hear import HEARERS

Q, N, P, C = Hearer.QUESTION, Hearer.NUMBER, Hearer.OPENER, Hearer.COMING_IN
K, B, T, F, G = Hearer.OPEN_OFFER, Hearer.BEGINNING, Hearer.TASKS, Hearer.OFFER, Hearer.GREETING
A, W, X, S = Hearer.ALARM, Hearer.ADDING, Hearer.TAKING_BACK, Hearer.STATUS
Z, M, V = Hearer.COMPLAINT, Hearer.MONEY, Hearer.HIDING
J, E, U = Hearer.ANSWER, Hearer.GATE, Hearer.CASE
Y, NT, NS = Hearer.NOTING, Hearer.NOTE, Hearer.NOT_SENT
H, L, D, R = Hearer.THANKS, Hearer.HELLO, Hearer.GRAVE_ADDITION, Hearer.ADDITION
KINDS = (
    Kind.YES, Kind.NO, Kind.STEER, Kind.NUMBER, Kind.OPENS, Kind.DANGER, Kind.OWN_DANGER, Kind.TAKES_BACK, Kind.HOW,
    Kind.THANKS, Kind.HELLO, Kind.STORY, Kind.WORDS, Kind.MEDIA, Kind.PIN, Kind.CONTACT, Kind.UNCLEAR, Kind.MONEY,
    Kind.HIDES, Kind.ASKS, Kind.PHONED, Kind.CANNOT_PHONE, Kind.CASE,
    Kind.COMES,
)  # fmt: skip
EXPECTED: dict[str, str] = {
    # yes no steer num opens dgr own back how thx hello story words media pin card ? $ hides asks phoned no name comes
    "nothing":           "B G G N P A A G G H L F G F F C G F V J E E U G",
    "works":             "B T T N P T T T T T T T T F F C G T T T T T U T",
    "reported":          "G G X N P D D X S H L R R R R C G M V J R R U S",
    "reported, works":   "T T T N P T T T T T T T T R R C G M T T T T U T",
    "reported, adding":  "W W W N P D D X S H L R R R R C G M V J R R U S",
    "reported, adding, works":
                         "W W W N P T T T T T T T T R R C G M T T T T U T",
    "owns, works":       "B T T N P NT NT NT T T T NT NT NT NT C G NT T T NT NT U T",
    "owns, noting, works":
                         "Y Y Y N P NT NT NT T T T NT NT NT NT C G NT T T NT NT Y T",
    "reported, owns, works":
                         "T T T N P NT NT NT T T T NT NT NT NT C G M T T NT NT U T",
    "reported, owns, noting, works":
                         "Y Y Y N P NT NT NT T T T NT NT NT NT C G M T T NT NT Y T",
    "reported, adding, owns, works":
                         "W W W N P NT NT NT T T T NT NT NT NT C G M T T NT NT U T",
    "reported, adding, owns, noting, works":
                         "Y Y Y N P NT NT NT T T T NT NT NT NT C G M T T NT NT Y T",
    "ended, owns, works":
                         "B T T N P NT NT NT T T T NT NT NT NT C G M T T NT NT U T",
    "ended, owns, noting, works":
                         "Y Y Y N P NT NT NT T T T NT NT NT NT C G M T T NT NT Y T",
    "works, complaining, owns":
                         "Z Z Z N P Z Z Z Z T T Z Z Z Z C G Z T T Z Z U Z",
    "works, complaining, owns, noting":
                         "Y Y Y N P Z Z Z Z T T Z Z Z Z C G Z T T Z Z Y Z",
    "reported, works, complaining, owns":
                         "Z Z Z N P Z Z Z Z T T Z Z Z Z C G Z T T Z Z U Z",
    "reported, works, complaining, owns, noting":
                         "Y Y Y N P Z Z Z Z T T Z Z Z Z C G Z T T Z Z Y Z",
    "ended":             "B G G N P A A G S H L F G F F C G M V J E E U S",
    "ended, works":      "B T T N P T T T T T T T T F F C G M T T T T U T",
    "complaining":       "Z Z Z N P Z Z Z Z H L Z Z Z Z C G Z V J Z Z U Z",
    "works, complaining":
                         "Z Z Z N P Z Z Z Z T T Z Z Z Z C G Z T T Z Z U Z",
    "reported, complaining":
                         "Z Z Z N P Z Z Z Z H L Z Z Z Z C G Z V J Z Z U Z",
    "reported, works, complaining":
                         "Z Z Z N P Z Z Z Z T T Z Z Z Z C G Z T T Z Z U Z",
    "offered":           "K K K N P K K K K K K K K K K C K K V J E E U K",
    "offered, works":    "K K K N P K K K K K K K K K K C K K K K K K U K",
    "asked":             "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q V J Q Q Q NS",
    "asked, works":      "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q",
    "offered, ended":    "K K K N P K K K K K K K K K K C K M V J E E U K",
    "offered, ended, works":
                         "K K K N P K K K K K K K K K K C K K K K K K U K",
    "asked, ended":      "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q M V J Q Q Q NS",
    "asked, ended, works":
                         "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q",
    "asked, ended, gated":
                         "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q M V J E E Q NS",
    "asked, ended, gated, works":
                         "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q E E Q Q",
    "asked, gated":      "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q V J E E Q NS",
    "asked, gated, works":
                         "Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q Q E E Q Q",
}  # fmt: skip
"""By what is true of the chat. A chat whose newest draft has a question open is asked; one whose has none, offered;
what was said after a number is looked at only where there is no draft."""
ANSWERS = {
    Kind.NOW: Hearer.DANGER_NOW,
    Kind.NOT_NOW: Hearer.CALM,
    Kind.ON_CARD: Hearer.CARD,
    Kind.PRESSES: Hearer.BUTTON,
}
"""What answers whether there is danger now, is said under a card or names a button: the same in every chat."""
LETTERS = {letter: hearer for letter, hearer in globals().items() if isinstance(hearer, Hearer)}


def state(words: str) -> ChatState:
    said = set(words.split(", "))
    said |= {"known"} if said & {"reported", "complaining", "ended"} else set()
    names = ("asked", "offered", "works", "reported", "adding", "known", "owns", "noting", "complaining", "gated")
    return ChatState(*(name in said for name in names))


@pytest.mark.parametrize(("words", "kind"), list(product(EXPECTED, KINDS)))
def test_each_kind_of_input_is_heard_by_the_one_expected(words: str, kind: Kind) -> None:
    assert hears(state(words), kind) is LETTERS[EXPECTED[words].split()[KINDS.index(kind)]]


@pytest.mark.parametrize("words", EXPECTED)
def test_what_answers_one_bubble_is_heard_first(words: str) -> None:
    assert {kind: hears(state(words), kind) for kind in ANSWERS} == ANSWERS


def test_the_table_covers_every_state_and_every_kind() -> None:
    assert {*KINDS, *ANSWERS} == set(Kind) and len(KINDS) == len(set(KINDS))
    possible = {ChatState(*flags) for flags in product((True, False), repeat=10)}
    drafts = {chat for chat in possible if chat.asked or chat.offered}
    never = {chat for chat in drafts if chat.reported or chat.adding or (chat.asked and chat.offered)}
    never |= {chat for chat in possible if chat.adding and (chat.complaining or not chat.reported)}
    never |= {chat for chat in drafts if chat.complaining or chat.owns}
    never |= {chat for chat in possible if chat.owns > chat.works or chat.noting > chat.owns}
    never |= {chat for chat in possible if (chat.reported or chat.complaining) and not chat.known}
    never |= {chat for chat in possible if chat.gated and not chat.asked}
    assert {state(words) for words in EXPECTED} == possible - never


def test_every_hearer_has_a_row_and_does_something() -> None:
    assert {row.hearer for row in ROWS} == set(Hearer) == set(HEARERS)
    heard = {LETTERS[letter] for row in EXPECTED.values() for letter in row.split()}
    assert heard | set(ANSWERS.values()) == set(Hearer), "a row that nothing reaches is no row"
