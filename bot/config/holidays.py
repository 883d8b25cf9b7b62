"""[holidays]."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator


def days_off(value: object) -> Mapping[date, str | Literal[False]]:
    """[holidays]: dates with the name of a day off, or false for a day that is none; ValueError names the date."""
    if not isinstance(value, Mapping):
        raise ValueError('lines such as "2027-03-10" = "Idul Fitri" are expected')
    found: dict[date, str | Literal[False]] = {}
    for key, name in value.items():
        try:
            day = key if isinstance(key, date) else date.fromisoformat(str(key))
        except ValueError:
            raise ValueError(f'"{key}": a date such as "2027-03-10" is expected') from None
        if name is not False and not (isinstance(name, str) and name.strip()):
            raise ValueError(f'"{key}": the name of a day off is expected, or false for a working day')
        found[day] = name
    return found


DaysOff = Annotated[Mapping[date, str | Literal[False]], BeforeValidator(days_off)]
