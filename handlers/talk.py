"""The conversation of a resident: one handler drives every step of the report."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import speech_for
from bot.core import buttons as b
from bot.core.flow import (
    Again,
    Answered,
    Contact,
    Input,
    Leave,
    Media,
    Picked,
    Pin,
    Step,
    Typed,
    apply,
    back,
    current,
)
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


def begin(session: Session, house: House, who: Who, now: datetime, answers: Mapping[str, Any] | None = None) -> None:
    """A new report."""
    known = dict(answers or {})
    draft = drafts.begin(session, who.chat_id, known, now, asking.due(None, known, now))
    _first(session, house, draft, known, now)


def _first(session: Session, house: House, draft: Draft, answers: dict[str, Any], now: datetime) -> None:
    """The first question; consent given before to this very text is not asked for again."""
    if chats.chat(session, draft.chat_id).consent_version == CONSENT_VERSION:
        answers = {"setuju": CONSENT_VERSION, **answers}
    asking.ask(session, house, draft, answers, now)


def hear(session: Session, house: House, who: Who, given: Input, now: datetime) -> None:
    """Text, a picture, a recording, a pin, a contact: at any moment."""
    draft = drafts.of(session, who.chat_id)
    if draft is None:
        _out_of_the_blue(session, house, who, given, now)
        return
    answers = drafts.answers_of(session, draft)
    if isinstance(given, Media) and given.album and given.album == answers.get("_album"):
        more = add_media(answers, given)
        if isinstance(more, Answered):
            asking.keep(session, draft, apply(REPORT, answers, more.updates), now)
        return
    if draft.question_uid is None:
        _before_first(session, house, who, draft, answers, given, now)
        return
    step = current(REPORT, answers)
    assert step is not None
    speech = speech_for(session, house, who.chat_id)
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            _navigate(session, house, who, draft, answers, act, now)
            return
        if value := typed_choice(speech, step.ask(answers, house.known), step, given.text):
            given = Picked(value)
    result = step.read(answers, given, house.known)
    if isinstance(result, Again):
        result = _elsewhere(house, step, answers, given) or result
    if isinstance(result, Again) and isinstance(given, Media) and given.album:
        answers["_album"] = given.album  # the rest of a refused album is refused without a word each
    _follow(session, house, who, draft, answers, result, now)


def pick(session: Session, house: House, who: Who, button: b.Pick, now: datetime) -> str:
    """A button of a question; a stale one says what is true now."""
    draft = drafts.of(session, who.chat_id)
    if draft is None or draft.id != button.draft:
        return lobby.old_draft(session, house, who, button.draft, now)
    answers = drafts.answers_of(session, draft)
    step = current(REPORT, answers)
    assert step is not None
    if step.name != button.step and answers.get(button.step) is not None:
        return speech_for(session, house, who.chat_id).word("sudah_dijawab")
    offered = step.ask(answers, house.known).choices
    if step.name != button.step or all(choice.value != button.value for choice in offered):
        return stale(session, house, who, now)
    result = step.read(answers, Picked(button.value), house.known)
    _follow(session, house, who, draft, answers, result, now, pressed=True)
    return ""


def nav(session: Session, house: House, who: Who, button: b.Nav, now: datetime) -> str:
    """Back, cancel, resume, throw away."""
    draft = drafts.of(session, who.chat_id)
    if draft is None or draft.id != button.draft:
        return lobby.old_draft(session, house, who, button.draft, now)
    _navigate(session, house, who, draft, drafts.answers_of(session, draft), button.act, now)
    return ""


def lost(session: Session, house: House, who: Who, now: datetime, why: Words | None = None) -> None:
    """A sticker, an edit, something we have no use for: a sensible sentence and the current question again."""
    draft = drafts.of(session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(session, house, draft, now, why or Words("tak_paham"))
    elif draft is not None and _holds_something(drafts.answers_of(session, draft)):
        asking.offer(session, house, draft, now)
    else:
        lobby.greet(session, house, who, now)


def stale(session: Session, house: House, who: Who, now: datetime) -> str:
    """A button that means nothing: the current question again, or the way in."""
    draft = drafts.of(session, who.chat_id)
    if draft is not None and draft.question_uid is not None:
        asking.resume(session, house, draft, now)
    else:
        lobby.greet(session, house, who, now)
    return speech_for(session, house, who.chat_id).word("tombol_lama")


def _follow(
    session: Session,
    house: House,
    who: Who,
    draft: Draft,
    answers: dict[str, Any],
    result: Answered | Again | Leave,
    now: datetime,
    *,
    pressed: bool = False,
) -> None:
    match result:
        case Again(why):
            asking.close(session, house, draft, answers, None, now)
            asking.ask(session, house, draft, answers, now, (why,))
        case Leave(words, menu):
            _end(session, house, who, draft, answers, words, menu, now)
        case Answered(updates, in_place, shown):
            new = apply(REPORT, answers, updates)
            if "setuju" in updates:
                chat = chats.chat(session, who.chat_id)
                chat.consent_version, chat.consent_at = CONSENT_VERSION, now
                session.add(chat)
            if current(REPORT, new) is None:
                asking.close(session, house, draft, answers, shown, now)
                finish(session, house, draft, new, now)
            elif in_place and pressed and draft.question_uid is not None and not answers.get("_papan"):
                asking.ask_in_place(session, house, draft, new, now)
            else:
                kept = shown is _KEPT
                old = (draft.question_uid, draft.step)
                asking.ask(session, house, draft, new, now, (Words("sudah_ikut"),) if kept else ())
                asking.close_old(session, house, draft.chat_id, *old, answers, None if kept else shown, now)


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


def _end(
    session: Session,
    house: House,
    who: Who,
    draft: Draft,
    answers: dict[str, Any],
    words: Words,
    menu: tuple[str, ...],
    now: datetime,
) -> None:
    asking.close(session, house, draft, answers, None, now)
    asking.close_offer(session, house, draft, answers, now)
    drafts.drop(session, draft)
    lobby.goodbye(session, house, who, words, menu, now, bare=bool(answers.get("_papan")))


def _navigate(
    session: Session, house: House, who: Who, draft: Draft, answers: dict[str, Any], act: str, now: datetime
) -> None:
    if act in ("batal", "buang"):
        _end(session, house, who, draft, answers, Words("dibatalkan"), ("lapor",), now)
    elif draft.question_uid is None:
        _first(session, house, draft, answers, now)
    elif act == "kembali":
        before = back(REPORT, answers)
        asking.close(session, house, draft, answers, None, now)
        first = (Words("pertanyaan_pertama"),) if before is None else ()
        asking.ask(session, house, draft, answers if before is None else before, now, first)
    else:
        asking.resume(session, house, draft, now)


def _before_first(
    session: Session, house: House, who: Who, draft: Draft, answers: dict[str, Any], given: Input, now: datetime
) -> None:
    """More comes before the first question is asked: it is kept with what was offered."""
    speech = speech_for(session, house, who.chat_id)
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            _navigate(session, house, who, draft, answers, act, now)
            return
        if says_yes(speech, given.text):
            _first(session, house, draft, answers, now)
            return
    updates = _worth_keeping(house, answers, given)
    if updates:
        asking.keep(session, draft, apply(REPORT, answers, updates), now)
    lost(session, house, who, now)


def _out_of_the_blue(session: Session, house: House, who: Who, given: Input, now: datetime) -> None:
    """The first thing somebody does is type "pak tolong" or send a photo (row 5)."""
    if isinstance(given, Typed) and lobby.said(session, house, who, given.text, now):
        return
    if updates := _worth_keeping(house, {}, given):
        kept = {name: value for name, value in updates.items() if value is not None}
        draft = drafts.begin(session, who.chat_id, kept, now, now + asking.BEFORE_CONSENT)
        asking.offer(session, house, draft, now)
    elif isinstance(given, Contact):
        lobby.contact(session, house, who, given, now)
    elif isinstance(given, Pin):
        lobby.goodbye(session, house, who, Words("luar_jatim"), ("lapor", "selesai"), now, bare=False)
    else:
        lobby.greet(session, house, who, now)


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
