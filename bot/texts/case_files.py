"""Pictures and recordings of a case, a message each: they can be copied nowhere."""

from collections.abc import Iterable

from bot.core.report import Medium
from bot.texts.case_facts import Fact
from bot.texts.message import File, Message


def files(media: Iterable[Medium]) -> tuple[Message, ...]:
    """One message for each."""
    shows = frozenset({Fact.FILES})
    return tuple(Message("", file=File(one.kind, one.file_id), protected=True, shows=shows) for one in media)
