"""What the commands of `tersapa` do. Each is read when it runs; `bot.cli` says what it is given."""

import sys

# httpx goes without its own command line where that cannot be read; it would bring pygments and rich, 8 MiB for nobody.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
