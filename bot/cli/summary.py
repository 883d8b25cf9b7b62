"""`tersapa summary`: the morning summary of the province or an area, as it is now."""

import json
from typing import Annotated

import typer

from bot.actions import summary_report
from bot.actions.turn import Turn
from bot.cli.frame import ConfigOption, JsonOption, fail, house, load, opened, print_line
from bot.clock import Clock
from bot.data.places import load_places
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
    with opened(settings, look=True) as db:
        known = house(settings, db)
        if as_json:
            found = db.write(lambda session: summary_report.figures(Turn(session, known, now), area))
            print_line(json.dumps(found, ensure_ascii=False))
        else:
            print_line(db.write(lambda session: summary_report.text(Turn(session, known, now), area)))
