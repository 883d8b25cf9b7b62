"""The composition root: the one file that knows every part, starts them in order and stops them in reverse."""

import asyncio
from contextlib import suppress
from datetime import datetime
from typing import IO, TypeVar

from telegram.error import TelegramError

from bot.actions.house import House, Identity
from bot.actions.turn import Turn
from bot.clock import Clock
from bot.config import Settings
from bot.data.calendar import load_calendar
from bot.data.known import load_known
from bot.engine import channels, heartbeat
from bot.engine.channels import Lookout
from bot.engine.due import Due
from bot.engine.metronome import Metronome
from bot.engine.quiet import Quiet, Sight
from bot.engine.sweep import anything_due, next_due, sweep
from bot.engine.timekeeper import Timekeeper
from bot.engine.timetable import Said, timetable
from bot.loops import Loops
from bot.outage import outlast
from bot.preflight import check_start, open_keys, served
from bot.texts.catalog import Texts
from handlers.intake import Intake
from handlers.leading import Leading
from handlers.meeting import choose_updates, meet
from handlers.offers import stalled
from handlers.profile import introduce
from handlers.pump import Pump
from handlers.receiver import Receiver, receive
from handlers.silence import unanswered
from handlers.toasts import Toasts
from notifiers.jsc import JscWebhook
from notifiers.mail import Mailer
from notifiers.outcome import Outcome
from notifiers.sender import Adapter, Sender
from notifiers.sharing import Sharing
from notifiers.telegram import adapter
from storage import addresses, groups, identity, inbox, lanes, outbox, schema, sending
from storage.claims import Claimed, Pace
from storage.database import Database, Work
from storage.leader import hold_file
from storage.session import Session
from storage.vault import Vault

T = TypeVar("T")
TICK = 1.0
BEAT = 10.0
RESYNC = 60.0


