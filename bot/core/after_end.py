"""The question at the end of a case: who is asked whether it helped, what they may answer, how long (rows 77, 78)."""

from datetime import datetime, timedelta

YES, NO, AGAIN = "sudah", "belum", "ulang"
"""It helped; it did not; it is so again. The last two open the case again."""
OPEN_FOR = timedelta(days=30)
"""So long after its end an answer opens a case again."""
ASKED = {"tertolong": (YES, NO, AGAIN), "bukan_kasus": (AGAIN,)}
"""What may be answered, by the outcome; after any other one nothing is asked."""
ATTACKED = frozenset({"serang", "pelakudekat", "seksual", "diusir"})
"""Dangers that are done to whoever names them for themselves."""


def answers(outcome: str | None, *, locked: bool, attacked: bool, closed_it: bool, by_clock: bool) -> tuple[str, ...]:
    """What a reporter may answer at the end.

    `locked`: the case or the report is of a kind that is never asked about; `attacked`: they reported violence against
    themselves; `closed_it`: they had the case; `by_clock`: their news tells an end by its status alone, so the answers
    that are offered tell nothing of the outcome.
    """
    if locked or attacked or closed_it or outcome not in ASKED:
        return ()
    return ASKED["tertolong"] if by_clock else ASKED[outcome]


def may_answer(ended_at: datetime, now: datetime) -> bool:
    """Whether it is not too late."""
    return now <= ended_at + OPEN_FOR
