"""What a test asks of a local Telegram, in its own process or in another one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from .desk import Desk
from .phones import Group, Phone

Wire = dict[str, Any]


class Crowd:
    """Whatever hands out phones and groups: the local Telegram itself, or its remote control."""

    desk: Desk

    def phone(self, id: int, first_name: str | None = None, **who: Any) -> Phone:
        """A person's phone; last_name, username, language_code, phone_number, position may be given."""
        if first_name is not None:
            who["first_name"] = first_name
        return Phone(self.desk, id, **who)

    def group(self, title: str, members: Sequence[Phone], *, bot: bool = True, admin: bool = False) -> Group:
        """A new group; the bot is in it unless told otherwise."""
        return Group(self.desk, title, members, bot=bot, admin=admin)

    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return int(self.quiet()["pending"])

    def quiet(self) -> Wire:
        """Whether the bot seems to have nothing left to do; see `Looks.quiet`."""
        return dict(self.desk.ask("quiet"))

    async def settle(self, idle: float = 0.05, limit: float = 10.0) -> None:
        """Wait until every update is confirmed and no call came for `idle` seconds; else TimeoutError."""
        async with asyncio.timeout(limit):
            while True:
                now = await self.desk.do("quiet")
                if not now["pending"] and not now["in_flight"] and now["idle_for"] >= idle:
                    return
                await asyncio.sleep(idle / 4)

    def calls(self, method: str | None = None, after: int = 0, chat: int | None = None) -> list[Wire]:
        """The Bot API calls that came in."""
        return list(self.desk.ask("calls", method=method, after=after, chat=chat))

    def deliveries(self, update_id: int | None = None) -> list[Wire]:
        """Every time an update was handed over."""
        return list(self.desk.ask("deliveries", update_id=update_id))

    def fault(self, kind: str = "error", **options: Any) -> None:
        """Put a fault in force; `times=1` meets the next matching call only."""
        self.desk.ask("faults", rules=[{"kind": kind, **options}])

    def mix(self, **shares: Any) -> None:
        """Let shares of all calls fail by seeded chance."""
        self.desk.ask("faults", mix=shares)

    def calm(self) -> None:
        """End all faults."""
        self.desk.ask("faults", clear=True)

    def turn(self, seconds: float = 0.0, **clock: Any) -> Wire:
        """Turn the clock by some seconds; `set=` an ISO time, `freeze=` it."""
        return dict(self.desk.ask("clock", advance=seconds or None, **clock))

    def settings(self, **new: Any) -> Wire:
        """Read or change speed, privacy, revoked, limits."""
        return dict(self.desk.ask("settings", **new))

    def repeat(self, update_id: int | None = None) -> int:
        """Hand an update over once more."""
        return int(self.desk.ask("repeat", update_id=update_id))

    def jump(self, ids: int = 1000) -> None:
        """Skip some update ids."""
        self.desk.ask("jump", ids=ids)
