"""How updates reach the bot: by long poll, or posted to its webhook."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from .params import Params
from .records import Webhook
from .refused import bad, conflict
from .state import State
from .table import method
from .updates import Delivery, Waiting
from .wire import Connection, WireError

Wire = dict[str, Any]
Tell = Callable[[str, Params], Awaitable[Any]]

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}\Z")
_LONGEST_POLL = 50
_GIVE_UP = 60.0


def _allowed(state: State, params: Params) -> None:
    kinds = params.json("allowed_updates")
    if kinds is None:
        return
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad("can't parse allowed_updates JSON object")
    state.updates.allowed = kinds or None


async def get_updates(state: State, params: Params) -> list[Wire]:
    """Wait for updates; a newer call, or a webhook, ends this one with a 409."""
    if state.webhook.url:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    updates = state.updates
    limit = min(max(params.integer("limit", 100), 1), 100)
    timeout = min(max(params.integer("timeout"), 0), _LONGEST_POLL)
    offset = params.integer("offset")
    _allowed(state, params)
    updates.confirm(offset)
    updates.pollers += 1
    mine = updates.pollers
    updates.polling += 1
    # Wakes the poller before this one, which then sees that it was replaced.
    updates.pulse.bump()
    deadline = time.monotonic() + timeout
    try:
        while True:
            seen = updates.pulse.version
            if state.webhook.url:
                raise conflict("terminated by setWebhook request")
            if updates.pollers != mine:
                raise conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            if batch := updates.batch(limit):
                return batch
            left = deadline - time.monotonic()
            if left <= 0:
                return []
            await updates.pulse.wait(seen, left)
    finally:
        updates.polling -= 1


@method("setWebhook")
def set_webhook(state: State, params: Params) -> bool:
    """Have updates posted to a URL; plain HTTP is accepted on this machine only."""
    url = params.text("url") or ""
    if not url:
        return bool(delete_webhook(state, params))
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise bad("bad webhook: invalid webhook URL specified") from None
    if parts.scheme != "https" and not (parts.scheme == "http" and host in ("127.0.0.1", "localhost", "::1")):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.text("secret_token") or ""
    if secret and not _SECRET.match(secret):
        raise bad("secret token contains unallowed characters")
    connections = params.integer("max_connections", 40)
    if not 1 <= connections <= 100:
        raise bad("max_connections must be from 1 to 100")
    _allowed(state, params)
    _drop(state, params, "setWebhook")
    state.webhook = Webhook(url, secret, connections)
    state.updates.pulse.bump()
    return True


@method("deleteWebhook")
def delete_webhook(state: State, params: Params) -> bool:
    """Go back to long polling."""
    _drop(state, params, "deleteWebhook")
    state.webhook = Webhook()
    state.updates.pulse.bump()
    return True


def _drop(state: State, params: Params, by: str) -> None:
    if params.flag("drop_pending_updates"):
        state.drops.append(by)
        state.updates.clear()


@method("getWebhookInfo")
def get_webhook_info(state: State, params: Params) -> Wire:
    """How the webhook is doing."""
    hook = state.webhook
    info: Wire = {
        "url": hook.url,
        "has_custom_certificate": False,
        "pending_update_count": state.updates.pending(),
    }
    if hook.url:
        info["max_connections"] = hook.max_connections
        if hook.last_error_date:
            info["last_error_date"] = hook.last_error_date
            info["last_error_message"] = hook.last_error_message
    if state.updates.allowed is not None:
        info["allowed_updates"] = state.updates.allowed
    return info


class WebhookSender:
    """Posts updates: in order within a lane, lanes side by side, failures again after 1, 2, 4 … 120 s."""

    def __init__(self, state: State, tell: Tell) -> None:
        self.state = state
        self.tell = tell
        self.busy: dict[tuple[str, int], asyncio.Task[None]] = {}
        self.idle: list[Connection] = []

    async def run(self) -> None:
        """Hand out work until cancelled."""
        updates = self.state.updates
        try:
            while True:
                seen = updates.pulse.version
                if self.state.webhook.url:
                    updates.drop_old()
                    for item in [*updates.ready_echoes(), *updates.waiting.values()]:
                        if len(self.busy) >= self.state.webhook.max_connections:
                            break
                        if item.lane not in self.busy:
                            self.busy[item.lane] = asyncio.create_task(self.lane(item))
                await updates.pulse.wait(seen, 3600.0)
        finally:
            tasks = list(self.busy.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for connection in self.idle:
                connection.close()

    async def lane(self, item: Waiting) -> None:
        """Deliver one update of a lane, trying until it is taken, dropped or too old."""
        updates, pause = self.state.updates, 1.0
        try:
            while self.state.webhook.url and (
                updates.waiting.get(item.update_id) is item or any(one is item for one in updates.echoes)
            ):
                if await self.post(self.state.webhook, item):
                    updates.done(item)
                    return
                clock = self.state.clock.pulse
                # A turned clock skips the pause: by it, the time has passed.
                await clock.wait(clock.version, pause / self.state.speed)
                pause = min(pause * 2, 120.0)
                updates.drop_old()
        finally:
            self.busy.pop(item.lane, None)
            updates.pulse.bump()

    async def post(self, hook: Webhook, item: Waiting) -> bool:
        """Post one update; True when the bot answered with success."""
        headers = {"Content-Type": "application/json"}
        if hook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = hook.secret
        connection = self.idle.pop() if self.idle else Connection()
        status, answer = 0, b""
        try:
            status, answer = await asyncio.wait_for(
                connection.post(hook.url, headers, json.dumps(item.wire).encode()), _GIVE_UP
            )
            error = f"Wrong response from the webhook: {status}"
        except TimeoutError:
            error = "Read timeout expired"
        except (OSError, WireError) as problem:
            error = f"Connection failed: {type(problem).__name__}"
        finally:
            if status:
                self.idle.append(connection)
            else:
                connection.close()
        now = self.state.clock.timestamp()
        self.state.updates.deliveries.append(Delivery(item.update_id, now, "webhook", status))
        if not 200 <= status < 300:
            hook.last_error_date, hook.last_error_message = int(now), error
            return False
        await self._answered(answer)
        return True

    async def _answered(self, answer: bytes) -> None:
        """A bot may answer a webhook with a method to run."""
        if not answer.startswith(b"{"):
            return
        try:
            made = json.loads(answer)
        except ValueError:
            return
        if isinstance(made, dict) and isinstance(name := made.pop("method", None), str):
            await self.tell(name, Params(made))
