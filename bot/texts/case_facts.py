"""What there is to know of a case: the facts by name, which of them are personal, and the values a card tells."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum, auto

LAMPS = {"darurat": "🔴", "mendesak": "🟠", "biasa": "🟢"}


class Fact(StrEnum):
    """One thing that a text can tell of a case. A message names the facts it shows; they are never sent."""

    URGENCY = auto()
    NUMBER = auto()
    KIND = auto()
    """The category, in words."""
    SHIELD = auto()
    """That the case is under protection, which a group reads instead of its kind."""
    QUICK = auto()
    """What a quick report does not know."""
    DANGER = auto()
    MENTIONED = auto()
    """What dangers the reporter's words were about, beside the one they picked."""
    DESPAIR = auto()
    """That the reporter's words after the number told of a wish to die."""
    DESA = auto()
    KECAMATAN = auto()
    KABUPATEN = auto()
    WHO = auto()
    """Who needs help, seen from the reporter."""
    REACH = auto()
    """How a reporter who is harmed may be reached; `WAY` is through whom or when, in their words."""
    WAY = auto()
    SEEN = auto()
    REPORTED = auto()
    PHONED = auto()
    """Whether police or ambulance were phoned."""
    WARNINGS = auto()
    FIRST_STEP = auto()
    FILES = auto()
    UNKEPT = auto()
    """That a picture was offered and not kept."""
    LANDMARK = auto()
    STORY = auto()
    POINT = auto()
    DANGER_NOW = auto()
    """That a reporter said there was danger at that moment, and when."""
    TAKEN_BACK = auto()
    """That a reporter took it back and may have been forced to, and when."""
    ADDED = auto()
    """That a reporter told something more, and when."""
    NOTED = auto()
    """That whoever had the case noted something, and when."""
    PASSED = auto()
    """Who passed it on, and why."""
    CONTACT = auto()
    """Whether the reporter may be phoned; `PHONE` is the number itself."""
    PHONE = auto()
    WAITING = auto()
    DEADLINE = auto()
    """Until when something is expected, with its day."""
    NEXT_ROLE = auto()
    """Who is asked after the deadline; true only while nobody has the case."""
    ASKED_BEFORE = auto()
    """Who was asked before the reader, and their number."""
    HOLDER = auto()
    """Who has the case, as a role, or that nobody has it."""
    HOLDER_NAME = auto()
    COMPANY = auto()
    """Whom its owner asked to go along, and what they answered."""
    HANDED = auto()
    """Whom its owner asks to take it over."""
    SINCE = auto()
    """Since when they have it."""


