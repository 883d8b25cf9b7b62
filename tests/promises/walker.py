"""A random walk through the bot: people do anything, and after each act everything that must hold is looked at.

Many walk at once in one world, one act each before the bot is waited for; so their updates also meet in every
order. `python -m tests.promises.walker --walks N --acts M --seed S` walks longer than a test does.
"""

import argparse
import asyncio
import logging
import random
import re
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

from sqlmodel import col, select

from bot.texts.catalog import LANGUAGES, source
from storage.tables import Case, Report
from tests.promises.walker_acts import BLOCKING, Person, act
from tests.support import resident
from tests.support.engines import in_memory
from tests.support.references import real_ids
from tests.support.world import MALANG, SINGOSARI, World, world

PEOPLE = 20
KEYS = {
    key
    for language in LANGUAGES
    for key in re.findall(r"(?m)^([a-z][\w-]*) = ", source(language))
    if "-" in key or "_" in key
}
RECEIPT = re.compile(r"(?:Nomor laporan|Report number): <b>(TS-\w+)</b>")
TIMES = (90, 1200, 4200, 4 * 3600, 25 * 3600)
"""Seconds that pass now and then."""
"""Where the database lies: walks look for mistakes of the conversation, not of the disk."""
HARMLESS = (
    "message to edit not found",
    "message is not modified",
    "query is too old",
    "bot was blocked",
    "user is deactivated",
)
EXPECTED_ERRORS = ("nobody can be asked about a case",)
"""Said when every worker has blocked the bot or declined: an alarm, no mistake."""


class Broken(AssertionError):
    """Something that must hold does not."""


