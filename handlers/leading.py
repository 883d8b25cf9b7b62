"""Whether this process may poll: its term is asked for beside the event loop, and kept while a long poll waits."""

import asyncio

from storage.database import Database
from storage.leader import BEAT, Leader


class Leading:
    """The term of this process, for loops."""

    def __init__(self, db: Database) -> None:
        self._leader, self._alone = Leader(db), db.sqlite

    async def term(self) -> int | None:
        """The term in which it may poll now; None when it may not."""
        return await asyncio.to_thread(self._leader.term)

    async def keep(self) -> None:
        """Renew the term while a long poll waits: whoever does not is taken for frozen."""
        while not self._alone:
            await self.term()
            await asyncio.sleep(BEAT)

    def close(self) -> None:
        """Let go for good."""
        self._leader.close()
