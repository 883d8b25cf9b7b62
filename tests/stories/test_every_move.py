"""Every button in every state, by everybody: docs/moves.md says what happens; all else is refused in one sentence."""

import itertools
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from sqlmodel import col, delete, select, update

from bot.core.addition import Addition
from bot.core.buttons import (
    Amend,
    Called,
    CaseButton,
    Companion,
    Company,
    Decline,
    DeclineFor,
    Finish,
    GiveBack,
    Grade,
    Hand,
    Handed,
    Hold,
    Mute,
    Note,
    Pictures,
    Progress,
    Raise,
    Read,
    Take,
    Undo,
    Visit,
)
from bot.core.correction import Correction
from bot.core.moves import ENDS, Event, Status, Who
from bot.localtelegram.phones import Phone
from handlers.acts import Pressed
from handlers.acts import Who as Presser
from handlers.turn import take_turn
from storage import additions, roster, timeline
from storage.session import Said, Session
from storage.standing import standing_of
from storage.tables import Addition as Row
from storage.tables import Ask, Case, Member, Report
from tests.rules.test_moves import ROLES, written
from tests.support.length import WHOLE
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

AREAS = {"tksk": SINGOSARI, "deputy": SINGOSARI, "ppa": MALANG, "koordinator": MALANG, "dinsos": MALANG, "jsc": "35"}
ARE = {
    "owner": {Who.AREA, Who.OWNER, Who.TEAM},
    "team": {Who.AREA, Who.TEAM},
    "asked": {Who.AREA, Who.ASKED},
    "passed": {Who.AREA, Who.PASSED},
    "handed": {Who.AREA, Who.HANDED},
    "company": {Who.AREA, Who.COMPANY},
    "area": {Who.AREA},
    "outside": set(),
}
ADDITION = "0" * 12
"""What the reporter corrected."""
NOTE = "1" * 12
"""What an owner noted."""
DEPUTY = "2" * 12
"""Another deputy, to whom a case is handed."""
NOTED = {event: str(event) for event in Event} | {Event.GIVE_BACK: "release"}


def buttons(case: str, round_: int) -> dict[Event, CaseButton]:
    """The button by which each event is caused."""
    one = (case, round_)
    return {
        Event.ACKNOWLEDGE: Take(*one),
        Event.READ: Read(*one),
        Event.VIEW: Pictures(*one),
        Event.DECLINE: Decline(*one),
        Event.EXPLAIN: DeclineFor(*one, "lain"),
        Event.ESCALATE: Raise(*one),
        Event.RAISE: Grade(*one, "darurat", "naik"),
        Event.LOWER: Grade(*one, "mendesak", "aman"),
        Event.PHONE: Called(*one),
        Event.MUTE: Mute(*one, "jalan"),
        Event.UNDO: Undo(*one),
        Event.GIVE_BACK: GiveBack(*one),
        Event.PROGRESS: Progress(*one),
        Event.MEET: Visit(*one, "bertemu"),
        Event.MISS: Visit(*one, "kosong"),
        Event.WAIT: Hold(*one, "rsj", 3),
        Event.HAND: Hand(*one, DEPUTY),
        Event.UNHAND: Hand(*one, "tarik"),
        Event.ASK_COMPANY: Company(*one, DEPUTY),
        Event.CALL_OFF: Company(*one, "tarik"),
        Event.JOIN: Companion(*one, "ikut"),
        Event.STAY: Companion(*one, "tidak"),
        Event.ACCEPT: Handed(*one, "terima"),
        Event.REFUSE: Handed(*one, "tidak"),
        Event.CLOSE: Finish(*one, "tertolong"),
        Event.AMEND: Amend(*one, ADDITION),
        Event.NOTE: Note(*one, NOTE),
    }


QUESTIONS: dict[Event, Callable[[Case], CaseButton]] = {
    Event.EXPLAIN: lambda case: DeclineFor(case.id, case.round, "lainnya"),
    Event.WAIT: lambda case: Hold(case.id, case.round, "tanya", 0),
    Event.CLOSE: lambda case: Finish(case.id, case.round, "tanya"),
    Event.HAND: lambda case: Hand(case.id, case.round, "tanya"),
    Event.ASK_COMPANY: lambda case: Company(case.id, case.round, "tanya"),
    Event.LOWER: lambda case: Grade(case.id, case.round, "mendesak", "tanya"),
    Event.MUTE: lambda case: Mute(case.id, case.round, "tanya"),
}
"""Questions before a deed: whoever may not do it is not asked either."""


def _corrected(session: Session) -> None:
    """The reporter says that it is another kind."""
    report = session.exec(select(Report)).one()
    right = Addition("lansia", correction=Correction("lansia", "tidakada"))
    row = additions.begin(session, report, right, report.created_at, report.created_at)
    row.due_at, row.told_at = None, report.created_at
    session.flush()
    session.delete(row)
    session.flush()
    again = Row(**{**row.model_dump(), "id": ADDITION})
    additions.keep(session, again, right)


def _named(session: Session, chat: Phone) -> None:
    """This worker has an id that a button can name, and is asked before others of their role."""
    (member,) = roster.roles_of(session, chat_of(session, chat))
    session.exec(update(Member).where(col(Member.id) == member.id).values(id=DEPUTY, priority=-1))


Cell = tuple[Status, Event, str, str]
"""Status, event, role, how the presser stands to the case."""


