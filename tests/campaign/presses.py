"""Four people press *Saya tangani* at the same moment, case after case: one wins each time, and each is answered.

Everything is the product: its turns, its SQL, its outbox, and presses that come over HTTP. Only the cases are
made in bulk, by the deed that the last button of the form does, so that thousands are pressed in minutes. Where
even that is too slow the sender may rest: answers are then read where they are stored with the deed, not on phones.
"""

import asyncio
import json
import random
import time
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlmodel import col, func, select

from bot.actions.submit import submit
from bot.app import App
from bot.core import buttons as b
from bot.core.report import from_answers
from bot.core.report_flow import REPORT
from bot.demo import TurnedClock
from bot.localtelegram.phones import Phone
from storage import drafts, inbox
from storage.session import Session
from storage.tables import Case, Member, Outbox, Timeline
from tests.campaign.doors import Doors
from tests.support.engines import keys_file, ready_database
from tests.support.references import chat_of, real_ids
from tests.support.world import MALANG, SINGOSARI, World, until, world

PRESSERS = (("tksk", SINGOSARI), ("koordinator", MALANG), ("dinsos", MALANG), ("jsc", "35"))
SINGLE, SEVERAL = "rantai", "serang"
"""Dangers by which the TKSK alone is asked, or three of the four; the others may press as well."""
BATCH = 25
"""So many cases are pressed at the same moment, by four people each."""
SEVERAL_EVERY = 8
"""So often a batch asks three people each, whose cards must all lose their buttons; each message costs time."""
MESSAGES = 16
"""At most so many messages a case leaves on one phone."""
WON, LOST = "sekarang Bapak/Ibu tangani", "sudah ditangani"

Tell = Callable[[int], None]


@dataclass(slots=True)
class Tally:
    """What came of the presses."""

    cases: int = 0
    winners: Counter[str] = field(default_factory=Counter)
    """Who won, by role."""
    met: int = 0
    """Cases for which two turns held or wanted the row at the same moment (PostgreSQL; SQLite has one thread)."""
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)

    @property
    def won_once(self) -> int:
        """Cases with exactly one winner."""
        return self.winners.total()


@asynccontextmanager
async def house(folder: Path, server: str | None, replicas: int) -> AsyncIterator[tuple[World, Doors]]:
    """A world on SQLite, or on a server of PostgreSQL with so many bots; only one of those polls, all take turns."""
    if server is None:
        async with world(folder) as w:
            yield w, Doors([w.app.db])
        return
    keys = {"keys_file": keys_file(folder)}
    async with world(folder, ready_database(server), privacy=keys) as w:
        others = [App(w.app.settings, TurnedClock(w.telegram)) for _ in range(replicas - 1)]
        for other in others:
            await other.start(tick=None)
        try:
            yield w, Doors(app.db for app in (w.app, *others))
        finally:
            for other in others:
                await other.stop()


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many cases are pressed for, by which luck.

    After the first `shown` cases (all of them, if nothing is said) the sender rests. Who is first in one batch often is
    in the next: while one of them has never won, up to `more` further cases are pressed for.
    """

    count: int
    seed: int = 1
    shown: int | None = None
    more: int = 0


async def press_all(w: World, doors: Doors, wanted: Wanted, tell: Tell = lambda _: None) -> Tally:
    """Have cases pressed by the same four people, and look at every one of them."""
    count, shown = wanted.count, wanted.shown
    began, tally, chance = time.monotonic(), Tally(), random.Random(wanted.seed)
    w.telegram.desk.ask("clock", freeze=True)  # or the ladder would go on with what was taken half an hour ago
    people = {(await w.worker(*role)).id: role[0] for role in PRESSERS}
    phones = [w.telegram.phone(user) for user in people]
    siti = w.person()
    await siti.start()
    await w.settle()
    while tally.cases < count or (len(tally.winners) < len(people) and tally.cases < count + wanted.more):
        sends = shown is None or tally.cases < shown
        if not sends:
            await w.app.sender.stop()
        rest = w.settle if sends else partial(_turns_taken, w)
        danger = SINGLE if tally.cases // BATCH % SEVERAL_EVERY else SEVERAL
        size = min(BATCH, count - tally.cases if tally.cases < count else BATCH)
        made: list[Case] = await w.read(_reports(w, siti, danger, size))
        await rest()
        before = {phone.id: _newest(phone) for phone in phones}
        said = await w.read(_newest_said)
        presses = [phone.forge(f"t:{case.id}:1") for case in made for phone in chance.sample(phones, len(phones))]
        await asyncio.gather(*presses)
        await rest()
        await _toasts(phones, tally)
        if sends:
            heard, live = _on_screen(phones, before, len(made))
        else:
            heard, live = await w.read(_in_outbox(said)), set()
        stored = await w.read(_stored([case.id for case in made]))
        _look(stored, people, heard, live, tally)
        tally.met += sum(doors.crowd(case_id) > 1 for case_id in stored)
        tell(tally.cases)
    tally.seconds = time.monotonic() - began
    return tally


async def _turns_taken(w: World) -> None:
    """Wait until every press was taken, whether or not its answer has left."""
    while w.telegram.pending() or w.app.pump.busy or await w.read(lambda s: inbox.heads(s, w.now, 1)):
        await asyncio.sleep(0.01)


async def _toasts(phones: Sequence[Phone], tally: Tally) -> None:
    """Toasts go out at once and nothing waits for them; but they come."""
    with suppress(TimeoutError):
        await until(lambda: not any(phone.unanswered() for phone in phones))
    if spinning := sum(len(phone.unanswered()) for phone in phones):
        tally.faults.append(f"{spinning} buttons still spin")


def _reports(w: World, siti: Phone, danger: str, count: int) -> Callable[[Session], list[Case]]:
    """So many reports of one person, made in one transaction by the deed of the form's last button."""
    answers = {"jenis": "odgj", "bahaya": danger, "tempat": {"kab": MALANG, "kec": SINGOSARI, "desa": None}}

    def work(session: Session) -> list[Case]:
        made = []
        for _ in range(count):
            draft = drafts.begin(
                session, chat_of(session, siti), REPORT.name, answers, w.now, w.now + timedelta(hours=1)
            )
            made.append(submit(w.turn(session), draft, from_answers(answers, w.now)).file.case)
            drafts.drop(session, draft)
        return made

    return work


