"""A bot whose loop stands still for ever from its start on: nothing ends it in order."""

import sys
import time

from bot.commands import serving


class Stuck:
    """What `serve` runs."""

    async def start(self) -> None:
        """Never comes round again."""
        print("up", file=sys.stderr, flush=True)
        time.sleep(1_000_000)  # noqa: ASYNC251 - that is the fault

    async def stop(self) -> None:
        """It never comes so far."""
        raise AssertionError


if __name__ == "__main__":
    serving.serve(Stuck)  # type: ignore[arg-type]
