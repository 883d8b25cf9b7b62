"""A backlog that leaves at 28 a second, while residents press, somebody floods, and darurat cases come in."""

import asyncio
import tempfile
from pathlib import Path
from time import monotonic

from bot.localtelegram.server import LocalTelegram
from tests.bench.asked import Asked
from tests.bench.bots import START, Missing, configured, running, tersapa
from tests.bench.figures import Figure, quantile
from tests.bench.latency import CARDS, about, send
from tests.bench.pace import beyond, busiest_second, left
from tests.bench.seeds import GRAVE, NEWS, answered, at_the_review, invited, waiting
from tests.bench.street import NOTHING, Street, street
from tests.bench.way import STEPS, WORKER
from tests.support.engines import keys_file

RATE, BUSIEST, ANSWER = 27.0, 29.0, 250.0
LIMIT = 30.0
"""Seconds an answer may take before it counts as missing."""
SLOWEST = 10.0
"""Messages a second below which the backlog counts as stuck."""
RESIDENTS, PAUSE = 6, 4.0
"""Residents who walk through a report, and the seconds between two presses of one of them."""
GRAVE_EVERY = 5.0
WAITS, WALKS, REPORTS, FLOODER = 6_000_000_001, 5_200_000_001, 5_210_000_001, 5_220_000_001


async def backlog(asked: Asked) -> list[Figure]:
    """On SQLite, with the default limits."""
    count = asked.so(10_000, 560)
    with tempfile.TemporaryDirectory(prefix="tersapa-bench-") as name:
        folder = Path(name)
        async with LocalTelegram() as telegram, street(telegram) as here:
            config = configured(telegram, folder, f"{folder}/tersapa.db", keys=keys_file(folder), limits="")
            (link,) = invited(config, ("tksk", "35.07.24"))
            graves = [REPORTS + n for n in range(int(count / 28 / GRAVE_EVERY))]
            keys = at_the_review(config, graves, answered(*GRAVE))
            asked.tell(f"{count} messages are stored")
            await asyncio.to_thread(waiting, config, range(WAITS, WAITS + count))
            for person in range(WAITS, WAITS + count):
                here.phone(person)
            asked.tell(f"{count} messages leave")
            async with running(tersapa(config), folder):
                await _gone(telegram, 1, START)
                await telegram.phone(WORKER, "Budi").start(link)
                return await _leaves(asked, here, count, keys)


async def _leaves(asked: Asked, here: Street, count: int, keys: dict[int, str]) -> list[Figure]:
    over = asyncio.Event()
    answers: list[float] = []
    pings: list[float] = []
    others = [asyncio.create_task(_walks(here, WALKS + n, over, answers, asked)) for n in range(RESIDENTS)]
    others += [asyncio.create_task(_grave(here, keys, over, pings, asked)), asyncio.create_task(_floods(here))]
    gone = await _gone(here.telegram, count, count / SLOWEST)
    over.set()
    await asyncio.gather(*others)
    telegram = here.telegram
    missing = count - len(gone)
    rate = sum(gone[0] <= at <= gone[-1] for at in left(telegram)) / (gone[-1] - gone[0]) if len(gone) > 1 else None
    note = f"{missing} of {count} did not leave" if missing else ""
    found = [
        Figure("messages a second", rate, "", RATE, least=True, note=note),
        Figure("messages in the busiest second", busiest_second(telegram), "", BUSIEST),
        Figure("more than Telegram takes, or refused", beyond(telegram), "", 0),
    ]
    for name, waited, aim in (("an answer to a press", answers, ANSWER), ("press to darurat ping", pings, None)):
        median, slowest = (quantile(waited, share) * 1000 if waited else None for share in (0.5, 0.99))
        found.append(Figure(f"{name}, p50", median, "ms", note=f"{len(waited)} in all"))
        found.append(Figure(f"{name}, p99", slowest, "ms", aim))
    return found


async def _gone(telegram: LocalTelegram, count: int, limit: float) -> list[float]:
    """Wait until so many of the backlog have left; when each of them did."""
    begun = monotonic()
    while True:
        calls = telegram.state.calls
        gone = [call.at for call in calls if call.method == "sendMessage" and NEWS in call.params["text"]]
        if len(gone) >= count or monotonic() - begun > limit:
            return gone
        await asyncio.sleep(0.25)


async def _walks(here: Street, person: int, over: asyncio.Event, answers: list[float], asked: Asked) -> None:
    """A resident who thinks before each press; notes the seconds until the next question."""
    phone, last = here.phone(person), NOTHING
    await asyncio.sleep(PAUSE * (person % RESIDENTS) / RESIDENTS)
    begun = here.now
    await phone.start()
    while not over.is_set():
        for label, _ in STEPS[:-1]:
            before = last
            try:
                key, last = await here.key(phone, label, LIMIT, before)
            except Missing as missing:
                asked.notes.append(f"MISSING during the backlog: {missing}")
                return
            new = last.message_id != before.message_id
            answers.append((max(here.born(phone.chat, last.message_id), begun) if new else here.now) - begun)
            await asyncio.sleep(PAUSE)
            if over.is_set():
                return
            begun = here.now
            await phone.press(key.label, last.message_id)
        await phone.start()


async def _grave(here: Street, keys: dict[int, str], over: asyncio.Event, pings: list[float], asked: Asked) -> None:
    """Now and then a darurat case is reported; notes the seconds until the worker's phone rings."""
    worker = here.phone(WORKER)
    for person, data in keys.items():
        await asyncio.sleep(GRAVE_EVERY)
        if over.is_set():
            return
        begun = here.now
        try:
            number, _ = await send(here, here.phone(person), data)
            card = await here.sees(worker, about(number), "the ping", LIMIT, last=CARDS)
        except Missing as missing:
            asked.notes.append(f"MISSING during the backlog: {missing}")
            return
        pings.append(here.came(card) - begun)


async def _floods(here: Street) -> None:
    """Somebody writes sixty messages at once, half a minute after the beginning at the latest."""
    await asyncio.sleep(8)
    phone = here.phone(FLOODER)
    for n in range(60):
        await phone.say(f"halo {n}")
