"""A summary for whoever has no chat at hand: text to read, figures for a program; nobody's name is in either."""

from dataclasses import asdict
from typing import Any

from bot.actions import summary
from bot.actions.turn import Turn
from bot.core.figures import Counts, under
from bot.texts import overview_cards, summary_cards
from bot.texts.clean import plain
from bot.texts.languages import ORIGINAL


def text(turn: Turn, area: str) -> str:
    """The summary of the province, a kabupaten/kota or a kecamatan as its readers see it, then its parts."""
    speech = turn.house.texts.of(ORIGINAL)
    facts = summary.area_facts(turn, (area,), reader=None)
    shown = [summary_cards.of_area(speech, facts, turn.now, asked=True)]
    if facts.counts != Counts():
        lines = summary.area_lines(turn, (area,), facts.day)
        shown.append(overview_cards.by_area(speech, lines, turn.now))
    return "\n\n".join(plain(message.text) for message in shown)


def figures(turn: Turn, area: str) -> dict[str, Any]:
    """The same as figures; what each of them counts is said at `Counts`.

    `areas` are the kabupaten/kota of the province or else kecamatan; code "" = of unknown place.
    """
    facts = summary.area_facts(turn, (area,), reader=None)
    empty = [place.code for place in summary.empty_places(turn, (area,))]
    first = facts.first
    return {
        "area": area,
        "name": facts.place,
        "day": facts.day.isoformat(),
        "at": turn.now.isoformat(),
        **asdict(facts.counts),
        "empty": facts.empty,
        "beyond": facts.beyond,
        "listed": facts.listed,
        "on_duty": {post.place or "JSC": post.named for post in facts.posts},
        "without_duty": facts.without_post,
        "first": None
        if first is None
        else {
            "number": first.case.number,
            "urgency": first.case.urgency,
            "place": first.case.kecamatan or first.case.kabupaten,
            "late": first.late,
            "since": first.since.isoformat(),
        },
        "areas": [
            {"code": code, **asdict(counts), "empty": sum(under(hole, (code,)) for hole in empty)}
            for code, counts in summary.by_area(turn, (area,), facts.day).items()
        ],
    }
