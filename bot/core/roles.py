"""The roles: where each is bound, where it stands on the ladder, what it may open and read.

Whatever lists roles reads this table. A role needs its words besides its row: `peran-`, and for a place on the ladder
`orang-`, `c_tugas-` and `tangga-peran-`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from bot.core.levels import Level


class View(IntEnum):
    """What a summary is about. Of all roles of one person the widest decides."""

    PROVINCE = 0
    AREA = 1
    OWN = 2
    """The reader's own cases; it is sent when there are any."""


@dataclass(frozen=True, slots=True)
class Role:
    """One role. Whoever has it was invited or stands in the roster file; nobody gives it to themselves."""

    code: str
    level: Level
    """The level of the area that a member with this role is bound to."""
    ladder: tuple[str, ...] = ()
    """Its places on the ladder: the first name of a team, then the second."""
    opens: bool = False
    """Whether the cases of its area may be opened."""
    piket: bool = False
    """Whether its team says each day who is on duty; only they are asked."""
    summary: View | None = None


_ROWS = (
    Role("tksk", "kecamatan", ladder=("tksk",), opens=True, summary=View.OWN),
    Role("deputy", "kecamatan", ladder=("deputy",), opens=True, summary=View.OWN),
    Role("ppa", "kabupaten", ladder=("ppa",), opens=True, summary=View.OWN),
    Role("koordinator", "kabupaten", ladder=("koordinator",), opens=True, summary=View.AREA),
    Role("dinsos", "kabupaten", ladder=("dinsos",), opens=True, piket=True, summary=View.AREA),
    Role("jsc", "provinsi", ladder=("jsc", "jsc2"), opens=True, piket=True, summary=View.PROVINCE),
    Role("admin", "provinsi", summary=View.PROVINCE),
    Role("volunteer", "kecamatan"),
)
"""In the order in which the ladder climbs. `ppa` answers for violence and children: UPTD PPA, or a *peksos anak*."""
ROLES: Mapping[str, Role] = {role.code: role for role in _ROWS}
PLACES: Mapping[str, tuple[Role, int]] = {
    place: (role, rank) for role in _ROWS for rank, place in enumerate(role.ladder)
}
"""Whose each place on the ladder is, and which name of the team it asks (0 is the first)."""
LADDER_ROLES = tuple(PLACES)
