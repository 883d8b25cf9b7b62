"""Lives of a case to be tried: some told on purpose, and strategies for many more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from hypothesis import strategies as st

from bot.config import Settings
from bot.core.escalation import Policy, Rung
from bot.core.hours import WIB, Hours
from bot.core.sorts import Sort
from tests.rules.ladder_simulation import GROUP, Event, Fate, Story
from tests.support.ppa import by_sort

SECOND, MINUTE, HOUR = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)
DEFAULTS = {urgency: Settings().escalation.policy(urgency) for urgency in ("darurat", "mendesak", "biasa")}
OF_PPA = {
    urgency: Settings(escalation=by_sort()).escalation.policy(urgency, None, Sort("kekerasan")) for urgency in DEFAULTS
}
"""The ladders of violence and children, where the settings say that they begin with `ppa`."""
DARURAT, MENDESAK = (DEFAULTS["darurat"],), (DEFAULTS["mendesak"],)
ROLES = {
    "tksk": ("t1", "t2"),
    "deputy": ("d1",),
    "ppa": ("p1", "p2"),
    "koordinator": ("k1",),
    "dinsos": ("s1", "s2"),
    "jsc": ("j1", GROUP),
    "jsc2": ("j2",),
}
TEAM = {role: names if role == "jsc" else names[:1] for role, names in ROLES.items()}
JSC = {"jsc": ("j1", GROUP), "jsc2": ("j2",)}
SOON, BLOCKED = Fate(2 * SECOND), Fate(2 * SECOND, arrives=False, blocked=True)


def at(local: str) -> datetime:
    """A moment of March 2026 in WIB, such as "Mon 02 09:00"."""
    return datetime.strptime(f"2026-03 {local}", "%Y-%m %a %d %H:%M").replace(tzinfo=WIB)


MONDAY = Story(at("Mon 02 09:00"), MENDESAK, (TEAM,), (SOON,), (), MINUTE)
"""Nobody answers, and nothing else goes wrong."""
_NAGGING = Policy(
    (Rung(0 * HOUR, ("tksk",), (HOUR, 2 * HOUR, 3 * HOUR)), Rung(24 * HOUR, ("jsc",))), HOUR, MENDESAK[0].hours
)
TOLD = {
    "nobody answers": MONDAY,
    "nobody answers at night": replace(MONDAY, accepted=at("Mon 02 22:30")),
    "cards are slow": replace(MONDAY, fates=(Fate(30 * MINUTE),)),
    "cards never arrive": replace(MONDAY, fates=(Fate(999 * HOUR),)),
    "every look is late": replace(MONDAY, lag=HOUR),
    "a reminder falls due before the night and is seen in it": replace(
        MONDAY, accepted=at("Mon 02 20:45"), policies=(_NAGGING,), lag=HOUR
    ),
    "reminders fall due in the night": replace(MONDAY, accepted=at("Mon 02 20:30"), policies=(_NAGGING,)),
    "reminders cannot be delivered": replace(MONDAY, fates=(SOON, BLOCKED)),
    "everybody has blocked the bot": replace(MONDAY, fates=(BLOCKED,)),
    "cards are refused though nobody blocked the bot": replace(MONDAY, fates=(Fate(2 * SECOND, arrives=False),)),
    "the only one declines": replace(MONDAY, rosters=({"tksk": ("t1",)},), events=(Event(10 * MINUTE, "decline"),)),
    "there is no koordinator": replace(MONDAY, rosters=({role: TEAM[role] for role in ("tksk", "dinsos", "jsc")},)),
    "everybody declines": replace(MONDAY, events=tuple(Event(n * HOUR / 4, "decline") for n in range(1, 8))),
    "the province declines": replace(MONDAY, policies=DARURAT, rosters=(JSC,), events=(Event(5 * MINUTE, "decline"),)),
    "pressed at the end": replace(
        MONDAY, policies=DARURAT, events=tuple(Event(n * MINUTE, "press") for n in (30, 31, 50, 51))
    ),
    "phoned in darurat": replace(
        MONDAY, policies=DARURAT, events=tuple(Event(n * MINUTE, "quiet", 0, 30 * MINUTE) for n in (20, 45, 200))
    ),
    "darurat without a second name": replace(
        MONDAY, policies=DARURAT, rosters=({role: names for role, names in TEAM.items() if role != "jsc2"},)
    ),
    "taken for a while": replace(MONDAY, events=(Event(HOUR, "take", 0, 9 * HOUR),)),
    "away for five hours": replace(MONDAY, events=(Event(90 * MINUTE, "away", 0, 5 * HOUR),)),
    "away into the night": replace(
        MONDAY, accepted=at("Mon 02 18:00"), events=(Event(90 * MINUTE, "away", 0, 7 * HOUR),)
    ),
    "away for two days in darurat": replace(
        MONDAY, policies=DARURAT, events=(Event(HOUR / 12, "away", 0, 48 * HOUR),), forgiving=False
    ),
    "violence where nobody is ppa": replace(
        MONDAY,
        policies=(OF_PPA["mendesak"],),
        rosters=({role: names for role, names in TEAM.items() if role != "ppa"},),
    ),
    "violence and ppa says nothing": replace(MONDAY, policies=(OF_PPA["mendesak"],)),
    "violence in darurat": replace(MONDAY, policies=(OF_PPA["darurat"],)),
    "violence and ppa declines": replace(MONDAY, policies=(OF_PPA["biasa"],), events=(Event(10 * MINUTE, "decline"),)),
    "corrected to violence": replace(
        MONDAY, policies=(MENDESAK[0], OF_PPA["mendesak"]), events=(Event(90 * MINUTE, "policy", 1),)
    ),
    "the clock goes back": replace(MONDAY, events=(Event(150 * MINUTE, "clock", 1, HOUR),)),
}

waits = st.sampled_from([1, 5, 10, 15, 30, 60, 90, 120, 240, 600, 1440, 2880]).map(lambda n: n * MINUTE)
hours = st.one_of(
    st.sampled_from([Hours(), Hours(time(6), time(22)), Hours(time(7), time(20), sunday=False)]),
    st.builds(Hours, st.times(), st.times(), st.booleans()),
)


@st.composite
def ladders(draw: st.DrawFn) -> Policy:
    """A ladder that makes sense, of one to four rungs; rungs may come at the same time."""
    after, rungs = timedelta(0), []
    for number in range(draw(st.integers(1, 4))):
        after += draw(st.one_of(st.just(timedelta(0)), waits)) if number else timedelta(0)
        roles = draw(st.lists(st.sampled_from(sorted(ROLES)), min_size=1, max_size=3, unique=True))
        again = number > 0 and draw(st.booleans())
        rungs.append(Rung(after, tuple(roles), tuple(sorted(draw(st.sets(waits, max_size=3)))), again))
    named = sorted({role for rung in rungs for role in rung.ask})
    turns = draw(st.lists(st.lists(st.sampled_from(named), min_size=1, max_size=2, unique=True).map(tuple), max_size=3))
    return Policy(tuple(rungs), draw(waits), draw(hours), tuple(turns), draw(st.none() | waits))


policies = st.one_of(st.sampled_from([*DEFAULTS.values(), *OF_PPA.values()]), ladders())
rosters: st.SearchStrategy[Mapping[str, Sequence[str]]] = st.fixed_dictionaries(
    {role: st.sampled_from([names, names[:1], names[1:], ()]) for role, names in ROLES.items()}
)
moments = st.integers(0, 3 * 365 * 24 * 60).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + n * MINUTE)
lengths = st.sampled_from([0, 1, 5, 60, 119, 120, 121, 600, 1440, 4320]).map(lambda n: n * MINUTE)
lags = st.sampled_from([0, 1, 60, 3600]).map(lambda n: n * SECOND)
fates = st.one_of(st.just(SOON), st.builds(Fate, lengths, st.sampled_from([True, True, False]), st.booleans()))
whats = st.sampled_from(["decline", "away", "decline", "press", "away", "roster", "policy", "clock", "take", "quiet"])
events = st.builds(Event, lengths, whats, st.integers(0, 5), lengths)
wild = st.builds(
    Story,
    moments,
    st.lists(policies, min_size=1, max_size=2).map(tuple),
    st.lists(rosters, min_size=1, max_size=3).map(tuple),
    st.lists(fates, min_size=1, max_size=5).map(tuple),
    st.lists(events, max_size=6).map(tuple),
    lags,
    st.booleans(),
)
plain = st.builds(  # the ladders of the design, on which one or two things go wrong
    Story,
    moments,
    st.sampled_from([(policy,) for policy in (*DEFAULTS.values(), *OF_PPA.values())]),
    st.sampled_from([(ROLES,), (ROLES, {}), (JSC,), ({"tksk": ("t1",)},), ({"tksk": ("t1",)}, ROLES)]),
    st.sampled_from([(SOON,), (SOON, BLOCKED), (BLOCKED,), (SOON, Fate(3 * HOUR)), (Fate(99 * HOUR),)]),
    st.lists(events, min_size=1, max_size=2).map(tuple),
    lags,
    st.booleans(),
)
stories = st.one_of(wild, plain)
