"""An archive: what a bot has stored after years and what is over, made quickly by the thousand.

Everything in it hangs on people who are there: their old cases, asks, messages, leaves. Nothing in it waits.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy.engine import Connection

from storage.database import Database

AREA, KABUPATEN = "35.07.24", "35.07"
AT_ONCE = 5_000
URGENCIES = ("darurat", "mendesak", "biasa")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Living:
    """Whose past it is: members of the roster with their chats, a reporter, and the ladder that old cases had."""

    members: Sequence[tuple[str, int]]
    reporter: int
    policy: str
    now: datetime


def store(db: Database, living: Living, numbers: range) -> None:
    """Store what is over, one of each kind for each number."""
    for start in range(numbers.start, numbers.stop, AT_ONCE):
        tables: dict[str, list[Row]] = {}
        for n in range(start, min(start + AT_ONCE, numbers.stop)):
            for table, row in _past(living, n):
                tables.setdefault(table, []).append(row)
        with db.engine.begin() as connection:
            for table, rows in tables.items():
                _insert(connection, table, rows, sqlite=db.sqlite)


def _past(living: Living, n: int) -> Iterator[tuple[str, Row]]:
    """One case from its report to its end, and what else was once begun and is over."""
    person, chat = living.members[n % len(living.members)]
    made = living.now - timedelta(days=30, minutes=n)
    ended = made + timedelta(days=2)
    case, stranger = f"old{n:09}", 7_000_000_000 + n
    round_one = {"case_id": case, "round": 1}
    yield "cases", {
        "id": case, "number": f"TA-{n}", "status": "closed", "round": 1, "rung": 0, "round_at": made,
        "urgency": URGENCIES[n % 3], "category": "lansia", "danger": "tidakada", "kabupaten": KABUPATEN,
        "kecamatan": AREA, "skip_kecamatan": False, "policy_id": living.policy, "reminded": 0,
        "alarmed": False, "mutes": 0,
        "outcome": "tertolong", "stuck": False, "created_at": made, "closed_at": ended,
    }  # fmt: skip
    yield "report", {
        "id": f"r{case}", "number": f"TA-{n}", "origin": f"old:{n}", "case_id": case, "chat_id": living.reporter,
        "told_pieces": 0, "helped_round": 0, "fixed_clock": False, "sent_by": "warga",
        "created_at": made,
    }  # fmt: skip
    asked = {"rung": 0, "role": "tksk", "chat_id": chat, "fired_at": made, "delivered_at": made, "reminded": 0}
    yield "ask", {
        "id": f"a{case}", **round_one, "person": person, **asked, "state": ("over", "declined")[n % 2], "asked": 1,
        "card_uid": f"c{case}", "ping_uid": f"c{case}",
    }  # fmt: skip
    for seq, event in enumerate(("submit", "climb", "close"), 1):
        yield "timeline", {
            "case_id": case, "seq": seq, "at": made, "event": event, "actor": person, "data": "{}", "prev_hash": "",
            "hash": "",
        }  # fmt: skip
    sent = {"channel": "telegram", "priority": 2, "attempts": 1, "unknowns": 0, "fallbacks": 0, "fence": 1}
    sent |= {"not_before": made, "created_at": made, "sent_at": made, "message_id": n}
    states = ("sent", "cancelled", "dead", "bundled")
    yield "outbox", {
        **sent, "uid": f"c{case}", "dest": chat, "kind": "card", "case_id": case, "case_round": 1,
        "ask_id": f"a{case}", "state": states[n % 4],
    }  # fmt: skip
    nothing = {"case_id": None, "case_round": None, "ask_id": None}
    yield "outbox", {**sent, "uid": f"d{case}", "dest": chat, "kind": "piket", **nothing, "state": "sent"}
    yield "inbox", {
        "bot_id": 1, "update_id": 10**9 + n, "chat_key": stranger, "haste": "chat", "state": "dead", "attempts": 5,
        "not_before": made, "received_at": made, "done_at": made,
    }  # fmt: skip
    yield "received", {"bot_id": 1, "update_id": 10**9 + n, "at": living.now}
    yield "chat", {
        "id": stranger, "address_index": f"h{case}", "address_sealed": b"", "language": "id", "reachable": True
    }  # fmt: skip
    yield "lane", {
        "channel": "telegram", "dest": stranger, "priority": 5, "tokens": 3.0, "tokens_at": made, "fails": 0,
        "trail": "",
    }  # fmt: skip
    yield "leave", {
        "id": f"l{case}", "member_id": person, "since": made, "until": ended, "by_deputy": False, "set_by": person,
        "created_at": made,
    }  # fmt: skip
    invited = {"role": "tksk", "area": AREA, "trusted": False, "created_at": made, "expires_at": ended}
    yield "invite", {"token_hash": f"i{case}", **invited, "used_at": made if n % 2 else None}
    yield "member", {"id": f"m{case}", "role": "tksk", "area": AREA, "priority": 0, "active": False, "left_at": ended}
    day = (made - timedelta(days=n)).date().isoformat()
    yield "summary", {"day": day, "member_id": f"{person}{n}", "uid": f"s{case}", "sent_at": made, "read_at": made}
    yield "duty", {"area": KABUPATEN, "day": f"{day} {n}", "member_id": person, "named_by": person, "named_at": made}
    for kind in ("summary", "piket"):
        yield "job", {"kind": kind, "period": f"1999 {n}", "done_at": made}


def _insert(connection: Connection, table: str, rows: list[Row], *, sqlite: bool) -> None:
    """Rows of one table, all with the same columns, by the fastest way of each engine."""
    names = ", ".join(rows[0])
    raw: Any = connection.connection.driver_connection
    if sqlite:
        marks = ", ".join("?" * len(rows[0]))
        values = [tuple(map(_plain, row.values())) for row in rows]
        raw.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)
        return
    with raw.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(tuple(row.values()))


def _plain(value: Any) -> Any:
    """A value as SQLite stores it."""
    return f"{value.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}" if isinstance(value, datetime) else value
