"""The composition root: the one file that knows every part, starts them in order and stops them in reverse."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import IO, Any
from urllib.parse import urlsplit

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from telegram.error import TelegramError

from bot.actions import digest, promises
from bot.actions.house import House, Identity
from bot.actions.turn import Turn
from bot.clock import Clock, follow
from bot.config import ConfigError, Settings, is_loopback
from bot.core.flow import Known
from bot.data.calendar import load_calendar
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from bot.engine import channels, daily, heartbeat, setback
from bot.engine.almanac import Almanac
from bot.engine.summaries import next_summary, summaries_due
from bot.engine.sweep import CASES, LEAVES, PROMISES, drafts_due, sweep
from bot.preflight import check_start, open_keys
from bot.texts.catalog import Texts
from handlers.intake import Intake
from handlers.meeting import meet
from handlers.offers import stalled
from handlers.profile import introduce
from handlers.pump import Pump
from handlers.receiver import Receiver
from handlers.routes import ALLOWED_UPDATES
from handlers.turn import TOAST, Toast
from notifiers.jsc import JscWebhook
from notifiers.mail import Mailer
from notifiers.outcome import Outcome
from notifiers.sender import Adapter, Sender
from notifiers.telegram.adapter import ApiBot
from notifiers.telegram.adapter import send as send_telegram
from notifiers.telegram.transport import Transport
from storage import attendance, cases, drafts, identity, inbox, lanes, outbox, schema, sending
from storage.database import Database, database_now
from storage.leader import Leader, hold_file
from storage.sending import Claimed, Pace
from storage.session import Session
from storage.types import EPOCH
from storage.vault import Vault

log = logging.getLogger("tersapa")

TICK = 1.0
BEAT = 10.0
RESYNC = 60.0
JUMP = timedelta(seconds=5)
SWEEP_ENDS = 1.0
"""Seconds that a sweep at hand is given at a stop: each row of it is a transaction of its own."""


class App:
    """One running bot."""

    def __init__(self, settings: Settings, clock: Clock | None = None, *, control: str | None = None) -> None:
        check_start(settings, control)
        self.settings = settings
        self.clock = clock or Clock()
        self._control = control
        token = settings.telegram.token.get_secret_value()
        trust = not is_loopback(settings.telegram.api_url)
        api = settings.telegram.api_url.rstrip("/")
        self.bot = ApiBot(
            token,
            base_url=f"{api}/bot",
            base_file_url=f"{api}/file/bot",
            request=Transport(trust_env=trust),
            get_updates_request=Transport(2, trust_env=trust),
        )
        self.bot_id = int(token.split(":")[0])
        self.db = Database(settings.database.url)
        self._leader = Leader(self.db)
        self._file: IO[str] | None = None
        self._tasks: list[asyncio.Task[Any]] = []
        self._toasts: set[asyncio.Task[Any]] = set()
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._receiver: Receiver | None = None
        self._ticking = 0
        self._still = asyncio.Event()
        self._still.set()
        self._jsc: JscWebhook | None = None
        self._look_at = EPOCH
        self._almanac = Almanac()
        self._kinds = (LEAVES, CASES, PROMISES, drafts_due(stalled), summaries_due(settings.summary))
        self.house: House
        self.sender: Sender
        self.pump: Pump
        self.intake: Intake

    async def start(self, *, tick: float | None = TICK) -> None:
        """Open the database, start every loop, say hello to Telegram; ConfigError and its like say what is wrong.

        It returns after the first try to reach Telegram. An outage gates only what needs Telegram: it is tried on.
        """
        self._file = hold_file(self.db)
        await self._open()
        known, calendar = Known(load_places(), load_knowledge()), load_calendar(self.settings.holidays)
        name = await self.db.run(identity.known, "identity")
        self.house = House(self.settings, Texts(), known, calendar, Identity(name))
        if self.db.sqlite:  # the file's lock says that we are alone: no lease needs to run out
            await self.db.run(sending.recover, "recover")
        self._wire()
        await self.db.run(self._back, "beat")
        await self.db.run(channels.knock, "knock")
        self._loop(self.pump.run())
        self._loop(self.sender.run())
        self._open_receiver()
        self._schedule(tick)
        tried: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._loop(self._meet(tried))
        await tried

    async def open(self) -> None:
        """Open the database, take the time, ask Telegram who we are; a command may do so beside a running bot."""
        await self._open()
        await self.bot.initialize_quietly()

    async def _open(self) -> None:
        self.db.vault = Vault(await asyncio.to_thread(open_keys, self.settings, self.db))
        await asyncio.to_thread(schema.require, self.db)
        await self.db.run(self.db.vault.unlock, "unlock")
        await self._set_clock()

    async def stop(self) -> None:
        """Take no more in, finish what is at hand, close everything."""
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._still.wait(), SWEEP_ENDS)
            self._scheduler.shutdown(wait=False)
        if self._receiver is not None:
            await self._receiver.close()
        if hasattr(self, "pump"):
            self.pump.stop()
            await self.sender.stop()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._jsc is not None:
            await self._jsc.close()
        if hasattr(self, "pump"):
            with suppress(Exception):  # the last sign of life; without it the absence only looks a little longer
                await self.beat()
        with suppress(TelegramError):
            await self.bot.shutdown()
        self._leader.close()
        self.db.close()
        if self._file is not None:
            self._file.close()

    async def tick(self) -> int:
        """Do what is due now; returns how many rows were acted on."""
        now = self.clock.now()
        done = await sweep(self.db, self.house, now, self._kinds)
        done += await self.db.run(lambda session: digest.bundle(Turn(session, self.house, now)), "bundle")
        done += await self.db.run(lambda session: daily.ask_piket(Turn(session, self.house, now)), "piket")
        done += await self._almanac.look(self.db, self.house, now)
        if now >= self._look_at or now < self._look_at - channels.EVERY:  # or the clock was turned back
            done += await self._look(now)
        if done:
            self.sender.wake()
        return done

    async def _look(self, now: datetime) -> int:
        """Watch the channels, and know when to look again."""
        refused = self.sender.refused

        def look(session: Session) -> tuple[int, datetime | None]:
            return channels.look(Turn(session, self.house, now), refused), channels.next_look(session, now)

        changed, following = await self.db.run(look, "look")
        self._look_at = min(now + channels.EVERY, following or now + channels.EVERY)
        return changed

    def _look_soon(self) -> None:
        self._look_at = EPOCH

    async def beat(self) -> None:
        """Say in the database that the bot lives."""
        await self.db.run(self._beat, "beat")

    def _beat(self, session: Session) -> tuple[datetime, datetime | None]:
        """One beat; returns it and the one before, and finds out whether the clock was set back since then."""
        row = heartbeat.hold(session)
        now = self.clock.now()  # not before: whoever waits for the row would take another's beat for the future
        last = heartbeat.beat(session, row, now)
        setback.set_back(Turn(session, self.house, now), last)
        return now, last

    def _back(self, session: Session) -> None:
        """The first beat: what came due while nobody lived is held back."""
        now, last = self._beat(session)
        heartbeat.after_downtime(Turn(session, self.house, now), last)

    @property
    def busy(self) -> bool:
        """Whether a turn, a message or the answer to a press is at hand right now."""
        return bool(self.sender.in_flight or self.pump.busy or self._toasts)

    async def quiet(self) -> bool:
        """Whether nothing waits for a turn, and nothing for the wire."""
        if self.busy:
            return False
        now = self.clock.now()
        return not await self.db.run(lambda s: inbox.heads(s, now, 1) or lanes.ready(s, now), "quiet")

    async def idle(self) -> bool:
        """Whether everything that can happen now has happened, what time asks for too."""
        now = self.clock.now()
        due = await self.db.run(lambda session: any(kind.ask(session, now, 1) for kind in self._kinds), "idle")
        return not due and await self.quiet()

    async def next_moment(self) -> datetime | None:
        """When something is due next, after now."""
        now = self.clock.now()

        def nexts(session: Session) -> list[datetime]:
            tries = inbox.next_try(session, now), lanes.next_ready(session, now)
            rows = cases.next_due(session), drafts.next_due(session), promises.next_due(session)
            hours = daily.next_piket(session, now), next_summary(session, self.settings.summary, now)
            found = (*rows, attendance.next_due(session), channels.next_look(session, now), *hours, *tries)
            return [moment for moment in found if moment is not None and moment > now]

        return min(await self.db.run(nexts, "next"), default=None)

    def _wire(self) -> None:
        limits = self.settings.limits
        pace = Pace(limits.chat_per_second, limits.chat_burst, limits.group_per_minute / 60)
        adapters: dict[str, Adapter] = {outbox.TELEGRAM: self._send_telegram}
        if self.settings.jsc.webhook_url:
            self._jsc = JscWebhook(self.settings.jsc)
            adapters[outbox.JSC] = self._send_jsc
        if self.settings.smtp.host:
            adapters[outbox.MAIL] = Mailer(self.settings.smtp).send
        self.sender = Sender(self.db, self.house, self.clock, adapters, pace, limits.overall_per_second)
        self.sender.on_unauthorized = self._look_soon
        self.pump = Pump(self.db, self.house, self.clock, self._answer, self.sender.wake)
        self.intake = Intake(self.db, self.clock, self.bot_id, self.pump.wake)
        self.intake.on_recovered = lambda: self.sender.well_again(outbox.TELEGRAM)

    async def _send_telegram(self, row: Claimed) -> Outcome:
        return await send_telegram(self.bot, row)

    async def _send_jsc(self, row: Claimed) -> Outcome:
        assert self._jsc is not None
        return await self._jsc.send(row, self.clock.now())

    async def _answer(self, toast: Toast) -> None:
        """The answer to a press: at once, and no promise hangs on it."""

        async def send() -> None:
            params = {"callback_query_id": toast.query_id, "text": toast.text[:TOAST]}
            with suppress(TelegramError):
                await self.bot.call("answerCallbackQuery", params)

        task = self._loop(send())
        self._toasts.add(task)
        task.add_done_callback(self._toasts.discard)

    def _open_receiver(self) -> None:
        """In webhook mode: listen where the settings say, before Telegram is told."""
        telegram = self.settings.telegram
        if telegram.mode == "polling":
            return
        hook = telegram.webhook
        path = urlsplit(hook.url).path or "/"
        receiver = Receiver(self.intake.webhook(path, hook.secret.get_secret_value()))
        try:
            receiver.open(hook.listen)
        except OSError as error:
            raise ConfigError(f"[telegram.webhook] listen: {hook.listen}: {error.strerror}") from None
        self._receiver = receiver

    async def _meet(self, tried: asyncio.Future[None]) -> None:
        """Say hello to Telegram, choose how updates come, and poll."""
        if not await meet((self._learn_name, self._choose_updates), tried):
            return
        await self.sender.well_again(outbox.TELEGRAM)
        self._loop(introduce(self.bot.call, self.house.texts))
        if self.settings.telegram.mode == "polling":
            await self.intake.poll(self.bot.call, lambda: asyncio.to_thread(self._leader.leads))

    async def _learn_name(self) -> None:
        await self.bot.initialize_quietly()
        self.house.identity.username = name = self.bot.username
        await self.db.run(lambda session: identity.learn(session, name), "identity")

    async def _choose_updates(self) -> None:
        telegram = self.settings.telegram
        if telegram.mode == "polling":
            await self.bot.call("deleteWebhook", {"drop_pending_updates": False})
            return
        params = {
            "url": telegram.webhook.url,
            "secret_token": telegram.webhook.secret.get_secret_value(),
            "max_connections": 1,
            "allowed_updates": list(ALLOWED_UPDATES),
            "drop_pending_updates": False,
        }
        await self.bot.call("setWebhook", params)

    def _schedule(self, tick: float | None) -> None:
        """APScheduler is a metronome: in memory, never late twice, never two at once."""
        if tick is None:
            return
        options = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler.add_job(self._guarded(self.tick, "tick"), "interval", seconds=tick, **options)
        self._scheduler.add_job(self._guarded(self.beat, "beat"), "interval", seconds=BEAT, **options)
        self._scheduler.add_job(self._guarded(self._set_clock, "clock"), "interval", seconds=RESYNC, **options)
        self._scheduler.start()

    def _guarded(self, work: Callable[[], Awaitable[object]], name: str) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            self._ticking += 1
            self._still.clear()
            try:
                await work()
            except Exception as error:
                log.error(f"{name} failed", extra={"error": type(error).__name__}, exc_info=error)
            finally:
                self._ticking -= 1
                if not self._ticking:
                    self._still.set()

        return run

    async def _set_clock(self) -> None:
        """Take the time from where it is kept: a turned clock, the database's host, or this one."""
        if self._control is not None:
            if not any(task.get_name() == "clock" for task in self._tasks):
                await follow(self.clock, self._control, once=True)
                self._tasks.append(asyncio.create_task(follow(self.clock, self._control), name="clock"))
            return
        if type(self.clock) is not Clock:
            return
        if self.db.sqlite:
            real = Clock().now()
        else:
            real = await self.db.run(database_now, "clock")
        ahead = self.clock.drift(real)
        if abs(ahead) < JUMP:
            return
        log.error("the clock jumped", extra={"seconds": int(ahead.total_seconds())})
        before = self.clock.now()
        self.clock.set(real)
        if hasattr(self, "house"):
            await self.db.run(lambda session: heartbeat.after_downtime(Turn(session, self.house, real), before), "beat")

    def _loop(self, work: Any) -> asyncio.Task[Any]:
        task = asyncio.create_task(work)
        self._tasks.append(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a loop ended", extra={"error": type(error).__name__}, exc_info=error)
