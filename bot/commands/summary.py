"""`tersapa summary`: the morning summary of the province or an area, as it is now."""

import json
from pathlib import Path

from bot.actions import summary_report
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.commands.frame import house, load, opened
from bot.commands.lines import fail, print_line
from bot.data.places import load_places
from storage.roster import PROVINCE


def summary(area: str, config: Path | None, as_json: bool) -> None:
    """Show what is without a worker, late, new and done, and where nobody can be reached."""
    area = area or PROVINCE
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
