"""The doors to cases, watched: whether presses that are said to come together really do."""

import threading
from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import event

from storage.database import Database


class Doors:
    """Watches the door to each case: how many transactions held or wanted its row at once."""

    def __init__(self, databases: Iterable[Database]) -> None:
        self._lock = threading.Lock()
        self._inside: dict[int, str] = {}
        self._most: Counter[str] = Counter()
        for database in databases:
            event.listen(database.engine, "before_cursor_execute", self._knocks)
            event.listen(database.engine, "commit", self._leaves)
            event.listen(database.engine, "rollback", self._leaves)

    def crowd(self, case_id: str) -> int:
        """The most that were ever at this door together."""
        return self._most[case_id]

    def _knocks(self, connection: Any, _: Any, statement: str, parameters: Any, *__: Any) -> None:
        if "FOR UPDATE OF" not in statement or not isinstance(parameters, dict):
            return
        case_id = next((value for name, value in parameters.items() if name.startswith("id_")), "")
        with self._lock:
            self._inside[id(connection)] = case_id
            together = sum(inside == case_id for inside in self._inside.values())
            self._most[case_id] = max(self._most[case_id], together)

    def _leaves(self, connection: Any) -> None:
        with self._lock:
            self._inside.pop(id(connection), None)
