"""A keyboard that is answered by typing: how much of a label one has to type, and what else names a button."""

from collections.abc import Iterable
from enum import StrEnum

from bot.core import buttons as b
from bot.core.after_end import NO, YES
from bot.core.buttons import Button, Go

OF_A_CASE = (b.Read, b.Finish, b.Hold, b.DeclineFor, b.Mute, b.Grade, b.Hand, b.Note, b.Wrong)
"""Buttons on a case that only choose, or show: a question that the desk asks, a list of cases."""


class Reach(StrEnum):
    """How a button of a bubble can be named in words."""

    FREE = "free"
    """By its number, a word of its label, or what it is called."""
    CALLED = "called"
    """By its whole label, or what it is called: other words are the answer that the bubble asks for."""
    WHOLE = "whole"
    """By its whole label only: a press does something to a case."""


def reach(buttons: Iterable[Button | None]) -> Reach:
    """How the buttons of one bubble can be named."""
    found = [button for button in buttons if button is not None]
    if any(isinstance(button, b.CaseButton) and not isinstance(button, OF_A_CASE) for button in found):
        return Reach.WHOLE
    return Reach.CALLED if any(isinstance(button, b.Complain) for button in found) else Reach.FREE


def means(button: Button | None) -> str | None:
    """What a button says in its bubble, where its label does not: yes ("ya"), no ("tidak"), or nothing ("lewati")."""
    match button:
        case b.Helped(answer=answer):
            return {YES: "ya", NO: "tidak"}.get(answer)
        case b.Nav(act=act):
            return {"lanjut": "ya", "buang": "tidak"}.get(act)
        case b.Complain(wish="buka"):
            return "lewati"
        case b.DangerNow(answer=answer):
            return answer
    return None


CALLED = ("tertolong", "belum-tertolong", "sudah-telepon", "tidak-bisa-telepon", "lanjut", "batal-lapor")
"""Every name that `called` gives."""


def called(button: Button | None) -> str | None:
    """The name of the phrases by which people call a button (`kata-` and it), if they do."""
    match button:
        case b.Helped(answer=answer):
            return {YES: "tertolong", NO: "belum-tertolong"}.get(answer)
        case b.Phoned(answer="sudah") | b.Menu(go=Go.PHONED):
            return "sudah-telepon"
        case b.Phoned() | b.Menu(go=Go.CANNOT_PHONE):
            return "tidak-bisa-telepon"
        case b.Nav(act="lanjut"):
            return "lanjut"
        case b.Nav(act="buang"):
            return "batal-lapor"
    return None
