"""Bad weather: Telegram answers 502 for 25 minutes while many cases are open, then it is back (S5).

`python -m tests.promises.weather --cases 500` plays it on both engines at the real pace of messages. It holds when
one minute later every ask of an open case and every open question is on a phone, as it now is.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from bot.localtelegram.phones import Phone
from notifiers.pacer import Pacer
from storage.session import Session
from storage.tables import Ask, Case, Draft, Outbox
from tests.support.engines import keys_file, postgres_server, ready_database
from tests.support.references import chat_of
from tests.support.resident import begin
from tests.support.world import MALANG, World, until, world

MINUTES, MINUTE = 25, 60
STEP = 20
"""Story seconds between two looks; no phone sees a difference, and a run takes minutes instead of an hour."""
KINDS = (("Gangguan jiwa", "Menyerang"), ("Gangguan jiwa", "Dirantai"), ("Lansia", "Tidak ada"))
RATE = 28
"""Messages a second that Telegram takes from a bot (`[limits] overall_per_second`)."""
PACE = {"overall_per_second": 0, "chat_per_second": 1, "group_per_minute": 18}
"""The limits of a chat go by the story's clock; the overall one goes by the real one, and holds in the last minute."""


@dataclass(frozen=True, slots=True)
class Found:
    """What was wrong a minute after the weather cleared; all 0 when the promise holds."""

    asks_not_shown: int
    questions_not_shown: int
    asks_dead: int
    rows_given_up: int
    shown_and_over: int
    """Cards of a case that somebody took during the outage, shown as if it were open."""
    seconds: float
    """When the last card or question was there."""

    @property
    def well(self) -> bool:
        """Whether nothing was wrong."""
        wrong = [field.name for field in fields(self) if field.name != "seconds" and getattr(self, field.name)]
        return not wrong and self.seconds <= MINUTE


async def play(w: World, cases: int, residents: int, *, paced: bool = True, step: int = STEP) -> Found:
    """The whole story, on a world that has just started; `paced`: its last minute is a real one, at the real rate."""
    places = w.app.house.known.places.children(MALANG)[: min(cases, 25)]
    workers = {place.code: await w.worker("tksk", place.code) for place in places}
    for role, area in (("koordinator", MALANG), ("dinsos", MALANG), ("jsc", "35"), ("jsc2", "35")):
        workers[role] = await w.worker(role.removesuffix("2"), area)
    people = [w.person(f"Warga {n}") for n in range(residents)]
    for phone in people:
        await begin(w, phone, "jenis")
    for method in ("send*", "edit*"):
        w.telegram.fault("html502", method=method)
    for n in range(cases):
        kind, danger = KINDS[n % len(KINDS)]
        await w.reports(w.person(), kind=kind, danger=danger, place=f"Kab. Malang, {places[n % len(places)].label}")
    for phone in people:
        await phone.press("Lansia")  # the next question is said, and does not arrive
    await w.settle()
    await w.stop()
    await w.start(limits=PACE)
    w.telegram.fault("html502")
    for _ in range(MINUTES * 60 // step):
        await _later(w, step)
    over = await _taken_meanwhile(w, next(iter(workers.values())))
    cleared = w.now
    w.telegram.calm()
    await until(lambda: not w.telegram.pending())
    if paced:
        await _a_real_minute(w)
    else:
        for _ in range(MINUTE):
            await _later(w, 1)
    shown = sum(over in m.text and "Saya tangani" in " ".join(m.labels) for p in workers.values() for m in p.from_bot())
    found: Found = await w.read(lambda session: _look(session, shown, cleared))
    return found


async def _a_real_minute(w: World) -> None:
    """The story's clock goes as the real one does, and messages leave at the rate that Telegram takes."""
    loop = asyncio.get_running_loop()
    w.app.sender.pacer = Pacer(RATE)
    begun = before = loop.time()
    while before - begun < MINUTE:
        await asyncio.sleep(0.2)
        w.telegram.turn(loop.time() - before)
        before = loop.time()
        await w.app.tick()


async def _later(w: World, seconds: int) -> None:
    w.telegram.turn(seconds)
    await w.settle()


async def _taken_meanwhile(w: World, worker: Phone) -> str:
    """One case is taken while nothing can be shown, by a press that Telegram kept: its card must not come as open."""

    def mine(session: Session) -> Case:
        query = select(Case).join(Ask, col(Ask.case_id) == col(Case.id)).where(Ask.chat_id == chat_of(session, worker))
        return session.exec(query.where(Case.status == "open").limit(1)).one()

    case: Case = await w.read(mine)
    await worker.forge(f"t:{case.id}:{case.round}")
    return case.number


def _look(session: Session, shown_and_over: int, cleared: datetime) -> Found:
    waiting = select(Ask).join(Case, col(Case.id) == col(Ask.case_id))
    waiting = waiting.where(Case.status == "open", Ask.round == Case.round)
    asks = session.exec(waiting.where(col(Ask.state).in_(("waiting", "dead")))).all()
    sent = {row.uid: row.sent_at for row in session.exec(select(Outbox).where(Outbox.state == "sent"))}
    bundled = {row.uid: row.bundle_uid for row in session.exec(select(Outbox).where(Outbox.state == "bundled"))}
    cards = [
        bundled.get(ask.card_uid) or ask.card_uid for ask in asks if ask.state == "waiting" and _may_ring(session, ask)
    ]
    drafts = session.exec(select(Draft).where(col(Draft.question_uid).is_not(None))).all()
    questions = [draft.question_uid for draft in drafts]
    last = max((at for uid in (*cards, *questions) if (at := sent.get(uid or ""))), default=cleared)
    return Found(
        sum(uid not in sent for uid in cards),
        sum(uid not in sent for uid in questions),
        sum(ask.state == "dead" for ask in asks),
        len(session.exec(select(Outbox).where(Outbox.state == "dead")).all()),
        shown_and_over,
        (last - cleared).total_seconds(),
    )


def _may_ring(session: Session, ask: Ask) -> bool:
    """Whether its card is not held back for quiet hours."""
    row = session.exec(select(Outbox).where(Outbox.uid == ask.card_uid)).one()
    return row.not_before.year < 2000


async def main(cases: int, residents: int, engine: str) -> bool:
    """Play it on one engine and say what was found."""
    logging.getLogger("telegram").setLevel(logging.CRITICAL)  # it quotes each answer it could not read
    logging.getLogger("tersapa").setLevel(logging.CRITICAL)
    server: Any = None
    with tempfile.TemporaryDirectory(prefix="tersapa-weather-") as folder:
        try:
            more: dict[str, Any] = {}
            url = None
            if engine == "postgresql":
                server = postgres_server()
                url, more["privacy"] = ready_database(server.get_uri()), {"keys_file": keys_file(Path(folder))}
            async with world(Path(folder), url, **more) as w:
                found = await play(w, cases, residents)
        finally:
            if server is not None:
                server.cleanup()
    said = f"as promised, the last after {found.seconds:.0f} s at {RATE} a second" if found.well else str(found)
    print(f"{engine}: {cases} cases, {residents} open questions: {said}", flush=True)
    return found.well


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.promises.weather", description=__doc__)
    parser.add_argument("--cases", type=int, default=500)
    parser.add_argument("--residents", type=int, default=50)
    parser.add_argument("--engine", choices=("sqlite", "postgresql", "both"), default="both")
    options = parser.parse_args()
    engines = ("sqlite", "postgresql") if options.engine == "both" else (options.engine,)
    results = [asyncio.run(main(options.cases, options.residents, engine)) for engine in engines]
    sys.exit(0 if all(results) else 1)
