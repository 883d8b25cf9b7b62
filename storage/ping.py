"""Whether a PostgreSQL answers; only a bot on PostgreSQL reads this file, for the driver takes 8 MiB."""

from collections.abc import Mapping
from typing import Any

from psycopg.conninfo import make_conninfo
from psycopg.pq import PGconn, Ping


def answers(given: Mapping[str, Any]) -> bool:
    """Whether a server is there that talks to clients, also if it refuses this one; `given` are libpq's words."""
    return PGconn.ping(make_conninfo("", **given).encode()) in (Ping.OK, Ping.NO_ATTEMPT)
