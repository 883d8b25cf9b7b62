"""Updates that wait for the bot: their order, what confirms them, and how long Telegram keeps them."""

from __future__ import annotations

import random
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import Any

from .clock import Clock, Pulse

Wire = dict[str, Any]

KEPT_SECONDS = 24 * 3600.0
CALLBACK_SECONDS = 150.0
# Telegram leaves these out unless they are asked for by name.
_ONLY_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


# Two deliveries of one update are two things, so they compare by identity.
@dataclass(slots=True, eq=False)
class Waiting:
    """One update on its way; `lane` is the queue in which a webhook keeps the order."""

    update_id: int
    kind: str
    wire: Wire
    born: float
    lane: tuple[str, int]
    echo: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """One time that an update was handed to the bot."""

    update_id: int
    at: float
    via: str
    status: int


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock, seed: int | None = None) -> None:
        self.clock = clock
        self.random = random.Random(seed)
        self.pulse = Pulse()
        self.allowed: list[str] | None = None
        self.waiting: dict[int, Waiting] = {}
        self.echoes: list[Waiting] = []
        self.deliveries: deque[Delivery] = deque(maxlen=500_000)
        self.expired: list[int] = []
        self.duplicate_share = 0.0
        self.fault_random = random.Random(0)
        self.pollers = 0
        self.polling = 0
        self._history: deque[Waiting] = deque(maxlen=20_000)
        self._next = self.random.randrange(100_000_000, 900_000_000)

    def push(self, kind: str, content: Wire, lane: int) -> int | None:
        """Queue an update; None when the bot did not ask for its kind."""
        if (kind in _ONLY_ON_REQUEST) if not self.allowed else (kind not in self.allowed):
            return None
        update_id, self._next = self._next, self._next + 1
        queue = "callback" if kind == "callback_query" else "message"
        item = Waiting(update_id, kind, {"update_id": update_id, kind: content}, self.clock.timestamp(), (queue, lane))
        self.waiting[update_id] = item
        self._history.append(item)
        if self.duplicate_share and self.fault_random.random() < self.duplicate_share:
            self.repeat(update_id)
        self.pulse.bump()
        return update_id

    def share(self, duplicates: float, seed: int) -> None:
        """Deliver a share of all updates twice, drawn from a seed."""
        self.duplicate_share = duplicates
        self.fault_random = random.Random(seed + 1)

    def jump(self, ids: int) -> None:
        """Skip some update ids, as Telegram may."""
        self._next += ids

    def repeat(self, update_id: int | None = None) -> int:
        """Deliver an update once more, confirmed or not; without an id, the newest."""
        item = next((old for old in reversed(self._history) if update_id is None or old.update_id == update_id), None)
        if item is None:
            raise LookupError(f"no such update: {update_id}")
        self.echoes.append(Waiting(item.update_id, item.kind, item.wire, self.clock.timestamp(), item.lane, echo=True))
        self.pulse.bump()
        return item.update_id

    def drop_old(self) -> None:
        """Forget what waited too long: presses after 150 seconds, everything else after a day."""
        now = self.clock.timestamp()
        old = [
            item.update_id
            for item in self.waiting.values()
            if now - item.born > (CALLBACK_SECONDS if item.kind == "callback_query" else KEPT_SECONDS)
        ]
        for update_id in old:
            del self.waiting[update_id]
        self.expired += old

    def confirm(self, offset: int) -> None:
        """Forget what lies before an offset; a negative one keeps that many from the end."""
        if offset < 0:
            gone = sorted(self.waiting)[:offset]
        elif offset > 0:
            # Ids only grow, so the oldest stand in front.
            gone = []
            for update_id in self.waiting:
                if update_id >= offset:
                    break
                gone.append(update_id)
        else:
            return
        for update_id in gone:
            del self.waiting[update_id]

    def ready_echoes(self) -> list[Waiting]:
        """Echoes whose original has been confirmed."""
        return [item for item in self.echoes if item.update_id not in self.waiting]

    def batch(self, limit: int) -> list[Wire]:
        """The next updates for a poller, echoes among them."""
        self.drop_old()
        chosen = self.ready_echoes()[:limit]
        chosen += list(islice(self.waiting.values(), limit - len(chosen)))
        # An echo may travel beside its original, never ahead of it: its id would confirm what lies between.
        last = chosen[-1].update_id if chosen else 0
        beside = [item for item in self.echoes if item.update_id <= last and item not in chosen]
        chosen += beside[: limit - len(chosen)]
        if self.echoes:
            self.echoes = [item for item in self.echoes if item not in chosen]
        now = self.clock.timestamp()
        self.deliveries.extend(Delivery(item.update_id, now, "poll", 200) for item in chosen)
        chosen.sort(key=lambda item: item.update_id)
        return [item.wire for item in chosen]

    def done(self, item: Waiting) -> None:
        """A webhook took an update."""
        if item.echo:
            self.echoes = [other for other in self.echoes if other is not item]
        else:
            self.waiting.pop(item.update_id, None)

    def clear(self) -> None:
        """Drop everything, as `drop_pending_updates` does."""
        self.waiting.clear()
        self.echoes.clear()

    def pending(self) -> int:
        """How many updates the bot has not confirmed yet."""
        self.drop_old()
        return len(self.waiting) + len(self.echoes)
