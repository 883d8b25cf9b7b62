"""An example receiver of Tersapa's events for JSC's own system: verifies, stores once, answers at once.

    pip install standardwebhooks
    JSC_WEBHOOK_SECRET=whsec_... python receiver.py --port 8080 --database events.db

Put it behind a proxy that speaks https. What came in lies in the table `event`; do the work from there, in order of
`seq`, so that the answer never waits for it. The same event may come twice: its `id` is the same, it is stored once.
"""

import argparse
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from standardwebhooks import Webhook, WebhookVerificationError

LARGEST = 64 * 1024
TABLE = """CREATE TABLE IF NOT EXISTS event (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL, received_at TEXT NOT NULL)"""


class Handler(BaseHTTPRequestHandler):
    """One event a request."""

    server: "Receiver"
    timeout = 10  # a caller that says nothing for so long is hung up on

    def do_POST(self) -> None:
        """Verify, store, answer; 204 means that the event is ours and need not come again."""
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            return self._answer(413)
        body = self.rfile.read(int(length))
        try:  # the library raises ValueError and others for headers that are garbage
            self.server.webhook.verify(body, dict(self.headers), json_parse=False)
        except (WebhookVerificationError, ValueError, TypeError) as error:
            return self._answer(401, f"{type(error).__name__}: {error}; the time here is {datetime.now(UTC)}")
        self.server.store(self.headers["webhook-id"], body.decode())
        return self._answer(204)

    def _answer(self, status: int, why: str = "") -> None:
        self.send_response(status)
        self.send_header("connection", "close")
        if why:
            self.send_header("content-type", "text/plain; charset=utf-8")
            self.send_header("content-length", str(len(why.encode())))
        self.end_headers()
        self.wfile.write(why.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of ordinary calls."""


class Receiver(ThreadingHTTPServer):
    """Listens on one address and keeps events in one SQLite file."""

    daemon_threads = True

    def __init__(self, port: int, secret: str, database: Path, host: str = "127.0.0.1") -> None:
        self.webhook, self._database = Webhook(secret), database
        with closing(sqlite3.connect(database)) as connection:
            connection.execute(TABLE)
        super().__init__((host, port), Handler)

    def store(self, event_id: str, body: str) -> bool:
        """Keep an event; False when it is here already. It is on the disk when this returns."""
        row = (event_id, body, datetime.now(UTC).isoformat())
        insert = "INSERT OR IGNORE INTO event (id, body, received_at) VALUES (?, ?, ?)"
        with closing(sqlite3.connect(self._database, timeout=10)) as connection, connection:
            return connection.execute(insert, row).rowcount == 1


def main() -> None:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    parser.add_argument("--database", type=Path, default=Path("events.db"))
    given = parser.parse_args()
    with Receiver(given.port, os.environ["JSC_WEBHOOK_SECRET"], given.database, given.host) as receiver:
        receiver.serve_forever()


if __name__ == "__main__":
    main()