class App:
    """One running bot."""

    def __init__(self, settings: Settings, clock: Clock | None = None, *, control: str | None = None) -> None:
        check_start(settings, control)
        self.settings = settings
        self.clock = clock or Clock()
        self.bot = adapter.api_bot(settings.telegram)
        self.bot_id = int(settings.telegram.token.get_secret_value().split(":")[0])
        self.db = Database(settings.database.url)
        self.loops = Loops()
        self.timetable: tuple[Due, ...] = ()
        self._timekeeper = Timekeeper(self.clock, self.db, control, self.loops.begin, self._jumped)
        self._metronome = Metronome()
        self._quiet = Quiet(self.db.file)
        self._leader = Leading(self.db)
        self._file: IO[str] | None = None
        self._receiver: Receiver | None = None
        self._jsc: JscWebhook | None = None
        self._toasts = Toasts(self.bot.call, self.loops.begin)
        self.house: House
        self.sender: Sender
        self.pump: Pump
        self.intake: Intake

    async def start(self, *, tick: float | None = TICK) -> None:
        """Open the database, start every loop, say hello to Telegram; ConfigError and its like say what is wrong.

        It waits for a database that does not answer. It returns after the first try to reach Telegram: an outage gates
        only what needs Telegram, and is tried on.
        """
        self._file = hold_file(self.db)
        await outlast(self.db, self._open)
        known, calendar = load_known(served(self.settings)), load_calendar(self.settings.holidays)
        name, joined = await self._early(
            lambda session: (identity.known(session), groups.enrolled(session)), "identity"
        )
        group = await self._early(lambda session: addresses.named(session, self.settings.jsc.chat_id), "group")
        self.house = House(self.settings, Texts(), known, calendar, group, Identity(name, joined))
        if self.db.sqlite:  # the file's lock says that we are alone: no lease needs to run out
            await self._early(sending.recover, "recover")
        self._wire()
        await self._early(lambda session: heartbeat.come_back(session, self.house, self.clock), "beat")
        await self._early(channels.knock, "knock")
        await outlast(self.db, self._sharing.beat)
        self.loops.keep("pump", self.pump.run)
        self.loops.keep("sender", self.sender.run)
        if self.settings.telegram.mode == "webhook":  # listen before Telegram is told where
            self._receiver = receive(self.intake, self.settings.telegram.webhook)
        if tick is not None:
            self._metronome.every(tick, self.tick, "tick")
            self._metronome.every(BEAT, self.beat, "beat")
            self._metronome.every(RESYNC, self._timekeeper.set_clock, "clock")
            self._metronome.start()
        tried: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.loops.begin(self._meet(tried))
        await tried

    async def _early(self, work: Work[T], name: str) -> T:
        return await outlast(self.db, lambda: self.db.run(work, name))

    async def open(self) -> None:
        """Open the database, take the time, ask Telegram who we are; a command may do so beside a running bot."""
        await self._open()
        await self.bot.initialize_quietly()

    async def _open(self) -> None:
        self.db.vault = Vault(await asyncio.to_thread(open_keys, self.settings, self.db))
        await asyncio.to_thread(schema.require, self.db)
        await self.db.run(self.db.vault.unlock, "unlock")
        await self._timekeeper.set_clock()

    async def stop(self) -> None:
        """Take no more in, finish what is at hand, close everything."""
        await self._metronome.stop()
        if self._receiver is not None:
            await self._receiver.close()
        if hasattr(self, "pump"):
            self.pump.stop()
            await self.sender.stop()
        await self.loops.end()
        if self._jsc is not None:
            await self._jsc.close()
        if hasattr(self, "pump"):
            with suppress(Exception):  # the last sign of life; without it the absence only looks a little longer
                await self.beat()
                await self._sharing.leave()
        with suppress(TelegramError):
            await self.bot.shutdown()
        self._leader.close()
        self.db.close()
        if self._file is not None:
            self._file.close()

    async def tick(self) -> int:
        """Do what is due now; returns how many rows were acted on."""
        now = self.clock.now()
        if self._quiet.lasts(now) or not (await self._quiet.looked(now, self.look, self.next_moment)).due:
            return 0
        if done := await sweep(self.db, self.house, now, self.timetable):
            self.sender.wake()
        return done

    async def look(self) -> Sight:
        """Look for what time asks for, and wake the two loops if something waits.

        Other replicas and pauses that end ring no bell of their own.
        """
        now = self.clock.now()

        def seen(session: Session) -> tuple[bool, bool, bool]:
            came, goes = bool(inbox.waiting(session, now)), bool(lanes.ready(session, now))
            return came, goes, anything_due(session, now, self.timetable)

        came, goes, due = await self.db.run(seen, "look")
        if came:
            self.pump.wake()
        if goes:
            self.sender.wake()
        return Sight(came or goes, due)

    async def beat(self) -> None:
        """Say in the database that the bot lives."""
        await self.db.run(lambda session: heartbeat.live(session, self.house, self.clock), "beat")
        await self._sharing.beat()

    @property
    def busy(self) -> bool:
        """Whether a turn, a message or the answer to a press is at hand right now."""
        return bool(self.sender.busy or self.pump.busy or self._toasts.busy)

    async def next_moment(self) -> datetime | None:
        """When something is due next, after now: in the timetable, or in one of the two loops."""
        now = self.clock.now()

        def nexts(session: Session) -> list[datetime]:
            loops = inbox.next_try(session, now), lanes.next_ready(session, now)
            found = (next_due(session, now, self.timetable), *loops)
            return [moment for moment in found if moment is not None]

        return min(await self.db.run(nexts, "next"), default=None)

    def _wire(self) -> None:
        limits = self.settings.limits
        pace = Pace(limits.chat_per_second, limits.chat_burst, limits.group_per_minute / 60)
        adapters: dict[str, Adapter] = dict.fromkeys((outbox.TELEGRAM, outbox.MENUS), self._send_telegram)
        if self.settings.jsc.webhook_url:
            self._jsc = JscWebhook(self.settings.jsc)
            adapters[outbox.JSC] = self._send_jsc
        if self.settings.smtp.host:
            adapters[outbox.MAIL] = Mailer(self.settings.smtp).send
        self.sender = Sender(self.db, self.house, self.clock, adapters, pace, limits.overall_per_second)
        self._sharing = Sharing(self.db, self.sender.pacer)
        lookout = Lookout(lambda: self.sender.refused)
        self.sender.on_unauthorized = lookout.look_soon
        self.timetable = timetable(self.house, lookout, Said(stalled, unanswered))
        self.pump = Pump(self.db, self.house, self.clock, self._toasts.answer, self.sender)
        self.intake = Intake(self.db, self.clock, self.bot_id, self.pump.wake)
        self.intake.on_recovered = lambda: self.sender.well_again(outbox.TELEGRAM)

    async def _send_telegram(self, row: Claimed) -> Outcome:
        return await adapter.send(self.bot, row)

    async def _send_jsc(self, row: Claimed) -> Outcome:
        assert self._jsc is not None
        return await self._jsc.send(row, self.clock.now())

    async def _meet(self, tried: asyncio.Future[None]) -> None:
        """Say hello to Telegram, choose how updates come, and poll."""
        telegram = self.settings.telegram
        steps = (self._learn_name, lambda: choose_updates(self.bot.call, telegram))
        if not await meet(steps, tried):
            return
        await self.sender.well_again(outbox.TELEGRAM)
        self.loops.begin(introduce(self.bot.call, self.house.texts))
        if telegram.mode == "polling":
            self.loops.begin(self._leader.keep())
            await self.intake.poll(self.bot.call, self._leader.term)

    async def _learn_name(self) -> None:
        await self.bot.initialize_quietly()
        self.house.identity.username = name = self.bot.username
        await self.db.run(lambda session: identity.learn(session, name), "identity")

    async def _jumped(self, before: datetime, now: datetime) -> None:
        """The clock jumped; before the house stands there is nothing to hold back."""
        if hasattr(self, "house"):
            await self.db.run(lambda session: heartbeat.after_downtime(Turn(session, self.house, now), before), "beat")
