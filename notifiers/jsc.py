"""JSC's own system as a channel: a signed webhook (Standard Webhooks), the id of an event constant over retries."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx
from standardwebhooks import Webhook

from bot.config import Jsc
from notifiers.outcome import Later, Never, Outcome, Sent, Unknown
from storage.outbox import Claimed

CALL_LIMIT = 15.0
MAX_ANSWER = 64 * 1024
SCHEDULE = tuple(timedelta(seconds=s) for s in (5, 30, 120, 300, 900))
"""How long until the next try, by how often the event was tried; the last one goes on.

Events leave in order, so only the oldest one knocks: a quarter of an hour is no burden on an endpoint that is
down, and a day's events are there soon after it is back.
"""


class JscWebhook:
    """Posts events to one address that the settings allow."""

    def __init__(self, settings: Jsc) -> None:
        self._url = settings.webhook_url
        self._signer = Webhook(settings.webhook_secret.get_secret_value())
        self._client = httpx.AsyncClient(timeout=httpx.Timeout(5.0, read=10.0), follow_redirects=False, trust_env=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, claimed: Claimed, now: datetime) -> Outcome:
        """Post one event, signed at `now` (the signer wants aware UTC)."""
        body = json.dumps(claimed.payload, ensure_ascii=False, separators=(",", ":"))
        moment = now.astimezone(UTC)
        headers = {
            "content-type": "application/json",
            "webhook-id": f"msg_{claimed.uid}",
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": self._signer.sign(f"msg_{claimed.uid}", moment, body),
        }
        wait = SCHEDULE[min(claimed.attempts - 1, len(SCHEDULE) - 1)]
        try:
            async with asyncio.timeout(CALL_LIMIT):
                request = self._client.stream("POST", self._url, content=body.encode(), headers=headers)
                async with request as answer:
                    status = answer.status_code
                    asked = answer.headers.get("retry-after", "")
                    size = 0
                    async for chunk in answer.aiter_bytes():
                        size += len(chunk)
                        if size > MAX_ANSWER:
                            break
        except (
            httpx.ConnectError,
            httpx.ConnectTimeout,
            httpx.PoolTimeout,
            httpx.UnsupportedProtocol,
        ) as error:
            return Later(f"not sent: {type(error).__name__}", wait)
        except (httpx.HTTPError, TimeoutError) as error:
            return Unknown(type(error).__name__, wait)
        if 200 <= status < 300:
            return Sent()
        if status == 410:
            return Never("410 gone")
        if asked.isdigit():
            wait = max(wait, timedelta(seconds=min(int(asked), 86400)))
        return Later(f"status {status}", wait)
