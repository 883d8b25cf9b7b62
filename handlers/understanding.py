"""What an input can mean in its chat: one thing only, whoever then hears it."""

from bot.actions.hidden import is_of_oneself
from bot.actions.turn import Turn
from bot.core.flow import Flow
from bot.core.flows import FLOWS
from bot.core.hearing import Kind
from bot.core.inputs import Contact, Input, Media, Picked, Pin, Typed, Unclear
from bot.core.report_flow import REPORT
from bot.core.typed import bare, means
from bot.core.unasked import A_FEW, is_story, tells_a_kind
from bot.texts.catalog import Speech
from handlers import added, alarm, answering, finding, money, own_reports, taking_back
from handlers.acts import Who
from handlers.questions import says, says_yes, typed_nav
from storage.tables import Addition, Draft

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

COURTESIES = ("kata-terima-kasih", "kata-salam", "kata-kabar", "kata-basa-basi")
"""The words of which thanks, a greeting and a question for news are made; they tell nothing of anybody."""

MORE = 3
"""So many words may stand before "gimana" in a question how somebody is."""


def answers_alarm(turn: Turn, given: Input, draft: Draft | None, waiting: Addition | None) -> Kind | None:
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


def is_afraid_again(turn: Turn, who: Who, given: Input, kind: Kind) -> bool:
    """Whether somebody who told of harm done to themselves says that they are afraid."""
    if not isinstance(given, Typed) or kind not in (Kind.STORY, Kind.WORDS):
        return False
    afraid = alarm.is_afraid(turn.speech(who.chat_id), given.text)
    return afraid and any(is_of_oneself(turn, report) for report in added.about(turn, who))


def kind_of(turn: Turn, who: Who, given: Input, *, works: bool) -> Kind:
    """What an input can mean in this chat; it means one thing only."""
    if works and finding.under_a_card(turn, who) is not None:
        return Kind.ON_CARD
    match given:
        case Typed(text):
            return _typed(turn, who, text, works=works)
        case Media(caption=caption):
            about = money.is_about(turn.speech(who.chat_id), caption) and bool(added.recent(turn, who))
            return Kind.MONEY if about else Kind.MEDIA
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
    alarmed = alarm.heard(text)
    if money.is_about(speech, text) and (alarmed is None or added.recent(turn, who)):
        return Kind.MONEY
    if alarmed is not None:
        return Kind.OWN_DANGER if alarmed.own else Kind.DANGER
    for key, kind, more in SAYINGS:
        if says(speech, key, text, more=more):
            return kind
    if asks_how(speech, text) and added.recent(turn, who):
        return Kind.HOW
    return Kind.STORY if is_story(text) or tells_a_kind(text, turn.house.known) else Kind.WORDS


def asks_how(speech: Speech, text: str) -> bool:
    """Whether a few words ask how somebody is: "mbah nya gimana ya"."""
    words = bare(text)
    return any(
        f" {words}".endswith(f" {asked}") and len(words.split()) <= len(asked.split()) + MORE
        for asked in speech.word("kata-tanya-keadaan").split(", ")
    )


def tells_besides(speech: Speech, text: str) -> bool:
    """Whether thanks, a greeting or a question for news tells something besides: "suwun, wonge pindah"."""
    polite = set(" ".join(speech.word(key) for key in COURTESIES).replace(",", "").split())
    told = [word for word in bare(text).split() if word not in polite and not word.isdigit()]
    return len(told) >= A_FEW and not set(speech.word("kata-tentang").split(", ")).issuperset(told)


def opened_by(speech: Speech, text: str, *, works: bool) -> Flow | None:
    """The conversation that this word opens, if this person may have it."""
    for flow in FLOWS.values():
        words = speech.label(flow.script.opened_by).split(", ") if flow.script.opened_by else ()
        if (works or not flow.workers_only) and means(text, words, 0):
            return flow
    return None
