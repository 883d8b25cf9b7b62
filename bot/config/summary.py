"""[summary]."""

from datetime import time
from typing import Literal

from bot.config.section import Section
from bot.config.times import Daily

SummaryRole = Literal["admin", "jsc", "dinsos", "koordinator", "tksk", "deputy"]


class SummarySettings(Section):
    """The morning summary: when it is sent (WIB), and to which roles."""

    at: Daily = time(7)
    roles: tuple[SummaryRole, ...] = ("admin", "jsc", "dinsos", "koordinator", "tksk", "deputy")
