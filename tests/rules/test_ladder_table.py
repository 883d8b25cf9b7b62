"""The default ladders are the table of the design, told hour by hour."""

from datetime import timedelta

import pytest

from bot.core.escalation import Climb, Remind, Repeat
from bot.core.hours import WIB
from tests.rules.ladder_simulation import Event, Fate, Life, Pass, Story
from tests.rules.ladder_stories import DEFAULTS, TEAM, at

# The table of the design, hour by hour; a card arrives as it rings. 2 March 2026 is a Monday.
EXAMPLES = {
    ("darurat", "Mon 02 23:00"): [
        "Mon 02 23:00 t1 k1 s1",
        "Mon 02 23:05 remind",
        "Mon 02 23:10 remind",
        "Mon 02 23:15 j1 group",
        "Mon 02 23:25 j2",
        "Mon 02 23:40 again j1 j2",
        "Mon 02 23:55 again j1 j2",
        "Tue 03 00:10 again j1 j2",
    ],
    ("mendesak", "Mon 02 09:00"): [
        "Mon 02 09:00 t1",
        "Mon 02 10:00 remind",
        "Mon 02 11:00 d1 k1",
        "Mon 02 13:00 s1",
        "Mon 02 17:00 j1 group",
        "Mon 02 20:00 again j1",
        "Tue 03 06:00 again j1",
        "Tue 03 09:00 again j1",
    ],
    ("mendesak", "Mon 02 22:30"): [
        "Tue 03 06:00 t1",
        "Tue 03 07:00 remind",
        "Tue 03 08:00 d1 k1",
        "Tue 03 10:00 s1",
        "Tue 03 14:00 j1 group",
        "Tue 03 17:00 again j1",
        "Tue 03 20:00 again j1",
        "Wed 04 06:00 again j1",
    ],
    ("mendesak", "Mon 02 21:00"): [
        "Mon 02 21:00 t1",
        "Tue 03 06:00 d1 k1",
        "Tue 03 08:00 s1",
        "Tue 03 12:00 j1 group",
        "Tue 03 15:00 again j1",
    ],
    ("biasa", "Mon 02 09:00"): [
        "Mon 02 09:00 t1",
        "Mon 02 13:00 remind",
        "Tue 03 07:00 remind",
        "Tue 03 09:00 d1 k1",
        "Wed 04 09:00 s1",
        "Thu 05 09:00 j1 group",
        "Fri 06 09:00 again j1",
        "Sat 07 09:00 again j1",
        "Mon 09 07:00 again j1",
    ],
    ("biasa", "Sat 07 21:00"): [
        "Mon 09 07:00 t1",
        "Mon 09 11:00 remind",
        "Tue 10 07:00 d1 k1",
        "Wed 11 07:00 s1",
        "Thu 12 07:00 j1 group",
        "Fri 13 07:00 again j1",
        "Sat 14 07:00 again j1",
        "Mon 16 07:00 again j1",
    ],
}


def told(log: list[Pass]) -> list[str]:
    """What rang when, in WIB."""
    lines = []
    for one in log:
        match one.action:
            case Climb(people=people, rings_at=at) | Repeat(people=people, rings_at=at):
                words = [*(["again"] if isinstance(one.action, Repeat) else []), *people]
            case Remind(rings_at=at):
                words = ["remind"]
            case _:
                continue
        lines.append(" ".join([f"{at.astimezone(WIB):%a %d %H:%M}", *words]))
    return list(dict.fromkeys(lines))


@pytest.mark.parametrize(("urgency", "accepted"), EXAMPLES)
def test_the_default_ladders_are_the_table_of_the_design(urgency: str, accepted: str) -> None:
    expected = EXAMPLES[urgency, accepted]
    nothing_more = Event(timedelta(days=30), "clock")
    story = Story(at(accepted), (DEFAULTS[urgency],), (TEAM,), (Fate(timedelta(0)),), (nothing_more,))
    assert told(Life(story).play(60))[: len(expected)] == expected
