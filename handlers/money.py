"""A worker asked for money: that is for whoever is above the workers, with lapor.go.id (row 78)."""

import re

from bot.actions import complaints
from bot.actions.casefile import hold
from bot.actions.turn import Turn
from bot.core.addition import Addition
from bot.core.danger_words import MYSELF, SOMEBODY
from bot.core.inputs import Input, Media
from bot.core.inputs import words_of as said
from bot.core.moves import ENDS
from bot.core.phrases import words_of
from bot.texts.catalog import Speech
from bot.texts.message import Message
from handlers import added, after_end, alarm, asking, opening, own_reports
from handlers.acts import Who
from handlers.questions import says
from storage import additions
from storage.tables import Draft, Report

LONG = 60
"""Words that may stand beside "petugas minta uang"."""
SHORT = 3
"""Words that may stand beside "dimintai uang", which alone does not say by whom, unless whoever writes was asked."""
ASKED_FOR = ("diminta", "dimintai", "dijalu", "ditari", "disuruh")
"""What the words for being asked begin with, as they are folded."""


def is_about(speech: Speech, text: str) -> bool:
    """Whether somebody says that a worker, or nobody else who is named, wants money."""
    text = own_reports.AMONG_WORDS.sub(" ", text)
    if says(speech, "kata-bukan-uang", text, more=LONG):
        return False
    by_worker = says(speech, "kata-petugas", text, more=LONG) and says(speech, "kata-uang", text, more=LONG)
    more = LONG if _is_asked_of_me(text) else SHORT
    return by_worker or says(speech, "kata-pungli", text, more=LONG) or says(speech, "kata-dimintai", text, more=more)


def _is_asked_of_me(text: str) -> bool:
    """Whether whoever writes was asked, and by nobody of the own people: "saya dimintai duit sama pak budi"."""
    words = words_of(text)
    before = words[: next((at for at, word in enumerate(words) if word.startswith(ASKED_FOR)), 0)]
    return MYSELF.issuperset(before) and SOMEBODY.isdisjoint(re.sub(r"(?<=\w{3})ku$", "", word) for word in words)


def heard(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    """It reaches whoever is above, at once, and no file with it; danger in it is asked about, with no words of it."""
    words = said(given)
    report = _which(turn, who, words)
    file = hold(turn, report.case_id)
    assert file is not None
    if isinstance(given, Media):
        turn.say(who.chat_id, Message(turn.speech(who.chat_id).say("keluhan_tanpa_gambar")))
    told = Addition(words)
    row = additions.begin(turn.session, report, told, turn.now, turn.now, complaint=True)
    row.told_at, row.due_at = turn.now, None
    read = complaints.pass_on(turn, file, told)
    after_end.thank(turn, row, read=read, number=None if file.case.status in ENDS else report.number)
    if (found := alarm.heard(words)) is not None:
        after_end.ask_danger(turn, who, report, found)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
    elif draft is not None:
        opening.offer_again(turn, who, draft)


def _which(turn: Turn, who: Who, text: str) -> Report:
    """The report whose number is said, or else the newest of which somebody had the case."""
    if (found := own_reports.mentioned(turn.session, who, text)) is not None:
        return found[0]
    reports = added.recent(turn, who)
    return next((report for report in reports if complaints.was_taken(turn, report.case_id)), reports[0])
