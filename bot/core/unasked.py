"""What comes without being asked for still belongs to the report: a picture, a pin, more of the story (rows 5, 17)."""

from collections.abc import Mapping
from typing import Any

from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Media, Pin, Typed
from bot.core.place_lists import VIEW
from bot.core.place_step import NOTE, PLACE
from bot.core.question import Again, Answered
from bot.core.story_step import SAID, STORY, add_media, more_text
from bot.core.walk import MEDIA
from bot.core.words import Words

A_STORY, MORE_OF_IT = 5, 3
"""So many words are a story out of the blue, and so many go on with it after the question for it."""


def keeps(answers: Answers, given: Input, asked: Step | None, known: Known) -> Answered | Again | None:
    """What `given` leaves in a report although it does not answer the question `asked` (None: none was asked yet)."""
    match given:
        case Media():
            kept = add_media(answers, given)
            return kept if isinstance(kept, Again) else Answered(kept.updates)
        case Pin() if PLACE.name not in answers:
            near = _near(given, known)
            return Answered(near) if near else Again(Words("luar_jatim"))
        case Typed(text) if _goes_on(text, asked):
            return Answered(more_text(answers, text).updates)
    return None


def _goes_on(text: str, asked: Step | None) -> bool:
    """Whether words belong to the story: many of them at first, some after the question for it, none before."""
    return is_story(text) if asked is None else asked.late and len(text.split()) >= MORE_OF_IT


def is_story(text: str) -> bool:
    """So many words out of the blue are somebody's story: they are offered for a report and not lost."""
    return len(text.split()) >= A_STORY


def holds(answers: Answers) -> bool:
    """Whether a picture, a recording, a place or a story was kept before the first question."""
    return bool(answers.get(MEDIA) or answers.get(NOTE) or answers.get(STORY) or answers.get(SAID))


def _near(pin: Pin, known: Known) -> Mapping[str, Any] | None:
    """What a pin in East Java leaves in a draft whose place is not asked yet."""
    found = PLACE.read({}, pin, known)
    assert isinstance(found, Answered)
    return found.updates if found.updates[NOTE][VIEW] == "near" else None
