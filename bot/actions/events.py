"""Events for JSC's own system: thin, signed when sent, one per thing that happened (row 90).

What they look like to JSC stands in docs/jsc-webhook.md, whose examples are checked against what is really sent.
"""

from collections.abc import Callable, Sequence
from datetime import UTC

from bot.actions import letters
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core.roles import PLACES
from bot.core.standing import Given
from storage import kinds, outbox
from storage.outbox import Outgoing
from storage.tables import Case

SHIELDED = "perlindungan"
"""The category of a case under protection, to everybody but those who may open it."""
More = Callable[[CaseFile, Given], dict[str, object]]


def _nothing(_: CaseFile, __: Given) -> dict[str, object]:
    return {}


def _taken(file: CaseFile, _: Given) -> dict[str, object]:
    assert file.owner is not None
    return {"role": file.owner.role}


def _waiting(file: CaseFile, given: Given) -> dict[str, object]:
    assert file.case.next_due_at is not None
    return {"reason": given.reason, "until": file.case.next_due_at.astimezone(UTC).isoformat()}


def _closed(_: CaseFile, given: Given) -> dict[str, object]:
    return {"outcome": given.outcome}


MORE: dict[str, More] = {"case.acknowledged": _taken, "case.waiting": _waiting, "case.closed": _closed}


def climbed(turn: Turn, case: Case, roles: Sequence[str], *, again: bool = False) -> None:
    """The case reached the province (again): its own system hears it, and its mailboxes."""
    if any(PLACES[place][0].level == "provinsi" for place in roles):
        emit(turn, case, "case.escalated", repeated=again)
        letters.reached(turn, case)


def moved(turn: Turn, file: CaseFile, kind: str, given: Given) -> None:
    """What a move tells JSC's system; some kinds say more."""
    emit(turn, file.case, kind, **MORE.get(kind, _nothing)(file, given))


def emit(turn: Turn, case: Case, kind: str, **more: object) -> None:
    """Queue one event; number, category, urgency, place codes and times are all it carries (I10).

    Of a case under protection it names neither the category nor the desa.
    """
    if not turn.house.settings.jsc.webhook_url:
        return
    shielded = turn.house.known.knowledge.shielded(case.category, case.danger)
    body = {
        "type": kind,
        "timestamp": turn.now.astimezone(UTC).isoformat(),
        "data": {
            "number": case.number,
            "category": SHIELDED if shielded else case.category,
            "urgency": case.urgency,
            "kabupaten": case.kabupaten,
            "kecamatan": case.kecamatan,
            "desa": None if shielded else case.desa,
            "status": case.status,
            "round": case.round,
            "created_at": case.created_at.astimezone(UTC).isoformat(),
            **more,
        },
    }
    outbox.put(turn.session, Outgoing(outbox.JSC, 0, kinds.EVENT, body, case=(case.id, case.round)), turn.now)
