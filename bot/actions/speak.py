"""Say something to a chat: rendered now, stored with the deed, sent after it."""

from collections.abc import Iterable

from bot.actions.turn import Turn
from bot.core.escalation import MUTES
from bot.core.hours import night_until
from bot.core.media import Care
from bot.core.ownership import UNDO
from bot.core.report import Report
from bot.core.service import GRAVE
from bot.core.words import Label
from bot.texts.case_facts import CaseFacts, unpicked
from bot.texts.message import Message
from storage import kinds, roster
from storage.tables import Case


def facts_of(turn: Turn, case: Case, told: Report | None) -> CaseFacts:
    """What a card may tell of a case; `told` is its first report, None once that was forgotten."""
    places, knowledge = turn.house.known.places, turn.house.known.knowledge
    flag = knowledge.categories[case.category].flag(case.danger)

    def label(code: str | None) -> str | None:
        place = places.get(code) if code else None
        return place.label if place else None

    return CaseFacts(
        case_id=case.id,
        round=case.round,
        number=case.number,
        urgency=case.urgency,
        category=case.category,
        danger=case.danger,
        flag=flag,
        desa=label(case.desa),
        kecamatan=label(case.kecamatan),
        kabupaten=label(case.kabupaten),
        created_at=case.created_at,
        who=told.who if told else None,
        reach=told.reach if told else None,
        seen=told.seen if told else None,
        seen_on=told.seen_on if told else None,
        phoned=told.phoned if told else None,
        photos=len(told.media) if told else 0,
        on_tap=knowledge.care(case.category, case.danger) is not Care.WITH_CASE,
        recorded=told.recorded if told else False,
        mentioned=unpicked(told.mentioned, case.category, flag) if told else (),
        quick=told.quick if told else False,
        contact=told.contact if told else None,
        warnings=knowledge.warnings(case.category, case.danger),
        unphoned=knowledge.unphoned(case.category, case.danger),
        first_step=knowledge.first_step(case.category, case.danger),
        shielded=knowledge.shielded(case.category, case.danger),
        waits_for=case.waiting_for,
        waits_until=case.next_due_at,
        climbed=case.urgency == GRAVE and case.rung > 0,
        undoable=case.acknowledged_at is not None and turn.now - case.acknowledged_at <= UNDO,
        mutable=case.urgency == GRAVE and case.mutes < MUTES,
        night_until=night_until(turn.now) if case.urgency == GRAVE else None,
        heard=case.heard_at is not None,
        visit_by=case.visit_by,
        escorted=knowledge.escorted(case.category, case.danger),
    )


def tell_admins(turn: Turn, key: str, **values: str | Label) -> int:
    """A line to every admin; returns how many there are."""
    chats_of_admins = roster.reachable_chats(turn.session, "admin", roster.PROVINCE, turn.now)
    tell(turn, chats_of_admins, key, **values)
    return len(chats_of_admins)


def tell(turn: Turn, chat_ids: Iterable[int], key: str, **values: str | Label) -> None:
    """A line to each of these chats, in its own language."""
    for chat_id in chat_ids:
        text = turn.speech(chat_id).say(key, **values)
        turn.say(chat_id, Message(text), kinds.ALARM)
