"""The conversation of a resident: one handler drives every step of the report."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.actions.house import House
from bot.actions.speak import edit, say, speech_for
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
    Typed,
    apply,
    back,
    current,
    step_named,
)
from bot.core.place_step import PLACE
from bot.core.report_flow import CONSENT_VERSION, REPORT, add_media
from bot.core.words import Label, Words
from bot.texts.message import Key, Message, column
from handlers import lobby
from handlers.acts import Who
from handlers.questions import answered, render, typed_choice, typed_nav
from handlers.receipt import finish
from storage import chats, drafts
from storage.tables import Draft

BEFORE_CONSENT = timedelta(hours=1)
NUDGE = timedelta(hours=3)
KINDS = ("photo", "voice", "video_note")


def begin(session: Session, house: House, who: Who, now: datetime, answers: Mapping[str, Any] | None = None) -> None:
    """A new report; consent given before to this very text is not asked for again."""
    known = dict(answers or {})
    chat = chats.chat(session, who.chat_id)
    if chat.consent_version == CONSENT_VERSION:
        known = {"setuju": CONSENT_VERSION, **known}
    draft = drafts.begin(session, who.chat_id, known, now, _due(known, now))
    ask(session, house, draft, known, now)


def ask(
    session: Session,
    house: House,
    draft: Draft,
    answers: dict[str, Any],
    now: datetime,
    before: Iterable[Words] = (),
) -> None:
    """Ask the question that follows from the answers, and remember which message asks it."""
    step = current(REPORT, answers)
    assert step is not None, "a complete draft is submitted, not asked"
    speech = speech_for(session, house, draft.chat_id)
    question = step.ask(answers, house.known)
    if answers.pop("_papan", None) and not question.keyboard:
        before = tuple(before)
        thanks = before[0] if before else Words("baik")
        say(session, draft.chat_id, Message(speech.html(thanks), bare=True), now, kind="question")
        before = before[1:]
    if question.keyboard:
        answers["_papan"] = True
    message = render(speech, question, step, draft.id, before)
    draft.question_uid = say(session, draft.chat_id, message, now, kind="question")
    draft.step = step.name
    drafts.keep(session, draft, answers, now, _due(answers, now))


def hear(session: Session, house: House, who: Who, given: Input, now: datetime) -> None:
    """Text, a picture, a recording, a pin, a contact: at any moment."""
    draft = drafts.of(session, who.chat_id)
    if draft is None:
        _out_of_the_blue(session, house, who, given, now)
        return
    answers = drafts.answers_of(session, draft)
    step = current(REPORT, answers)
    assert step is not None
    speech = speech_for(session, house, who.chat_id)
    if isinstance(given, Media) and given.album and given.album == answers.get("_album"):
        more = add_media(answers, given)
        if isinstance(more, Answered):
            drafts.keep(session, draft, apply(REPORT, answers, more.updates), now, _due(answers, now))
        return
    if draft.question_uid is None:  # a picture came first and was offered for a report
        offer(session, house, draft, now)
        return
    question = step.ask(answers, house.known)
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            _navigate(session, house, who, draft, answers, act, now)
            return
        if value := typed_choice(speech, question, step, given.text):
            given = Picked(value)
    result = step.read(answers, given, house.known)
    if isinstance(result, Again):
        result = _elsewhere(answers, given) or result
    _follow(session, house, who, draft, answers, result, now)


def pick(session: Session, house: House, who: Who, button: b.Pick, now: datetime) -> str:
    """A button of a question; a stale one says what is true now."""
    draft = drafts.of(session, who.chat_id)
    if draft is None or draft.id != button.draft:
        return lobby.old_draft(session, house, who, button.draft, now)
    answers = drafts.answers_of(session, draft)
    step = current(REPORT, answers)
    assert step is not None
    speech = speech_for(session, house, who.chat_id)
    if step.name != button.step:
        if answers.get(button.step) is not None:
            return speech.word("sudah_dijawab")
        return _repeat(session, house, draft, answers, now)
    if all(choice.value != button.value for choice in step.ask(answers, house.known).choices):
        return _repeat(session, house, draft, answers, now)
    result = step.read(answers, Picked(button.value), house.known)
    _follow(session, house, who, draft, answers, result, now)
    return ""


def nav(session: Session, house: House, who: Who, button: b.Nav, now: datetime) -> str:
    """Back, cancel, resume, throw away."""
    draft = drafts.of(session, who.chat_id)
    if draft is None or draft.id != button.draft:
        return lobby.old_draft(session, house, who, button.draft, now)
    _navigate(session, house, who, draft, drafts.answers_of(session, draft), button.act, now)
    return ""


def lost(session: Session, house: House, who: Who, now: datetime) -> None:
    """A sticker, an edit, something we have no use for: a sensible sentence and the current question again."""
    draft = drafts.of(session, who.chat_id)
    if draft is None or draft.question_uid is None:
        lobby.greet(session, house, who, now)
        return
    _close_question(session, house, draft, drafts.answers_of(session, draft), None, now)
    ask(session, house, draft, drafts.answers_of(session, draft), now, (Words("tak_paham"),))


def stale(session: Session, house: House, who: Who, now: datetime) -> str:
    """A button that means nothing: the current question again, or the way in."""
    draft = drafts.of(session, who.chat_id)
    if draft is None or draft.question_uid is None:
        lobby.greet(session, house, who, now)
    else:
        ask(session, house, draft, drafts.answers_of(session, draft), now)
    return speech_for(session, house, who.chat_id).word("tombol_lama")


def offer(session: Session, house: House, draft: Draft, now: datetime) -> None:
    """A picture or recording came before anything else: shall it become a report?"""
    speech = speech_for(session, house, draft.chat_id)
    keys = (
        Key(speech.word("b-ya-lapor"), b.Nav(draft.id, "lanjut")),
        Key(speech.word("b-hapus"), b.Nav(draft.id, "buang")),
    )
    say(session, draft.chat_id, Message(speech.say("media_awal"), column(keys)), now, kind="question")


def nudge(session: Session, house: House, draft: Draft, now: datetime) -> None:
    """An unfinished report is mentioned once (row 3)."""
    speech = speech_for(session, house, draft.chat_id)
    keys = (
        Key(speech.word("b-lanjutkan"), b.Nav(draft.id, "lanjut")),
        Key(speech.word("b-buang"), b.Nav(draft.id, "buang")),
    )
    say(session, draft.chat_id, Message(speech.say("tertunda"), column(keys)), now, kind="question")


def _follow(
    session: Session,
    house: House,
    who: Who,
    draft: Draft,
    answers: dict[str, Any],
    result: Answered | Again | Leave,
    now: datetime,
) -> None:
    match result:
        case Again(why):
            _close_question(session, house, draft, answers, None, now)
            ask(session, house, draft, answers, now, (why,))
        case Leave(words, menu):
            _close_question(session, house, draft, answers, None, now)
            drafts.drop(session, draft)
            lobby.goodbye(session, house, who, words, menu, now, bare=bool(answers.get("_papan")))
        case Answered(updates, in_place, shown):
            new = apply(REPORT, answers, updates)
            if "setuju" in updates:
                chat = chats.chat(session, who.chat_id)
                chat.consent_version, chat.consent_at = CONSENT_VERSION, now
                session.add(chat)
            if current(REPORT, new) is None:
                _close_question(session, house, draft, answers, shown, now)
                finish(session, house, draft, new, now)
            elif in_place and draft.question_uid is not None and not answers.get("_papan"):
                _ask_in_place(session, house, draft, new, now)
            else:
                before = (Words("sudah_ikut"),) if shown is _KEPT else ()
                old_uid, old_step = draft.question_uid, draft.step
                ask(session, house, draft, new, now, before)
                _close_old(
                    session,
                    house,
                    draft.chat_id,
                    old_uid,
                    old_step,
                    answers,
                    shown if shown is not _KEPT else None,
                    now,
                )


_KEPT: Label = Words("sudah_ikut")


def _elsewhere(answers: dict[str, Any], given: Input) -> Answered | Again | None:
    """A picture or a pin that is no answer to this question still belongs to the report."""
    match given:
        case Media(kind=kind) if kind in KINDS:
            kept = add_media(answers, given)
            return kept if isinstance(kept, Again) else Answered(kept.updates, shown=_KEPT)
        case Media():
            return Again(Words("berkas_lain"))
        case Pin() if "tempat" not in answers:
            return None
    return None


def _ask_in_place(session: Session, house: House, draft: Draft, answers: dict[str, Any], now: datetime) -> None:
    step = current(REPORT, answers)
    assert step is not None and draft.question_uid is not None
    speech = speech_for(session, house, draft.chat_id)
    question = step.ask(answers, house.known)
    if question.keyboard:
        ask(session, house, draft, answers, now)
        return
    edit(session, draft.chat_id, draft.question_uid, render(speech, question, step, draft.id), now)
    draft.step = step.name
    drafts.keep(session, draft, answers, now, _due(answers, now))


def _close_question(
    session: Session,
    house: House,
    draft: Draft,
    answers: Mapping[str, Any],
    shown: Label | None,
    now: datetime,
) -> None:
    _close_old(session, house, draft.chat_id, draft.question_uid, draft.step, answers, shown, now)


def _close_old(
    session: Session,
    house: House,
    chat_id: int,
    uid: str | None,
    name: str | None,
    answers: Mapping[str, Any],
    shown: Label | None,
    now: datetime,
) -> None:
    """An answered question loses its buttons and shows the answer."""
    step = step_named(REPORT, name or "")
    if uid is None or step is None:
        return
    question = step.ask(answers, house.known)
    if not question.keyboard:
        edit(session, chat_id, uid, answered(speech_for(session, house, chat_id), question, shown), now)


def _navigate(
    session: Session, house: House, who: Who, draft: Draft, answers: dict[str, Any], act: str, now: datetime
) -> None:
    if act in ("batal", "buang"):
        _close_question(session, house, draft, answers, None, now)
        drafts.drop(session, draft)
        lobby.goodbye(session, house, who, Words("dibatalkan"), ("lapor",), now, bare=bool(answers.get("_papan")))
        return
    if act == "kembali":
        before = back(REPORT, answers)
        _close_question(session, house, draft, answers, None, now)
        if before is None:
            ask(session, house, draft, answers, now, (Words("pertanyaan_pertama"),))
        else:
            ask(session, house, draft, before, now)
        return
    _close_question(session, house, draft, answers, None, now)
    ask(session, house, draft, answers, now)


def _repeat(session: Session, house: House, draft: Draft, answers: dict[str, Any], now: datetime) -> str:
    ask(session, house, draft, answers, now)
    return speech_for(session, house, draft.chat_id).word("tombol_lama")


def _out_of_the_blue(session: Session, house: House, who: Who, given: Input, now: datetime) -> None:
    """The first thing somebody does is type "pak tolong" or send a photo (row 5)."""
    if isinstance(given, Media) and given.kind in KINDS:
        kept = add_media({}, given)
        if isinstance(kept, Answered):
            updates = {name: value for name, value in kept.updates.items() if value is not None}
            draft = drafts.begin(session, who.chat_id, updates, now, now + BEFORE_CONSENT)
            offer(session, house, draft, now)
            return
    if isinstance(given, Contact):
        lobby.contact(session, house, who, given, now)
        return
    if isinstance(given, Pin):
        found = PLACE.read({}, given, house.known)
        if isinstance(found, Answered) and found.updates["_tempat"].get("view") == "near":
            draft = drafts.begin(session, who.chat_id, found.updates, now, now + BEFORE_CONSENT)
            offer(session, house, draft, now)
            return
    lobby.greet(session, house, who, now)


def _due(answers: Mapping[str, Any], now: datetime) -> datetime:
    return now + (NUDGE if "setuju" in answers else BEFORE_CONSENT)
