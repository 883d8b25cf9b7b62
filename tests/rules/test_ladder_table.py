"""The default ladders are the table of the design, told hour by hour."""

from collections import Counter
from datetime import timedelta

import pytest

from bot.core.escalation import Alarm, Climb, Remind, Repeat
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
        "Mon 02 23:25 j1 j2",
        "Mon 02 23:40 j1 j2",
        "Tue 03 00:00 admins",
        "Tue 03 00:40 again j2",
        "Tue 03 01:40 again j1 k1 s1",
        "Tue 03 02:40 again j2",
        "Tue 03 03:40 again j1 k1 s1",
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


DAY = timedelta(days=1)


def told(log: list[Pass]) -> list[str]:
    """What rang when, in WIB."""
    lines = []
    for one in log:
        match one.action:
            case Climb(people=people, rings_at=at) | Repeat(people=people, rings_at=at):
                words = [*(["again"] if isinstance(one.action, Repeat) else []), *people]
            case Remind(rings_at=at):
                words = ["remind"]
            case Alarm():
                at, words = one.now, ["admins"]
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


def rings(log: list[Pass], hours: int) -> Counter[str]:
    """How often each phone rang in the first hours; the group reads without a sound."""
    counted: Counter[str] = Counter()
    for one in log:
        if isinstance(one.action, Climb | Repeat | Remind) and one.action.rings_at < log[0].now + timedelta(
            hours=hours
        ):
            counted.update(one.action.people)
    return counted


def test_a_darurat_that_nobody_takes_rings_nobody_deaf_in_a_night() -> None:
    """W5: JSC was rung 308 times in a night, whoever was asked first never again after the tenth minute."""
    story = Story(at("Mon 02 22:00"), (DEFAULTS["darurat"],), (TEAM,), (Fate(timedelta(0)),), (Event(DAY, "clock"),))
    counted = rings(Life(story).play(60), 8)
    assert counted["t1"] == 3
    assert {counted["j1"], counted["j2"]} == {6}
    assert {counted["k1"], counted["s1"]} == {6}
    assert counted["group"] == 1


def test_one_name_alone_at_jsc_is_rung_in_both_turns() -> None:
    alone = {role: names for role, names in TEAM.items() if role != "jsc2"}
    story = Story(at("Mon 02 22:00"), (DEFAULTS["darurat"],), (alone,), (Fate(timedelta(0)),), (Event(DAY, "clock"),))
    counted = rings(Life(story).play(60), 8)
    assert counted["j1"] == 3 + 7, "safety goes before quiet: every hour"
    assert counted["k1"] == 6 and counted["t1"] == 3


def test_whoever_phones_buys_half_an_hour_of_quiet() -> None:
    quiet = Event(timedelta(minutes=26), "quiet", 0, timedelta(minutes=30))
    story = Story(at("Mon 02 22:00"), (DEFAULTS["darurat"],), (TEAM,), (Fate(timedelta(0)),), (quiet,))
    assert told(Life(story).play(40))[5:7] == ["Mon 02 22:56 j1 j2", "Mon 02 23:00 admins"]
