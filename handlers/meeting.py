"""The way to Telegram at a start: who the bot is, then how updates reach it; tried until Telegram answers.

Nothing else waits for it: the sweep, JSC's webhook, mail and alarms run meanwhile.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from telegram.error import BadRequest, NetworkError, RetryAfter

from bot.config import Telegram
from handlers.routes import ALLOWED_UPDATES

log = logging.getLogger("tersapa")

Step = Callable[[], Awaitable[object]]
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
"""Seconds between two tries; the pause doubles."""


async def choose_updates(call: Callable[[str, dict[str, Any]], Awaitable[object]], telegram: Telegram) -> None:
    """Tell Telegram how updates reach the bot: by polls, or by its webhook. What waits there is kept."""
    if telegram.mode == "polling":
        await call("deleteWebhook", {"drop_pending_updates": False})
        return
    params = {
        "url": telegram.webhook.url,
        "secret_token": telegram.webhook.secret.get_secret_value(),
        "max_connections": 1,
        "allowed_updates": list(ALLOWED_UPDATES),
        "drop_pending_updates": False,
    }
    await call("setWebhook", params)


async def meet(steps: Sequence[Step], tried: asyncio.Future[None]) -> bool:
    """Take `steps` in order, each until Telegram answers; False when the first try was refused.

    `tried` is done after the first try of them all. Telegram's refusal is its error (a wrong token is no outage);
    an outage is not: it is waited out.
    """
    for step in steps:
        pause = FIRST_PAUSE
        while (error := await _failure(step)) is not None:
            lost = isinstance(error, RetryAfter | NetworkError) and not isinstance(error, BadRequest)
            if not lost and not tried.done():
                tried.set_exception(error)
                return False
            if not tried.done():
                tried.set_result(None)
            note = "Telegram cannot be reached yet" if lost else "Telegram refuses the bot"
            log.log(logging.WARNING if lost else logging.CRITICAL, note, extra={"error": type(error).__name__})
            await asyncio.sleep(pause if lost else LONGEST_PAUSE)
            pause = min(LONGEST_PAUSE, pause * 2)
    if not tried.done():
        tried.set_result(None)
    return True


async def _failure(step: Step) -> Exception | None:
    try:
        await step()
    except Exception as error:
        return error
    return None
