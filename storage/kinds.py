"""Kinds of messages: how each is treated on its way, in one table. Whoever says something names a kind and no more."""

from dataclasses import dataclass
from typing import Literal

URGENT, PING, CASE, PRESS, CALM, LIST = range(6)
"""Priorities: up to `PING` a message may overtake others of its lane; between lanes each has its share (`shares`)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of message; `name` is stored with its row."""

    name: str
    priority: int
    grave: int | None = None
    """Its priority where its case is darurat, if that differs."""
    marked: bool = False
    """A repeat after an unknown outcome says that it is one."""
    digested: bool = False
    """A digest may speak for many of them."""
    asks: bool = False
    """It carries an ask: its delivery is that of the ask."""
    reply: bool = False
    """It is a short line under a card: of one ask only the newest makes sense."""
    bundles: bool = False
    """It speaks for the messages that it bundles."""
    rechecked: Literal["ask", "case"] | None = None
    """Whether its ask still waits, or its case is still open in this round, is read again before it is sent."""
    held: bool = False
    """Its buttons are those of whoever has the case; they go when the case leaves them."""
    bubble: bool = True
    """It is a new bubble in its chat, whose arrival shows that the chat can be reached."""

    def ranks(self, urgency: str | None) -> int:
        """Its priority, where it belongs to a case of that urgency (None: to no case)."""
        if self.priority == PRESS and urgency is not None:
            return CASE
        return self.grave if self.grave is not None and urgency == "darurat" else self.priority


ANSWER = Kind("answer", PRESS)
QUESTION = Kind("question", PRESS)
DANGER = Kind("danger", URGENT)
RECEIPT = Kind("receipt", PRESS)
ADVICE = Kind("advice", CALM)
HIDE = Kind("hide", PRESS, bubble=False)
GREETING = Kind("greeting", CALM)
TOAST = Kind("toast", PRESS, bubble=False)
EDIT = Kind("edit", PRESS, bubble=False)
REDRAW = Kind("redraw", CALM, bubble=False)
CARD = Kind("card", PING, grave=URGENT, marked=True, digested=True, asks=True, rechecked="ask")
AGAIN = Kind("again", PING, grave=URGENT, marked=True, digested=True, asks=True, reply=True, rechecked="ask")
REMIND = Kind("remind", PING, grave=URGENT, marked=True, digested=True, reply=True, rechecked="ask")
DIGEST = Kind("digest", PING, bundles=True)
GRAVE_DIGEST = Kind("digest_darurat", URGENT, bundles=True)
DESK = Kind("desk", PING)
OWNER_CARD = Kind("owner_card", PRESS, held=True)
HANDED = Kind("handed", PING, grave=URGENT, marked=True)
COMPANY = Kind("company", PING, grave=URGENT, marked=True)
FOLLOW_UP = Kind("follow_up", PING, held=True)
WHY = Kind("why", PING, rechecked="case")
DUTY = Kind("piket", PING)
ADDED = Kind("added", PING, grave=URGENT, marked=True, held=True)
COMPLAINT = Kind("complaint", PING, marked=True)
ADDED_FILE = Kind("added_file", PING, grave=URGENT, marked=True)
ALARM = Kind("alarm", PING, marked=True)
NEWS = Kind("news", CALM)
SUMMARY = Kind("summary", LIST)
LISTED = Kind("listed", LIST)
MENU = Kind("menu", LIST, bubble=False)
EVENT = Kind("event", URGENT)
LETTER = Kind("letter", URGENT, rechecked="case")
NOTICE = Kind("notice", URGENT)

_ALL = tuple(value for value in list(globals().values()) if isinstance(value, Kind))
"""Every kind above: one that was missing here would stop the sender for everybody."""
KINDS = {kind.name: kind for kind in _ALL}
PINGS = tuple(kind.name for kind in _ALL if kind.digested)
"""What asks somebody about a case, or reminds them of it."""
UNSAID = tuple(kind.name for kind in (ANSWER, QUESTION, DANGER, ADVICE, EDIT))
"""What somebody who hides their screen need not read any more."""
HELD = tuple(kind.name for kind in _ALL if kind.held)
FOR_WORKERS = (
    *PINGS,
    *HELD,
    *(
        kind.name
        for kind in (DIGEST, GRAVE_DIGEST, DESK, HANDED, COMPANY, DUTY, COMPLAINT, ADDED_FILE, ALARM, SUMMARY, LISTED)
    ),
)
"""What only somebody with a role reads."""
