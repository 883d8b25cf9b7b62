"""Whatever is said, shown or shared: the table of bot/core/hearing.py says who hears it, the one below what they do."""

from collections.abc import Callable

from bot.actions.turn import Turn
from bot.core.buttons import Go
from bot.core.hearing import PHONING, ChatState, Hearer, Kind, hears
from bot.core.inputs import Contact, Input, Media, Typed, Unclear, words_of
from bot.core.leave_flow import LEAVE
from bot.core.question import Again, Answered
from bot.core.quick_steps import QUICKLY, WHOLE
from bot.core.report_flow import REPORT
from bot.core.story_step import A_SENTENCE
from bot.core.walk import apply, is_said_aside
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Message, column
from handlers import (
    added,
    adding,
    after_end,
    alarm,
    answering,
    asking,
    belonging,
    closing,
    coming_in,
    danger,
    finding,
    greeting,
    hiding,
    keyboards,
    money,
    noting,
    offers,
    opening,
    own_reports,
    presence,
    taking_back,
    talk,
)
from handlers.acts import Who
from handlers.questions import says, says_yes, typed_nav
from handlers.understanding import answers_alarm, is_afraid_again, kind_of, opened_by, tells_besides
from storage import additions, drafts, roster, tasks
from storage.keyboards import talks
from storage.tables import Draft


def hear(turn: Turn, who: Who, given: Input) -> None:
    """One of them hears it."""
    draft, keyboard = talks(turn.session, who.chat_id)
    draft = None if hiding.is_away(turn, draft) else draft
    free = draft is None
    waiting = additions.waiting(turn.session, who.chat_id) if free else None
    works = bool(roster.roles_of(turn.session, who.chat_id))
    unsaid = free and works and additions.waiting_note(turn.session, who.chat_id) is not None
    kind = answers_alarm(turn, given, draft, waiting) or kind_of(turn, who, given, works=works)
    kind = Kind.DANGER if free and is_afraid_again(turn, who, given, kind) else kind
    kind, given = keyboards.named(turn, who, (kind, given), keyboard, draft)
    asked = draft is not None and draft.question_uid is not None
    chat = ChatState(
        asked=asked,
        offered=draft is not None and draft.question_uid is None,
        works=works,
        reported=free and bool(added.about(turn, who)),
        adding=waiting is not None and not waiting.complaint,
        known=_is_known(turn, who, kind, free=free),
        owns=unsaid or (free and works and bool(tasks.owned(turn.session, who.chat_id))),
        noting=unsaid,
        complaining=waiting is not None and waiting.complaint,
        gated=asked
        and kind in PHONING
        and draft is not None
        and is_said_aside(drafts.answers_of(turn.session, draft), draft.shown),
    )
    hearer = hears(chat, kind)
    HEARERS[hearer](turn, who, given, draft)
    if hearer in COURTEOUS and kind is not Kind.HOW and chat.reported and _tells_besides(turn, who, given):
        adding.heard(turn, who, given, draft)
    if (chat.offered or hearer is Hearer.OFFER) and not chat.works:
        alarm.beside(turn, who, words_of(given))


def _tells_besides(turn: Turn, who: Who, given: Input) -> bool:
    return isinstance(given, Typed) and tells_besides(turn.speech(who.chat_id), given.text)


def _is_known(turn: Turn, who: Who, kind: Kind, *, free: bool) -> bool:
    """Whether there is a report that this may be about, where that decides who hears it."""
    return kind in ((Kind.MONEY, Kind.HOW, Kind.COMES) if free else (Kind.MONEY,)) and bool(added.recent(turn, who))


