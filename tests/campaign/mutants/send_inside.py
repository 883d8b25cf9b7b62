"""Mutant: a message leaves inside the transaction that says it; a kill before the commit leaves it without a row."""

import json
import sys
import urllib.request
from datetime import datetime
from pathlib import Path

from bot.config import load_settings
from bot.crash import crashpoint
from storage import outbox
from storage.outbox import Outgoing
from storage.session import Session
from tests.campaign.named import ROW, main

_put = outbox.put


def hasty(session: Session, message: Outgoing, now: datetime) -> str:
    """Send at once, then write the row down as sent; edits take the ordinary way."""
    uid = _put(session, message, now)
    if message.edits is not None:
        return uid
    telegram = load_settings(Path(sys.argv[sys.argv.index("--config") + 1])).telegram
    url = f"{telegram.api_url}/bot{telegram.token.get_secret_value()}/{message.payload['method']}"
    body = json.dumps({**message.payload["params"], ROW: uid}).encode()
    request = urllib.request.Request(url, body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        result = json.load(answer)["result"]
    row = next(row for row in session.said.rows if row.uid == uid)  # it gets its number when the transaction ends
    row.state, row.payload_sealed = "sent", None
    row.message_id = result["message_id"] if isinstance(result, dict) else None
    crashpoint("sent_inside")
    return uid


if __name__ == "__main__":
    outbox.__dict__["put"] = hasty
    main()
