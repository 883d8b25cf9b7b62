"""One desk for everything a test, a page or another process may ask: deeds, views, switches."""

from __future__ import annotations

import inspect
from datetime import datetime
from typing import Any, Protocol

from .later import AllActs
from .limits import Limits
from .looks import Looks
from .refused import NoSuchThing
from .state import State

Wire = dict[str, Any]


class Desk(Protocol):
    """Where phones hand in what they do; in this process, or over HTTP."""

    def ask(self, name: str, /, **args: Any) -> Any:
        """Do or look now, and return the answer."""

    async def do(self, name: str, /, **args: Any) -> Any:
        """The same without blocking the event loop."""


class Switches:
    """What whoever runs the local Telegram may turn."""

    def __init__(self, state: State) -> None:
        self.state = state

    def clock(self, advance: float | None = None, set: str | None = None, freeze: bool | None = None) -> Wire:
        """Read the clock, after turning it if asked to."""
        clock = self.state.clock
        if freeze is not None:
            clock.freeze(freeze)
        if set is not None:
            clock.set(datetime.fromisoformat(set))
        if advance is not None:
            clock.advance(advance)
        if (advance, set, freeze) != (None, None, None):
            self.state.event("clock")
        return clock.info()

    def faults(self, rules: list[Wire] | None = None, mix: Wire | None = None, clear: bool = False) -> Wire:
        """Read the faults in force, after clearing or adding to them if asked to."""
        faults = self.state.faults
        if clear:
            faults.clear()
        for rule in rules or []:
            faults.add(**rule)
        if mix is not None:
            faults.blend(**mix)
        self.state.updates.share(faults.mix.pdup_update, faults.mix.seed)
        return faults.info()

    def settings(
        self,
        speed: float | None = None,
        privacy: bool | None = None,
        revoked: bool | None = None,
        limits: bool | None = None,
    ) -> Wire:
        """Read the settings, after changing them: speed of webhook retries, privacy mode, revoked token, limits."""
        state = self.state
        if speed is not None:
            state.speed = max(speed, 0.001)
        if privacy is not None:
            state.privacy = privacy
        if revoked is not None:
            state.revoked = revoked
        if limits is not None:
            state.limits = Limits(limits)
        return {
            "speed": state.speed,
            "privacy": state.privacy,
            "revoked": state.revoked,
            "limits": state.limits.on,
        }

    def repeat(self, update_id: int | None = None) -> int:
        """Hand an update over once more, confirmed or not; without an id, the newest."""
        return self.state.updates.repeat(update_id)

    def jump(self, ids: int = 1000) -> None:
        """Skip some update ids."""
        self.state.updates.jump(ids)

    def push(self, kind: str, content: Wire, lane: int = 0) -> int | None:
        """Queue an update of any shape, to see whether the bot survives it."""
        return self.state.updates.push(kind, content, lane)


class LocalDesk:
    """The desk in the process of the local Telegram."""

    def __init__(self, state: State) -> None:
        self.rooms = (AllActs(state), Looks(state), Switches(state))

    def ask(self, name: str, /, **args: Any) -> Any:
        """Do or look; raises NoSuchThing for what people can't do."""
        if not name.startswith("_"):
            for room in self.rooms:
                if inspect.ismethod(deed := getattr(room, name, None)):
                    return deed(**args)
        raise NoSuchThing(f"nobody here knows how to {name!r}")

    async def do(self, name: str, /, **args: Any) -> Any:
        """The same, for callers that may also be far away."""
        return self.ask(name, **args)
