"""Transcripts: what each phone's screen shows after each act, with day and hour, as a text that people read.

A screen is written whole whenever it changed, so an edit shows as an edit. `RENEW=1 pytest
tests/stories/test_golden.py` writes the files anew; whoever does reads them as the person on that phone, and says
in the commit what reads differently.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from bot.core.hours import WIB
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from bot.texts.catalog import Texts
from bot.texts.times import clock, date_words
from tests.support.world import World

FOLDER = Path(__file__).parents[1] / "stories" / "golden"
NUMBER = re.compile(r"TS-[0-9A-Z]{6}")
LAST = 4
"""Messages of a screen that a phone shows without being scrolled."""


class Transcript:
    """Writes down a story as it is told."""

    def __init__(self, w: World, phones: Mapping[str, Phone]) -> None:
        self._w, self._phones = w, phones
        self._seen: dict[str, list[str]] = {}
        self._numbers: dict[str, str] = {}
        self.lines: list[str] = []

    def act(self, what: str) -> None:
        """Something was done, or time has passed: the screens that changed follow."""
        now = self._w.now
        day = Texts().of(None).label(date_words(now.astimezone(WIB).date()))
        self.lines += ["", f"=== {day} {clock(now)}: {what}"]
        for name, phone in self._phones.items():
            screen = [line for message in phone.screen()[-LAST:] for line in _shown(message)]
            if screen != self._seen.get(name):
                self._seen[name] = screen
                self.lines += ["", f"--- {name}", *screen]

    @property
    def text(self) -> str:
        """The whole, with the numbers of reports as TS-1, TS-2 in the order in which they appear."""

        def plain(found: re.Match[str]) -> str:
            return self._numbers.setdefault(found[0], f"TS-{len(self._numbers) + 1}")

        return NUMBER.sub(plain, "\n".join(self.lines)).strip() + "\n"


def _shown(message: Shown) -> list[str]:
    side = "  " if message.sender == "bot" else "> "
    if message.sender != "bot" and message.text.startswith("/start "):
        return [f"{side}/start (undangan)"]
    lines = [side + line for line in (message.words or f"({message.media})").splitlines()]
    keys = [f"{side}  [ {' ] [ '.join(key.label for key in row)} ]" for row in message.rows]
    return [*lines, *keys, ""]


def compare(name: str, told: str) -> None:
    """Hold a transcript against its file; RENEW=1 writes the file."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("RENEW"):
        path.write_text(told, "utf-8")
    assert told == path.read_text("utf-8"), f"{path.name} reads differently: read it, then RENEW=1"
