"""Named places where a test may let the bot die; nothing happens there in production."""

import os
import signal
from collections.abc import Callable

Watcher = Callable[[str], None]


def crashpoint(name: str) -> None:
    """Pass the place called `name`; whoever watches may die there."""
    if _watcher is not None:
        _watcher(name)


def watch(watcher: Watcher | None) -> None:
    """Have `watcher` called at every place from now on, from whatever thread passes it; None: nobody watches."""
    global _watcher
    _watcher = watcher


def killer(wanted: str) -> Watcher | None:
    """Who kills this process with SIGKILL at "NAME", or at the N-th visit of "NAME@N"; None when nothing is wanted."""
    place, _, countdown = wanted.partition("@")
    left = int(countdown or 1)

    def kill(name: str) -> None:
        nonlocal left
        if name == place:
            left -= 1
            if left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return kill if place else None


_watcher: Watcher | None = killer(os.environ.get("TERSAPA_CRASHPOINT", ""))
