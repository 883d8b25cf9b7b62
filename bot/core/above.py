"""Who reads a complaint about the work on a case: whoever is above the one who had it, and never that one (row 78)."""

from collections.abc import Mapping

ABOVE: Mapping[str | None, tuple[str, ...]] = {
    None: ("koordinator", "dinsos", "jsc"),
    "tksk": ("koordinator", "dinsos", "jsc"),
    "deputy": ("koordinator", "dinsos", "jsc"),
    "ppa": ("jsc",),
    "koordinator": ("jsc",),
    "dinsos": ("jsc",),
    "jsc": ("jsc",),
}
"""By the role of who had the case last (None: nobody had it): the roles that read it, the first to be told first."""


def reads(role: str, of: str | None) -> bool:
    """Whether somebody with a role reads complaints about one who has the role `of`."""
    return role in ABOVE[of]
