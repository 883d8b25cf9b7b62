"""The last page of a campaign: figures per engine, violations in words, mutants and what caught them."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from tests.campaign import audit
from tests.campaign.figures import Figures
from tests.campaign.presses import Tally
from tests.campaign.run import Result

SHOWN = 8
"""So many violations of one promise are told in words."""


def show(console: Console, results: Mapping[str, tuple[Result, Figures]]) -> None:
    """One column an engine, then everything that is wrong in words."""
    if not results:
        return
    made = [figures for _, figures in results.values()]
    table = Table("figure", *results, title="Campaign")
    for name in made[0].counts:
        table.add_row(name, *(figures.counts[name] for figures in made))
    table.add_section()
    for name in made[0].faults:
        table.add_row(name, *(str(len(figures.faults[name])) for figures in made))
    console.print(table)
    for engine, (result, figures) in results.items():
        points = ", ".join(f"{name} {count}" for name, count in sorted(result.kills.items()))
        others = ", ".join(f"{count} with {code}" for code, count in sorted(result.exits.items()))
        say(console, f"{engine}: died at {points or 'nothing'}; ended otherwise: {others or 'none'}")
        for event, count in result.errors.most_common(SHOWN):
            say(console, f"{engine}: logged {count} x {event}")
        for press in audit.lost_toasts(result.evidence)[:SHOWN]:
            say(console, f"{engine}: only a toast, and it was lost: {press.data}")
        for name, words in figures.wrong.items():
            for line in words[:SHOWN]:
                say(console, f"{engine}: {name}: {line}")


def show_mutants(console: Console, mutants: Mapping[str, Figures]) -> None:
    """Each mutant, and how many violations of which promise gave it away."""
    if not mutants:
        return
    table = Table("mutant", "caught by", title="Mutants")
    for name, figures in mutants.items():
        caught = ", ".join(f"{len(words)} {promise}" for promise, words in figures.wrong.items())
        table.add_row(name, caught or "NOT CAUGHT")
    console.print(table)


def show_presses(console: Console, tallies: Mapping[str, Tally]) -> None:
    """How many cases four people pressed for at once, how many had one winner, and what went wrong in words."""
    if not tallies:
        return
    table = Table("four press at once", *tallies, title="Presses")
    made = tallies.values()
    table.add_row("cases", *(str(tally.cases) for tally in made))
    table.add_row("with exactly one winner", *(str(tally.won_once) for tally in made))
    table.add_row("won by", *(", ".join(f"{role} {won}" for role, won in tally.winners.items()) for tally in made))
    table.add_row("two turns at the row at once", *(str(tally.met) for tally in made))
    table.add_row("faults", *(str(len(tally.faults)) for tally in made))
    table.add_row("seconds", *(f"{tally.seconds:.0f}" for tally in made))
    console.print(table)
    for engine, tally in tallies.items():
        for line in tally.faults[:SHOWN]:
            say(console, f"{engine}: {line}")


def say(console: Console, line: str) -> None:
    """A plain line."""
    console.print(line, markup=False, highlight=False, soft_wrap=True)
