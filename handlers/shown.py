"""Pictures after the number: what is said of one that is not kept, or that nobody asked for (rows 20, 126)."""

from bot.actions import pictures
from bot.actions.turn import Turn
from bot.core.addition import OPEN_FOR
from bot.core.inputs import Input, Media, Typed
from bot.core.media import Care
from bot.core.pictures import CAREFUL, DROPPED, REFUSED, WITH_WORDS
from bot.core.story_step import says_something
from bot.core.words import Words
from bot.texts.message import Message
from handlers.acts import Who
from storage import additions
from storage.tables import Report


def is_refused(turn: Turn, who: Who, given: Input) -> bool:
    """Whether it is a picture that must not be kept: one report that it may be about is enough. That is said."""
    if not isinstance(given, Media) or not pictures.shows(given):
        return False
    for report in additions.may_be_about(turn.session, who.chat_id, turn.now - OPEN_FOR):
        if pictures.care(turn, report, given.caption) is Care.REFUSED:
            _refuse(turn, report, given)
            return True
    return False


def is_no_complaint(turn: Turn, report: Report, given: Input) -> bool:
    """Whether it is a picture that only whoever has the case may see, or nobody: no complaint carries it."""
    if not isinstance(given, Media) or not pictures.shows(given):
        return False
    care = pictures.care(turn, report, given.caption)
    if care is Care.REFUSED:
        _refuse(turn, report, given)
    elif care is Care.ON_TAP:
        _say(turn, report.chat_id, Words("keluhan_tanpa_gambar"))
    return care is not Care.WITH_CASE


def words_of(given: Input) -> Typed | None:
    """The words below a picture, which are kept all the same."""
    return Typed(given.caption) if isinstance(given, Media) and says_something(given.caption) else None


def with_care(turn: Turn, who: Who, given: Input) -> str:
    """What is said of a picture that nobody asked for; "" where there is nothing to say."""
    reports = additions.may_be_about(turn.session, who.chat_id, turn.now - OPEN_FOR) if pictures.shows(given) else ()
    careful = any(pictures.care(turn, report) is Care.ON_TAP for report in reports)
    return turn.speech(who.chat_id).html(CAREFUL) if careful else ""


def dropped(turn: Turn, report: Report) -> None:
    """What was said makes pictures of this report some that must not be kept: they are dropped, and that is said."""
    if pictures.drop(turn, report):
        _say(turn, report.chat_id, DROPPED)


def _refuse(turn: Turn, report: Report, given: Media) -> None:
    if pictures.refuse(turn, report, given):
        _say(turn, report.chat_id, REFUSED if words_of(given) is None else WITH_WORDS)


def _say(turn: Turn, chat_id: int, words: Words) -> None:
    turn.say(chat_id, Message(turn.speech(chat_id).html(words)))
