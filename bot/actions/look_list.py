"""Who came in is looked at by a second person: one list a day for the koordinator of the place (row 149)."""

from dataclasses import replace
from datetime import timedelta

from bot.actions import binding, roster_words
from bot.actions.turn import Turn
from bot.core.figures import moment, today
from bot.core.hours import LOOK_AT
from bot.core.keeping import is_silent, keeps, looks
from bot.texts import staff_cards as cards
from bot.texts.catalog import Speech
from storage import kinds, register, roster
from storage.register import Entry
from storage.tables import Member

DAY = timedelta(days=1)


def send(turn: Turn) -> int:
    """The list of the day to each who looks, where somebody came in or has just been silent too long; how many."""
    found: dict[int, list[Entry]] = {}
    for entry in register.to_look_at(turn.session, turn.now):
        for chat in _readers(turn, entry.member):
            found.setdefault(chat, []).append(entry)
    sent = 0
    for chat, listed in found.items():
        if any(one.member.looked_at is None or _newly_silent(turn, one.member) for one in listed):
            speech = turn.speech(chat)
            people = [person(turn, speech, entry) for entry in listed]
            message = cards.to_look_at(speech, people, today(turn.now).toordinal())
            turn.say(chat, replace(message, silent=True), kinds.LISTED)
            sent += 1
    return sent


def all_true(turn: Turn, by: int, keepers: list[tuple[str, str]], day: int) -> int:
    """*Semua benar*: whoever stood in the list of that day is looked at; who came in since is not. How many.

    `by`: the chat of whoever presses, which is no second person for itself.
    """
    listed_at = moment(today(turn.now), LOOK_AT) - DAY * (today(turn.now).toordinal() - day)
    count = 0
    for entry in register.to_look_at(turn.session, turn.now):
        member = entry.member
        mine = member.chat_id != by and keeps(keepers, (member.role, member.area))
        if mine and member.looked_at is None and member.bound_at is not None and member.bound_at <= listed_at:
            binding.confirm(turn, member)
            count += 1
    return count


def person(turn: Turn, speech: Speech, entry: Entry) -> cards.Person:
    """One member as a screen tells them."""
    member, bound = entry.member, entry.member.chat_id is not None
    return cards.Person(
        member.id,
        entry.name or speech.word("orang-tanpa-nama"),
        roster_words.tasks(turn.house, speech, [member]),
        register.state_of(entry),
        unlooked=bound and member.looked_at is None,
        silent=bound and _silent(turn, member),
    )


def _readers(turn: Turn, member: Member) -> list[int]:
    for role, area in looks((member.role, member.area)):
        found = roster.reachable_chats(turn.session, role, area, turn.now)
        if chats := [chat for chat in found if chat != member.chat_id]:
            return chats
    return []


def _silent(turn: Turn, member: Member) -> bool:
    return is_silent(member.bound_at, member.seen_at, turn.now)


def _newly_silent(turn: Turn, member: Member) -> bool:
    return _silent(turn, member) and not is_silent(member.bound_at, member.seen_at, turn.now - DAY)
