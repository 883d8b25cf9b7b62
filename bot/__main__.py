"""`python -m bot` is the `tersapa` command."""

import gc

gc.disable()  # a fifth of the start went into looking for garbage among what is imported and stays

from bot.cli import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
