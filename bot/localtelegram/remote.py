"""The same phones for another process, over the control interface."""

from __future__ import annotations

import asyncio
import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from .crowd import Crowd
from .refused import NoSuchThing


class RemoteDesk:
    """The desk of a local Telegram in another process; `ask` blocks, `do` runs in a thread."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._place = (parts.hostname or "127.0.0.1", parts.port or 80)
        # Connections that no thread uses at the moment; list operations are atomic.
        self._idle: list[http.client.HTTPConnection] = []

    def ask(self, name: str, /, **args: Any) -> Any:
        """Ask and wait; raises NoSuchThing or ValueError as the local desk does."""
        body = json.dumps(args)
        try:
            status, raw = self._post(f"/control/do/{name}", body)
        except (ConnectionError, http.client.HTTPException):
            # The server closed an idle connection; a deed it had seen would have been answered.
            self.close()
            status, raw = self._post(f"/control/do/{name}", body)
        made = json.loads(raw)
        if status == 404:
            raise NoSuchThing(made["error"])
        if status != 200:
            raise ValueError(made.get("error", status))
        return made

    def _post(self, path: str, body: str) -> tuple[int, bytes]:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = http.client.HTTPConnection(*self._place, timeout=70)
        try:
            connection.request("POST", path, body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = response.status, response.read()
        except BaseException:
            connection.close()
            raise
        self._idle.append(connection)
        return answer

    async def do(self, name: str, /, **args: Any) -> Any:
        """Ask without blocking the event loop."""
        return await asyncio.to_thread(self.ask, name, **args)

    def close(self) -> None:
        """Hang up."""
        while self._idle:
            self._idle.pop().close()


class Control(Crowd):
    """A local Telegram in another process."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.desk: RemoteDesk = RemoteDesk(url)

    def close(self) -> None:
        """Hang up."""
        self.desk.close()
