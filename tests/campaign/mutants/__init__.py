"""Planted faults: each module breaks one promise of the production code from outside and then runs the bot.

The campaign must catch every one of them; one that it does not catch shows a hole in the audit.
"""

from tests.campaign.plan import Kill, Plan

MUTANTS = {
    "confirm_first": (Kill("intake_before_commit", 3),),
    "careless_take": (),
    "send_inside": (Kill("sent_inside", 20),),
}
"""Each mutant and the kill that brings it to light, whatever the seed; taking a case twice needs none."""


def mutant_plan(name: str, seed: int, reports: int = 8) -> Plan:
    """A short run of a mutant, without chance faults: what is found is the mutant's own."""
    return Plan("sqlite", reports, MUTANTS[name], seed, at_once=reports, mix={}, mutant=name, patience=3, limit=90)
