"""One step of the ladder for one open case: decide purely, then write asks, messages, timeline, the next due time."""

import logging
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from bot.actions import case_cards, deadlines, events, news, replies
from bot.actions.house import House
from bot.actions.speak import facts, say, speech_for, tell_admins
from bot.core.escalation import (
    LADDER_ROLES,
    Action,
    AskState,
    Climb,
    People,
    Policy,
    Remind,
    Repeat,
    Stop,
    Stuck,
    Wait,
    next_action,
)
from bot.core.moves import ENDS
from bot.core.words import Words
from bot.texts import case_card as cards
from bot.texts import case_lists as lists
from storage import cases, outbox, timeline
from storage.tables import Ask, Case, Member

log = logging.getLogger("tersapa.ladder")


def step(session: Session, house: House, case: Case, now: datetime) -> Action | None:
    """Do what is due on `case` (held by this transaction) and set its next due time."""
    if case.status in ENDS:
        case.next_due_at = None
        session.add(case)
        return None
    policy = deadlines.policy_of(session, case)
    who = cases.people(session, case, house.group, now)
    action = next_action(cases.view(session, case), now, policy, who)
    _perform(session, house, case, policy, action, now)
    case.next_due_at = action.until if isinstance(action, Wait) else _next(session, case, policy, who, now)
    session.add(case)
    return action


def _perform(session: Session, house: House, case: Case, policy: Policy, action: Action, now: datetime) -> None:
    match action:
        case Climb(rung, people, rings_at, skipped):
            for empty in skipped:
                _nobody(session, house, case, policy, empty, rung, now)
            _ask(session, house, case, policy, rung, people, rings_at, now)
            timeline.note(
                session, case.id, "climb", timeline.CLOCK, now, rung=rung, round=case.round, asked=len(people)
            )
            if rung > 0:
                news.climbed(
                    session, house, case, _roles(session, people), deadlines.promise(session, case, policy), now
                )
            events.climbed(session, house, case, policy.rungs[rung].ask, now)
        case Repeat(rung, people, rings_at):
            _ask(session, house, case, policy, rung, people, rings_at, now)
            timeline.note(
                session,
                case.id,
                "repeat",
                timeline.CLOCK,
                now,
                rung=rung,
                round=case.round,
                asked=len(people),
            )
            events.climbed(session, house, case, policy.rungs[rung].ask, now, again=True)
        case Remind(people, rings_at, reached):
            _remind(session, house, case, policy, dict(zip(people, reached, strict=True)), rings_at, now)
        case Stuck():
            _stuck(session, house, case, now)
        case Wait() | Stop():
            pass


def climb_now(session: Session, house: House, case: Case, now: datetime) -> Action:
    """The next rung without waiting, because a person on the spot asked for it (row 58).

    At the end of the ladder, which was asked a moment ago, it waits; the action says until when.
    """
    policy = deadlines.policy_of(session, case)
    who = cases.people(session, case, house.group, now)
    action = next_action(cases.view(session, case), now, policy, who, at_once=True)
    _perform(session, house, case, policy, action, now)
    case.next_due_at = _next(session, case, policy, who, now)
    session.add(case)
    return action


def _next(session: Session, case: Case, policy: Policy, who: People, now: datetime) -> datetime:
    """When to look again: what the ladder says after this step."""
    session.flush()
    following = next_action(cases.view(session, case), now, policy, who)
    return following.until if isinstance(following, Wait | Stuck) else now


