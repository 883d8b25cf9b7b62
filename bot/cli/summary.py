"""`tersapa summary`: the morning summary of the province or an area, as it is now."""

import json
from typing import Annotated

import typer

from bot.actions import summary_report
from bot.actions.house import House
from bot.cli.frame import ConfigOption, JsonOption, fail, load, opened, print_line
from bot.clock import Clock
from bot.core.flow import Known
from bot.data.calendar import load_calendar
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from bot.texts.catalog import Texts
from storage.roster import PROVINCE


def summary(
    area: Annotated[
        str,
        typer.Option(help="Code of a kabupaten/kota (35.07) or kecamatan (35.07.24); the whole province if left out."),
    ] = PROVINCE,
    config: ConfigOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is without a worker, late, new and done, and where nobody can be reached."""
    places = load_places()
    place = places.get(area)
    if place is None or place.level == "desa":
        fail(f"--area {area}: the code of a kabupaten/kota or kecamatan is needed, such as 35.07 (see `place find`)")
    settings, now = load(config), Clock().now()
    known = Known(places, load_knowledge())
    house = House(settings, Texts(), known, load_calendar(settings.holidays))
    with opened(settings, look=True) as db:
        if as_json:
            found = db.write(lambda session: summary_report.figures(session, house, area, now))
            print_line(json.dumps(found, ensure_ascii=False))
        else:
            print_line(db.write(lambda session: summary_report.text(session, house, area, now)))
