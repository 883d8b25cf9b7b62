"""A flood of strangers, and what reaches those who matter meanwhile, with the default limits."""

import asyncio
import tempfile
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path

from bot.core import buttons as b
from bot.core.buttons import Go
from bot.localtelegram.server import LocalTelegram
from bot.localtelegram.shown import Shown
from tests.bench.asked import Asked
from tests.bench.bots import Missing, configured, running, tersapa
from tests.bench.figures import Figure, quantile
from tests.bench.latency import CARDS, about, send
from tests.bench.seeds import GRAVE, answered, at_the_review, invited
from tests.bench.street import Street, street
from tests.bench.way import WORKER
from tests.support.engines import keys_file

PING, CARD, DANGER = 5.0, 5.0, 2.0
LIMIT = 60.0
"""Seconds after which something counts as never."""
STRANGERS, RHYTHM = 200, 1.0
"""So many write, each once in so many seconds, which is seven times what Telegram lets out."""
BURST = 20
FIRST, REPORTS, SCARED, HASTY, FLOODED = 5_400_000_001, 5_410_000_001, 5_420_000_001, 5_430_000_001, 9_000_000_002
CANNOT = "Tidak bisa telepon"
"""A button that stands under the numbers to phone, and under no greeting."""
ALARM = b.Menu(Go.DANGER).pack()


async def flood(asked: Asked) -> list[Figure]:
    """On SQLite."""
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here:
            config = configured(telegram, folder, f"{folder}/tersapa.db", keys=keys_file(folder), limits="")
            links = invited(config, ("tksk", "35.07.24"), ("tksk", "35.07.25"))
            count = asked.so(20, 4)
            graves = at_the_review(config, range(REPORTS, REPORTS + count), answered(*GRAVE))
            lawang = at_the_review(config, [REPORTS + count], answered(*GRAVE, "Kec. Lawang"))
            async with running(tersapa(config), folder) as bot:
                await bot.polls(telegram)
                for worker, link in zip((WORKER, FLOODED), links, strict=True):
                    await telegram.phone(worker, "Budi").start(link)
                await asyncio.sleep(2)
                asked.tell("a burst, then Ada bahaya")
                burst = await _burst(here)
                asked.tell(f"{STRANGERS} strangers write")
                return [burst, *await _flooded(asked, here, graves, lawang)]


async def _burst(here: Street) -> Figure:
    phone = here.phone(HASTY)
    for n in range(BURST):
        await phone.say(f"tolong {n}")
    name = f"{BURST} messages, then Ada bahaya: until the numbers"
    return await _timed(name, DANGER, here, _danger(here, HASTY))


async def _flooded(asked: Asked, here: Street, graves: dict[int, str], lawang: dict[int, str]) -> list[Figure]:
    talking = [asyncio.create_task(_talks(here, FIRST + n)) for n in range(STRANGERS)]
    try:
        await asyncio.sleep(5)
        pings = await asyncio.gather(*(_ping(here, *grave, WORKER, n * 2.0) for n, grave in enumerate(graves.items())))
        asked.tell("a stranger is in danger")
        scared = await _timed("a stranger's first Ada bahaya: until the numbers", DANGER, here, _danger(here, SCARED))
        asked.tell("a worker floods their own chat")
        for n in range(2 * BURST):
            await here.phone(FLOODED).say(f"tugas {n}")
        (grave,) = lawang.items()
        card = await _ping(here, *grave, FLOODED, 0)
    finally:
        for task in talking:
            task.cancel()
        for task in talking:
            with suppress(asyncio.CancelledError):
                await task
    came = [ping for ping in pings if ping is not None]
    missing = len(pings) - len(came)
    note = f"{missing} of {len(pings)} not within {LIMIT:.0f} s" if missing else f"{len(pings)} cases"
    slowest = quantile(came, 0.99) if came and not missing else None
    return [
        Figure("press to darurat ping, p50", quantile(came, 0.5) if came else None, "s"),
        Figure("press to darurat ping, p99", slowest, "s", PING, note=note),
        Figure("a worker who floods their own chat: press to darurat card", card, "s", CARD),
        scared,
    ]


async def _talks(here: Street, person: int) -> None:
    """A stranger who does not stop."""
    phone = here.phone(person)
    await asyncio.sleep(RHYTHM * (person % STRANGERS) / STRANGERS)
    while True:
        await phone.say("halo, ada orang?")
        await asyncio.sleep(RHYTHM)


async def _danger(here: Street, person: int) -> Shown:
    """Press *Ada bahaya*, and wait for the numbers to phone."""
    phone = here.phone(person)
    await phone.forge(ALARM)

    def names_them(message: Shown) -> bool:
        return "110" in message.text and any(CANNOT in key.label for key in message.buttons)

    return await here.sees(phone, names_them, "the numbers to phone", LIMIT)


async def _timed(name: str, aim: float, here: Street, waiting: Awaitable[Shown]) -> Figure:
    begun = here.now
    try:
        async with asyncio.timeout(LIMIT):
            return Figure(name, here.came(await waiting) - begun, "s", aim)
    except (Missing, TimeoutError):
        return Figure(name, None, "s", aim, note=f"not within {LIMIT:.0f} s")


async def _ping(here: Street, person: int, data: str, worker: int, after: float) -> float | None:
    """Seconds from *Kirim laporan* to the card on the worker's phone; None when it does not come."""
    await asyncio.sleep(after)
    begun = here.now
    try:
        async with asyncio.timeout(LIMIT):
            number, _ = await send(here, here.phone(person), data)
            card = await here.sees(here.phone(worker), about(number), "the card", LIMIT, last=CARDS)
            return here.came(card) - begun
    except (Missing, TimeoutError):
        return None
