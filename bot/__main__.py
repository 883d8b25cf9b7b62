"""`python -m bot` is the `tersapa` command."""

import gc


def main() -> None:
    """Run the command line; what is imported stays, and a fifth of the start went into looking for garbage in it."""
    gc.disable()
    from bot.cli import main as command

    gc.freeze()
    gc.enable()
    command()


if __name__ == "__main__":
    main()
