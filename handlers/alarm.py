"""Danger said in words: whom to phone at once, and whether it is so now; the words are kept (row 66, R4)."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.danger_steps import proposes_phoning
from bot.core.danger_words import BEATEN, DEAD, DESPAIR, HELP, SEXUAL, SOMEBODY_ARMED, Alarm
from bot.core.flow import Answers
from bot.core.inputs import Input, Picked
from bot.core.question import Answered
from bot.core.report_facts import ASKED_NOW, DANGER, KIND, MUST_PHONE, TO_SELF, WARNED, is_grave, is_phoned
from bot.core.report_flow import REPORT
from bot.core.story_step import A_SENTENCE, few_words, is_told_later, more_text
from bot.core.typed import simple
from bot.core.unasked import is_story
from bot.core.walk import apply
from bot.core.words import Words
from bot.data.danger_words import load_danger_words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers import asking, closing, danger, greeting, offers, opening
from handlers.acts import Who
from handlers.closing import with_numbers
from handlers.questions import says, says_yes, typed_choice
from storage import drafts, kinds
from storage.tables import Draft

OWN = {DESPAIR: "diri_bunuhdiri", BEATEN: "diri_kekerasan", SEXUAL: "diri_kekerasan", SOMEBODY_ARMED: "diri_kekerasan"}
"""What whoever is in danger themselves reads: numbers first, and nothing that is meant for bystanders."""


def heard(text: str) -> Alarm | None:
    """The danger that these words seem to be about."""
    return load_danger_words().alarm(text)


def is_afraid(speech: Speech, text: str) -> bool:
    """Whether a word of fear is among these."""
    return not set(simple(text).split()).isdisjoint(speech.word("kata-takut").split(", "))


def raised(turn: Turn, who: Who, text: str) -> None:
    """Words of danger out of the blue: whom to phone is said at once, and what they tell is kept for a report."""
    found = heard(text)
    assert found is not None
    draft = drafts.named(turn.session, (who.chat_id, REPORT.name))
    if found.about != HELP:
        draft = draft or opening.begin(turn, who, REPORT, {})
        _keep(turn, draft, text, found)
    _say(turn, who, found, draft)


def beside(turn: Turn, who: Who, text: str) -> tuple[Words, ...] | None:
    """Words of danger within a report: each kind is asked about once, and not of who named a danger already.

    Returns what may be said of the words above the question; None for other words.
    """
    found, draft = heard(text), drafts.of(turn.session, who.chat_id)
    if found is not None and draft is None:
        raised(turn, who, text)
        return ()
    if found is None or draft is None or draft.flow != REPORT.name:
        return None
    answers = drafts.answers_of(turn.session, draft)
    asked = found.about in answers.get(WARNED, ()) or is_grave(answers) or is_phoned(answers)
    asked = asked or (draft.step == KIND and _is_asked_next(found, text))
    asked = asked or _picks_a_danger(turn, draft, answers, text, found)
    _keep(turn, draft, text, found)
    if not asked:
        _say(turn, who, found, draft)
    return () if found.about == HELP or REPORT.script.kept is None else (REPORT.script.kept,)


def _picks_a_danger(turn: Turn, draft: Draft, answers: Answers, text: str, found: Alarm) -> bool:
    """Whether the text is or names one of the dangers listed just now, with which whom to phone is said anyway."""
    step = REPORT.step(draft.step) if draft.step == DANGER else None
    if step is None:
        return False
    known = closing.known(turn, draft.chat_id)
    value = typed_choice(closing.speech_of(turn, draft), step.ask(answers, known), text)
    if value is None:
        return not found.own and proposes_phoning(answers, text, known)
    picked = step.read(answers, Picked(value), known)
    return isinstance(picked, Answered) and bool(picked.updates.get(MUST_PHONE))


def _is_asked_next(found: Alarm, text: str) -> bool:
    """Whether few words only name what it is: the list of dangers follows. A cry for help, or a death, cannot wait."""
    return not found.own and found.about not in (HELP, DEAD) and len(text.split()) < A_SENTENCE


def answered(turn: Turn, draft: Draft, text: str) -> bool | None:
    """Whether this answers that there is danger now, where that was asked just before; None when it answers nothing.

    Whatever comes, it is waited for no longer: a "yes" to the next question is not about danger.
    """
    answers = drafts.answers_of(turn.session, draft)
    if (shown := answers.pop(ASKED_NOW, None)) is None:
        return None
    asking.keep(turn, draft, answers)
    return now(turn.speech(draft.chat_id), text) if draft.shown <= shown + 1 else None


def now(speech: Speech, text: str) -> bool | None:
    """Whether somebody says that there is danger now, or that there is none; None for other words."""
    if says(speech, "kata-tidak-sekarang", text, more=1) or says(speech, "kata-tidak", text):
        return False
    return True if says_yes(speech, text) or says(speech, "kata-sekarang", text) else None


def danger_now(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    """There is danger now."""
    danger.gate(turn, who)


def calm(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    """There is none."""
    no_danger(turn, who)


def no_danger(turn: Turn, who: Who) -> None:
    """There is none now: the open question again, or what was said is offered for a report."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
    elif draft is not None and REPORT.holds(drafts.answers_of(turn.session, draft)):
        offers.offer(turn, draft)
    else:
        greeting.greet(turn, who)


def _keep(turn: Turn, draft: Draft, text: str, found: Alarm) -> None:
    """It is noted that this was asked about; the words are in the report, but for a bare cry for help."""
    answers = drafts.answers_of(turn.session, draft)
    answers = {**answers, WARNED: [*dict.fromkeys((*answers.get(WARNED, ()), found.about))]}
    if found.own:
        answers = {**answers, TO_SELF: True}
    if found.about != HELP:
        whole = not is_told_later(answers) or (is_story(text) and draft.question_uid is None)
        answers = apply(REPORT, answers, (more_text if whole else few_words)(answers, text).updates)
    asking.keep(turn, draft, answers)


def is_own(found: Alarm | None) -> bool:
    """Whether whoever writes is in this danger, and there are words for them."""
    return found is not None and found.own and found.about in OWN


def numbers(turn: Turn, who: Who, found: Alarm) -> None:
    """Whoever is in danger themselves, and has a report, reads whom to phone before anything is asked about it."""
    speech = turn.speech(who.chat_id)
    keys = (Key(speech.word("b-boleh-disapa"), b.Menu(Go.GREET_ME)),) if found.about == DESPAIR else ()
    turn.say(who.chat_id, Message(speech.say(OWN[found.about]), column(keys)), kinds.DANGER)


def _say(turn: Turn, who: Who, found: Alarm, draft: Draft | None) -> None:
    speech = turn.speech(who.chat_id)
    if is_own(found):
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
        if draft is not None:
            asking.keep(turn, draft, {**drafts.answers_of(turn.session, draft), ASKED_NOW: draft.shown})
    turn.say(who.chat_id, message, kinds.DANGER)
