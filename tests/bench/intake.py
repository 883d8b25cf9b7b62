"""Reports: CPU and updates a second of ours against both usual ways, round by round, as ratios of one round."""

from collections import Counter
from collections.abc import Callable

from tests.bench.asked import Asked
from tests.bench.figures import Figure, middle
from tests.bench.run import LIKE_OURS, OURS, USUAL, Cost, Load, run
from tests.bench.way import UPDATES

AIMS = {1: (0.7, 1.2), 12: (0.45, 2.5), 200: (0.45, 2.5)}
"""At so many at once: the most CPU and the least updates a second, of the usual way with as many calls."""
STATEMENTS, TRANSACTIONS, COMMITS = 12.0, 1.5, 28.0
IN_PLACE = 2.4
"""Fewer calls a press than this: a press is answered in the pressed bubble."""

SHOWN = 5
"""Faults of one run that are named."""
Round = dict[str, Cost]


async def intake(asked: Asked) -> list[Figure]:
    """One after another, 12 and 200 at once, without and with 50 ms of network."""
    made = [await _counted(asked)]
    calls = 2 if made[0].calls < IN_PLACE else 3
    found = _counts(asked, made[0])
    for at_once in (1, 12, 200):
        for delay in asked.so((0.0, 0.05), (0.0,) if at_once == 200 else (0.0, 0.05)):
            load = Load(asked.so({1: 12, 12: 60, 200: 400}, {1: 3, 12: 24, 200: 200})[at_once], at_once, delay)
            rounds = [await _round(asked, load, calls, number) for number in range(asked.rounds)]
            found += _compared(asked, load, rounds)
    return found


async def _counted(asked: Asked) -> Cost:
    """12 at once with the statements counted, which costs CPU, so in a run of its own."""
    asked.tell("counting statements")
    cost = await run(OURS, Load(asked.so(60, 24), 12), count=True)
    proven(asked, cost, "counted")
    return cost


def _counts(asked: Asked, cost: Cost) -> list[Figure]:
    assert cost.counts is not None
    updates = asked.so(60, 24) * UPDATES
    return [
        Figure("statements an update, 12 at once", cost.counts.statements / updates, "", STATEMENTS),
        Figure("transactions an update, 12 at once", cost.counts.transactions / updates, "", TRANSACTIONS),
        Figure("commits that wrote a report, 12 at once", cost.counts.commits * UPDATES / updates, "", COMMITS),
        Figure("Bot API calls a press", cost.calls, ""),
    ]


async def _round(asked: Asked, load: Load, calls: int, number: int) -> Round:
    """Each way once, in an order that turns."""
    ways = (OURS, USUAL, LIKE_OURS)
    costs: Round = {}
    for way in ways[number % 3 :] + ways[: number % 3]:
        asked.tell(f"{load}, round {number + 1} of {asked.rounds}: {way}")
        costs[way] = await run(way, load, calls=calls if way == LIKE_OURS else 3)
    proven(asked, costs[OURS], str(load))
    return costs


def proven(asked: Asked, cost: Cost, where: str) -> None:
    """Order and loss are no figures: a run of ours in which they do not hold is said, whatever it cost."""
    wrong = [*cost.faults, *(f"lost: {what}, {times} times" for what, times in cost.lost.items())]
    asked.notes += [f"NOT AS PROMISED, {where}: {fault}" for fault in wrong[:SHOWN]]
    if len(wrong) > SHOWN:
        asked.notes.append(f"NOT AS PROMISED, {where}: {len(wrong) - SHOWN} more")


def _compared(asked: Asked, load: Load, rounds: list[Round]) -> list[Figure]:
    most, least = AIMS[load.at_once]

    def ratios(way: str, of: Callable[[Cost], float]) -> list[float]:
        return [of(costs[OURS]) / of(costs[way]) for costs in rounds]

    def each(way: str, of: Callable[[Cost], float]) -> list[float]:
        return [of(costs[way]) for costs in rounds]

    found = [
        middle(f"CPU a report, of {LIKE_OURS}: {load}", ratios(LIKE_OURS, _cpu), "x", most),
        middle(f"updates a second, of {LIKE_OURS}: {load}", ratios(LIKE_OURS, _rate), "x", least, least=True),
        middle(f"CPU a report, of {USUAL}: {load}", ratios(USUAL, _cpu), "x"),
        middle(f"updates a second, of {USUAL}: {load}", ratios(USUAL, _rate), "x"),
    ]
    for way in (OURS, USUAL, LIKE_OURS):
        found.append(middle(f"{way}: {load}", each(way, _cpu), "ms CPU a report"))
        found.append(middle(f"{way}: {load}", each(way, _rate), "updates/s"))
    for way in (USUAL, LIKE_OURS):
        found.append(_lost(way, load, [costs[way] for costs in rounds]))
    return found


def _lost(way: str, load: Load, costs: list[Cost]) -> Figure:
    """Residents of a usual way who got no answer any more, of all rounds, and which errors it wrote meanwhile."""
    errors: Counter[str] = sum((cost.errors for cost in costs), Counter())
    named = "; ".join(f"{times} x {name}" for name, times in errors.most_common(3))
    count = sum(sum(cost.lost.values()) for cost in costs)
    return Figure(
        f"{way}: {load}: residents left without an answer", count, f"of {len(costs) * load.reports}", note=named
    )


def _cpu(cost: Cost) -> float:
    return cost.cpu


def _rate(cost: Cost) -> float:
    return cost.rate
