"""Time in the demo and in tests: turned by hand, and lived through by the bot."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.app import App
from bot.clock import Clock
from bot.localtelegram.server import LocalTelegram

PATIENCE = 120.0
"""Real seconds without any progress after which the bot hangs; a busy machine only makes it slow."""


class TurnedClock(Clock):
    """The local Telegram's clock, read in the same process."""

    def __init__(self, telegram: LocalTelegram) -> None:
        self._telegram = telegram

    def now(self) -> datetime:
        """The story's time."""
        return self._telegram.clock.now()


def _at_work(app: App, telegram: LocalTelegram) -> bool:
    return app.busy or bool(telegram.pending())


def _progress(telegram: LocalTelegram) -> tuple[float, int]:
    """What changes as the bot works: when it last called (a poll is no call), and how much it has not confirmed."""
    return telegram.state.last_call, telegram.pending()


async def settle(app: App, telegram: LocalTelegram) -> None:
    """Wait until everything that can happen now has happened."""
    seen = _progress(telegram)
    async with asyncio.timeout(PATIENCE) as patience:
        while True:
            done = 0
            if not _at_work(app, telegram):
                sight = await app.look()  # a turned clock rings no bell of its own
                if sight.due and not sight.waits:
                    done = await app.tick()
                elif not sight.waits and not _at_work(app, telegram):
                    return
            before, seen = seen, _progress(telegram)
            if done or seen != before:
                patience.reschedule(asyncio.get_running_loop().time() + PATIENCE)
            await asyncio.sleep(0.002)


async def pass_time(
    app: App, telegram: LocalTelegram, until: datetime, each: Callable[[], Awaitable[None]] | None = None
) -> None:
    """Turn the clock as time passes: from one due moment to the next, the bot awake all the while.

    `each` is awaited whenever the bot has done what was due. The bot's own metronome may tick meanwhile: what is
    due is done once, whoever finds it, and the clock never goes back.
    """
    while True:
        await settle(app, telegram)
        if each is not None:
            await each()
        moment = await app.next_moment()
        if _at_work(app, telegram):
            continue  # somebody pressed just now: Telegram would drop a press that grows old by turning
        if any(await app.look()):
            continue  # the clock also goes by itself: what came due since then is done at its time, not an hour late
        if moment is None or moment > until:
            break
        _turn(telegram, moment)
    _turn(telegram, until)
    await settle(app, telegram)
    if each is not None:
        await each()


def _turn(telegram: LocalTelegram, moment: datetime) -> None:
    if telegram.clock.now() < moment:
        telegram.turn(set=moment.isoformat())
