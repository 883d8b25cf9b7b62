"""JSC's own system as a channel: a signed webhook (Standard Webhooks), the id of an event constant over retries."""

import asyncio
import json
import ssl
from datetime import UTC, datetime

import httpx
from standardwebhooks import Webhook

from bot.config import Jsc, is_loopback
from notifiers import schedule
from notifiers.guard import Guard, NotAllowed, networks
from notifiers.outcome import Later, Outcome, Sent, Unknown
from storage.claims import Claimed

CALL_LIMIT = 15.0
"""Seconds for one call from the name's resolution to the answer's head; below the sender's own limit."""
CONNECT_LIMIT = 4.0
GONE = 410


class JscWebhook:
    """Posts events to one address that the settings allow."""

    def __init__(self, settings: Jsc, verify: ssl.SSLContext | bool = True) -> None:
        self._url = httpx.URL(settings.webhook_url)
        self._guard = Guard(is_loopback(settings.webhook_url), networks(settings.webhook_networks))
        secrets = (settings.webhook_secret, settings.webhook_old_secret)
        self._signers = [Webhook(secret.get_secret_value()) for secret in secrets if secret.get_secret_value()]
        limits = httpx.Timeout(CALL_LIMIT, connect=CONNECT_LIMIT)
        self._client = httpx.AsyncClient(timeout=limits, follow_redirects=False, trust_env=False, verify=verify)
        self.call_limit = CALL_LIMIT

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def send(self, claimed: Claimed, now: datetime) -> Outcome:
        """Post one event, signed at `now`; 2xx is success, nothing else is, and no redirect is followed."""
        wait = schedule.wait(schedule.WEBHOOK, claimed.fails)
        body = json.dumps(claimed.payload, ensure_ascii=False, separators=(",", ":")).encode()
        try:
            async with asyncio.timeout(self.call_limit):
                status, retry_after = await self._post(body, self._headers(f"msg_{claimed.uid}", body, now))
        except NotAllowed:
            return Later("not sent: the address is not public", wait)
        except (OSError, httpx.ConnectError, httpx.ConnectTimeout) as error:
            if isinstance(error, TimeoutError):  # the limit of the whole call
                return Unknown("call limit", wait)
            return Later(f"not sent: {type(error).__name__}", wait)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return Unknown(type(error).__name__, wait)
        if 200 <= status < 300:
            return Sent()
        if (
            status == GONE
        ):  # "send no more": one knock a day, and one at each start, in case the settings name another address
            return Later("status 410", schedule.DAY)
        return Later(f"status {status}", max(wait, schedule.asked(retry_after, now)))

    def _headers(self, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
        """The three headers of Standard Webhooks; the signer takes any time for UTC, so it gets one that is."""
        moment = now.astimezone(UTC)
        signatures = [signer.sign(message_id, moment, body.decode()) for signer in self._signers]
        return {
            "content-type": "application/json",
            "user-agent": "tersapa",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": " ".join(signatures),
        }

    async def _post(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        """Call the first address that answers; returns status and Retry-After. The body of an answer is never read."""
        url, host = self._url, self._url.raw_host.decode("ascii")
        port = url.port or (443 if url.scheme == "https" else 80)
        addresses = await self._guard.addresses(host, port)
        named = {**headers, "host": url.netloc.decode("ascii"), "connection": "close"}
        for left, address in zip(reversed(range(len(addresses))), addresses, strict=True):
            pinned = url.copy_with(host=address)
            certified = {"sni_hostname": host}
            try:
                request = self._client.stream("POST", pinned, content=body, headers=named, extensions=certified)
                async with request as answer:
                    return answer.status_code, answer.headers.get("retry-after", "")
            except (httpx.ConnectError, httpx.ConnectTimeout):
                if not left:
                    raise
        raise AssertionError("unreachable")  # pragma: no cover
