"""Who hears what a person says: one pure, ordered table (design: "Who hears").

The first row that fits hears it, alone. A later row is never asked, and the last one fits everything: so nothing is
heard by two, and nothing by none. A new hearer is a row here and a function in handlers/hear.py; tests/rules/
test_hearing.py writes down who hears each kind of input in each state of a chat.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What somebody said, by what it can mean."""

    YES = "yes"
    NO = "no"
    STEER = "steer"
    """Back or cancel, typed."""
    PRESSES = "presses"
    """A button of the newest bubble that has some, named by its number, its label or a word of it."""
    ON_CARD = "on card"
    """Whatever is said under a bubble about a case that they may open."""
    NUMBER = "number"
    """The number of an own report."""
    CASE = "case"
    """The number of a case, or a part of the name of its desa, typed by a worker."""
    OPENS = "opens"
    """A word that opens a conversation which this person may have."""
    DANGER = "danger"
    """Words of danger,"""
    OWN_DANGER = "own danger"
    """and of danger to whoever writes them."""
    NOW = "now"
    """That there is danger now, where that was asked just before,"""
    NOT_NOW = "not now"
    """and that there is none."""
    HIDES = "hides"
    """A wish that the screen shows nothing of this."""
    ASKS = "asks"
    """Who this is, what it costs, who reads it."""
    PHONED = "phoned"
    """That police or ambulance were phoned,"""
    CANNOT_PHONE = "cannot phone"
    """or that nobody can be."""
    TAKES_BACK = "takes back"
    """A wish to take a report back."""
    HOW = "how"
    """How does it stand,"""
    COMES = "comes"
    """and when does somebody come?"""
    MONEY = "money"
    """That a worker wants money."""
    THANKS = "thanks"
    HELLO = "hello"
    STORY = "story"
    """So many words that they are somebody's story."""
    WORDS = "words"
    MEDIA = "media"
    PIN = "pin"
    CONTACT = "contact"
    UNCLEAR = "unclear"
    """A poll, a changed message, an unknown command."""


class Hearer(StrEnum):
    """Who answers."""

    HIDING = "hiding"
    """The screen, which is emptied."""

    DANGER_NOW = "danger now"
    """Whom to phone."""
    CALM = "calm"
    """What was asked before, again."""
    BUTTON = "button"
    """What the button does that was named."""
    ANSWER = "answer"
    """What people want to know first."""
    NOT_SENT = "not sent"
    """The report at hand, which nobody reads yet."""
    QUESTION = "question"
    """The question shown last."""
    CARD = "card"
    """The case of the bubble under which it was said."""
    NUMBER = "number"
    """The report with this number."""
    CASE = "case"
    """The case that a worker names."""
    OPENER = "opener"
    """The conversation that this word opens."""
    COMING_IN = "coming in"
    """The roster, which knows its people by the number they share."""
    GATE = "gate"
    """Whom to phone, said before any question."""
    OPEN_OFFER = "open offer"
    """What was kept so far, and is offered for a report."""
    BEGINNING = "beginning"
    """A new report."""
    TASKS = "tasks"
    """A worker's list."""
    COMPLAINT = "complaint"
    """Whoever is above the workers of a case that did not help."""
    MONEY = "money"
    """Whoever is above the workers: one of them wants money."""
    NOTING = "noting"
    """The case that what a worker noted belongs to."""
    NOTE = "note"
    """A case that a worker has, once they say which."""
    ADDING = "adding"
    """Where what was said after the number belongs."""
    TAKING_BACK = "taking back"
    """The report that is to be taken back."""
    STATUS = "status"
    """How it stands with an own report."""
    THANKS = "thanks"
    HELLO = "hello"
    GRAVE_ADDITION = "grave addition"
    """An own report, and whether there is danger now."""
    ADDITION = "addition"
    """An own report."""
    ALARM = "alarm"
    """The question whether there is danger now, and whom to phone."""
    OFFER = "offer"
    """An offer to report."""
    GREETING = "greeting"


@dataclass(frozen=True, slots=True)
class ChatState:
    """What matters of a chat for who hears."""

    asked: bool
    """The question shown last is not answered yet."""
    offered: bool
    """Something lies there that came before any question."""
    works: bool
    """Its person has a role."""
    reported: bool = False
    """A report of its person is not at its end, and not old."""
    adding: bool = False
    """Something lies there that came after its number."""
    known: bool = False
    """There is a report of its person that is not old, at its end or not."""
    owns: bool = False
    """Its person has a case, or noted something on one."""
    noting: bool = False
    """Something that they noted lies there."""
    complaining: bool = False
    """It was asked what is still missing, and words on that are for whoever is above the workers."""
    gated: bool = False
    """Whom to phone was said last, below the question."""

    @property
    def begun(self) -> bool:
        """Whether something lies there that is no report yet."""
        return self.asked or self.offered


