"""Telegram's published limits, as a switch: who sends too fast is refused with a 429 that says how long to wait.

What is new in a chat counts, and what is changed there; an album counts as one. A chat's and a group's limit go by the
local Telegram's clock, as people's time does; the overall one goes by real time, for it guards real machines.
"""

from __future__ import annotations

import math
import time
from collections import deque
from dataclasses import dataclass, field

from .refused import Refused

OVERALL = 30
"""Messages in any second."""
BURST = 5
"""Messages that one chat takes at once; after them one a second."""
GROUP, MINUTE = 20, 60.0
"""Messages in any so many seconds in one group."""
_COUNTED = ("send", "edit", "copy", "forward")


@dataclass(slots=True)
class Limits:
    """What went where; off until somebody turns it on."""

    on: bool = False
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, tuple[float, float]] = field(default_factory=dict)
    """By chat: how many it takes at once, and when that was so."""
    _groups: dict[int, deque[float]] = field(default_factory=dict)

    def admit(self, method: str, chat: str, now: float) -> None:
        """Count one call at `now` by the local Telegram's clock; Refused when it comes too soon."""
        if not self.on or not method.lower().startswith(_COUNTED) or method.lower() == "sendchataction":
            return
        real, chat_id = time.monotonic(), int(chat) if chat.lstrip("-").isdigit() else 0
        wait = max(self._overall(real), self._group(chat_id, now) if chat_id < 0 else self._person(chat_id, now))
        if wait > 0:
            seconds = math.ceil(wait)
            raise Refused(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        self._all.append(real)
        if chat_id < 0:
            self._groups[chat_id].append(now)
        else:
            room, _ = self._chats[chat_id]
            self._chats[chat_id] = (room - 1, now)

    def _overall(self, real: float) -> float:
        return _left(self._all, real, OVERALL, 1.0)

    def _group(self, chat_id: int, now: float) -> float:
        return _left(self._groups.setdefault(chat_id, deque()), now, GROUP, MINUTE)

    def _person(self, chat_id: int, now: float) -> float:
        room, since = self._chats.get(chat_id, (float(BURST), now))
        room = min(float(BURST), room + max(0.0, now - since))
        self._chats[chat_id] = (room, now)
        return max(0.0, 1.0 - room)


def _left(sent: deque[float], now: float, most: int, window: float) -> float:
    """Seconds until one more may go."""
    while sent and not now - window < sent[0] <= now:  # a clock that was set back forgets
        sent.popleft()
    return sent[0] + window - now if len(sent) >= most else 0.0
