"""Who goes next when many wait, and who has sent enough for a minute (row 163).

It is kept in memory: when it is lost, everybody begins anew and nobody loses a word.
"""

from collections import OrderedDict, deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from storage.callers import Caller
from storage.inbox import Head
from storage.shares import deal

MINUTE, WHILE = timedelta(minutes=1), timedelta(minutes=10)
FEW = 4
"""Turns in ten minutes after which a chat lets those go first that had fewer."""
KNOWN = 20_000
"""Chats that are remembered."""
WHEEL = tuple(tuple(sorted(Caller, key=lambda caller: (caller - first) % len(Caller))) for first in Caller)
"""Each class has every third turn; what it does not use falls to the next."""


@dataclass(slots=True)
class _Chat:
    served: int = 0
    """The number of its last turn among all."""
    turns: deque[datetime] = field(default_factory=lambda: deque(maxlen=FEW))
    """When its last few turns were."""
    minute: datetime | None = None
    """When the minute began in which its messages are counted."""
    heard: int = 0
    album: str | None = None
    told: datetime | None = None
    caller: Caller = Caller.STRANGER
    looked: datetime | None = None
    """When it was looked up what it is."""


class Fairness:
    """What is remembered of the chats that were served last."""

    def __init__(self, per_minute: int) -> None:
        self._per_minute = per_minute
        self._chats: OrderedDict[int, _Chat] = OrderedDict()
        self._numbers = count(1)
        self._place = 0

    def chosen(
        self,
        waiting: Sequence[Head],
        callers: Callable[[Collection[int]], Mapping[int, Caller]],
        now: datetime,
        most: int,
    ) -> list[Head]:
        """At most `most` of these: danger first, up to a half; then each class of callers has its share.

        In a class those who had few turns in ten minutes go first, and then who was served longest ago.
        """
        if len(waiting) <= most:
            return sorted(waiting, key=lambda head: not head.danger)
        self._look_up([head.chat_key for head in waiting], callers, now)
        ordered = sorted(waiting, key=lambda head: self._rank(head, now))
        danger = [head for head in ordered if head.danger][: most // 2]
        queues: dict[Caller, list[Head]] = {caller: [] for caller in Caller}
        for head in ordered:
            if head not in danger:
                queues[self._chats[head.chat_key].caller].append(head)
        room = most - len(danger)
        place, self._place = self._place, (self._place + room) % len(WHEEL)
        return danger + [head for _, head in deal(WHEEL, queues, place, room)]

    def took(self, chat: int, album: str | None, now: datetime, *, counts: bool) -> None:
        """A turn of this chat is over; of an album only the first picture counts."""
        one = self._of(chat)
        one.served = next(self._numbers)
        one.turns.append(now)
        if one.minute is None or not one.minute <= now < one.minute + MINUTE:
            one.minute, one.heard = now, 0
        if counts and (album is None or album != one.album):
            one.heard += 1
        one.album = album

    def enough(self, chat: int, album: str | None, now: datetime) -> datetime | None:
        """Until when this chat waits, since it sent more in a minute than is listened to; None if it does not."""
        one = self._chats.get(chat)
        if one is None or not self._per_minute or one.minute is None or not one.minute <= now < one.minute + MINUTE:
            return None
        if one.heard < self._per_minute or (album is not None and album == one.album):
            return None
        return one.minute + MINUTE

    def told(self, chat: int, now: datetime) -> None:
        """It was told that it waits."""
        self._of(chat).told = now

    def knows(self, chat: int, now: datetime) -> bool:
        """Whether it was told a short while ago."""
        one = self._chats.get(chat)
        return one is not None and one.told is not None and one.told <= now < one.told + WHILE

    def _rank(self, head: Head, now: datetime) -> tuple[bool, int, int]:
        one = self._chats[head.chat_key]
        often = len(one.turns) == FEW and one.turns[0] > now - WHILE
        return often, one.served, head.update_id

    def _look_up(
        self, chats: Sequence[int], callers: Callable[[Collection[int]], Mapping[int, Caller]], now: datetime
    ) -> None:
        """What each of them is, unless that was looked up a minute ago."""
        unknown = []
        for chat in chats:
            one = self._of(chat)
            if one.looked is None or not one.looked <= now < one.looked + MINUTE:
                unknown.append(chat)
        found = callers(unknown) if unknown else {}
        for chat, caller in found.items():
            self._chats[chat].caller, self._chats[chat].looked = caller, now

    def _of(self, chat: int) -> _Chat:
        one = self._chats.setdefault(chat, _Chat())
        self._chats.move_to_end(chat)
        while len(self._chats) > KNOWN:
            self._chats.popitem(last=False)
        return one
