"""A move: the table says where an event leads; here it is written, with timeline, cards, rings, news and JSC's event.

Every change of a case's state passes here, so nothing that a row names can be forgotten by a deed.
"""

from collections.abc import Callable

from bot.actions import case_cards, events, former, news, promises, ringing
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import moves
from bot.core.moves import Cards, Event, Former, Move, News, Rings, Status
from bot.core.standing import Given, Standing, State
from storage import standing, timeline
from storage.tables import Ask

CARDS: dict[Cards, Callable[[Turn, CaseFile, Given], None]] = {
    Cards.ALL: case_cards.refresh,
    Cards.OWN: case_cards.refresh_own,
    Cards.DRAWN: case_cards.draw,
}
RINGS: dict[Rings, Callable[[Turn, CaseFile, Given], None]] = {
    Rings.ASKED: ringing.ask,
    Rings.REMINDED: ringing.remind,
    Rings.AWAITED: ringing.open_again,
    Rings.GRAVER: ringing.graver,
    Rings.IN_DANGER: ringing.in_danger,
    Rings.IN_DOUBT: ringing.in_doubt,
    Rings.RELEASED: ringing.release,
}
NEWS: dict[News, Callable[[Turn, CaseFile], None]] = {News.TAKEN: news.taken, News.CLOSED: news.closed}
FORMER: dict[Former, Callable[[Turn, CaseFile, State], None]] = {
    Former.DISARMED: former.disarm,
    Former.TOLD: former.tell,
    Former.SUCCEEDED: former.succeed,
}


class Refused(Exception):
    """The case's status refuses the event; deeds look before they move."""


def move(turn: Turn, file: CaseFile, event: Event, given: Given | None = None, *, actor: str | None = None) -> CaseFile:
    """Let `event` happen to a case and return its new file; `actor` is who did it, if no member came through the door.

    The old file is closed. Refused when the table does not know the event for this status.
    """
    given = given or Given()
    before = file.standing
    row = moves.row(before.state.status, event)
    if row is None:
        raise Refused(f"{event} on a case that is {before.state.status}")
    after = moves.stand(before, event, turn.now, file.around(roster=row.by_the_ladder), given)
    assert after is not None
    standing.keep(file.case, after.state)
    file = file.moved(_keep_asks(turn, file, before, after), before)
    _note(turn, file, row, given, actor)
    if after.state.status is Status.OPEN and before.state.released_at != after.state.released_at:
        promises.wait_anew(turn.session, file.reports)
    if before.state.handed_to not in (None, after.state.handed_to):
        former.not_handed(turn, file, before.state)
    if before.state.company_id not in (None, after.state.company_id):
        former.not_company(turn, file, before.state)
    if row.cards is not None:
        CARDS[row.cards](turn, file, given)
    if row.rings is not None:
        RINGS[row.rings](turn, file, given)
    if row.former is not None:
        FORMER[row.former](turn, file, before.state)
    if row.news is not None:
        NEWS[row.news](turn, file)
    if row.jsc is not None:
        events.moved(turn, file, row.jsc, given)
    return file


def _keep_asks(turn: Turn, file: CaseFile, before: Standing, after: Standing) -> list[Ask]:
    """Write the asks as they now stand; who is asked for the first time gets a row."""
    rows = {ask.person: ask for ask in file.asks if ask.round == file.case.round}
    old = {view.person: view for view in before.asks if view.person in rows}
    kept = []
    for view in after.asks:
        ask = rows.get(view.person)
        if ask is None:
            role, chat_id = ringing.post_of(turn, view.person)
            ask = Ask(
                case_id=file.case.id,
                round=file.case.round,
                rung=view.rung,
                person=view.person,
                role=role,
                chat_id=chat_id,
                fired_at=view.fired_at,
                card_uid="",
                ping_uid="",
            )
            turn.session.add(ask)
        if view != old.get(view.person):
            standing.keep_ask(ask, view)
        kept.append(ask)
    return kept


def _note(turn: Turn, file: CaseFile, row: Move, given: Given, actor: str | None) -> None:
    if not row.notes:
        return
    name, *kept = row.notes
    known = {
        "role": given.role or (file.by.role if file.by else None),
        "reason": given.reason,
        "why": given.reason,
        "days": given.days or None,
        "urgency": file.case.urgency,
        "rung": file.case.rung,
        "round": file.case.round,
        "asked": len(given.people),
        "to": next(iter(given.people), None),
        "outcome": given.outcome,
        "times": file.case.reminded,
    }
    who = actor or (file.by.id if file.by else timeline.CLOCK)
    timeline.note(turn.session, file.case.id, name, who, turn.now, **{key: known[key] for key in kept})