def _ask(
    session: Session,
    house: House,
    case: Case,
    policy: Policy,
    rung: int,
    people: tuple[str, ...],
    rings_at: datetime,
    now: datetime,
) -> None:
    case.rung, case.fired_at, case.stuck, case.grace_until = rung, rings_at, False, None
    session.add(case)
    known = {ask.person: ask for ask in cases.asks(session, case)}
    until, then = deadlines.deadline(session, case, policy)
    for person in people:
        role, chat_id = _who(session, house, person)
        ask = known.get(person) or Ask(
            case_id=case.id,
            round=case.round,
            rung=rung,
            person=person,
            role=role,
            chat_id=chat_id,
            fired_at=rings_at,
            card_uid="",
            ping_uid="",
            asked=0,
        )
        said_no, has_card = ask.state == AskState.DECLINED, replies.has_card(session, ask, chat_id)
        if not has_card:
            replies.leave(session, ask, now)
        ask.rung, ask.state, ask.fired_at, ask.chat_id = rung, AskState.WAITING, rings_at, chat_id
        ask.delivered_at, ask.reminded, ask.asked, ask.reason = None, 0, ask.asked + 1, None
        if has_card:
            if said_no:  # his card says that it was passed on: it is his again
                case_cards.render(session, house, case, ask, None, now)
            replies.repeat(session, house, case, ask, rings_at, now)
            continue
        speech = speech_for(session, house, chat_id)
        told = facts(session, house, case)
        card = (
            cards.group_card(speech, told)
            if person == cases.GROUP
            else cards.ping(speech, told, role, until=until, then=then)
        )
        ask.card_uid = ask.ping_uid = say(
            session,
            chat_id,
            card,
            now,
            kind="card",
            priority=outbox.URGENT if case.urgency == "darurat" else outbox.PING,
            not_before=None if rings_at <= now else rings_at,
            case=case,
            ask=ask.id,
        )
        session.add(ask)


def _roles(session: Session, people: tuple[str, ...]) -> list[str]:
    """The roles of the people who were just asked, the highest last."""
    members = (session.get(Member, person) for person in people if person != cases.GROUP)
    found = {member.role for member in members if member is not None} | ({"jsc"} if cases.GROUP in people else set())
    return sorted(found, key=LADDER_ROLES.index)


def _who(session: Session, house: House, person: str) -> tuple[str, int]:
    if person == cases.GROUP:
        assert house.group is not None
        return "jsc", house.group
    member = session.get(Member, person)
    assert member is not None and member.chat_id is not None
    return member.role, member.chat_id


def _remind(
    session: Session,
    house: House,
    case: Case,
    policy: Policy,
    reached: Mapping[str, int],
    rings_at: datetime,
    now: datetime,
) -> None:
    until, then = deadlines.deadline(session, case, policy)
    for ask in cases.asks(session, case):
        if ask.person not in reached:
            continue
        ask.reminded = reached[ask.person]
        speech = speech_for(session, house, ask.chat_id)
        last = then if ask.reminded >= len(policy.rungs[case.rung].remind) else None
        message = lists.reminder(speech, facts(session, house, case), until if then and until > now else None, last)
        replies.reply(session, case, ask, message, rings_at, now)
    timeline.note(session, case.id, "remind", timeline.CLOCK, now, rung=case.rung, asked=len(reached))


def _nobody(session: Session, house: House, case: Case, policy: Policy, empty: int, rung: int, now: datetime) -> None:
    """A rung on which nobody can be asked: climbed at once, and an admin hears of the hole (row 38)."""
    timeline.note(session, case.id, "rung_empty", timeline.CLOCK, now, rung=empty, round=case.round)
    if empty == 0:
        place = house.known.places.get(case.kecamatan or case.kabupaten or "")
        tell_admins(
            session,
            house,
            "l_kosong",
            now,
            tempat=place.label if place else "Jawa Timur",
            nomor=case.number,
            peran=Words(f"peran-{policy.rungs[rung].ask[0]}"),
        )


def _stuck(session: Session, house: House, case: Case, now: datetime) -> None:
    log.error("nobody can be asked about a case", extra={"case": case.id, "round": case.round})
    if not case.stuck:
        case.stuck = True
        timeline.note(session, case.id, "stuck", timeline.CLOCK, now, round=case.round)
        tell_admins(session, house, "l_buntu", now, nomor=case.number)
        if case.created_at < now:  # otherwise the receipt says it
            news.stuck(session, house, case, now)