def in_turn(all_of_them: Iterable[Cell], begin: int) -> Iterator[Cell]:
    """All of them in the campaign; else of the cells that differ in the role alone one role each, in turn.

    JSC is met wherever it is asked, as no other role may do what it may do then.
    """
    turn = itertools.count(begin)
    for _, alike in itertools.groupby(all_of_them, key=lambda cell: (cell[0], cell[1], cell[3])):
        group = list(alike)
        one = group[next(turn) % len(group)]
        for cell in group:
            if WHOLE or cell is one or cell[2:] == ("jsc", "asked"):
                yield cell


def cells() -> Iterator[Cell]:
    """Every cell there can be; those that differ in the role alone follow each other."""
    for status, event, stands, role in itertools.product(
        (Status.OPEN, Status.ACKNOWLEDGED, Status.CLOSED, Status.WITHDRAWN), buttons("0" * 12, 1), ARE, ROLES
    ):
        if stands in ("owner", "team") and status is not Status.ACKNOWLEDGED:
            continue
        if stands == "passed" and status in ENDS:
            continue
        if stands in ("handed", "company") and status is not Status.ACKNOWLEDGED:
            continue
        if (stands == "team" and role != "jsc") or (stands == "asked" and status is not Status.OPEN):
            continue
        yield status, event, role, stands


async def test_every_button_in_every_state_by_everybody(both: World) -> None:
    w = both
    people = {role: await w.worker(role, area, role) for role, area in AREAS.items()}
    mate = await w.worker("jsc", "35", "Ani")
    await w.read(partial(_named, chat=await w.worker("deputy", SINGOSARI, "Dewi")))
    far = {
        role: await w.worker(role, "35.78" if area == MALANG else "35.07.25", "jauh") for role, area in AREAS.items()
    }
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    newest, page = await w.case(), written()
    await w.read(_corrected)
    met: set[tuple[str, str]] = set()

    def arrange(session: Session, status: Status, role: str, stands: str) -> Case:
        case = session.get_one(Case, newest.id)
        session.exec(delete(Ask).where(col(Ask.case_id) == case.id))
        who = mate if stands == "team" else people["tksk" if role != "tksk" else "koordinator"]
        if stands == "owner":
            who = people[role]
        owner = next(member for member in roster.roles_of(session, chat_of(session, who)))
        case.next_due_at = None if status in ENDS else w.now
        if status is Status.ACKNOWLEDGED:
            case.owner_id, case.acknowledged_at = owner.id, w.now
        case.status = status
        if stands == "handed":
            (presser,) = roster.roles_of(session, chat_of(session, people[role]))
            case.handed_to, case.handed_until = presser.id, w.now
        if stands == "company":
            (presser,) = roster.roles_of(session, chat_of(session, people[role]))
            case.company_id, case.company_at, case.company_until = presser.id, w.now, w.now
        if stands == "owner":
            row = additions.begin_note(session, case, chat_of(session, who), Addition("sudah ditengok"), w.now)
            session.delete(row)
            session.flush()
            additions.keep(session, Row(**{**row.model_dump(), "id": NOTE}), Addition("sudah ditengok"))
        if stands in ("asked", "passed"):
            (member,) = roster.roles_of(session, chat_of(session, people[role]))
            ask = Ask(
                case_id=case.id,
                round=case.round,
                rung=case.rung,
                person=member.id,
                role=role,
                chat_id=chat_of(session, people[role]),
                fired_at=w.now,
                state="waiting" if stands == "asked" else "declined",
                card_uid="",
                ping_uid="",
            )
            session.add(ask)
        session.flush()
        return case

    def press(session: Session, status: Status, event: Event, role: str, stands: str) -> None:
        phone: Phone = far[role] if stands == "outside" and role != "jsc" else people[role]
        if stands == "outside" and role == "jsc":
            return  # JSC is everywhere
        case = arrange(session, status, role, stands)
        if event is Event.PHONE:
            case.rung = 1  # it has climbed
        if stands == "owner" and event is Event.UNHAND:
            case.handed_to, case.handed_until = DEPUTY, w.now
        if stands == "owner" and event is Event.CALL_OFF:
            case.company_id, case.company_at, case.company_until = DEPUTY, w.now, w.now
        case.urgency = "mendesak" if event is Event.RAISE else "darurat"
        before, entries = standing_of(case, ()).state, timeline.count(session, case.id, NOTED[event])
        questions = [QUESTIONS[event](case)] if event in QUESTIONS else []
        are = ARE[stands] | ({Who.JSC} if stands == "asked" and role == "jsc" else set())
        allowed = (status, event) in page and Who(page[status, event][0]) in are
        for button in (*questions, buttons(case.id, case.round)[event]):
            session.said, chat = Said(), chat_of(session, phone)
            toast = take_turn(w.turn(session), Pressed(Presser(chat, chat, True), button.pack(), "q", None))
            cell = (status, event, role, stands, button)
            assert toast is not None and any(row.dest == chat for row in session.said.rows), cell
            session.flush()
            if not allowed:
                assert toast.text, cell
                assert len([row for row in session.said.rows if row.kind in ("answer", "owner_card")]) == 1, (
                    "one sentence"
                )
                assert standing_of(case, ()).state == before, cell
        grown = timeline.count(session, case.id, NOTED[event]) - entries
        assert grown == int(allowed), (status, event, role, stands)
        if allowed:
            assert case.status == page[status, event][2], (status, event, role, stands)
            met.add((str(status), str(event)))

    def press_all(session: Session) -> None:
        for cell in in_turn(cells(), begin=0 if w.app.db.sqlite else 2):
            nested = session.begin_nested()
            press(session, *cell)
            nested.rollback()
            session.expire_all()
        session.said = Said()

    await w.read(press_all)
    assert met == {cell for cell, (who, _, _) in page.items() if who != Who.NOBODY}, "each allowed cell was met"
