"""Mutant: a batch is confirmed before it is stored; a kill in between loses its updates."""

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.intake import Intake
from tests.campaign.named import main

_poll = Intake.poll


async def hasty(self: Intake, call: Callable[..., Awaitable[Any]], lead: Callable[[], Awaitable[int | None]]) -> None:
    """Poll through a call that confirms what it brought before it hands it on."""

    async def confirming(method: str, params: dict[str, Any], **more: Any) -> Any:
        updates = await call(method, params, **more)
        if method == "getUpdates" and updates:
            newest = max(int(update["update_id"]) for update in updates)
            await call(method, {**params, "offset": newest + 1, "timeout": 0, "limit": 1})
        return updates

    await _poll(self, confirming, lead)


if __name__ == "__main__":
    Intake.poll = hasty  # type: ignore[method-assign]
    main()