def _question(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    assert draft is not None
    works, flow = bool(roster.roles_of(turn.session, who.chat_id)), closing.flow_of(draft)
    speech, step = closing.speech_of(turn, draft), flow.step(draft.step)
    if isinstance(given, Typed):
        if draft.offer_uid is not None and goes_on(speech, given.text):
            talk.steer(turn, who, draft, "lanjut")
            return
        if draft.offer_uid is not None and (
            says(speech, "kata-tidak", given.text) or says(speech, "kata-nanti", given.text)
        ):
            offers.later(turn, draft)
            return
        if step is not None and step.consent and opened_by(speech, given.text, works=works) is flow:
            asking.resume(turn, draft, Words("setuju_dulu"))
            return
    instead = None if works else alarm.beside(turn, who, words_of(given))
    if isinstance(given, Typed) and instead is None and (polite := greeting.courtesy(turn, speech, given.text)):
        if step is not None and step.free:
            asking.resume(turn, draft, polite)  # or it would stand there as what was told
            return
        instead = (polite,)
    talk.answer(turn, who, draft, given, instead=instead)


def goes_on(speech: Speech, text: str) -> bool:
    """Whether somebody who is offered to go on wants to."""
    return says_yes(speech, text) or says(speech, "kata-lanjut", text)


def _number(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    assert isinstance(given, Typed)
    own_reports.my_reports(turn, who, given.text)


def _opener(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    assert isinstance(given, Typed)
    flow = opened_by(turn.speech(who.chat_id), given.text, works=True)
    if flow is None:
        opening.open_flow(turn, who, REPORT, QUICKLY)
        return
    OPEN[flow.name](turn, who)


def _coming_in(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    assert isinstance(given, Contact)
    coming_in.by_contact(turn, who, given)


def _open_offer(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    """More comes before the first question is asked: it is kept with what was offered."""
    assert draft is not None
    speech, flow = turn.speech(who.chat_id), closing.flow_of(draft)
    answers = drafts.answers_of(turn.session, draft)
    if talk.rest_of_album(turn, draft, answers, given):
        return
    if isinstance(given, Typed):
        if act := typed_nav(speech, given.text):
            talk.steer(turn, who, draft, act)
            return
        if goes_on(speech, given.text):
            opening.first(turn, draft)
            return
        if polite := greeting.courtesy(turn, speech, given.text):
            turn.say(who.chat_id, Message(speech.html(polite)))
            opening.offer_again(turn, who, draft)
            return
    kept = flow.keeps(answers, given, None, closing.known(turn, who.chat_id))
    if isinstance(kept, Answered):
        asking.keep(turn, draft, apply(flow, answers, kept.updates))
    elif isinstance(kept, Again):
        turn.say(who.chat_id, Message(speech.html(kept.why)))
    opening.offer_again(turn, who, draft)


def _gate(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Whether police or ambulance were phoned, typed instead of pressed."""
    assert isinstance(given, Typed)
    phoned = says(turn.speech(who.chat_id), "kata-sudah-telepon", given.text)
    (danger.phoned if phoned else danger.cannot_phone)(turn, who)


def _alarm(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    assert isinstance(given, Typed)
    alarm.raised(turn, who, given.text)


def _offer(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """The first thing somebody does is to tell a story, or to send a photo or a place (row 5)."""
    match REPORT.keeps({}, given, None, closing.known(turn, who.chat_id)):
        case Answered(updates):
            offers.offer(turn, opening.begin(turn, who, REPORT, apply(REPORT, {}, updates)))
        case Again(why) if not (isinstance(given, Media) and given.kind == STICKER):
            greeting.goodbye(turn, who, why, (Go.REPORT, Go.DONE), bare=False)
        case _:
            greeting.greet(turn, who)


def _beginning(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    opening.open_flow(turn, who, REPORT)


def _thanks(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    speech = turn.speech(who.chat_id)
    turn.say(who.chat_id, Message(speech.say("sama_sama"), column(greeting.keys(speech, (Go.OWN_REPORTS,)))))


def _hello(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    assert isinstance(given, Typed)
    greeting.return_greeting(turn, who, given.text)


def _tasks(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Their list; a sentence that belongs to no case is kept nowhere, and that is said first."""
    if isinstance(given, Typed) and len(given.text.split()) >= A_SENTENCE:
        speech = turn.speech(who.chat_id)
        turn.say(who.chat_id, Message(speech.say("w_tak_disimpan"), column(greeting.keys(speech, (Go.REPORT,)))))
    greeting.greet(turn, who)


def _greeting(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    if isinstance(given, Unclear) and given.why is not None:  # a message that was changed: what it says now is lost
        greeting.goodbye(turn, who, Words("edit_di_luar"), (Go.OWN_REPORTS, Go.REPORT), bare=False)
    else:
        greeting.greet(turn, who)


COURTEOUS = (Hearer.THANKS, Hearer.HELLO, Hearer.STATUS)
"""Who answers as a person would, and hears no news; what was said besides is for the report."""

STICKER = "sticker"
"""Whoever sends one out of the blue greets."""

HEARERS: dict[Hearer, Callable[[Turn, Who, Input, Draft | None], None]] = {
    Hearer.HIDING: hiding.hides,
    Hearer.DANGER_NOW: alarm.danger_now,
    Hearer.CALM: alarm.calm,
    Hearer.BUTTON: keyboards.heard,
    Hearer.ANSWER: answering.heard,
    Hearer.NOT_SENT: answering.not_sent,
    Hearer.QUESTION: _question,
    Hearer.CARD: noting.on_card,
    Hearer.NUMBER: _number,
    Hearer.CASE: finding.heard,
    Hearer.NOTING: noting.answered,
    Hearer.NOTE: noting.heard,
    Hearer.OPENER: _opener,
    Hearer.COMING_IN: _coming_in,
    Hearer.GATE: _gate,
    Hearer.OPEN_OFFER: _open_offer,
    Hearer.BEGINNING: _beginning,
    Hearer.TASKS: _tasks,
    Hearer.COMPLAINT: after_end.heard,
    Hearer.MONEY: money.heard,
    Hearer.ADDING: belonging.answered,
    Hearer.TAKING_BACK: taking_back.heard,
    Hearer.STATUS: adding.status,
    Hearer.THANKS: _thanks,
    Hearer.GRAVE_ADDITION: adding.grave,
    Hearer.ADDITION: adding.heard,
    Hearer.HELLO: _hello,
    Hearer.ALARM: _alarm,
    Hearer.OFFER: _offer,
    Hearer.GREETING: _greeting,
}
"""What each of them does; the draft is the one that the chat talks to."""

OPEN: dict[str, Callable[[Turn, Who], None]] = {
    REPORT.name: lambda turn, who: opening.open_flow(turn, who, REPORT, WHOLE),
    LEAVE.name: presence.leave,
}
"""How each conversation is opened, by its name."""
