"""Named places where a test may kill the process; nothing happens there in production."""

import os
import signal

_WANTED = os.environ.get("TERSAPA_CRASHPOINT", "")
_name, _, _countdown = _WANTED.partition("@")
_left = int(_countdown or 1)


def crashpoint(name: str) -> None:
    """Kill this process with SIGKILL at `name`, if TERSAPA_CRASHPOINT=NAME[@N] asks for its N-th visit."""
    if not _name or name != _name:
        return
    global _left
    _left -= 1
    if _left <= 0:
        os.kill(os.getpid(), signal.SIGKILL)
