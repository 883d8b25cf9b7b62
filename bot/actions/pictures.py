"""Care with pictures after the number: what a report may keep follows from its own words (rows 20, 126).

From its own, and not from another report of the same case: else its reporter would learn of that one (row 134).
"""

from dataclasses import replace

from bot.actions import case_cards
from bot.actions.casefile import CaseFile, hold
from bot.actions.turn import Turn
from bot.core.inputs import Media
from bot.core.media import Care, is_picture
from bot.core.moves import ENDS
from bot.core.pictures import shown, spoken, without_pictures
from bot.core.report import Report as Told
from bot.texts import additions as cards
from storage import additions, cases, kinds, outbox, roster, timeline
from storage.tables import Report


def care(turn: Turn, report: Report, more: str = "") -> Care:
    """How pictures of this report are treated: by all that its reporter said, also to put it right, and `more`."""
    told = cases.content(turn.session, report)
    if told is None:
        return Care.WITH_CASE
    added = [additions.content(turn.session, row) for row in additions.all_of(turn.session, report)]
    text = "\n".join((told.story, told.landmark, *(one.text for one in added), more))
    meant = [told, *(one.correction.of(told) for one in added if one.correction is not None)]
    found = {turn.house.known.knowledge.care(one.category, one.danger, text) for one in meant}
    return next(one for one in (Care.REFUSED, Care.ON_TAP, Care.WITH_CASE) if one in found)


def shows(given: object) -> bool:
    """Whether somebody sent a picture or a video."""
    return isinstance(given, Media) and given.look is not None and is_picture(given.kind, given.look)


def refuse(turn: Turn, report: Report, given: Media) -> bool:
    """A picture is not kept; its case knows that there is one. Whether that is to be said: of an album once."""
    told = cases.content(turn.session, report)
    assert told is not None, "what was forgotten refuses nothing"
    first, rest = not told.unkept, bool(given.album) and given.album == told.unkept_album
    cases.keep_content(turn.session, report, replace(told, unkept=told.unkept + 1, unkept_album=given.album))
    turn.session.flush()
    timeline.note(turn.session, report.case_id, "picture_refused", timeline.REPORTER, turn.now, report=report.id)
    file = hold(turn, report.case_id)
    if first and file is not None and file.case.status not in ENDS:
        _tell(turn, file)
    return not rest


def drop(turn: Turn, report: Report, more: str = "", meant: Told | None = None) -> bool:
    """What was kept of a report's pictures is dropped where they must not be kept; whether there were any.

    `meant`: the report as its reporter puts it right just now.
    """
    told = cases.content(turn.session, report)
    if told is None:
        return False
    put_right = meant is not None and turn.house.known.knowledge.care(meant.category, meant.danger) is Care.REFUSED
    if not put_right and care(turn, report, more) is not Care.REFUSED:
        return False
    gone = list(shown(told.media))
    fewer = without_pictures(told)
    for row in additions.all_of(turn.session, report):
        added = additions.content(turn.session, row)
        if pictures := shown(added.media):
            gone += pictures
            fewer = replace(fewer, unkept=fewer.unkept + len(pictures))
            additions.keep(turn.session, row, replace(added, media=spoken(added.media)))
    if not gone:
        return False
    cases.keep_content(turn.session, report, fewer)
    turn.session.flush()
    outbox.forget_files(turn.session, report.case_id, {medium.file_id for medium in gone})
    timeline.note(turn.session, report.case_id, "pictures_dropped", timeline.REPORTER, turn.now, report=report.id)
    file = hold(turn, report.case_id)
    if file is not None and file.case.status not in ENDS:
        _tell(turn, file)
    return True


def _tell(turn: Turn, file: CaseFile) -> None:
    """Whoever has the case reads that a picture was offered; else the cards say so."""
    owner = file.owner
    if owner is None:
        case_cards.draw(turn, file)
    elif owner.chat_id is not None and roster.hears(turn.session, owner):
        quiet = not file.policy.hours.is_open(turn.now)
        message = replace(cards.offered_to_owner(turn.speech(owner.chat_id), file.facts), silent=quiet)
        turn.say(owner.chat_id, message, kinds.ADDED, case=file.case)