PERSONAL = frozenset(
    {
        Fact.DANGER,
        Fact.DESPAIR,
        Fact.WHO,
        Fact.REACH,
        Fact.WAY,
        Fact.SEEN,
        Fact.PHONED,
        Fact.WARNINGS,
        Fact.FIRST_STEP,
        Fact.FILES,
        Fact.UNKEPT,
        Fact.LANDMARK,
        Fact.STORY,
        Fact.POINT,
        Fact.ADDED,
        Fact.NOTED,
        Fact.DANGER_NOW,
        Fact.TAKEN_BACK,
        Fact.PASSED,
        Fact.CONTACT,
        Fact.PHONE,
        Fact.WAITING,
        Fact.HOLDER_NAME,
        Fact.HANDED,
        Fact.COMPANY,
        Fact.ASKED_BEFORE,
    }
)
"""What no group reads: beside the name of a small desa each of these can name a person."""
SHIELDED = PERSONAL | {Fact.KIND, Fact.DESA}
"""What no group reads of a case under protection."""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a card may tell to whoever is asked; what the reporter wrote stands in `Details`."""

    case_id: str
    round: int
    number: str
    urgency: str
    category: str
    danger: str
    flag: str | None
    desa: str | None
    kecamatan: str | None
    kabupaten: str | None
    created_at: datetime
    who: str | None = None
    seen: str | None = None
    seen_on: date | None = None
    phoned: str | None = None
    photos: int = 0
    warnings: tuple[str, ...] = ()
    unphoned: str | None = None
    """What a darurat card says while the reporter phoned nobody."""
    first_step: str | None = None
    shielded: bool = False
    waits_for: str | None = None
    waits_until: datetime | None = None
    added_at: datetime | None = None
    noted_at: datetime | None = None
    danger_at: datetime | None = None
    reach: str | None = None
    """How whoever is harmed and reports it may be reached."""
    recorded: bool = False
    """Its story is a recording."""
    mentioned: tuple[str, ...] = ()
    """The dangers that words were about, and that nobody picked."""
    despair: bool = False
    """Words after the number told of a wish to die."""
    quick: bool = False
    """Only danger and place were asked for."""
    withdrawn_at: datetime | None = None
    pictures: int = 0
    """How many pictures and videos wait for a tap of whoever has the case."""
    on_tap: bool = False
    """Whether they wait for one at all, or come with the case."""
    unkept: bool = False
    """A picture was offered, and not kept."""
    contact: str | None = None
    """Who can be asked about a resident whom somebody reported for."""
    passed: tuple["PassedOn", ...] = ()
    """Who passed it on in this round, and why as far as they said."""
    climbed: bool = False
    """Whether it is darurat and somebody above was asked: whoever reads its card may phone those who are silent."""
    undoable: bool = False
    """Whether whoever has it took it so short ago that it may have been a mistake."""
    mutable: bool = False
    """Whether JSC may have quiet for a while once more."""
    night_until: datetime | None = None
    """Of a darurat, at night: until when nobody is asked to go there."""
    heard: bool = False
    """Whether whoever has it was heard since they took it."""
    visit_by: datetime | None = None
    """By when whoever has it must have met the person; None once they have."""

    handed_to: "Holder | None" = None
    """Whom its owner asks to take it over, and until when they may answer."""
    handed_until: datetime | None = None
    escorted: bool = False
    """Whether nobody should go there alone."""
    company: "Company | None" = None
    """Whom its owner asked to go along."""

    def for_group(self) -> "CaseFacts":
        """The same as a group may read it: a case under protection is placed in its kecamatan only."""
        return replace(self, desa=None if self.shielded else self.desa, waits_for=None, company=None)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has a case: their role, and their name where it is known."""

    role: str
    name: str | None


@dataclass(frozen=True, slots=True)
class Company:
    """Whom an owner asked to go along, when and until when, and what they answered (bot.core.company)."""

    who: Holder
    asked_at: datetime
    until: datetime | None
    says: str | None


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Somebody who passed it on: their role, a reason, and that in their own words if they wrote or said it."""

    role: str
    reason: str | None = None
    words: str = ""
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class AskedBefore:
    """Somebody who was asked before the reader: role, name and number where they are known, and whether they cannot."""

    role: str
    name: str | None
    phone: str | None
    declined: bool


@dataclass(frozen=True, slots=True)
class Handling:
    """How it goes on with a case, and who reads it: as which role they are asked, or that they are a group."""

    reader: str | None = None
    group: bool = False
    until: datetime | None = None
    then: str | None = None
    """The role that is asked after `until`."""
    holder: Holder | None = None
    since: datetime | None = None
    asked: bool = True
    """Whether the reader is awaited: only then can they decline or escalate."""
    before: tuple[AskedBefore, ...] = ()
    """Who was asked before the reader."""
    closing: str | None = None
    """Why nothing more is to be done."""
    also: str | None = None
    """The highest role above the reader that is asked too."""
    waited: str | None = None
    """What the case waited for until now, where its owner is asked."""


def unpicked(mentioned: tuple[str, ...], category: str, flag: str | None) -> tuple[str, ...]:
    """The dangers that words were about, but for what was picked anyway."""
    return tuple(about for about in mentioned if about not in (category, flag))