def _newest(phone: Phone) -> int:
    return max((message.message_id for message in phone.screen(last=1)), default=0)


Heard = Mapping[int, Sequence[str]]
"""What each of the four was told since the presses, message by message."""
Stored = Mapping[str, tuple[Case, int | None, int]]
"""By its id each case, with its owner's chat and how often it was acknowledged."""


def _on_screen(phones: Sequence[Phone], before: Mapping[int, int], count: int) -> tuple[Heard, set[str]]:
    """What the four read, and the cases that any card still offers."""
    screens = {phone.id: phone.screen(last=MESSAGES * count) for phone in phones}
    buttons = [b.unpack(key.data or "") for screen in screens.values() for shown in screen for key in shown.buttons]
    live = {button.case for button in buttons if isinstance(button, b.Take)}
    heard = {user: [m.words for m in screen if m.message_id > before[user]] for user, screen in screens.items()}
    return heard, live


def _newest_said(session: Session) -> int:
    return session.exec(select(func.coalesce(func.max(Outbox.seq), 0))).one()


def _in_outbox(after: int) -> Callable[[Session], Heard]:
    """What is stored for each of them, ready to leave."""

    def read(session: Session) -> Heard:
        heard, real = defaultdict[int, list[str]](list), real_ids(session)
        query = select(Outbox).where(
            Outbox.seq > after, Outbox.state == "pending", col(Outbox.kind).not_in(("edit", "redraw", "toast"))
        )
        for row in session.exec(query):
            text = session.vault.open(session, "outbox", "payload", row.uid, row.payload_sealed or b"")
            heard[real[row.dest]].append(json.loads(text)["params"].get("text", ""))
        return heard

    return read


def _look(stored: Stored, people: Mapping[int, str], heard: Heard, live: set[str], tally: Tally) -> None:
    """Both sides of every case: what is stored, and what the four were told."""
    for case, owner, taken in stored.values():
        won = [user for user in people if _told(heard[user], case.number, WON)]
        lost = [user for user in people if _told(heard[user], case.number, LOST)]
        wrong = _wrong(case, owner, taken, won, lost, len(people))
        if case.id in live:
            wrong.append("a card still offers it")
        tally.faults += [f"{case.number}: {fault}" for fault in wrong]
        tally.cases += 1
        if taken == 1 and won == [owner]:
            tally.winners[people[won[0]]] += 1


def _wrong(case: Case, owner: int | None, taken: int, won: list[int], lost: list[int], pressers: int) -> list[str]:
    """What is not as promised about one case that four people pressed for."""
    found = []
    if case.status != "acknowledged" or case.next_due_at is None:
        found.append(f"it is {case.status}, due {case.next_due_at}")
    if taken != 1:
        found.append(f"{taken} acknowledgements in the timeline")
    if won != [owner]:
        found.append(f"{len(won)} were told that it is theirs{', none of them its owner' * (owner not in won)}")
    if set(won) & set(lost):
        found.append("somebody was told both that it is theirs and that it is another's")
    if silent := pressers - len({*won, *lost}):
        found.append(f"{silent} pressers without an answer")
    return found


def _stored(ids: list[str]) -> Callable[[Session], Stored]:
    """What is stored of these cases."""

    def read(session: Session) -> Stored:
        taken = Counter(
            session.exec(
                select(Timeline.case_id).where(col(Timeline.case_id).in_(ids), Timeline.event == "acknowledge")
            )
        )
        query = select(Case, Member.chat_id).join(Member, col(Member.id) == col(Case.owner_id), isouter=True)
        rows, real = session.exec(query.where(col(Case.id).in_(ids))), real_ids(session)
        return {case.id: (case, real.get(chat or 0), taken[case.id]) for case, chat in rows}

    return read


def _told(messages: Sequence[str], number: str, words: str) -> bool:
    return any(number in text and words in text for text in messages)
