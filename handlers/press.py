"""A press: the type of the button says which desk, flow or place of the menu it is for."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from handlers import (
    after_end,
    belonging,
    contacts,
    correcting,
    desk,
    lobby,
    noting,
    overview,
    own_reports,
    presence,
    pressing,
    staff,
    taking_back,
    talk,
    tasks,
)
from handlers.acts import Who


def press(turn: Turn, who: Who, data: str, bubble: int | None) -> str:
    """Do what the button with this data points at; returns the toast of the press.

    `bubble`: the number of the message that was pressed; None where the button was named in words.
    """
    if who.user_id == 0:
        return turn.house.texts.of(None).word("c_bukan_hak")
    button = b.unpack(data)
    if isinstance(button, b.CaseButton):
        return desk.press(turn, who, button)
    if not who.private:
        return turn.house.texts.of(None).word("c_bukan_hak")
    match button:
        case b.Pick():
            return pressing.pick(turn, who, button, bubble)
        case b.Nav():
            return pressing.nav(turn, who, button, bubble)
        case b.Menu(go):
            return lobby.menu(turn, who, go)
        case b.ShowReport(report):
            return own_reports.show_report(turn, who, report)
        case b.Phoned(report, answer):
            return own_reports.phoned(turn, who, report, answer)
        case b.TakeBack(report):
            return taking_back.press(turn, who, report)
        case b.Correct():
            return correcting.press(turn, who, button)
        case b.Helped():
            return after_end.answered(turn, who, button)
        case b.Complain():
            return after_end.complained(turn, who, button)
        case b.Belongs():
            return belonging.belongs(turn, who, button)
        case b.AddContact(area):
            return contacts.add(turn, who, area)
        case b.NoteFor():
            return noting.chosen(turn, who, button)
        case b.DangerNow(report, answer):
            return belonging.danger_now(turn, who, report, answer)
        case b.Away(days):
            return presence.away(turn, who, days)
        case b.OnDuty(day, member):
            return presence.on_duty(turn, who, day, member)
        case b.Overview():
            return overview.press(turn, who, button)
        case b.Keep():
            return staff.press(turn, who, button)
        case b.Tasks(page):
            return "" if tasks.show(turn, who, page, bubble) else talk.stale(turn, who)
        case _:
            return talk.stale(turn, who)
