"""Albums: their pictures come as messages of their own, and are one answer (row 17)."""

from typing import Any

from bot.core.flow import Answers
from bot.core.inputs import Input, Media

ALBUM = "_album"
"""The note of the album at hand."""


def of_same_album(answers: Answers, given: Input) -> bool:
    """Whether this is one more picture of the album that was just answered for, or refused."""
    return isinstance(given, Media) and bool(given.album) and given.album == answers.get(ALBUM)


def with_album(answers: Answers, given: Input) -> dict[str, Any]:
    """The answers with the album at hand noted: the rest of a refused one is refused without a word each."""
    return {**answers, ALBUM: given.album} if isinstance(given, Media) and given.album else dict(answers)
