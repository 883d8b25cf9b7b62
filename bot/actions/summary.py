"""The summary: whose it is, what is in it, and that it was read (row 84). When it comes is bot.engine.summaries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.actions import coverage, deadlines
from bot.actions.house import House
from bot.actions.speak import facts_of
from bot.actions.turn import Turn
from bot.core.figures import Counts, Listed, today, under
from bot.core.moves import Status
from bot.core.places import Place
from bot.core.roles import ROLES, View
from bot.texts import overview_cards
from bot.texts import summary_cards as cards
from bot.texts.message import Message
from storage import attendance, beyond, cases, figures, roster, summaries
from storage.session import Session
from storage.tables import Case, Member

MANY = 1000
"""More cases than anybody has in hand; they are counted, not shown."""
URGENT_FIRST = {"darurat": 0, "mendesak": 1}


@dataclass(frozen=True, slots=True)
class Scope:
    """What one person's summary is about; without areas it is about their own cases."""

    member_id: str
    chat_id: int
    areas: tuple[str, ...]

    @property
    def province(self) -> bool:
        """Whether it is about everybody."""
        return self.areas == (roster.PROVINCE,)


def scope_of(members: Sequence[Member]) -> Scope | None:
    """Of all roles of one person the widest decides, so they get one summary; None when no role has any."""
    reached = [member for member in members if member.chat_id is not None]
    known = [(view, member) for member in reached if (view := ROLES[member.role].summary) is not None]
    if not known:
        return None
    widest = min(view for view, _ in known)
    mine = sorted((member for view, member in known if view == widest), key=lambda member: member.id)
    assert mine[0].chat_id is not None
    areas = () if widest is View.OWN else tuple(sorted({member.area for member in mine}))
    return Scope(mine[0].id, mine[0].chat_id, areas)


def message(turn: Turn, scope: Scope, *, asked: bool = False, unread: bool = False) -> Message | None:
    """Today's summary as it is now; None when a worker has nothing in hand.

    `asked`: they want to see it, even an empty one; `unread`: with the button that says that they read it.
    """
    speech = turn.speech(scope.chat_id)
    if scope.areas:
        facts = area_facts(turn, scope.areas, reader=scope.chat_id)
        return cards.of_area(speech, facts, turn.now, asked=asked, unread=unread)
    own = own_facts(turn, scope.chat_id)
    if own.first is None and not asked:
        return None
    return cards.of_own(speech, own, turn.now, asked=asked, unread=unread)


def area_facts(turn: Turn, areas: tuple[str, ...], *, reader: int | None) -> cards.AreaFacts:
    """The summary of some areas; `reader` is the private chat that may read names, None for anybody else."""
    day = today(turn.now)
    counts = sum(by_area(turn, areas, day).values(), Counts())
    first, late = figures.listed(turn.session, "unowned", areas, day, turn.now, range(1)), False
    if not first:
        first, late = figures.listed(turn.session, "late", areas, day, turn.now, range(1)), True
    lines = case_lines(turn, first, reader, late=late)
    kabupaten = tuple(place.code for place in turn.house.known.places.kabupaten())
    jsc = attendance.posts(turn.session, "jsc", (roster.PROVINCE,), turn.now)
    dinsos = attendance.posts(turn.session, "dinsos", kabupaten, turn.now)
    posts = [_post(turn.session, None, jsc.get(roster.PROVINCE), reader)]
    posts += [
        _post(turn.session, _label(turn.house, code), dinsos.get(code), reader) for code in areas if code in kabupaten
    ]
    kabupaten = tuple(code for code in kabupaten if turn.house.known.service.has_begun(code))
    without = len(set(kabupaten) - set(dinsos)) if areas == (roster.PROVINCE,) else None
    return cards.AreaFacts(
        day=day,
        place=", ".join(_label(turn.house, code) for code in areas),
        counts=counts,
        empty=len(empty_places(turn, areas)),
        beyond=_beyond(turn, areas),
        listed=beyond.count(turn.session, turn.house.known.service, areas),
        first=lines[0] if lines else None,
        posts=tuple(posts),
        without_post=without,
    )


