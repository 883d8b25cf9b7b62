"""How lengths of time, opening hours and times of day are written in the settings."""

import re
from datetime import time, timedelta
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_settings import NoDecode

from bot.core.hours import Hours

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def duration(value: object) -> timedelta:
    """ "90s", "15m", "1h30m", "2d" as a length of time; ValueError otherwise."""
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"(?:\d+[smhd])+", value):
        raise ValueError('a duration such as "15m", "1h30m" or "2d" is expected')
    return timedelta(seconds=sum(int(n) * _UNITS[u] for n, u in re.findall(r"(\d+)([smhd])", value)))


def hours(value: object) -> Hours:
    """ "always", "06:00-22:00" or "07:00-20:00 not sunday" as hours in WIB; ValueError otherwise."""
    if isinstance(value, Hours):
        return value
    found = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)( not sunday)?", value) if isinstance(value, str) else None
    if value == "always":
        return Hours()
    if found is None:
        raise ValueError('"always", "06:00-22:00" or "07:00-20:00 not sunday" is expected')
    opens, closes = time(int(found[1]), int(found[2])), time(int(found[3]) % 24, int(found[4]))
    return Hours(opens, closes, sunday=found[5] is None)


def daily(value: object) -> time | None:
    """ "07:00" as a time of day before 20.00 WIB, "never" as None; ValueError otherwise."""
    if value is None or value == "never":
        return None
    found = re.fullmatch(r"([01]\d):([0-5]\d)", value) if isinstance(value, str) else None
    if found is None:
        raise ValueError('a time before 20:00 such as "07:00", or "never" is expected')
    return time(int(found[1]), int(found[2]))


Duration = Annotated[timedelta, BeforeValidator(duration)]
Daily = Annotated[time | None, BeforeValidator(daily)]
OpenHours = Annotated[Hours, NoDecode, BeforeValidator(hours)]  # or the environment would have to say it in JSON
