"""Summaries and lists over a database that has grown: from the message or press to what the phone shows."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from tests.bench.asked import ENGINES, Asked
from tests.bench.bots import Missing
from tests.bench.figures import Figure, middle
from tests.bench.grown import grown
from tests.bench.street import Street, street

SHOWN = 200.0
LIMIT = 60.0
ASKED = {
    "summary of the province": ("admin", "/ringkasan", "Ringkasan"),
    "summary of a kabupaten": ("koordinator", "/ringkasan", "Ringkasan"),
    "tasks of a TKSK": ("tksk", "/tugas", "Tugas"),
    "own reports": ("reporter", "/laporan", "Laporan"),
}
"""What is listed: who writes what, and how the answer begins."""


@dataclass(frozen=True, slots=True)
class List:
    """Something that is listed: its name, how a phone asks for it, and how the answer begins."""

    name: str
    ask: Callable[[Phone], Awaitable[object]]
    begins: str = ""


async def lists(asked: Asked) -> list[Figure]:
    """On both engines."""
    found = []
    for engine in ENGINES:
        for size in asked.so((1_000, 100_000), (1_000, 10_000)):
            asked.tell(f"{engine}: {size:,} open and {size:,} closed cases are made")
            with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
                async with (
                    grown(Path(name), asked.database(engine), size, size) as made,
                    street(made.w.telegram) as here,
                ):
                    judged = size == asked.so(100_000, 10_000)
                    found += await _shown(asked, here, made.people, f"{engine}, {size:,}", SHOWN if judged else None)
    return found


async def _shown(asked: Asked, here: Street, people: dict[str, Phone], where: str, aim: float | None) -> list[Figure]:
    found = []
    for name, (who, words, begins) in ASKED.items():
        asked.tell(f"{where}: {name}")
        found.append(await _each(asked, aim, here, people[who], List(f"{where}: {name}", _says(words), begins)))
    admin = people["admin"]
    summary = await _summary(here, admin)
    for button in summary.buttons if summary else ():
        asked.tell(f"{where}: {button.label}")
        press = _press(button.label, summary.message_id if summary else 0)
        label = button.label.partition("(")[0].strip()
        found.append(await _each(asked, aim, here, admin, List(f"{where}: province, {label}", press)))
    return found


def _says(words: str) -> Callable[[Phone], Awaitable[object]]:
    return lambda phone: phone.say(words)


def _press(label: str, message: int) -> Callable[[Phone], Awaitable[object]]:
    return lambda phone: phone.press(label, message)


async def _summary(here: Street, phone: Phone) -> Shown | None:
    """The newest summary on a phone."""
    found = [message for message in phone.from_bot() if "Ringkasan" in message.text and message.buttons]
    return found[-1] if found else None


def _new(last: int, begins: str) -> Callable[[Shown], bool]:
    return lambda message: message.message_id > last and begins in message.text


async def _each(asked: Asked, aim: float | None, here: Street, phone: Phone, listed: List) -> Figure:
    """Milliseconds until something new is shown, round by round."""
    took = []
    for _ in range(max(3, asked.rounds)):
        last = phone.screen(1)[-1].message_id
        begun = monotonic()
        try:
            await listed.ask(phone)
            await here.sees(phone, _new(last, listed.begins), "the list", LIMIT)
        except Missing:
            return Figure(listed.name, None, "ms", aim, note=f"not within {LIMIT:.0f} s")
        took.append((monotonic() - begun) * 1000)
        await asyncio.sleep(0.2)
    return middle(listed.name, took, "ms", aim)
