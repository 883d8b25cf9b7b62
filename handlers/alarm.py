"""Danger said in words: whom to phone at once, and whether it is so now; the words are kept (row 66, R4)."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.danger_words import BEATEN, DEAD, DESPAIR, HELP, SEXUAL, SOMEBODY_ARMED, Alarm
from bot.core.report_facts import WARNED, is_grave, is_phoned
from bot.core.report_flow import REPORT
from bot.core.story_step import few_words, is_told_later, more_text
from bot.core.unasked import is_story
from bot.core.walk import apply
from bot.core.words import Words
from bot.data.danger_words import load_danger_words
from bot.texts.message import Key, Message, column
from handlers import asking, greeting, offers, opening
from handlers.acts import Who
from handlers.closing import with_numbers
from storage import drafts, kinds
from storage.tables import Draft

OWN = {DESPAIR: "diri_bunuhdiri", BEATEN: "diri_kekerasan", SEXUAL: "diri_kekerasan", SOMEBODY_ARMED: "diri_kekerasan"}
"""What whoever is in danger themselves reads: numbers first, and nothing that is meant for bystanders."""


def heard(text: str) -> Alarm | None:
    """The danger that these words seem to be about."""
    return load_danger_words().alarm(text)


def raised(turn: Turn, who: Who, text: str) -> None:
    """Words of danger out of the blue: whom to phone is said at once, and what they tell is kept for a report."""
    found = heard(text)
    assert found is not None
    if found.about != HELP:
        draft = drafts.named(turn.session, (who.chat_id, REPORT.name))
        _keep(turn, draft or opening.begin(turn, who, REPORT, {}), text, found)
    _say(turn, who, found)


def beside(turn: Turn, who: Who, text: str) -> tuple[Words, ...] | None:
    """Words of danger within a report: each kind is asked about once, and not of who named a danger already.

    Returns what may be said of the words above the question; None for other words.
    """
    found, draft = heard(text), drafts.of(turn.session, who.chat_id)
    if found is None or draft is None or draft.flow != REPORT.name:
        return None
    answers = drafts.answers_of(turn.session, draft)
    asked = found.about in answers.get(WARNED, ()) or is_grave(answers) or is_phoned(answers)
    _keep(turn, draft, text, found)
    if not asked:
        _say(turn, who, found)
    return () if found.about == HELP or REPORT.script.kept is None else (REPORT.script.kept,)


def no_danger(turn: Turn, who: Who) -> None:
    """There is none now: the open question again, or what was said is offered for a report."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is None:
        greeting.greet(turn, who)
    elif draft.question_uid is not None:
        asking.resume(turn, draft)
    else:
        offers.offer(turn, draft)


def _keep(turn: Turn, draft: Draft, text: str, found: Alarm) -> None:
    """It is noted that this was asked about; the words are in the report, but for a bare cry for help."""
    answers = drafts.answers_of(turn.session, draft)
    answers = {**answers, WARNED: [*dict.fromkeys((*answers.get(WARNED, ()), found.about))]}
    if found.about != HELP:
        whole = not is_told_later(answers) or (is_story(text) and draft.question_uid is None)
        answers = apply(REPORT, answers, (more_text if whole else few_words)(answers, text).updates)
    asking.keep(turn, draft, answers)


def _say(turn: Turn, who: Who, found: Alarm) -> None:
    speech = turn.speech(who.chat_id)
    if found.own and found.about in OWN:
        more = ("b-boleh-disapa", Go.GREET_ME) if found.about == DESPAIR else ("b-sembunyikan", Go.HIDE)
        ways = (("b-lanjut-cerita", Go.REPORT), more, ("b-cukup", Go.DONE))
        keys = [Key(speech.word(label), b.Menu(go)) for label, go in ways]
        message = Message(speech.say(OWN[found.about]), column(keys))
    elif found.about == DEAD:
        keys = [Key(speech.word("b-ya-lapor"), b.Menu(Go.REPORT)), Key(speech.word("b-tidak"), b.Menu(Go.DONE))]
        message = Message(speech.say("gawat_meninggal"), column(keys))
    else:
        keys = [
            Key(speech.word("b-ya-sekarang"), b.Menu(Go.DANGER)),
            Key(speech.word("b-tidak"), b.Menu(Go.NO_DANGER)),
        ]
        message = Message(with_numbers(turn, who.chat_id, speech.say("tebak_gawat")), column(keys))
    turn.say(who.chat_id, message, kinds.DANGER)
