"""The bot's own name at Telegram, kept so that a start during an outage knows it."""

from storage.session import Session
from storage.tables import Meta

NAME = "username"


def known(session: Session) -> str:
    """The name it had when Telegram last answered; "" before the first time."""
    row = session.get(Meta, NAME)
    return row.value if row is not None else ""


def learn(session: Session, username: str) -> None:
    """Keep the name."""
    row = session.get(Meta, NAME) or Meta(name=NAME, value="")
    row.value = username
    session.add(row)
