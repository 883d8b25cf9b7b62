"""One step of the ladder for one open case: decide purely, then write asks, messages, timeline, the next due time."""

import logging
from collections.abc import Mapping
from datetime import datetime

from bot.actions import case_cards, deadlines, events, news, replies
from bot.actions.speak import facts, tell_admins
from bot.actions.turn import Turn
from bot.core.escalation import (
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
from bot.core.roles import LADDER_ROLES
from bot.core.words import Words
from bot.texts import cards
from storage import cases, kinds, timeline
from storage.session import Session
from storage.tables import Ask, Case, Member

log = logging.getLogger("tersapa.ladder")


def step(turn: Turn, case: Case) -> Action | None:
    """Do what is due on `case` (held by this transaction) and set its next due time."""
    if case.status in ENDS:
        case.next_due_at = None
        turn.session.add(case)
        return None
    policy = deadlines.policy_of(turn.session, case)
    who = cases.people(turn.session, case, turn.house.group, turn.now)
    action = next_action(cases.view(turn.session, case), turn.now, policy, who)
    _perform(turn, case, policy, action)
    case.next_due_at = action.until if isinstance(action, Wait) else _next(turn, case, policy, who)
    turn.session.add(case)
    return action


def _perform(turn: Turn, case: Case, policy: Policy, action: Action) -> None:
    match action:
        case Climb(rung, people, rings_at, skipped):
            for empty in skipped:
                _nobody(turn, case, policy, empty, rung)
            _ask(turn, case, policy, rung, people, rings_at)
            timeline.note(
                turn.session, case.id, "climb", timeline.CLOCK, turn.now, rung=rung, round=case.round, asked=len(people)
            )
            if rung > 0:
                news.climbed(turn, case, _roles(turn.session, people), deadlines.promise(turn.session, case, policy))
            events.climbed(turn, case, policy.rungs[rung].ask)
        case Repeat(rung, people, rings_at):
            _ask(turn, case, policy, rung, people, rings_at)
            timeline.note(
                turn.session,
                case.id,
                "repeat",
                timeline.CLOCK,
                turn.now,
                rung=rung,
                round=case.round,
                asked=len(people),
            )
            events.climbed(turn, case, policy.rungs[rung].ask, again=True)
        case Remind(people, rings_at, reached):
            _remind(turn, case, policy, dict(zip(people, reached, strict=True)), rings_at)
        case Stuck():
            _stuck(turn, case)
        case Wait() | Stop():
            pass


def climb_now(turn: Turn, case: Case) -> Action:
    """The next rung without waiting, because a person on the spot asked for it (row 58).

    At the end of the ladder, which was asked a moment ago, it waits; the action says until when.
    """
    policy = deadlines.policy_of(turn.session, case)
    who = cases.people(turn.session, case, turn.house.group, turn.now)
    action = next_action(cases.view(turn.session, case), turn.now, policy, who, at_once=True)
    _perform(turn, case, policy, action)
    case.next_due_at = _next(turn, case, policy, who)
    turn.session.add(case)
    return action


def _next(turn: Turn, case: Case, policy: Policy, who: People) -> datetime:
    """When to look again: what the ladder says after this step."""
    turn.session.flush()
    following = next_action(cases.view(turn.session, case), turn.now, policy, who)
    return following.until if isinstance(following, Wait | Stuck) else turn.now


def _ask(turn: Turn, case: Case, policy: Policy, rung: int, people: tuple[str, ...], rings_at: datetime) -> None:
    case.rung, case.fired_at, case.stuck, case.grace_until = rung, rings_at, False, None
    turn.session.add(case)
    known = {ask.person: ask for ask in cases.asks(turn.session, case)}
    until, then = deadlines.deadline(turn.session, case, policy)
    for person in people:
        role, chat_id = _who(turn, person)
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
        said_no, has_card = ask.state == AskState.DECLINED, replies.has_card(turn.session, ask, chat_id)
        if not has_card:
            replies.leave(turn, ask)
        ask.rung, ask.state, ask.fired_at, ask.chat_id = rung, AskState.WAITING, rings_at, chat_id
        ask.delivered_at, ask.reminded, ask.asked, ask.reason = None, 0, ask.asked + 1, None
        if has_card:
            if said_no:  # his card says that it was passed on: it is his again
                case_cards.render(turn, case, ask, None)
            replies.repeat(turn, case, ask, rings_at)
            continue
        speech = turn.speech(chat_id)
        told = facts(turn, case)
        card = (
            cards.group_card(speech, told)
            if person == cases.GROUP
            else cards.ping(speech, told, role, until=until, then=then)
        )
        ask.card_uid = ask.ping_uid = turn.say(chat_id, card, kinds.CARD, case=case, ask=ask, rings_at=rings_at)
        turn.session.add(ask)


def _roles(session: Session, people: tuple[str, ...]) -> list[str]:
    """The roles of the people who were just asked, the highest last."""
    members = (session.get(Member, person) for person in people if person != cases.GROUP)
    found = {member.role for member in members if member is not None} | ({"jsc"} if cases.GROUP in people else set())
    return sorted(found, key=LADDER_ROLES.index)


def _who(turn: Turn, person: str) -> tuple[str, int]:
    if person == cases.GROUP:
        assert turn.house.group is not None
        return "jsc", turn.house.group
    member = turn.session.get(Member, person)
    assert member is not None and member.chat_id is not None
    return member.role, member.chat_id


def _remind(turn: Turn, case: Case, policy: Policy, reached: Mapping[str, int], rings_at: datetime) -> None:
    until, then = deadlines.deadline(turn.session, case, policy)
    for ask in cases.asks(turn.session, case):
        if ask.person not in reached:
            continue
        ask.reminded = reached[ask.person]
        speech = turn.speech(ask.chat_id)
        last = then if ask.reminded >= len(policy.rungs[case.rung].remind) else None
        message = cards.reminder(speech, facts(turn, case), until if then and until > turn.now else None, last)
        replies.reply(turn, case, ask, message, rings_at)
    timeline.note(turn.session, case.id, "remind", timeline.CLOCK, turn.now, rung=case.rung, asked=len(reached))


def _nobody(turn: Turn, case: Case, policy: Policy, empty: int, rung: int) -> None:
    """A rung on which nobody can be asked: climbed at once, and an admin hears of the hole (row 38)."""
    timeline.note(turn.session, case.id, "rung_empty", timeline.CLOCK, turn.now, rung=empty, round=case.round)
    if empty == 0:
        place = turn.house.known.places.get(case.kecamatan or case.kabupaten or "")
        tell_admins(
            turn,
            "l_kosong",
            tempat=place.label if place else "Jawa Timur",
            nomor=case.number,
            peran=Words(f"peran-{policy.rungs[rung].ask[0]}"),
        )


def _stuck(turn: Turn, case: Case) -> None:
    log.error("nobody can be asked about a case", extra={"case": case.id, "round": case.round})
    if not case.stuck:
        case.stuck = True
        timeline.note(turn.session, case.id, "stuck", timeline.CLOCK, turn.now, round=case.round)
        tell_admins(turn, "l_buntu", nomor=case.number)
        if case.created_at < turn.now:  # otherwise the receipt says it
            news.stuck(turn, case)
