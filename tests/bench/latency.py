"""A press and its ping: residents who stand at the review press *Kirim laporan*, now and then, without limits."""

import asyncio
import random
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.localtelegram.phones import Phone
from bot.localtelegram.server import LocalTelegram
from bot.localtelegram.shown import Shown
from tests.bench.asked import ENGINES, Asked
from tests.bench.bots import configured, running, tersapa
from tests.bench.figures import Figure, quantile
from tests.bench.residents import RECEIPT
from tests.bench.seeds import CALM, GRAVE, answered, at_the_review, invited
from tests.bench.street import Street, street
from tests.bench.way import WORKER
from tests.support.engines import keys_file

LIMIT = 20.0
A_SECOND = 5.0
"""Presses a second."""
NUMBER = 9
CARDS = 200
"""Messages from the end of the worker's chat among which a card is looked for."""
FIRST = 5_100_000_001


async def latency(asked: Asked) -> list[Figure]:
    """On both engines."""
    found = []
    for engine in ENGINES:
        asked.tell(engine)
        found += await _of(asked, engine, asked.so(200, 20))
    return found


async def _of(asked: Asked, engine: str, count: int) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here:
            database = asked.database(engine) or f"{folder}/tersapa.db"
            config = configured(telegram, folder, database, keys=keys_file(folder))
            (link,) = invited(config, ("tksk", "35.07.24"))
            people = [FIRST + n for n in range(count)]
            grave, calm = people[::2], people[1::2]
            keys = at_the_review(config, grave, answered(*GRAVE)) | at_the_review(config, calm, answered(*CALM))
            async with running(tersapa(config), folder) as bot:
                await bot.polls(telegram)
                await telegram.phone(WORKER, "Budi").start(link)
                await asyncio.sleep(1)
                times = await asyncio.gather(
                    *(
                        _press(here, person, keys[person], n / A_SECOND, person in grave)
                        for n, person in enumerate(people)
                    )
                )
    spans = {
        "press to number": [told for told, _ in times],
        "press to darurat ping": [rang for _, rang in times if rang],
    }
    return [
        Figure(f"{engine}: {name}, {which}", quantile(values, share) * 1000, "ms")
        for name, values in spans.items()
        for which, share in (("p50", 0.5), ("p99", 0.99))
    ]


async def _press(here: Street, person: int, data: str, after: float, grave: bool) -> tuple[float, float | None]:
    """Seconds from the press to the number, and to the worker's phone where the case is darurat."""
    await asyncio.sleep(after + random.uniform(0, 0.05))
    begun = here.now
    number, told = await send(here, here.phone(person), data)
    if not grave:
        return told - begun, None
    card = await here.sees(here.phone(WORKER), about(number), f"the ping of {number}", LIMIT, last=CARDS)
    return told - begun, here.came(card) - begun


def about(number: str) -> Callable[[Shown], bool]:
    """Whether a message names this number."""
    return lambda message: number in message.text


async def send(here: Street, phone: Phone, data: str) -> tuple[str, float]:
    """Press *Kirim laporan*; returns the number, and when it came."""
    await phone.forge(data)
    receipt = await here.sees(phone, lambda message: RECEIPT in message.text, "the number", LIMIT)
    at = receipt.text.index("TS-")
    return receipt.text[at : at + NUMBER], here.came(receipt)
