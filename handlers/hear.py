"""Whatever is said, shown or shared: the table of bot/core/hearing.py says who hears it, the one below what they do."""

from collections.abc import Callable

from bot.actions.hidden import is_of_oneself
from bot.actions.turn import Turn
from bot.core.buttons import Go
from bot.core.flow import Flow
from bot.core.flows import FLOWS
from bot.core.hearing import PHONING, ChatState, Hearer, Kind, hears
from bot.core.inputs import Contact, Input, Media, Picked, Pin, Typed, Unclear
from bot.core.leave_flow import LEAVE
from bot.core.question import Again, Answered
from bot.core.quick_steps import QUICKLY, WHOLE
from bot.core.report_flow import REPORT
from bot.core.story_step import A_SENTENCE
from bot.core.typed import means
from bot.core.unasked import is_story, tells_a_kind
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
from storage import additions, drafts, roster, tasks
from storage.tables import Addition, Draft


def hear(turn: Turn, who: Who, given: Input) -> None:
    """One of them hears it."""
    draft = drafts.of(turn.session, who.chat_id)
    draft = None if hiding.is_away(turn, draft) else draft
    free = draft is None
    waiting = additions.waiting(turn.session, who.chat_id) if free else None
    works = bool(roster.roles_of(turn.session, who.chat_id))
    unsaid = free and works and additions.waiting_note(turn.session, who.chat_id) is not None
    kind = _answers_alarm(turn, given, draft, waiting) or kind_of(turn, who, given, works=works)
    kind = Kind.DANGER if free and _is_hurt_again(turn, who, given, kind) else kind
    asked = draft is not None and draft.question_uid is not None
    chat = ChatState(
        asked=asked,
        offered=draft is not None and draft.question_uid is None,
        works=works,
        reported=free and bool(added.about(turn, who)),
        adding=waiting is not None and not waiting.complaint,
        known=free and kind is Kind.MONEY and money.known(turn, who),
        owns=unsaid or (free and works and bool(tasks.owned(turn.session, who.chat_id))),
        noting=unsaid,
        complaining=waiting is not None and waiting.complaint,
        gated=asked
        and kind in PHONING
        and draft is not None
        and is_said_aside(drafts.answers_of(turn.session, draft), draft.shown),
    )
    HEARERS[hears(chat, kind)](turn, who, given, draft)
    if chat.offered and not chat.works:
        alarm.beside(turn, who, _words_of(given))


def _answers_alarm(turn: Turn, given: Input, draft: Draft | None, waiting: Addition | None) -> Kind | None:
    """What it means where it was asked just before whether there is danger now, in a report or after its number."""
    if not isinstance(given, Typed):
        return None
    if draft is not None and draft.flow == REPORT.name:
        sure = alarm.answered(turn, draft, given.text)
        return None if sure is None else Kind.NOW if sure else Kind.NOT_NOW
    if waiting is not None and waiting.told_at is not None:
        sure = alarm.now(turn.speech(waiting.chat_id), given.text)
        return None if sure is None else Kind.YES if sure else Kind.NO
    return None


def _is_hurt_again(turn: Turn, who: Who, given: Input, kind: Kind) -> bool:
    """Whether somebody who told of harm done to themselves is in danger again, or says that they are afraid."""
    if not isinstance(given, Typed) or kind not in (Kind.OWN_DANGER, Kind.STORY, Kind.WORDS):
        return False
    afraid = kind is Kind.OWN_DANGER or alarm.is_afraid(turn.speech(who.chat_id), given.text)
    return afraid and any(is_of_oneself(turn, report) for report in added.about(turn, who))


def kind_of(turn: Turn, who: Who, given: Input, *, works: bool) -> Kind:
    """What an input can mean in this chat; it means one thing only."""
    if works and finding.under_a_card(turn, who) is not None:
        return Kind.ON_CARD
    match given:
        case Typed(text):
            return _typed(turn, who, text, works=works)
        case Media():
            return Kind.MEDIA
        case Pin():
            return Kind.PIN
        case Contact():
            return Kind.CONTACT
        case Picked() | Unclear():
            return Kind.UNCLEAR


def _typed(turn: Turn, who: Who, text: str, *, works: bool) -> Kind:
    speech = turn.speech(who.chat_id)
    if says_yes(speech, text):
        return Kind.YES
    if says(speech, "kata-tidak", text):
        return Kind.NO
    if typed_nav(speech, text):
        return Kind.STEER
    if own_reports.named(turn.session, who, text) is not None:
        return Kind.NUMBER
    if opened_by(speech, text, works=works) is not None or says(speech, "kata-cepat", text):
        return Kind.OPENS
    if works and finding.is_meant(turn, who, text):
        return Kind.CASE
    if answering.is_asked(speech, text):
        return Kind.ASKS
    if (alarmed := alarm.heard(text)) is not None:
        return Kind.OWN_DANGER if alarmed.own else Kind.DANGER
    if money.is_about(speech, text):
        return Kind.MONEY
    for key, kind, more in SAYINGS:
        if says(speech, key, text, more=more):
            return kind
    return Kind.STORY if is_story(text) or tells_a_kind(text, turn.house.known) else Kind.WORDS


def _words_of(given: Input) -> str:
    """What was said in words, also below a picture."""
    match given:
        case Typed(text):
            return text
        case Media(caption=caption):
            return caption
    return ""


def opened_by(speech: Speech, text: str, *, works: bool) -> Flow | None:
    """The conversation that this word opens, if this person may have it."""
    for flow in FLOWS.values():
        words = speech.label(flow.script.opened_by).split(", ") if flow.script.opened_by else ()
        if (works or not flow.workers_only) and means(text, words, 0):
            return flow
    return None


def _question(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    assert draft is not None
    works, flow = bool(roster.roles_of(turn.session, who.chat_id)), closing.flow_of(draft)
    if isinstance(given, Typed):
        speech, step = closing.speech_of(turn, draft), flow.step(draft.step)
        if draft.offer_uid is not None and goes_on(speech, given.text):
            talk.steer(turn, who, draft, "lanjut")
            return
        if step is not None and step.consent and opened_by(speech, given.text, works=works) is flow:
            asking.resume(turn, draft, Words("setuju_dulu"))
            return
    instead = None if works else alarm.beside(turn, who, _words_of(given))
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


def _greeting(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    greeting.greet(turn, who)


STICKER = "sticker"
"""Whoever sends one out of the blue greets."""

SAYINGS = (
    ("kata-hapus", Kind.HIDES, 0),
    ("kata-tarik", Kind.TAKES_BACK, 4),
    ("kata-pulang", Kind.TAKES_BACK, taking_back.MORE),
    ("kata-batal-lapor", Kind.TAKES_BACK, 0),
    ("kata-kabar", Kind.COMES, 3),
    ("kata-kabar-saja", Kind.HOW, 0),
    ("kata-terima-kasih", Kind.THANKS, 2),
    ("kata-salam", Kind.HELLO, 2),
    ("kata-sudah-telepon", Kind.PHONED, 0),
    ("kata-tidak-bisa-telepon", Kind.CANNOT_PHONE, 0),
)
"""Phrases, what each means, and how many words more may stand beside it."""

HEARERS: dict[Hearer, Callable[[Turn, Who, Input, Draft | None], None]] = {
    Hearer.HIDING: hiding.hides,
    Hearer.DANGER_NOW: alarm.danger_now,
    Hearer.CALM: alarm.calm,
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
