"""Who keeps the roster: an admin all of it, a koordinator the people of the kecamatan in their kabupaten/kota."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.core.roles import ROLES

SILENT = timedelta(days=14)
"""Somebody who pressed nothing for so long may have another phone or number (row 149)."""
KEEPERS = ("admin", "koordinator")
LEARNS = ("koordinator", "dinsos", "jsc", "admin")
"""Who hears what somebody held who was taken out, and looks at who came in: the first role that can be reached."""
Post = tuple[str, str]
"""A role and its area."""


def keeps(keepers: Iterable[Post], post: Post) -> bool:
    """Whether somebody with these roles may take out, rename and move whoever has that one."""
    return any(_keeps(keeper, post) for keeper in keepers)


def _keeps(keeper: Post, post: Post) -> bool:
    role, area = keeper
    if role == "admin":
        return True
    return role == "koordinator" and ROLES[post[0]].level == "kecamatan" and post[1].startswith(f"{area}.")


def learns(post: Post) -> tuple[Post, ...]:
    """The roles that learn of a change to that one, the first to be told first; of the province only admins do."""
    if ROLES[post[0]].level == "provinsi":
        return (("admin", "35"),)
    areas = {"kabupaten": post[1][:5], "provinsi": "35"}
    return tuple((role, areas[ROLES[role].level]) for role in LEARNS)


def looks(post: Post) -> tuple[Post, ...]:
    """The roles that look at whoever came in for that one, the first to be asked first."""
    return tuple(one for one in learns(post) if one[0] in KEEPERS and keeps((one,), post))


def asleep(role: str) -> bool:
    """Whether a role sleeps after an invitation was opened, until somebody above has said that it is they."""
    return ROLES[role].level != "kecamatan"


def is_silent(bound_at: datetime | None, seen_at: datetime | None, now: datetime) -> bool:
    """Whether nothing was pressed for fourteen days."""
    last = max((moment for moment in (bound_at, seen_at) if moment is not None), default=now)
    return now - last >= SILENT
