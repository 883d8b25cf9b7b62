"""The timetable: everything that time does. What is due, idle, and next reads this one tuple."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.actions import absence, company, digest, greetings, handing, ladder, owners, promises
from bot.actions.casefile import CaseFile
from bot.actions.casefiles import open_all
from bot.actions.house import House
from bot.actions.turn import Turn
from bot.core.moves import Status
from bot.engine import daily
from bot.engine.almanac import Almanac
from bot.engine.channels import Lookout
from bot.engine.due import POISONED, Deed, Due, Together, in_column, in_memory
from bot.engine.listing import list_due
from bot.engine.summaries import summaries_due
from storage import additions, attendance, cases, chats, drafts, forgotten, inbox, sending, standing
from storage.session import Session
from storage.tables import Addition, Case, Chat, Draft, Leave, Report

FORGET = 5000
"""Rows that are forgotten in one transaction."""
CASES = Together(50, partial(open_all, lock="skip"))
"""So many that a press waits a blink, not more; a case that another transaction holds is left to it."""
NEWS = Together(50, promises.found)


@dataclass(frozen=True, slots=True)
class Said:
    """What happens to what somebody said and left: an unfinished draft, an addition about which nobody said a word."""

    stalled: Deed
    unanswered: Deed


def timetable(house: House, lookout: Lookout, said: Said) -> tuple[Due, ...]:
    """What time does, in the order in which it is done.

    Who is away is known before a case asks; a digest comes after the pings that it speaks for.
    What is said of an unfinished conversation belongs to the conversation and is handed in.
    """
    almanac = Almanac(house.calendar)
    return (
        in_column("leave", attendance.due, absence.turn, of=Leave.due_at),
        in_column("case", cases.due, _step_case, of=Case.next_due_at, put_off=_put_off_case, together=CASES),
        in_column("handing", cases.handed_due, handing.lapse_due, of=Case.handed_until),
        in_column("company", cases.company_due, company.unheard_due, of=Case.company_until),
        in_column("news", promises.due, promises.tell, of=Report.news_at, together=NEWS),
        in_column("draft", drafts.due, said.stalled, of=Draft.due_at),
        in_column("addition", additions.due, said.unanswered, of=Addition.due_at),
        in_column("greeting", chats.to_greet, greetings.greet, of=Chat.greet_at),
        summaries_due(house.settings.summary),
        list_due(house.known.service, house),
        in_memory("digest", digest.crowded, digest.bundle, digest.next_crowd),
        in_memory("piket", daily.piket_due, daily.ask_piket, daily.next_piket),
        in_memory("looks", daily.look_due, daily.send_look_lists, daily.next_look),
        in_memory("holidays", almanac.unsaid, almanac.say, almanac.next_year),
        in_memory("channels", lookout.changed, lookout.say, lookout.next_look),
        in_memory("leases", _lost, _abandon, lambda session, _: sending.next_lost(session)),
        _forgotten("received", inbox.forgettable, inbox.forget),
        _forgotten("said", forgotten.forgettable, forgotten.forget),
    )


def _lost(session: Session, now: datetime, limit: int) -> Sequence[tuple[str, int]]:
    return sending.lost(session, now)[:limit]


def _abandon(turn: Turn, lane: tuple[str, int]) -> None:
    sending.abandon(turn.session, lane)


def _forgotten(
    name: str, forgettable: Callable[[Session], datetime | None], forget: Callable[[Session, datetime, int], object]
) -> Due:
    """What is forgotten by the thousand: all of it is one row of the timetable."""

    def ask(session: Session, now: datetime, limit: int) -> Sequence[str]:
        moment = forgettable(session)
        return [name] if moment is not None and moment <= now else []

    return in_memory(
        name, ask, lambda turn, _: forget(turn.session, turn.now, FORGET), lambda session, _: forgettable(session)
    )


def _step_case(turn: Turn, file: CaseFile) -> None:
    if file.case.next_due_at is None or file.case.next_due_at > turn.now:
        return
    if file.case.status == Status.ACKNOWLEDGED:
        owners.follow_up(turn, file)
    else:
        ladder.step(turn, file)


def _put_off_case(turn: Turn, case_id: str) -> None:
    standing.put_off(turn.session, case_id, turn.now + POISONED)
