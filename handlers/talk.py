"""The conversation of a resident: one handler drives every step of the report."""

from collections.abc import Mapping
from typing import Any

from bot.actions.house import House
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.flow import Again, Answered, Contact, Input, Leave, Media, Picked, Pin, Step, Typed, apply, back, current
from bot.core.place_step import NOTE, PLACE
from bot.core.report_flow import CONSENT_VERSION, REPORT
from bot.core.story_step import add_media, more_text
from bot.core.words import Label, Words
from handlers import asking, lobby
from handlers.acts import Who
from handlers.questions import says_yes, typed_choice, typed_nav
from handlers.receipt import finish
from storage import chats, drafts
from storage.tables import Draft

LATE = frozenset({"foto", "kontak", "tinjau"})
"""Questions after the story: words that are no answer to them go on with it."""
A_STORY = 5
"""So many words out of the blue are somebody's story: they are offered for a report and not lost."""
_KEPT: Label = Words("sudah_ikut")


def begin(turn: Turn, who: Who, answers: Mapping[str, Any] | None = None) -> None:
    """A new report."""
    known = dict(answers or {})
    draft = drafts.begin(turn.session, who.chat_id, known, turn.now, asking.due(None, known, turn.now))
    _first(turn, draft, known)


def _first(turn: Turn, draft: Draft, answers: dict[str, Any]) -> None:
    """The first question; consent given before to this very text is not asked for again."""
    if chats.chat(turn.session, draft.chat_id).consent_version == CONSENT_VERSION:
        answers = {"setuju": CONSENT_VERSION, **answers}
    asking.ask(turn, draft, answers)


def hear(turn: Turn, who: Who, given: Input) -> None:
    """Text, a picture, a recording, a pin, a contact: at any moment."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is None:
        _out_of_the_blue(turn, who, given)
        return
    answers = drafts.answers_of(turn.session, draft)
    if isinstance(given, Media) and given.album and given.album == answers.get("_album"):
        more = add_media(answers, given)
        if isinstance(more, Answered):
            asking.keep(turn, draft, apply(REPORT, answers, more.updates))
        return
    if draft.question_uid is None:
        _before_first(turn, who, draft, answers, given)
        return
    step = current(REPORT, answers)
    assert step is not None
    speech = turn.speech(who.chat_id)
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            _navigate(turn, who, draft, answers, act)
            return
        if value := typed_choice(speech, step.ask(answers, turn.house.known), step, given.text):
            given = Picked(value)
    result = step.read(answers, given, turn.house.known)
    if isinstance(result, Again):
        result = _elsewhere(turn.house, step, answers, given) or result
    if isinstance(result, Again) and isinstance(given, Media) and given.album:
        answers["_album"] = given.album  # the rest of a refused album is refused without a word each
    _follow(turn, who, draft, answers, result)


def pick(turn: Turn, who: Who, button: b.Pick) -> str:
    """A button of a question; a stale one says what is true now."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is None or draft.id != button.draft:
        return lobby.old_draft(turn, who, button.draft)
    answers = drafts.answers_of(turn.session, draft)
    step = current(REPORT, answers)
    assert step is not None
    if step.name != button.step and answers.get(button.step) is not None:
        return turn.speech(who.chat_id).word("sudah_dijawab")
    offered = step.ask(answers, turn.house.known).choices
    if step.name != button.step or all(choice.value != button.value for choice in offered):
        return stale(turn, who)
    result = step.read(answers, Picked(button.value), turn.house.known)
    _follow(turn, who, draft, answers, result, pressed=True)
    return ""


def nav(turn: Turn, who: Who, button: b.Nav) -> str:
    """Back, cancel, resume, throw away."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is None or draft.id != button.draft:
        return lobby.old_draft(turn, who, button.draft)
    _navigate(turn, who, draft, drafts.answers_of(turn.session, draft), button.act)
    return ""


def lost(turn: Turn, who: Who, why: Words | None = None) -> None:
    """A sticker, an edit, something we have no use for: a sensible sentence and the current question again."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft, why or Words("tak_paham"))
    elif draft is not None and _holds_something(drafts.answers_of(turn.session, draft)):
        asking.offer(turn, draft)
    else:
        lobby.greet(turn, who)


def stale(turn: Turn, who: Who) -> str:
    """A button that means nothing: the current question again, or the way in."""
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft)
    else:
        lobby.greet(turn, who)
    return turn.speech(who.chat_id).word("tombol_lama")


