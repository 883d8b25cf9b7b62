"""What a command says: a line to standard output, or one sentence of failure and the end."""

import sys
from typing import NoReturn


def print_line(text: str) -> None:
    """One line to standard output."""
    sys.stdout.write(text + "\n")


def fail(message: str, code: int = 2) -> NoReturn:
    """One sentence to standard error, and the end."""
    sys.stderr.write(f"tersapa: {message}\n")
    raise SystemExit(code)
