"""Whoever reports harm done to themselves, or fears that somebody learns of it: what arrives says nothing (R5)."""

from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.report_facts import COMES_ALONE
from storage import cases
from storage.tables import Report


def is_hidden(turn: Turn, file: CaseFile, report: Report) -> bool:
    """Whether somebody else may read what arrives; what was told and is forgotten stays as careful as its case."""
    told = file.contents[report.id]
    if told is None:
        return file.facts.shielded
    own = told.of_oneself and turn.house.known.knowledge.shielded(told.category, told.danger)
    return own or told.reach is not None


def comes_alone(file: CaseFile, report: Report) -> bool:
    """Whether they come to the bot by themselves, and nothing is to arrive."""
    told = file.contents[report.id]
    return told is not None and told.reach == COMES_ALONE


def is_of_oneself(turn: Turn, report: Report) -> bool:
    """The same of a report whose case nobody opened in this turn."""
    told = cases.content(turn.session, report)
    return told is not None and told.of_oneself and turn.house.known.knowledge.shielded(told.category, told.danger)
