"""What the local Telegram answers when it says no."""

from __future__ import annotations


class Refused(Exception):
    """A call that Telegram turns down, with the code and words it uses."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(reason: str, **parameters: int) -> Refused:
    """400: the request itself is wrong."""
    return Refused(400, f"Bad Request: {reason}", **parameters)


def forbidden(reason: str) -> Refused:
    """403: the other side doesn't want the bot, or never met it."""
    return Refused(403, f"Forbidden: {reason}")


def conflict(reason: str) -> Refused:
    """409: two ways of fetching updates are in use at once."""
    return Refused(409, f"Conflict: {reason}")


def unknown() -> Refused:
    """404: no such method, or no such bot."""
    return Refused(404, "Not Found")


class NoSuchThing(Exception):
    """A person tried something that their phone does not offer, for example a button that is not there."""
