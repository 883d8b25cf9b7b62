"""JSC's end of the wire: the example receiver of docs/receiver on loopback, up or down, well or ill."""

import importlib.util
import socket
import sqlite3
import sys
import threading
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.world import World

SECRET = "whsec_" + "dGVyc2FwYS1qc2Mtd2ViaG9vay1zZWNyZXQtMDAwMQ=="
OTHER_SECRET = "whsec_" + "YW5vdGhlci1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXRlcw=="
EXAMPLE = Path(__file__).parents[2] / "docs" / "receiver" / "receiver.py"


def example() -> Any:
    """The example receiver as a module; it lies among the documents, not in a package."""
    if "receiver" not in sys.modules:
        spec = importlib.util.spec_from_file_location("receiver", EXAMPLE)
        assert spec is not None and spec.loader is not None
        sys.modules["receiver"] = module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["receiver"]


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Endpoint:
    """One address at JSC: `up` serves the example receiver there, `status` has it answer otherwise."""

    def __init__(self, tmp: Path) -> None:
        self.database = tmp / "events.db"
        self.tried: list[str] = []
        self.refused = 0
        self.status: int | None = None
        self.port = 0
        self._server: Any = None

    @property
    def settings(self) -> dict[str, Any]:
        """The bot's settings for this endpoint."""
        assert self.port, "an endpoint has an address once it was up"
        return {"webhook_url": f"http://127.0.0.1:{self.port}/hook", "webhook_secret": SECRET}

    def up(self) -> None:
        """Listen, at the same port as before."""
        receiver, endpoint = example(), self

        class Handler(receiver.Handler):  # type: ignore[name-defined,misc]
            def do_POST(self) -> None:
                endpoint.tried.append(self.headers["webhook-id"])
                if endpoint.status is None:
                    super().do_POST()
                else:
                    self._answer(endpoint.status)

            def _answer(self, status: int, why: str = "") -> None:
                endpoint.refused += status == 401
                super()._answer(status, why)

        self._server = receiver.Receiver(self.port, SECRET, self.database)
        self._server.RequestHandlerClass = Handler
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def down(self) -> None:
        """Refuse connections."""
        self._server.shutdown()
        self._server.server_close()

    def stored(self) -> list[tuple[str, str]]:
        """(id, body) of what came in, in the order in which it came."""
        with closing(sqlite3.connect(self.database)) as connection:
            return list(connection.execute("SELECT id, body FROM event ORDER BY seq"))


def turn_the_library(monkeypatch: pytest.MonkeyPatch, w: World) -> None:
    """Let the reference library look at the story's clock: it has no other way to be told the time."""

    class Turned(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return w.now.astimezone(tz)

    monkeypatch.setattr("standardwebhooks.webhooks.datetime", Turned)
