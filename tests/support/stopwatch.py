"""A stopwatch for what must not take long, which stands still while a busy machine runs something else."""

import time
from contextlib import suppress
from pathlib import Path


class Stopwatch:
    """Real seconds since it was made, without those in which our threads were ready to run and others ran.

    Whoever waits for a lock, a timer or the network is not ready to run, so that counts. Where the system is not
    Linux, or does not say, all seconds count.
    """

    def __init__(self) -> None:
        self._waited, self._begun = _waited(), time.monotonic()

    @property
    def seconds(self) -> float:
        """What it shows."""
        took = time.monotonic() - self._begun
        return took - sum(waited - self._waited.get(thread, 0) for thread, waited in _waited().items()) / 1e9


def _waited() -> dict[str, int]:
    """Nanoseconds for which each thread of this process has waited for a processor."""
    found = {}
    for thread in Path("/proc/self/task").glob("*/schedstat"):
        with suppress(OSError, ValueError, IndexError):  # a thread that has ended meanwhile
            found[thread.parent.name] = int(thread.read_text().split()[1])
    return found
