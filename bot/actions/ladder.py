"""One step of the ladder for one case: decide purely, then write asks, messages, timeline and the next due time."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, update

from bot.actions import events, news, replies
from bot.actions.house import House
from bot.actions.speak import edit, facts, say, speech_for, tell_admins
from bot.config import policy_from_json, policy_json
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
    goes_on_at,
    next_action,
)
from bot.core.hours import Hours
from bot.core.moves import ENDS, Event, Status, after
from bot.core.ownership import FIRST_WORD, heard_by
from bot.core.words import Words
from bot.texts import cards
from bot.texts.message import Message
from storage import cases, outbox, roster, timeline
from storage.tables import Ask, Case, Member
from storage.tables import Policy as StoredPolicy

log = logging.getLogger("tersapa.ladder")

FOLLOW_UPS = 2
"""How often an owner of whom nothing is heard is asked before his case climbs again (row 56)."""
MARGIN = timedelta(minutes=10)
"""Between what the ladder plans and what the reporter is promised; in darurat there is none."""
NEWS_EVERY = {"darurat": timedelta(hours=1), "mendesak": timedelta(hours=6), "biasa": timedelta(hours=24)}
"""At the end of the ladder, which repeats more often than a reporter wants to read the same."""


def policy_of(session: Session, case: Case) -> Policy:
    """The ladder the case began with."""
    row = session.get(StoredPolicy, case.policy_id)
    assert row is not None, "a case keeps its policy"
    return policy_from_json(row.body)


def step(session: Session, house: House, case: Case, now: datetime) -> Action | None:
    """Do what is due on `case` (held by this transaction) and set its next due time."""
    if case.status == Status.ACKNOWLEDGED:
        _follow_up(session, house, case, now)
        return None
    if case.status in ENDS:
        case.next_due_at = None
        session.add(case)
        return None
    policy = policy_of(session, case)
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
                news.climbed(session, house, case, _roles(session, people), promise(session, case, policy), now)
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
    policy = policy_of(session, case)
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
    until, then = deadline(session, case, policy)
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
                render_card(session, house, case, ask, None, now)
            replies.repeat(session, house, case, ask, rings_at, now)
            continue
        speech = speech_for(session, house, chat_id)
        told = facts(session, house, case)
        card = (
            cards.group_card(speech, told)
            if person == cases.GROUP
            else cards.ping(speech, told, role, now, until=until, then=then)
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


def deadline(session: Session, case: Case, policy: Policy) -> tuple[datetime, str | None]:
    """Until when the present rung may answer, and which role is asked after it (None: it repeats)."""
    until = goes_on_at(cases.view(session, case), policy)
    if case.rung + 1 < len(policy.rungs):
        roles = [role for role in policy.rungs[case.rung + 1].ask if role != "jsc2"]
        return until, (roles or ["jsc"])[-1]
    return until, None


def answer_by(session: Session, case: Case) -> datetime:
    """Until when the people asked about an open case may answer before somebody else is asked."""
    return deadline(session, case, policy_of(session, case))[0]


def promise(session: Session, case: Case, policy: Policy) -> datetime:
    """Until when the reporter hears the next news at the latest: the next step, and a margin to be honest."""
    until = deadline(session, case, policy)[0]
    if case.rung >= len(policy.rungs) - 1 and case.fired_at is not None:
        until = max(until, case.fired_at + NEWS_EVERY[case.urgency])
    if case.urgency == "darurat":
        return until
    until += MARGIN
    return until.replace(second=0, microsecond=0) + timedelta(minutes=-until.minute % 5)


def asked_role(session: Session, case: Case) -> str:
    """The highest role that is asked now: what the reporter may know of who is."""
    asked = {ask.role for ask in cases.asks(session, case) if ask.rung == case.rung}
    return max(asked, key=LADDER_ROLES.index, default="jsc")


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
    until, then = deadline(session, case, policy)
    for ask in cases.asks(session, case):
        if ask.person not in reached:
            continue
        ask.reminded = reached[ask.person]
        speech = speech_for(session, house, ask.chat_id)
        last = then if ask.reminded >= len(policy.rungs[case.rung].remind) else None
        message = cards.reminder(speech, facts(session, house, case), until if then and until > now else None, last)
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


def _follow_up(session: Session, house: House, case: Case, now: datetime) -> None:
    """An owner of whom nothing was heard is asked, asked again, and then the case climbs on (row 56).

    So is one who waited for something: on its day the waiting is over, whatever he says.
    """
    assert case.acknowledged_at is not None and case.owner_id is not None
    hours = policy_of(session, case).hours
    if not hours.is_open(now):  # looked at late, in quiet hours
        case.next_due_at = hours.opening(now)
        session.add(case)
        return
    case.waiting_for = None
    owner = session.get(Member, case.owner_id)
    if case.reminded < FOLLOW_UPS and owner is not None and owner.active and owner.chat_id is not None:
        case.reminded += 1
        speech = speech_for(session, house, owner.chat_id)
        message = cards.follow_up(speech, facts(session, house, case), case.acknowledged_at, now)
        say(session, owner.chat_id, message, now, kind="follow_up", priority=outbox.PING, case=case)
        timeline.note(session, case.id, "follow_up", timeline.CLOCK, now, times=case.reminded)
        case.next_due_at = hours.opening(now + FIRST_WORD[case.urgency])
        session.add(case)
        return
    release(session, house, case, timeline.CLOCK, now, why="silence")
    if owner is not None and owner.chat_id is not None:
        speech = speech_for(session, house, owner.chat_id)
        say(
            session,
            owner.chat_id,
            Message(speech.say("w_lepas", nomor=case.number)),
            now,
            priority=outbox.PING,
        )
    go_on(session, house, case, now)


def go_on(session: Session, house: House, case: Case, now: datetime) -> None:
    """The next step of a case that was taken and is open again; its reporter hears it, whoever is asked."""
    action = step(session, house, case, now)
    if not isinstance(action, Stuck) and not (isinstance(action, Climb) and action.rung > 0):
        news.goes_on(session, house, case, promise(session, case, policy_of(session, case)), now)


def await_word(session: Session, house: House, case: Case, now: datetime) -> None:
    """The owner took the case or was heard: from now on his next deadline counts, and he was not asked yet."""
    assert case.acknowledged_at is not None
    hours, calendar = policy_of(session, case).hours, house.calendar
    case.reminded, case.waiting_for = 0, None
    case.next_due_at = heard_by(case.urgency, case.acknowledged_at, case.heard, now, hours, calendar)
    session.add(case)


def release(
    session: Session, house: House, case: Case, actor: str, now: datetime, *, why: str, undo: bool = False
) -> None:
    """An acknowledged case is open again: whoever was asked and is still there may answer again, its owner said no."""
    moved = after(Status(case.status), Event.UNDO if undo else Event.RELEASE)
    assert moved is not None
    former = case.owner_id
    case.status, case.owner_id, case.acknowledged_at, case.next_due_at = moved, None, None, now
    case.reminded, case.heard, case.waiting_for = 0, 0, None
    session.add(case)
    session.flush()
    over = update(Ask).where(col(Ask.case_id) == case.id, col(Ask.round) == case.round, col(Ask.state) == AskState.OVER)
    if not undo:
        over_owner = over.where(col(Ask.person) == former)
        session.exec(over_owner.values(state=AskState.DECLINED, reason=why))
    away = roster.absent(session, [ask.person for ask in cases.asks(session, case)], now)
    session.exec(over.where(col(Ask.person).in_(away)).values(state=AskState.DEAD, reason="absent"))
    session.exec(over.values(state=AskState.WAITING))
    timeline.note(session, case.id, "undo" if undo else "release", actor, now, why=why)
    session.expire_all()
    unread = outbox.cancelled(session, [ask.ping_uid for ask in cases.asks(session, case)])
    for ask in cases.asks(session, case):
        waits = ask.ping_uid in unread and ask.state == AskState.WAITING  # answered before it left: he never saw it
        if waits and replies.has_card(session, ask, ask.chat_id):
            render_card(session, house, case, ask, None, now)
            replies.repeat(session, house, case, ask, now, now)
        elif waits:
            message = card_now(session, house, case, ask, None, now)
            ask.card_uid = ask.ping_uid = say(
                session, ask.chat_id, message, now, kind="card", priority=outbox.PING, case=case, ask=ask.id
            )
            session.add(ask)
        else:
            render_card(session, house, case, ask, None, now)


def refresh_cards(session: Session, house: House, case: Case, now: datetime) -> None:
    """Every card of the round shows what is true now, and no line under it has buttons (one card edits when taken)."""
    owner = session.get(Member, case.owner_id) if case.owner_id else None
    for ask in cases.asks(session, case):
        render_card(session, house, case, ask, owner, now)
        replies.close(session, ask, now)


def render_card(session: Session, house: House, case: Case, ask: Ask, owner: Member | None, now: datetime) -> None:
    """Edit one card to the present state of its case."""
    edit(
        session,
        ask.chat_id,
        ask.card_uid,
        card_now(session, house, case, ask, owner, now),
        now,
        priority=outbox.RECEIPT,
    )


def card_now(session: Session, house: House, case: Case, ask: Ask, owner: Member | None, now: datetime) -> Message:
    """The card of an ask as it should read now."""
    speech, told = speech_for(session, house, ask.chat_id), facts(session, house, case)
    if owner is not None:
        assert case.acknowledged_at is not None
        name = roster.name_of(session, owner)
        back = ask.person == cases.GROUP and owner.role == "jsc"
        return cards.taken_card(speech, told, owner.role, name, case.acknowledged_at, back=back)
    if case.status != Status.OPEN or ask.round != case.round:
        return cards.over_card(speech, told, "c_berakhir")
    if ask.state == AskState.DECLINED:
        return cards.over_card(speech, told, "c_diteruskan")
    if ask.person == cases.GROUP:
        return replace(cards.group_card(speech, told), silent=False)
    return cards.ping(speech, told, ask.role, now, until=None, then=None)


def new_policy(session: Session, house: House, urgency: str, place: str | None, *, always: bool = False) -> str:
    """Keep the present ladder of `urgency` at a kecamatan (or kabupaten/kota, if no more is known); returns its id.

    `always` lets it ring at any hour.
    """
    policy = house.policy(urgency, place)
    policy_id, body = policy_json(replace(policy, hours=Hours()) if always else policy)
    cases.keep_policy(session, policy_id, body)
    return policy_id
