"""The days off of Indonesia from the `holidays` library; what the settings say wins."""

import functools
import sys
from collections.abc import Mapping
from datetime import date
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Literal

from bot.core.workdays import Calendar

YEARS = range(2024, 2061)
"""The years that are reckoned; those whose decree is not out yet stand on the library's estimates."""

OwnDays = Mapping[date, str | Literal[False]]
"""What the settings say of a day: the name of a day off, or False for one that is none."""


def load_calendar(own: OwnDays) -> Calendar:
    """National holidays and cuti bersama; `own` adds days and takes days away.

    A year is known when its decree (SKB 3 Menteri) is: the library lists its cuti bersama, or the settings say
    anything about it.
    """
    listed, known = _library()
    added = {day: name for day, name in own.items() if name is not False}
    days = {day: name for day, name in listed.items() if own.get(day) is not False} | added
    return Calendar(days, known | {day.year for day in own})


@functools.cache
def _library() -> tuple[dict[date, str], frozenset[int]]:
    """Every day off of `YEARS`, and the years with a decree."""
    from holidays.constants import GOVERNMENT, PUBLIC  # only where it is needed

    indonesia = _country("indonesia").Indonesia
    shared = indonesia(years=YEARS, categories=(GOVERNMENT,), language="id")
    public = indonesia(years=YEARS, categories=(PUBLIC,), language="id")
    return {**shared, **public}, frozenset(day.year for day in shared)


def _country(name: str) -> ModuleType:
    """One country of the library, read past its package, which would read all 250: 8 MiB and a fifth of a second."""
    package = "holidays.countries"
    if package in sys.modules:
        return import_module(f"{package}.{name}")
    spec = find_spec(package)
    assert spec is not None
    sys.modules[package] = module_from_spec(spec)  # the package as it is before it is run
    try:
        return import_module(f"{package}.{name}")
    finally:
        del sys.modules[package]
