"""One step of the ladder for one open case: decide purely, then let what was decided happen to the case."""

import logging

from bot.actions import events, news
from bot.actions.casefile import CaseFile
from bot.actions.moving import move
from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core.escalation import Action, Alarm, Climb, Remind, Repeat, Stop, Stuck, Wait, next_action
from bot.core.moves import Event
from bot.core.roles import LADDER_ROLES, PLACES
from bot.core.standing import Given
from bot.core.words import Words
from bot.texts.times import at_words
from storage import roster, timeline

log = logging.getLogger("tersapa.ladder")

Stepped = tuple[CaseFile, Action]
"""The file after a step, and what the step was."""


def step(turn: Turn, file: CaseFile) -> Stepped:
    """Do what is due on an open case and set when it is looked at next."""
    action = next_action(file.view, turn.now, file.policy, file.people)
    return _perform(turn, file, action), action


def climb_now(turn: Turn, file: CaseFile) -> Stepped:
    """The next rung without waiting, because a person on the spot asked for it (row 58).

    At the end of the ladder, which was asked a moment ago, it waits; the action says until when.
    """
    action = next_action(file.view, turn.now, file.policy, file.people, at_once=True)
    return _perform(turn, file, action), action


def _perform(turn: Turn, file: CaseFile, action: Action) -> CaseFile:
    match action:
        case Climb(rung, people, rings_at, skipped):
            for empty in skipped:
                if not any(file.people.get(role) for role in file.policy.rungs[empty].ask):
                    _nobody(turn, file, empty, rung)
            unstuck = file.case.stuck
            file = move(turn, file, Event.CLIMB, Given(rung=rung, people=people, rings_at=rings_at))
            if rung > 0 and (roles := _roles(file, people)):
                news.climbed(turn, file, roles)
            elif unstuck or _came_late(turn, file):
                news.goes_on(turn, file)
            events.climbed(turn, file.case, file.policy.rungs[rung].ask)
        case Repeat(rung, people, rings_at):
            unstuck = file.case.stuck
            file = move(turn, file, Event.REPEAT, Given(rung=rung, people=people, rings_at=rings_at))
            if unstuck:
                news.goes_on(turn, file)
            events.climbed(turn, file.case, file.policy.rungs[rung].ask, again=True)
        case Remind(people, rings_at, reached):
            file = move(turn, file, Event.REMIND, Given(people=people, reached=reached, rings_at=rings_at))
        case Alarm():
            file = move(turn, file, Event.ALARM)
            place = turn.house.known.places.get(file.case.kecamatan or file.case.kabupaten or "")
            tempat = place.label if place else "Jawa Timur"
            tell_admins(turn, "l_sejam", nomor=file.case.number, tempat=tempat, **at_words(file.case.round_at))
        case Stuck():
            file = _stuck(turn, file)
        case Wait() | Stop():
            unstuck = file.case.stuck
            file = move(turn, file, Event.LOOK)
            if unstuck and file.listed:
                news.goes_on(turn, file)
    return file


def _came_late(turn: Turn, file: CaseFile) -> bool:
    """Whether the service has come to a place whose reporters were told that it has not."""
    return file.case.created_at < turn.now and any(report.told == news.LISTED for report in file.reports)


def _roles(file: CaseFile, people: tuple[str, ...]) -> list[str]:
    """The roles of the people who were just asked for the first time, the highest last."""
    fresh = {ask.role for ask in file.asks if ask.person in people and ask.asked == 1}
    return sorted(fresh, key=LADDER_ROLES.index)


def _nobody(turn: Turn, file: CaseFile, empty: int, rung: int) -> None:
    """A rung on which nobody can be asked: climbed at once, and an admin hears of the hole (row 38)."""
    case = file.case
    timeline.note(turn.session, case.id, "rung_empty", timeline.CLOCK, turn.now, rung=empty, round=case.round)
    if empty == 0 and not is_filled(turn, file, empty):
        to, roles = Words(f"peran-{file.policy.rungs[rung].ask[0]}"), file.policy.rungs[empty].ask
        of_kecamatan = any(PLACES[role][0].level == "kecamatan" for role in roles)
        place = turn.house.known.places.get((case.kecamatan if of_kecamatan else None) or case.kabupaten or "")
        where = place.label if place else "Jawa Timur"
        if of_kecamatan:
            tell_admins(turn, "l_kosong", tempat=where, nomor=case.number, peran=to)
        else:
            nobody = Words(f"peran-{roles[0]}")
            tell_admins(turn, "l_kosong_peran", tempat=where, nomor=case.number, kosong=nobody, peran=to)


def is_filled(turn: Turn, file: CaseFile, rung: int) -> bool:
    """Whether somebody stands on a rung after all, and is only not asked on their own report."""
    own = (roster.member(turn.session, person) for person in file.reporters)
    return any(member is not None and member.active and member.role in file.policy.rungs[rung].ask for member in own)


def _stuck(turn: Turn, file: CaseFile) -> CaseFile:
    """Nobody on any rung can be asked: admins and the reporter hear it once, and it is looked at again."""
    case = file.case
    log.error("nobody can be asked about a case", extra={"case": case.id, "round": case.round})
    known = case.stuck
    file = move(turn, file, Event.STICK)
    if known:
        return file
    timeline.note(turn.session, case.id, "stuck", timeline.CLOCK, turn.now, round=case.round)
    tell_admins(turn, "l_buntu", nomor=case.number)
    if case.created_at < turn.now:  # otherwise the receipt says it
        news.stuck(turn, file)
    return file
