"""How grave a case is, and who may say otherwise: a worker raises it at once, lowering has a reason (row 67)."""

GRADES = ("biasa", "mendesak", "darurat")
"""From calm to grave."""
CALMER = ("aman", "keliru", "lain")
"""Why an owner lowers it: it is safe now, it was reported graver than it is, or else."""


def graver(urgency: str) -> str | None:
    """One grade up; None where there is none."""
    place = GRADES.index(urgency) + 1
    return GRADES[place] if place < len(GRADES) else None


def calmer(urgency: str) -> str | None:
    """One grade down; None where there is none."""
    place = GRADES.index(urgency)
    return GRADES[place - 1] if place else None