@dataclass(frozen=True, slots=True)
class Row:
    """Who hears these kinds in a chat that is so."""

    hearer: Hearer
    kinds: frozenset[Kind] = frozenset(Kind)
    chat: Callable[[ChatState], bool] = lambda chat: True


TYPED = frozenset(Kind) - {Kind.MEDIA, Kind.PIN, Kind.CONTACT, Kind.UNCLEAR}

NOTING = frozenset({Kind.YES, Kind.NO, Kind.STEER, Kind.CASE})
PHONING = frozenset({Kind.PHONED, Kind.CANNOT_PHONE})
ADDED = frozenset({Kind.STORY, Kind.WORDS, Kind.MEDIA, Kind.PIN}) | PHONING
IN_DANGER = frozenset({Kind.DANGER, Kind.OWN_DANGER})
NOTED = ADDED | IN_DANGER | {Kind.MONEY, Kind.TAKES_BACK}
COMPLAINED = ADDED | IN_DANGER | {Kind.YES, Kind.NO, Kind.STEER, Kind.TAKES_BACK, Kind.HOW, Kind.COMES, Kind.MONEY}

ROWS: tuple[Row, ...] = (
    Row(Hearer.HIDING, frozenset({Kind.HIDES}), lambda chat: not chat.works),
    Row(Hearer.DANGER_NOW, frozenset({Kind.NOW})),
    Row(Hearer.CALM, frozenset({Kind.NOT_NOW})),
    Row(Hearer.BUTTON, frozenset({Kind.PRESSES})),
    Row(Hearer.ANSWER, frozenset({Kind.ASKS}), lambda chat: not chat.works),
    Row(Hearer.GATE, PHONING, lambda chat: chat.gated),
    Row(Hearer.NOT_SENT, frozenset({Kind.COMES}), lambda chat: chat.asked and not chat.works),
    Row(Hearer.CARD, frozenset({Kind.ON_CARD})),
    Row(Hearer.MONEY, frozenset({Kind.MONEY}), lambda chat: chat.known and chat.begun and not chat.works),
    Row(Hearer.QUESTION, chat=lambda chat: chat.asked),
    Row(Hearer.NUMBER, frozenset({Kind.NUMBER})),
    Row(Hearer.NOTING, NOTING, lambda chat: chat.noting),
    Row(Hearer.CASE, frozenset({Kind.CASE})),
    Row(Hearer.OPENER, frozenset({Kind.OPENS})),
    Row(Hearer.COMING_IN, frozenset({Kind.CONTACT})),
    Row(Hearer.GATE, PHONING, lambda chat: not (chat.works or chat.reported or chat.complaining)),
    Row(Hearer.OPEN_OFFER, chat=lambda chat: chat.offered),
    Row(Hearer.COMPLAINT, COMPLAINED, lambda chat: chat.complaining),
    Row(Hearer.MONEY, frozenset({Kind.MONEY}), lambda chat: chat.known),
    Row(Hearer.ADDING, frozenset({Kind.YES, Kind.NO, Kind.STEER}), lambda chat: chat.adding),
    Row(Hearer.NOTE, NOTED, lambda chat: chat.owns),
    Row(Hearer.BEGINNING, frozenset({Kind.YES}), lambda chat: not chat.reported),
    Row(Hearer.TASKS, TYPED, lambda chat: chat.works),
    Row(Hearer.TAKING_BACK, frozenset({Kind.TAKES_BACK, Kind.STEER}), lambda chat: chat.reported),
    Row(Hearer.STATUS, frozenset({Kind.HOW, Kind.COMES}), lambda chat: chat.reported or chat.known),
    Row(Hearer.THANKS, frozenset({Kind.THANKS})),
    Row(Hearer.HELLO, frozenset({Kind.HELLO})),
    Row(Hearer.GRAVE_ADDITION, IN_DANGER, lambda chat: chat.reported),
    Row(Hearer.ALARM, IN_DANGER),
    Row(Hearer.ADDITION, ADDED, lambda chat: chat.reported),
    Row(Hearer.OFFER, frozenset({Kind.STORY, Kind.MONEY, Kind.MEDIA, Kind.PIN})),
    Row(Hearer.GREETING),
)


def hears(chat: ChatState, kind: Kind) -> Hearer:
    """The one who hears an input of this kind in a chat in this state."""
    return next(row.hearer for row in ROWS if kind in row.kinds and row.chat(chat))
