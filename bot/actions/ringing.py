"""Who is rung about a case, and with which words: a card, or one line under the card that they have (row 55)."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime

from bot.actions import case_cards, deadlines, replies
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.escalation import AskState
from bot.core.standing import Given
from bot.texts import additions, case_lists, taking_back
from bot.texts.message import Message
from storage import kinds, roster
from storage.standing import GROUP
from storage.tables import Ask

Write = Callable[..., Message]
"""A line about a case: speech, facts, and whether a group reads it."""


def ask(turn: Turn, file: CaseFile, given: Given) -> None:
    """The people of a rung are asked: with a card, or with a line under the one they have."""
    for row in file.asks:
        if row.person not in given.people:
            continue
        assert given.rings_at is not None
        chat_id = post_of(turn, row.person)[1]
        if not replies.has_card(turn.session, row, chat_id):
            replies.leave(turn, row)
            row.chat_id = chat_id
            new_card(turn, file, row, given.rings_at)
            continue
        if file.said_no(row.person):  # the card says that it was passed on: it is theirs again
            case_cards.render(turn, file, row)
        message = case_lists.repeated(turn.speech(chat_id), file.facts, row.role, group=row.person == GROUP)
        row.ping_uid = replies.reply(turn, file.case, row, message, given.rings_at, kinds.AGAIN)


def remind(turn: Turn, file: CaseFile, given: Given) -> None:
    """A short line under the card of each; the last one says who is asked next."""
    until, then = deadlines.deadline(file)
    reminders = len(file.policy.rungs[file.case.rung].remind)
    assert given.rings_at is not None
    for row in file.asks:
        if row.person not in given.people:
            continue
        if (chat_id := chat_of(turn, row)) != row.chat_id:  # another handset has no card to be reminded of
            replies.leave(turn, row)
            row.chat_id = chat_id
            new_card(turn, file, row, given.rings_at)
            continue
        last = then if row.reminded >= reminders else None
        ahead = until if then and until > turn.now else None
        message = case_lists.reminder(turn.speech(row.chat_id), file.facts, ahead, last)
        replies.reply(turn, file.case, row, message, given.rings_at, kinds.REMIND)


def open_again(turn: Turn, file: CaseFile, given: Given) -> None:
    """The case is open again: everybody who may answer now is rung, but for whoever opened it."""
    rings_at = file.policy.hours.opening(turn.now)
    until = deadlines.deadline(file)[0] if file.case.fired_at is not None else None
    ahead = until if until is not None and until > rings_at else None
    for row in awaited(file, given):
        if _has_card(turn, file, row, rings_at):
            role = None if row.person == GROUP else row.role
            message = case_lists.open_again(turn.speech(row.chat_id), file.facts, given.reason or "", ahead, role)
            row.ping_uid = replies.reply(turn, file.case, row, message, rings_at, kinds.AGAIN)


def graver(turn: Turn, file: CaseFile, given: Given) -> None:
    """A worker says that it is graver: everybody else who may answer is rung with that."""
    _line(turn, file, awaited(file, given), case_lists.graver)


def in_danger(turn: Turn, file: CaseFile, given: Given) -> None:
    """The reporter says that there is danger now: whoever has the case is rung, or everybody who may answer."""
    if (chat_id := _of_owner(turn, file)) is not None:
        message = additions.danger_to_owner(turn.speech(chat_id), file.facts, file.case.next_due_at)
        turn.say(chat_id, message, kinds.ADDED, case=file.case)
    elif file.owner is None:
        _line(turn, file, awaited(file, given), additions.danger)


def in_doubt(turn: Turn, file: CaseFile, given: Given) -> None:
    """The reporter takes it back and may be forced to: whoever has the case hears it, or everybody who may answer."""
    if (chat_id := _of_owner(turn, file)) is not None:
        quiet = not file.policy.hours.is_open(turn.now)
        message = replace(taking_back.to_owner(turn.speech(chat_id), file.facts), silent=quiet)
        turn.say(chat_id, message, kinds.ADDED, case=file.case)
    elif file.owner is None:
        people = [row for row in awaited(file, given) if row.person != GROUP]
        _line(turn, file, people, lambda speech, facts, **_: taking_back.to_asked(speech, facts))


def release(turn: Turn, file: CaseFile, given: Given) -> None:
    """There is nothing to do any more: whoever was awaited hears so, unless they never read of the case."""
    quiet = not file.policy.hours.is_open(turn.now)
    for row in file.asks:
        if row.state != AskState.OVER or row.person == GROUP or replies.card_waits(turn.session, row):
            continue
        text = turn.speech(row.chat_id).say("w_ditarik", nomor=file.case.number)
        turn.say(row.chat_id, Message(text, silent=quiet), kinds.DESK, case=file.case)


def _of_owner(turn: Turn, file: CaseFile) -> int | None:
    """The chat of whoever has the case, if a message can reach it."""
    owner = file.owner
    return owner.chat_id if owner is not None and roster.hears(turn.session, owner) else None


def _line(turn: Turn, file: CaseFile, rows: Iterable[Ask], write: Write) -> None:
    """One line that rings under the card of each; who has no card gets that instead."""
    rings_at = file.policy.hours.opening(turn.now)
    for row in rows:
        if _has_card(turn, file, row, rings_at):
            message = write(turn.speech(row.chat_id), file.facts, group=row.person == GROUP)
            row.ping_uid = replies.reply(turn, file.case, row, message, rings_at, kinds.AGAIN)


def _has_card(turn: Turn, file: CaseFile, row: Ask, rings_at: datetime) -> bool:
    """Whether somebody has the card under which a line may ring; else the card itself rings."""
    chat_id = chat_of(turn, row)
    if not replies.has_card(turn.session, row, chat_id):
        replies.leave(turn, row)
        row.chat_id = chat_id
        new_card(turn, file, row, rings_at)
        return False
    return not replies.card_waits(turn.session, row)


def awaited(file: CaseFile, given: Given) -> list[Ask]:
    """Who may answer now, but for whoever did it."""
    return [row for row in file.asks if row.state == AskState.WAITING and row.person != given.by]


def new_card(turn: Turn, file: CaseFile, row: Ask, rings_at: datetime) -> None:
    """The whole card; whether the ask arrives hangs on it."""
    message = case_cards.current(turn, file, row, fresh=True)
    uid = turn.say(row.chat_id, message, kinds.CARD, case=file.case, ask=row, rings_at=rings_at)
    row.card_uid = row.ping_uid = uid


def chat_of(turn: Turn, row: Ask) -> int:
    """The chat in which somebody who is awaited is rung now."""
    return row.chat_id if row.person == GROUP else post_of(turn, row.person)[1]


def post_of(turn: Turn, person: str) -> tuple[str, int]:
    """The role and the chat that somebody who can be asked has now."""
    if person == GROUP:
        assert turn.house.group is not None
        return "jsc", turn.house.group
    member = roster.member(turn.session, person)
    assert member is not None and member.chat_id is not None
    return member.role, member.chat_id
