"""One turn: an Act in, deeds and words out, all in the transaction of its inbox row.

The answer to a press (a toast) is the only thing that leaves at once, after the commit; whatever matters is
also in the outbox, so a toast that is lost leaves nobody without an answer.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.actions import absence
from bot.actions.house import House
from bot.core import buttons as b
from bot.core.flow import Typed
from bot.core.words import Words
from handlers import desk, lobby, overview, own_reports, presence, talk
from handlers.acts import (
    Act,
    Commanded,
    Edited,
    Moved,
    Nothing,
    Other,
    Pinned,
    Pressed,
    Reach,
    Said,
    Shared,
    Showed,
    Started,
)
from storage import chats
from storage.cases import reopen_vacant

TOAST = 200
"""Characters that a toast may have."""


@dataclass(frozen=True, slots=True)
class Toast:
    """What answers a press at the top of the screen."""

    query_id: str
    text: str


def take_turn(session: Session, house: House, act: Act, now: datetime) -> Toast | None:
    """Do what `act` asks for; returns the toast of a press."""
    match act:
        case Moved(old, new):
            chats.migrate(session, old, new)
        case Reach(who, True):
            chats.reachable(session, who.chat_id, True, now)
            reopen_vacant(session, now)
        case Reach(who):
            absence.unreachable(session, house, who.chat_id, now)
        case Pressed(who):
            return Toast(act.query_id, _press(session, house, act, now))
        case Nothing():
            pass
        case Edited(_, live=True):
            pass
        case _ if not act.who.private or act.who.user_id == 0:
            pass  # in groups the bot speaks by cards and listens to buttons only
        case Started(who, payload):
            lobby.start(session, house, who, payload, now)
        case Commanded(who, name, rest):
            lobby.command(session, house, who, name, rest, now)
        case Said(who, text):
            talk.hear(session, house, who, Typed(text), now)
        case Showed(who, media):
            talk.hear(session, house, who, media, now)
        case Pinned(who, pin):
            talk.hear(session, house, who, pin, now)
        case Shared(who, contact):
            talk.hear(session, house, who, contact, now)
        case Edited(who):
            talk.lost(session, house, who, now, Words("edit_tak_terbaca"))
        case Other(who):
            talk.lost(session, house, who, now)
    return None


def _press(session: Session, house: House, act: Pressed, now: datetime) -> str:
    """The toast of a press, after what it pointed at was done."""
    who = act.who
    if who.user_id == 0:
        return house.texts.of(None).word("c_bukan_hak")
    button = b.unpack(act.data)
    if isinstance(button, b.CaseButton):
        return desk.press(session, house, who, button, now)
    if not who.private:
        return house.texts.of(None).word("c_bukan_hak")
    match button:
        case b.Pick():
            return talk.pick(session, house, who, button, now)
        case b.Nav():
            return talk.nav(session, house, who, button, now)
        case b.Menu(go):
            return lobby.menu(session, house, who, go, now)
        case b.ShowReport(report):
            return own_reports.show_report(session, house, who, report, now)
        case b.Phoned(report, answer):
            return own_reports.phoned(session, house, who, report, answer, now)
        case b.Away(days):
            return presence.away(session, house, who, days, now)
        case b.OnDuty(day, member):
            return presence.on_duty(session, house, who, day, member, now)
        case b.Overview():
            return overview.press(session, house, who, button, now)
        case _:
            return talk.stale(session, house, who, now)
