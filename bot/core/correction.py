"""What a reporter corrects of a report: where, or what kind; and whether it is changed at once (row 16).

Whoever lives with the person may want the workers elsewhere, and nobody lowers an urgency alone: there it is told to
whoever works on the case, who decides.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.core.escalation import URGENCIES
from bot.core.report import Report


@dataclass(frozen=True, slots=True)
class Correction:
    """A place (codes, and the point if a pin was sent) or a kind (category and danger)."""

    category: str | None = None
    danger: str | None = None
    kabupaten: str | None = None
    kecamatan: str | None = None
    desa: str | None = None
    point: tuple[float, float] | None = None
    landmark: str = ""

    @property
    def of_place(self) -> bool:
        """Whether it is about the place."""
        return self.category is None

    def of(self, told: Report) -> Report:
        """The report as it was meant."""
        if self.category is not None and self.danger is not None:
            return replace(told, category=self.category, danger=self.danger)
        return replace(
            told,
            kabupaten=self.kabupaten,
            kecamatan=self.kecamatan,
            desa=self.desa,
            point=self.point,
            landmark="\n".join(dict.fromkeys(part for part in (self.landmark, told.landmark) if part)),
        )

    def to_json(self) -> dict[str, Any]:
        """The correction as JSON keeps it."""
        return asdict(self)


def from_json(body: Mapping[str, Any] | None) -> Correction | None:
    """The correction that was stored, if there was one."""
    if body is None:
        return None
    point = body["point"]
    return Correction(**{**body, "point": (point[0], point[1]) if point else None})


@dataclass(frozen=True, slots=True)
class Asked:
    """What matters of a case whose report is corrected."""

    unowned: bool
    alone: bool
    """Nobody else reported it."""
    at_home: bool
    """Its reporter is the person, or kin to them."""
    locked: bool
    """Its kind is one that whoever harms would want changed."""
    before: str
    after: str
    """The urgency before and after."""


def at_once(asked: Asked, what: Correction) -> bool:
    """Whether the case is changed and asked about anew; else it is told to whoever works on it."""
    if not asked.unowned or not asked.alone or asked.at_home:
        return False
    return what.of_place or (not asked.locked and URGENCIES.index(asked.after) <= URGENCIES.index(asked.before))