class Errors(logging.Handler):
    """Every error the bot logs."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() in EXPECTED_ERRORS:
            return
        why = record.exc_info[1] if record.exc_info else getattr(record, "error", "")
        self.found.append(f"{record.name}: {record.getMessage()} {why!r}")


@dataclass(slots=True)
class Walk:
    """A world with its walkers, and what was seen so far."""

    w: World
    people: list[Person]
    seed: int
    errors: Errors = field(default_factory=Errors)
    seen: int = 0
    acts: int = 0

    def fail(self, why: str, who: Person | None = None) -> None:
        trail = f" after {who.done[-8:]}" if who else ""
        raise Broken(f"seed {self.seed}, act {self.acts}: {why}{trail}")

    def new_calls(self) -> list[Any]:
        calls = self.w.telegram.state.calls
        fresh = []
        for call in reversed(calls):
            if call.number <= self.seen:
                break
            fresh.append(call)
        self.seen = calls[-1].number if calls else 0
        return fresh[::-1]

    async def round(self) -> None:
        """Everybody does one thing; then all is looked at."""
        toasts = {who.phone.id: len(who.phone.toasts()) for who in self.people}
        waiting = [(who, await act(who)) for who in self.people]
        await self.w.settle()
        self.acts += 1
        answered = self._look(self.new_calls())
        for who, waits in waiting:
            said = answered[who.phone.id] + len([t for t in who.phone.toasts()[toasts[who.phone.id] :] if t])
            if waits and not who.blocked and not said:
                self.fail("silence", who)
            if not who.blocked and not self._way_on(who):
                self.fail("a dead end", who)
            if who.phone.unanswered() and not who.blocked:
                self.fail("a press spins", who)

    def _look(self, calls: list[Any]) -> dict[int, int]:
        """What the bot said is well formed; returns how much it said to whom."""
        if self.errors.found:
            self.fail(self.errors.found[0])
        answered: dict[int, int] = defaultdict(int)
        people = {who.phone.id: who for who in self.people}
        for call in calls:
            who = people.get(int(call.params.get("chat_id") or 0))
            if call.code >= 400 and not any(words in call.description.lower() for words in HARMLESS):
                self.fail(f"refused: {call.method} {call.description} {str(call.params)[:300]}", who)
            if who is None or call.code >= 400:
                continue
            answered[who.phone.id] += 1
            shown = "\n".join(str(call.params.get(part, "")) for part in ("text", "caption", "reply_markup"))
            if lost := KEYS.intersection(re.findall(r"(?<![\w:-])[a-z][a-z_-]+(?![\w:-])", shown)):
                self.fail(f"untranslated: {lost}", who)
            if "{ $" in shown or "{$" in shown:
                self.fail(f"a hole: {shown[:200]}", who)
            if call.method == "sendMessage" and (receipt := RECEIPT.search(call.params.get("text", ""))):
                if receipt[1] in who.numbers:
                    self.fail(f"number {receipt[1]} given twice", who)
                who.numbers.add(receipt[1])
        return answered

    def _way_on(self, who: Person) -> bool:
        """A button, a key, or something they can answer, within the newest bubbles."""
        said = [message for message in who.phone.screen(last=24) if message.sender == "bot"]
        return not said or bool(who.phone.keyboard()) or any(x.data for m in said[-14:] for x in m.buttons)

    async def books(self) -> None:
        """What the database holds fits what was said."""
        rows = await self.w.read(lambda s: s.exec(select(Report.chat_id, Report.number)).all())
        real = await self.w.read(real_ids)
        kept: dict[int, set[str]] = defaultdict(set)
        for chat_id, number in rows:
            kept[real[chat_id]].add(number)
        for who in self.people:
            if not who.numbers <= kept[who.phone.id]:
                self.fail(f"numbers without a report: {who.numbers - kept[who.phone.id]}", who)
            if not any(deed in BLOCKING for deed in who.done) and who.numbers != kept[who.phone.id]:
                self.fail(f"reports without a number said: {kept[who.phone.id] - who.numbers}", who)
        ends = col(Case.status).in_(("closed", "withdrawn"))
        lost = await self.w.read(lambda s: s.exec(select(Case.id).where(~ends, col(Case.next_due_at).is_(None))).all())
        if lost:
            self.fail(f"cases without a due time: {lost}")


async def _gather(w: World, seed: int, people: int) -> Walk:
    walkers = []
    for n in range(people):
        phone = w.person(f"Orang {n}")
        await phone.start()
        await resident.speaks(w, phone, LANGUAGES[n % len(LANGUAGES)])
        walkers.append(Person(phone, random.Random(f"{seed} {n}")))
    for role, area in (("tksk", SINGOSARI), ("koordinator", MALANG), ("jsc", "35")):
        phone = await w.worker(role, area)
        walkers.append(Person(phone, random.Random(f"{seed} {role}"), worker=True))
    return Walk(w, walkers, seed)


async def walk(seed: int, acts: int, people: int = PEOPLE) -> int:
    """Let `people` walk `acts` acts each; returns how many acts that were. Raises Broken with the way there."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="tersapa-walk-", dir=in_memory()) as folder:
        async with world(Path(folder)) as w:
            walkers = await _gather(w, seed, people)
            ours = logging.getLogger("tersapa")
            ours.addHandler(walkers.errors)
            try:
                await w.settle()
                walkers.new_calls()
                for n in range(acts):
                    await walkers.round()
                    if n % 12 == 7:
                        w.telegram.turn(rng.choice(TIMES))
                    if n % 25 == 20:
                        await w.stop()
                        await w.start()
                    if n % 10 == 9:
                        await walkers.books()
                await w.settle()
                await walkers.books()
            finally:
                ours.removeHandler(walkers.errors)
    return acts * len(walkers.people)


def main() -> int:
    """Walk for as long as one likes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--walks", type=int, default=100)
    parser.add_argument("--acts", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begun, done, broken = monotonic(), 0, 0
    for seed in count(options.seed):
        if done >= options.walks:
            break
        people = min(PEOPLE, options.walks - done)
        try:
            asyncio.run(walk(seed, options.acts, people))
        except Broken as error:
            broken += 1
            print(error)
        done += people
        print(f"{done} walks of {options.acts} acts, {broken} broken, {monotonic() - begun:.0f} s", flush=True)
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