def _follow(
    turn: Turn,
    who: Who,
    draft: Draft,
    answers: dict[str, Any],
    result: Answered | Again | Leave,
    *,
    pressed: bool = False,
) -> None:
    match result:
        case Again(why):
            asking.close(turn, draft, answers, None)
            asking.ask(turn, draft, answers, (why,))
        case Leave(words, menu):
            _end(turn, who, draft, answers, words, menu)
        case Answered(updates, in_place, shown):
            new = apply(REPORT, answers, updates)
            if "setuju" in updates:
                chat = chats.chat(turn.session, who.chat_id)
                chat.consent_version, chat.consent_at = CONSENT_VERSION, turn.now
                turn.session.add(chat)
            if current(REPORT, new) is None:
                asking.close(turn, draft, answers, shown)
                finish(turn, draft, new)
            elif in_place and pressed and draft.question_uid is not None and not answers.get("_papan"):
                asking.ask_in_place(turn, draft, new)
            else:
                kept = shown is _KEPT
                old = (draft.question_uid, draft.step)
                asking.ask(turn, draft, new, (Words("sudah_ikut"),) if kept else ())
                asking.close_old(turn, draft.chat_id, *old, answers, None if kept else shown)


def _elsewhere(house: House, step: Step, answers: dict[str, Any], given: Input) -> Answered | Again | None:
    """What is no answer to this question may still belong to the report: a picture, a pin, more of the story."""
    match given:
        case Media():
            kept = add_media(answers, given)
            return kept if isinstance(kept, Again) else Answered(kept.updates, shown=_KEPT)
        case Pin() if "tempat" not in answers:
            near = _near(house, given)
            return Answered(near, shown=_KEPT) if near else Again(Words("luar_jatim"))
        case Typed(text) if step.name in LATE and len(text.split()) > 2:
            return Answered(more_text(answers, text).updates, shown=_KEPT)
    return None


def _near(house: House, pin: Pin) -> dict[str, Any] | None:
    """What a pin in East Java leaves in a draft whose place is not asked yet."""
    found = PLACE.read({}, pin, house.known)
    assert isinstance(found, Answered)
    return dict(found.updates) if found.updates[NOTE]["view"] == "near" else None


def _end(turn: Turn, who: Who, draft: Draft, answers: dict[str, Any], words: Words, menu: tuple[str, ...]) -> None:
    asking.close(turn, draft, answers, None)
    asking.close_offer(turn, draft, answers)
    drafts.drop(turn.session, draft)
    lobby.goodbye(turn, who, words, menu, bare=bool(answers.get("_papan")))


def _navigate(turn: Turn, who: Who, draft: Draft, answers: dict[str, Any], act: str) -> None:
    if act in ("batal", "buang"):
        _end(turn, who, draft, answers, Words("dibatalkan"), ("lapor",))
    elif draft.question_uid is None:
        _first(turn, draft, answers)
    elif act == "kembali":
        before = back(REPORT, answers)
        asking.close(turn, draft, answers, None)
        first = (Words("pertanyaan_pertama"),) if before is None else ()
        asking.ask(turn, draft, answers if before is None else before, first)
    else:
        asking.resume(turn, draft)


def _before_first(turn: Turn, who: Who, draft: Draft, answers: dict[str, Any], given: Input) -> None:
    """More comes before the first question is asked: it is kept with what was offered."""
    speech = turn.speech(who.chat_id)
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            _navigate(turn, who, draft, answers, act)
            return
        if says_yes(speech, given.text):
            _first(turn, draft, answers)
            return
    updates = _worth_keeping(turn.house, answers, given)
    if updates:
        asking.keep(turn, draft, apply(REPORT, answers, updates))
    lost(turn, who)


def _out_of_the_blue(turn: Turn, who: Who, given: Input) -> None:
    """The first thing somebody does is type "pak tolong" or send a photo (row 5)."""
    if isinstance(given, Typed) and lobby.said(turn, who, given.text):
        return
    if updates := _worth_keeping(turn.house, {}, given):
        kept = {name: value for name, value in updates.items() if value is not None}
        draft = drafts.begin(turn.session, who.chat_id, kept, turn.now, turn.now + asking.BEFORE_CONSENT)
        asking.offer(turn, draft)
    elif isinstance(given, Contact):
        lobby.contact(turn, who, given)
    elif isinstance(given, Pin):
        lobby.goodbye(turn, who, Words("luar_jatim"), ("lapor", "selesai"), bare=False)
    else:
        lobby.greet(turn, who)


def _worth_keeping(house: House, answers: Mapping[str, Any], given: Input) -> Mapping[str, Any] | None:
    if isinstance(given, Pin):
        return _near(house, given)
    if isinstance(given, Media):
        kept = add_media(answers, given)
        return kept.updates if isinstance(kept, Answered) else None
    if isinstance(given, Typed) and len(given.text.split()) >= A_STORY:
        return more_text(answers, given.text).updates
    return None


def _holds_something(answers: Mapping[str, Any]) -> bool:
    return bool(answers.get("_media") or answers.get(NOTE) or answers.get("cerita"))
