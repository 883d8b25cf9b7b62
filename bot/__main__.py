"""`python -m bot` is the `tersapa` command."""

import gc
import sys

INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended."""


def main() -> None:
    """Run the command line; what is imported stays, and a fifth of the start went into looking for garbage in it."""
    gc.disable()  # until the work of a command was read
    try:
        from bot.cli import main as command

        command()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    main()
