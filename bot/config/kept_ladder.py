"""A ladder as text: a case keeps the one it began with, also when the settings change."""

import hashlib
import json
from datetime import time, timedelta
from functools import lru_cache

from bot.core.escalation import Policy, Rung
from bot.core.hours import Hours
from bot.core.roles import LADDER_ROLES


def policy_json(policy: Policy) -> tuple[str, str]:
    """A ladder as text to be kept with a case, and its id (the hash of that text)."""
    seconds = timedelta(seconds=1)
    body = json.dumps(
        {
            "rungs": [
                {
                    "after": r.after // seconds,
                    "ask": list(r.ask),
                    "remind": [w // seconds for w in r.remind],
                    "again": r.again,
                }
                for r in policy.rungs
            ],
            "repeat": policy.repeat // seconds,
            "turns": [list(turn) for turn in policy.turns],
            "alarm": policy.alarm // seconds if policy.alarm else None,
            "hours": [policy.hours.opens.isoformat(), policy.hours.closes.isoformat(), policy.hours.sunday],
        },
        sort_keys=True,
    )
    return hashlib.sha256(body.encode()).hexdigest()[:16], body


@lru_cache(maxsize=256)
def policy_from_json(body: str) -> Policy:
    """The ladder that `policy_json` wrote."""
    data = json.loads(body)
    rungs = tuple(
        Rung(
            timedelta(seconds=r["after"]),
            tuple(a for a in r["ask"] if a in LADDER_ROLES),
            tuple(timedelta(seconds=w) for w in r["remind"]),
            r["again"],
        )
        for r in data["rungs"]
    )
    opens, closes, sunday = data["hours"]
    return Policy(
        rungs,
        timedelta(seconds=data["repeat"]),
        Hours(time.fromisoformat(opens), time.fromisoformat(closes), sunday),
        tuple(tuple(role for role in turn if role in LADDER_ROLES) for turn in data["turns"]),
        timedelta(seconds=data["alarm"]) if data["alarm"] else None,
    )
