"""A bot whose statements are counted: `python -m tests.bench.counted FILE run --config …`; SIGUSR1 writes the file."""

import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path

from sqlalchemy.engine import Engine

from bot.cli import main
from tests.support.tally import Counts, Tally


def count(file: Path) -> None:
    """Count from now on, and write the counts down whenever asked."""
    tally = Tally().watch(Engine)
    signal.signal(signal.SIGUSR1, lambda *_: _write(file, tally.counts))


def read(file: Path) -> Counts:
    """What was written down last."""
    return Counts(**json.loads(file.read_text("utf-8")))


def _write(file: Path, counts: Counts) -> None:
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(asdict(counts)), "utf-8")
    fresh.replace(file)


if __name__ == "__main__":
    count(Path(sys.argv.pop(1)))
    main()
