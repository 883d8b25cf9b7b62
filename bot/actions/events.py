"""Events for JSC's own system: thin, signed when sent, one per thing that happened (row 90).

What they look like to JSC stands in docs/jsc-webhook.md, whose examples are checked against what is really sent.
"""

from collections.abc import Sequence
from datetime import UTC

from bot.actions import letters
from bot.actions.turn import Turn
from bot.core.roles import PLACES
from storage import kinds, outbox
from storage.outbox import Outgoing
from storage.tables import Case


def climbed(turn: Turn, case: Case, roles: Sequence[str], *, again: bool = False) -> None:
    """The case reached the province (again): its own system hears it, and its mailboxes."""
    if any(PLACES[place][0].level == "provinsi" for place in roles):
        emit(turn, case, "case.escalated", repeated=again)
        letters.reached(turn, case)


def emit(turn: Turn, case: Case, kind: str, **more: object) -> None:
    """Queue one event; number, category, urgency, place codes and times are all it carries (I10)."""
    if not turn.house.settings.jsc.webhook_url:
        return
    body = {
        "type": kind,
        "timestamp": turn.now.astimezone(UTC).isoformat(),
        "data": {
            "number": case.number,
            "category": case.category,
            "urgency": case.urgency,
            "kabupaten": case.kabupaten,
            "kecamatan": case.kecamatan,
            "desa": case.desa,
            "status": case.status,
            "round": case.round,
            "created_at": case.created_at.astimezone(UTC).isoformat(),
            **more,
        },
    }
    outbox.put(turn.session, Outgoing(outbox.JSC, 0, kinds.EVENT, body, case=(case.id, case.round)), turn.now)
