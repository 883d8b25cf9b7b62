"""`tersapa who`: from a real id to its reference in the database, and back; each use is logged, by the reference."""

import json
import logging
from pathlib import Path

from bot import logs
from bot.commands.frame import load, opened
from bot.commands.lines import fail, print_line
from storage import addresses
from storage.session import Session

log = logging.getLogger("tersapa.who")

Pair = tuple[int, int]
"""Reference and real id."""


def who(number: int, config: Path | None, as_json: bool) -> None:
    """Show which reference stands for a chat's id at Telegram (the keys are needed; each use is logged)."""
    logs.set_up()
    with opened(load(config), look=True) as db:
        found = db.write(lambda session: _pair(session, number))
    if found is None:
        log.info("a chat that is not known was looked up")
        fail("no chat is known by this number.", 1)
    reference, address = found
    log.info("a chat was looked up", extra={"chat": reference})
    if as_json:
        print_line(json.dumps({"reference": reference, "telegram_id": address}))
    else:
        print_line(f"reference {reference}, id at Telegram {address}")


def _pair(session: Session, number: int) -> Pair | None:
    """Both numbers of a chat, by either of them."""
    if abs(number) >= 2**63:
        return None
    address = addresses.address_of(session, number)
    if address is not None:
        return number, address
    reference = addresses.known(session, number)
    return (reference, number) if reference != addresses.NOBODY else None
