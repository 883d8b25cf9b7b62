"""Which buttons of a case stand on a screen: five at most, then *Lainnya*; the table is written out by hand."""

import itertools

import pytest

from bot.core.five_buttons import ESCORTED as ALONE
from bot.core.five_buttons import FIRST, GRAVE, MOST, ORDER, Stand, screen

ASKED = ("take", "read", "contacts", "raise", "decline")
OWNED = ("progress", "wait", "finish", "contacts", "back")
TABLE = [
    (Stand.ASKED, False, ASKED, "take read contacts raise decline", ""),
    (Stand.ASKED, False, (*ASKED, "write"), "take write read contacts decline", "raise"),
    (Stand.ASKED, True, (*ASKED, "write"), "take write read contacts decline", "raise"),
    (Stand.OWNED, False, (*OWNED, "read"), "progress wait finish contacts read", "back"),
    (Stand.OWNED, False, (*OWNED, "undo"), "progress wait finish contacts undo", "back"),
    (Stand.OWNED, False, (*OWNED, "pictures", "read"), "progress wait finish pictures read", "contacts back"),
    (Stand.OWNED, True, (*OWNED, "read"), "progress wait finish contacts read", "back"),
    (Stand.OWNED, True, (*OWNED, "pictures", "read"), "progress finish contacts pictures read", "wait back"),
]
"""Stand, whether it is darurat, what is there; what is shown and what stands behind *Lainnya*."""


ESCORT = (*ASKED, "company")
MINE = ("progress", "met", "missed", "wait", "finish", "company", "contacts", "hand", "back", "read")
ESCORTED = [
    (Stand.ASKED, ESCORT, "take company read contacts decline", "raise"),
    (Stand.ASKED, (*ESCORT, "write"), "take write read contacts decline", "company raise"),
    (Stand.ASKED, (*ESCORT, "called"), "take called read contacts decline", "company raise"),
    (Stand.TAKEN, MINE, "progress met company contacts read", "missed wait finish hand back"),
    (Stand.HEARD, MINE, "met missed company contacts read", "progress wait finish hand back"),
    (Stand.TAKEN, (*MINE, "alone"), "progress company alone contacts read", "met missed wait finish hand back"),
]
"""The same where nobody should go alone; elsewhere somebody to go along comes last."""


@pytest.mark.parametrize(("stand", "there", "shown", "rest"), ESCORTED)
def test_where_nobody_should_go_alone_company_is_on_the_screen(
    stand: Stand, there: tuple[str, ...], shown: str, rest: str
) -> None:
    found = screen(there, stand, grave=True, escorted=True)
    assert (" ".join(found.shown), " ".join(found.rest)) == (shown, rest)
    assert "company" in screen(there, stand, grave=False).rest
    assert "contacts" in found.shown, "who should not go alone phones first"


@pytest.mark.parametrize(("stand", "grave", "there", "shown", "rest"), TABLE)
def test_what_stands_on_a_screen(stand: Stand, grave: bool, there: tuple[str, ...], shown: str, rest: str) -> None:
    found = screen(there, stand, grave=grave)
    assert (" ".join(found.shown), " ".join(found.rest)) == (shown, rest)


def test_of_whatever_is_there_five_are_shown_and_none_is_lost() -> None:
    for stand, escorted in itertools.product(Stand, (False, True)):
        assert set(ORDER[stand]) == set(FIRST[stand]) == set(GRAVE[stand]) == set(ALONE[stand])
        for count in range(len(ORDER[stand]) + 1):
            for there in itertools.combinations(ORDER[stand], count):
                found = screen(there, stand, grave=escorted, escorted=escorted)
                assert len(found.shown) <= MOST and sorted(found.shown + found.rest) == sorted(there)
                assert {"read", "undo", "take", "decline"} & set(there) <= set(found.shown), "one press away"
