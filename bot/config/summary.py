"""[summary]."""

from datetime import time
from typing import Annotated

from bot.config.section import Section, one_of
from bot.config.times import Daily
from bot.core.roles import ROLES

SUMMARY_ROLES = tuple(role.code for role in ROLES.values() if role.summary is not None)
SummaryRole = Annotated[str, one_of(SUMMARY_ROLES)]


class SummarySettings(Section):
    """The morning summary: when it is sent (WIB), and to which roles."""

    at: Daily = time(7)
    roles: tuple[SummaryRole, ...] = SUMMARY_ROLES
