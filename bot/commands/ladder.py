"""`tersapa ladder`: who would be asked when, if nobody answered."""

import json
from datetime import datetime
from functools import partial
from pathlib import Path

from bot.actions.rehearse import rehearsal
from bot.clock import Clock
from bot.commands.frame import load
from bot.commands.lines import fail, print_line
from bot.config import Settings
from bot.core.escalation import URGENCIES
from bot.core.hours import WIB
from bot.core.knowledge import Knowledge
from bot.core.place_lists import place_words
from bot.core.rehearsal import Kind, Line, Made, Rehearsal
from bot.core.sorts import Sort
from bot.data.calendar import load_calendar
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from bot.preflight import check_overrides
from bot.texts import rehearsed
from bot.texts.catalog import Texts
from bot.texts.languages import LANGUAGES
from storage import schema
from storage.database import Database


def ladder(kecamatan: str, urgency: str, at: str, language: str, config: Path | None, as_json: bool) -> None:
    """Show who would be asked when if nobody answered, and how long an owner may be silent."""
    places = load_places()
    place = places.get(kecamatan)
    if place is None or place.level != "kecamatan":
        fail(f"--kecamatan {kecamatan}: the code of a kecamatan is expected, such as 35.07.24 (see `place find`)")
    grade, _, kind = urgency.partition(":")
    for option, given, known in (("urgency", grade, URGENCIES), ("language", language, LANGUAGES)):
        if given not in known:
            fail(f"--{option} {given}: one of {', '.join(known)} is expected")
    field = load_knowledge()
    made = Made(grade, kecamatan, _moment(at), _sort(field, kind))
    settings = load(config)
    check_overrides(settings)
    told = _rehearse(settings, field, made)
    if as_json:
        print_line(json.dumps(_json(told), ensure_ascii=False))
        return
    where = told.override.place if told.override else None
    override = place_words(places, where) if where else None
    _show(told, place_words(places, kecamatan), override, language)


def _sort(field: Knowledge, kind: str) -> Sort:
    """A category as typed, with the flag behind it if there is one."""
    category, _, flag = kind.partition(":")
    if category and category not in field.categories:
        fail(f"--urgency …:{kind}: one of {', '.join(field.categories)} is expected after the urgency")
    flags = dict.fromkeys(danger.flag for danger in field.categories[category].dangers) if category else {}
    if flag and flag not in flags:
        fail(f"--urgency …:{kind}: a flag of {category} is one of {', '.join(flags)}")
    return Sort(category or None, flag or None)


def _moment(text: str) -> datetime:
    """A moment as typed; without an offset it is WIB."""
    if not text:
        return Clock().now()
    try:
        found = datetime.fromisoformat(text)
        if not 1000 < found.year < 9000:  # a ladder at either end of the calendar would leave it
            raise ValueError
    except ValueError:
        fail(f"--at {text}: a moment such as 2026-12-24T15:00 (WIB) or 2026-12-24T15:00+07:00 is expected")
    return found if found.tzinfo else found.replace(tzinfo=WIB)


def _rehearse(settings: Settings, field: Knowledge, made: Made) -> Rehearsal:
    """On the roster of the database; where there is none yet, on a made-up one. Nothing is written."""
    calendar = load_calendar(settings.holidays)
    db = Database(settings.database.url, create=False)
    try:
        if (db.file and not db.file.exists()) or schema.version(db) is None:
            return rehearsal(settings, field, calendar, None, made)
        schema.expect(db)
        return db.write(lambda session: rehearsal(settings, field, calendar, session, made))
    finally:
        db.close()


def _show(told: Rehearsal, place: str, override: str | None, language: str) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    speech, console = Texts().of(language), Console()
    say = partial(console.print, markup=False, highlight=False, soft_wrap=True)
    for text in rehearsed.heading(speech, told, place, override):
        say(text)
    table = Table(*rehearsed.columns(speech), expand=False)
    for line in told.lines:
        style = "dim" if line.step.kind is Kind.REMIND else "red" if line.step.kind is Kind.STUCK else ""
        table.add_row(*(Text(cell) for cell in rehearsed.row(speech, line)), style=style)
    console.print(table)
    for text in (*rehearsed.days_off(speech, told), *rehearsed.owner(speech, told)):
        say(text)


def _json(told: Rehearsal) -> dict[str, object]:
    """The same for programs: moments in WIB, rungs counted from 0 as in the settings."""
    clock, made, override = told.clock, told.made, told.override
    return {
        "kecamatan": made.kecamatan,
        "urgency": made.urgency,
        "category": made.sort.category,
        "flag": made.sort.flag,
        "at": _iso(made.began),
        "override": override and (override.place or override.code),
        "roster": "imaginary" if told.imaginary else "database",
        "steps": [_step(line) for line in told.lines],
        "days_off": {day.isoformat(): name for day, name in told.days_off},
        "owner": clock
        and {
            "taken_at": _iso(clock.taken_at),
            "first_word": _iso(clock.first_word),
            "visit": _iso(clock.visit),
            "progress": _iso(clock.progress),
            "not_counted": {day.isoformat(): name for day, name in told.not_counted},
        },
        "unknown_years": told.unknown_years,
    }


def _step(line: Line) -> dict[str, object]:
    step = line.step
    return {
        "kind": step.kind.value,
        "at": _iso(step.at),
        "rings_at": _iso(step.rings_at) if step.asked else None,
        "held": line.held,
        "rung": None if step.kind is Kind.STUCK else step.rung,
        "asked": line.roles,
        "not_asked": [
            {"role": gap.role, "why": gap.why, "until": gap.until and _iso(gap.until)} for gap in line.absent
        ],
        "skipped_rungs": list(step.skipped),
    }


def _iso(at: datetime) -> str:
    return at.astimezone(WIB).isoformat()
