"""The figures of a run: what was promised, what came out, and whether that is right."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.campaign import audit, messages
from tests.campaign.evidence import Evidence
from tests.campaign.messages import Matched
from tests.campaign.plan import RANDOM
from tests.campaign.run import Result

STORED: tuple[tuple[str, Callable[[Evidence], list[str]]], ...] = (
    ("updates lost", audit.lost_updates),
    ("reports lost", audit.lost_reports),
    ("reports doubled", audit.doubled_reports),
    ("cases without a due time", audit.no_due_time),
    ("presses unanswered", audit.unanswered_presses),
    ("takers not told", audit.untold_takers),
    ("double winners", audit.double_winners),
    ("left on the way, or dead", audit.leftovers),
    ("timelines broken", audit.broken_chains),
    ("people left in silence", audit.silence),
)
SENT: tuple[tuple[str, Callable[[Matched], list[str]]], ...] = (
    ("messages never said", messages.never_said),
    ("messages out of order", messages.out_of_order),
    ("repeats beyond unknowns", messages.beyond_unknowns),
)
FEWEST_POINTS = 8
"""Named crash points that a run with enough kills must have died at."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one run comes to."""

    faults: dict[str, list[str]]
    """Violations by promise; all empty is what is wanted."""
    counts: dict[str, str]
    """What happened, for people to read."""

    @property
    def wrong(self) -> dict[str, list[str]]:
        """The promises that were broken."""
        return {name: words for name, words in self.faults.items() if words}


def audited(found: Evidence, matched: Matched) -> dict[str, list[str]]:
    """Every promise with what breaks it."""
    return {name: check(found) for name, check in STORED} | {name: check(matched) for name, check in SENT}


def figures(result: Result) -> Figures:
    """Audit a run and count what happened in it."""
    found, plan = result.evidence, result.plan
    matched = messages.match(found)
    faults = audited(found, matched)
    points = sum(point != RANDOM for point in result.kills)
    wanted = min(FEWEST_POINTS, sum(kill.named for kill in plan.kills) // 2)
    faults["no quiet moment to look at"] = [] if found.quiet else ["what was read may belong to two moments"]
    faults["troubles that did not come"] = _short(result.troubles.total(), len(plan.troubles), "troubles")
    faults["reports not told"] = _short(len(found.reports), plan.reports, "reports")
    faults["kills that did not come"] = _short(result.kills.total(), len(plan.kills), "kills")
    faults["crash points not met"] = _short(points, wanted, "points")
    takes = sum(press.takes for press in found.presses)
    winners = sum(entry.event == "acknowledge" for entry in found.timeline)
    counts = {
        "reports": len(found.reports),
        "kills": f"{result.kills.total()} at {points} points and at random",
        "troubles": ", ".join(f"{count} x {name}" for name, count in result.troubles.items()) or "none",
        "updates / handed over again": f"{len(found.inbox)} / {len(found.deliveries) - len(found.inbox)}",
        "calls / spoiled": f"{len(found.calls)} / {sum(bool(call.fault) for call in found.calls)}",
        "presses": len(found.presses),
        "takes / winners / races of four": f"{takes} / {winners} / {result.races}",
        "messages and edits": sum(bool(sent.calls) for sent in matched.rows),
        "unknown outcomes": sum(row.unknowns for row in found.outbox),
        "duplicate messages": sum(messages.repeats(sent) for sent in matched.rows),
        "toasts lost, with no message of that turn": len(audit.lost_toasts(found)),
        "times somebody tried again": result.repeats,
        "seconds": f"{result.seconds:.0f}",
    }
    return Figures(faults, {name: str(value) for name, value in counts.items()})


def _short(have: int, want: int, what: str) -> list[str]:
    return [f"{have} {what} of {want}"] if have < want else []
