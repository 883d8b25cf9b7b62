"""What comes without being asked for still belongs to the report: a picture, a pin, more of the story (rows 5, 17)."""

from collections.abc import Mapping
from typing import Any

from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Media, Pin, Typed
from bot.core.media import RECORDINGS
from bot.core.phrases import NOT, fold
from bot.core.place_lists import VIEW
from bot.core.place_replies import NO, ONWARD, SMALL, YES
from bot.core.place_step import NOTE, PLACE
from bot.core.place_typed import is_named
from bot.core.question import Again, Answered
from bot.core.report_facts import QUICK
from bot.core.story_step import (
    A_SENTENCE,
    SAID,
    STORY,
    add_media,
    few_words,
    is_told_later,
    more_text,
    recording,
    says_something,
)
from bot.core.typed import ALREADY, EMPTY, FILLERS, simple
from bot.core.walk import MEDIA
from bot.core.words import Words

A_STORY, A_FEW = 5, 2
"""So many words are a story out of the blue; fewer are one when they tell of a kind of need, or name something."""
EMPTY_WORDS = FILLERS | ALREADY | YES | NO | ONWARD | SMALL
"""Words that name nothing: thanks, a yes, what is said to whoever asks."""


def keeps(answers: Answers, given: Input, asked: Step | None, known: Known) -> Answered | Again | None:
    """What `given` leaves in a report although it does not answer the question `asked` (None: none was asked yet)."""
    match given:
        case Media(caption=caption):
            kept = add_media(answers, given)
            if isinstance(kept, Again):
                return kept
            updates = dict(kept.updates)
            if given.look in RECORDINGS and not _before_the_story(answers, asked):
                updates |= recording({**answers, **updates}).updates
            if says_something(caption):
                updates |= _words({**answers, **updates}, caption, asked).updates
            return Answered(updates)
        case Pin() if PLACE.name not in answers:
            near = _near(answers, given, known)
            return Answered(near) if near else Again(Words("luar_jatim"))
        case Typed(text) if (
            asked is not None and _agreed(asked) and PLACE.name not in answers and is_named(text, known.places)
        ):
            named = PLACE.read({NOTE: answers.get(NOTE)}, given, known)
            assert isinstance(named, Answered)
            told = _words(answers, text, asked).updates if len(text.split()) >= A_SENTENCE else {}
            return Answered({**told, **named.updates})
        case Typed(text) if _tells(answers, text, asked, known):
            return _words(answers, text, asked)
    return None


def beside(answers: Answers, text: str, asked: Step) -> Mapping[str, Any]:
    """What words leave that mean a choice and tell more than it, where somebody reads the answer."""
    return {} if asked.consent or not asked.readers else _words(answers, text, asked).updates


def _tells(answers: Answers, text: str, asked: Step | None, known: Known) -> bool:
    """Whether these words belong to a report: so many, or fewer that go on with it, or tell of a kind of need."""
    if asked is None:
        few = tells_a_kind(text, known) or (holds(answers) and names_something(text))
    else:
        few = _agreed(asked) and names_something(text)
    return is_story(text) or few


def names_something(text: str) -> bool:
    """Whether a few words that answer no question tell something all the same: "gubuk reyot"; not "apa ya"."""
    words = [word for word in simple(text).split() if not word.isdigit() and word not in EMPTY_WORDS]
    return len(text.split()) >= A_SENTENCE or sum(fold(word) not in NOT | EMPTY for word in words) >= A_FEW


def is_worth_keeping(text: str) -> bool:
    """The same where the question says itself what is wrong with the answer, as of a number that is too short."""
    return any(char.isalpha() for char in text) and (is_story(text) or names_something(text))


def _agreed(asked: Step) -> bool:
    """Whether the consent was asked for already: then fewer words belong to the report."""
    return not asked.consent


def _words(answers: Answers, text: str, asked: Step | None) -> Answered:
    """Words that came unasked: part of the story, or kept until it is asked for."""
    return Answered((few_words if _before_the_story(answers, asked) else more_text)(answers, text).updates)


def _before_the_story(answers: Answers, asked: Step | None) -> bool:
    """Whether the story is asked for after the question `asked`."""
    return asked is not None and not asked.late and is_told_later(answers)


def is_story(text: str) -> bool:
    """So many words out of the blue are somebody's story: they are offered for a report and not lost."""
    return len(text.split()) >= A_STORY


def tells_a_kind(text: str, known: Known) -> bool:
    """Whether a few words say already what it is about: "iku tonggoku ngamukan"."""
    return len(text.split()) >= A_FEW and known.phrases.first(text) is not None


def holds(answers: Answers) -> bool:
    """Whether a picture, a recording, a place or a story was kept before the first question."""
    return bool(answers.get(MEDIA) or answers.get(NOTE) or answers.get(STORY) or answers.get(SAID))


def _near(answers: Answers, pin: Pin, known: Known) -> Mapping[str, Any] | None:
    """What a pin in East Java leaves in a draft whose place is not asked yet."""
    found = PLACE.read({QUICK: answers.get(QUICK)}, pin, known)
    assert isinstance(found, Answered)
    list_ = found.updates[NOTE]
    return found.updates if list_ is None or list_[VIEW] == "near" else None
