"""A replica's share of the pace, taken anew at each beat."""

from notifiers.pacer import Pacer
from storage.database import Database
from storage.replicas import HOLDS, Replica


class Sharing:
    """Keeps the pace of this process at its share; on SQLite there is one process, and the pace is all its own."""

    def __init__(self, db: Database, pacer: Pacer) -> None:
        self._db, self._pacer, self._replica = db, pacer, Replica()

    async def beat(self) -> None:
        """Say that this process lives, and take its share."""
        if not self._db.sqlite:
            self._pacer.share(await self._db.run(self._replica.beat, "share"), HOLDS)

    async def leave(self) -> None:
        """This process ends."""
        if not self._db.sqlite:
            await self._db.run(self._replica.leave, "leave")
