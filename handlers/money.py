"""A worker asked for money: that is for whoever is above the workers, with lapor.go.id (row 78)."""

from bot.actions import complaints
from bot.actions.casefile import hold
from bot.actions.turn import Turn
from bot.core.addition import Addition
from bot.core.inputs import Input, Typed
from bot.core.moves import ENDS
from bot.texts.catalog import Speech
from handlers import added, after_end, own_reports
from handlers.acts import Who
from handlers.questions import says
from storage import additions
from storage.tables import Draft, Report

LONG = 60
"""Words that may stand beside "petugas minta uang"."""
SHORT = 3
"""Words that may stand beside "dimintai uang", which alone does not say by whom."""


def is_about(speech: Speech, text: str) -> bool:
    """Whether somebody says that a worker, or nobody else who is named, wants money."""
    text = own_reports.AMONG_WORDS.sub(" ", text)
    if says(speech, "kata-bukan-uang", text, more=LONG):
        return False
    by_worker = says(speech, "kata-petugas", text, more=LONG) and says(speech, "kata-uang", text, more=LONG)
    return by_worker or says(speech, "kata-pungli", text, more=LONG) or says(speech, "kata-dimintai", text, more=SHORT)


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """It reaches whoever is above, at once."""
    assert isinstance(given, Typed)
    report = _which(turn, who, given.text)
    file = hold(turn, report.case_id)
    assert file is not None
    told = Addition(given.text)
    row = additions.begin(turn.session, report, told, turn.now, turn.now, complaint=True)
    row.told_at, row.due_at = turn.now, None
    read = complaints.pass_on(turn, file, told)
    after_end.thank(turn, row, read=read, number=None if file.case.status in ENDS else report.number)


def _which(turn: Turn, who: Who, text: str) -> Report:
    """The report whose number is said, or else the newest of which somebody had the case."""
    if (found := own_reports.mentioned(turn.session, who, text)) is not None:
        return found[0]
    reports = added.recent(turn, who)
    return next((report for report in reports if complaints.was_taken(turn, report.case_id)), reports[0])