def own_facts(turn: Turn, chat_id: int) -> cards.OwnFacts:
    """A worker's own cases: what waits for their answer, what they have taken, and where a word is overdue.

    First comes the gravest of those that wait or are late (a waiting one before a late one, then the oldest);
    if there is none, the oldest they have in hand, and of these last what waits for something.
    """
    asked = list({case.id: case for case in cases.waiting_for(turn.session, chat_id, MANY)}.values())
    owned = sorted(cases.owned_by(turn.session, chat_id, MANY), key=lambda case: case.waiting_for is not None)
    held = [case for case in owned if case.waiting_for is not None]
    late = [
        case
        for case in owned
        if case not in held and (case.reminded > 0 or (case.next_due_at is not None and case.next_due_at < turn.now))
    ]
    pressing = sorted(
        (*asked, *late), key=lambda case: (URGENT_FIRST.get(case.urgency, 2), case.owner_id is not None, case.round_at)
    )
    first = next(iter((*pressing, *owned)), None)
    until = None
    if first is not None and first not in late:
        until = first.next_due_at if first.owner_id else deadlines.answer_by(turn, first)
    return cards.OwnFacts(
        day=today(turn.now),
        waiting=len(asked),
        owned=len(owned),
        late=len(late),
        held=len(held),
        first=_line(turn, first, first.round_at, opens=True) if first is not None else None,
        until=until,
    )


def by_area(turn: Turn, areas: tuple[str, ...], day: date) -> dict[str, Counts]:
    """The figures of the province per kabupaten/kota, of a kabupaten/kota per kecamatan; "" for an unknown place."""
    by = figures.counts(turn.session, areas, "kabupaten" if areas == (roster.PROVINCE,) else "kecamatan", day, turn.now)
    return dict(sorted(by.items()))


def area_lines(turn: Turn, areas: tuple[str, ...], day: date) -> list[overview_cards.AreaLine]:
    """The breakdown of a summary: every area below, with its figures and its kecamatan with nobody."""
    figured = by_area(turn, areas, day)
    empty = [place.code for place in empty_places(turn, areas)]
    return [
        overview_cards.AreaLine(_label(turn.house, code) or None, counts, sum(under(hole, (code,)) for hole in empty))
        for code, counts in figured.items()
    ]


def holes(turn: Turn, areas: tuple[str, ...]) -> list[overview_cards.Holes]:
    """The kecamatan with nobody, by kabupaten/kota."""
    found: dict[str, list[str]] = {}
    for place in empty_places(turn, areas):
        found.setdefault(turn.house.known.places.parents(place.code)[0].label, []).append(place.name)
    return [overview_cards.Holes(label, tuple(names)) for label, names in found.items()]


def empty_places(turn: Turn, areas: tuple[str, ...]) -> list[Place]:
    """The kecamatan in which no TKSK can be reached: there is none, none came in, or they blocked the bot.

    Those where the service has not begun are not among them.
    """
    covers, service = (
        coverage.coverage(turn.session, turn.house.known.places, turn.now, areas),
        turn.house.known.service,
    )
    return [cover.place for cover in covers if cover.state != "bound" and service.has_begun(cover.place.code)]


def _beyond(turn: Turn, areas: tuple[str, ...]) -> int:
    """The kecamatan of these areas where the service has not begun."""
    places, service = turn.house.known.places, turn.house.known.service
    outside = (place.code for place in places.kabupaten() if not service.has_begun(place.code))
    return sum(under(place.code, areas) for code in outside for place in places.children(code))


def case_lines(turn: Turn, found: Sequence[Listed], reader: int | None, *, late: bool = False) -> list[cards.CaseLine]:
    """Cases as lines; only those that the one door to a case lets the reader through to may be opened."""
    ids = [listed.case_id for listed in found]
    opens = cases.openable(turn.session, ids, reader) if reader is not None else set()
    known = cases.named(turn.session, ids)
    return [
        _line(turn, known[listed.case_id], listed.since, opens=listed.case_id in opens, late=late) for listed in found
    ]


def _line(turn: Turn, case: Case, since: datetime, *, opens: bool, late: bool = False) -> cards.CaseLine:
    """One case in a list: nothing that its reporter wrote is read for it."""
    due = case.next_due_at
    if case.status == Status.OPEN and case.fired_at is not None:
        due = deadlines.answer_by(turn, case)
    return cards.CaseLine(facts_of(turn, case, None), due, since, opens, late)


def read(turn: Turn, chat_id: int, day: date) -> str | None:
    """Note that somebody has seen the summary of a day; the uid of its message, None when they got none."""
    row = summaries.of(turn.session, day, chat_id)
    if row is None:
        return None
    if row.read_at is None:
        row.read_at = turn.now
        turn.session.add(row)
    return row.uid


def _post(session: Session, place: str | None, member_id: str | None, reader: int | None) -> cards.Post:
    member = session.get(Member, member_id) if member_id else None
    if member is None:
        return cards.Post(place, named=False, name=None)
    return cards.Post(place, named=True, name=roster.name_of(session, member) if reader is not None else None)


def _label(house: House, code: str) -> str:
    place = house.known.places.get(code)
    if code == roster.PROVINCE:
        return "Jawa Timur"
    return place.label if place is not None else ""
