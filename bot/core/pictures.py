"""Care with pictures: what a draft and a report may keep, and what their reporter reads of it (rows 20, 126).

What is refused is never stored: neither in a draft, where it lies with the answers, nor with a report.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.flow import Answers, Known
from bot.core.media import Care, is_picture
from bot.core.report import Medium, Report
from bot.core.report_facts import OFFERED, landmark, offered, story, told_of
from bot.core.story_step import PHOTO, SAID, STORY
from bot.core.walk import CHANGED, MEDIA
from bot.core.words import Words

REFUSED, WITH_WORDS, DROPPED = Words("jangan_gambar"), Words("jangan_gambar_tulisan"), Words("gambar_dihapus")
"""What is read of a picture that is not kept: one alone, one with words below it, one that had been kept."""
CAREFUL = Words("gambar_terjaga")
"""What is read of one that nobody asked for, and that is kept."""


def care(answers: Answers, known: Known) -> Care:
    """How the pictures of a draft are treated, as far as it is known yet what it is about."""
    category, danger = told_of(answers)
    if category is None or danger is None:
        return Care.WITH_CASE
    return known.knowledge.care(category, danger, _words(answers))


def storable(answers: Answers, known: Known) -> dict[str, Any]:
    """The answers without the pictures that must not be kept, and how many were offered."""
    if not (answers.get(MEDIA) or CHANGED in answers) or care(answers, known) is not Care.REFUSED:
        return dict(answers)
    left, gone = _without(answers)
    changed = left.get(CHANGED)
    if changed is not None:
        aside, more = _without(changed["answers"])
        gone += more
        left = left if not more else {**left, CHANGED: {**changed, "answers": aside}}
    return left if not gone else {**left, OFFERED: offered(answers) + gone}


def remark(before: Answers, after: Answers, known: Known) -> Words | None:
    """What is said of the pictures that came between, or that were dropped."""
    new = _count(after) - _count(before)
    if offered(after) > offered(before):
        if _count(before):
            return DROPPED
        return WITH_WORDS if _words(after) != _words(before) else REFUSED
    if not _count(after) or care(after, known) is not Care.ON_TAP:
        return None
    return CAREFUL if new > 0 or care(before, known) is Care.WITH_CASE else None


def without_pictures(told: Report) -> Report:
    """The report without its pictures; how many there were is kept."""
    left = spoken(told.media)
    return replace(told, media=left, unkept=told.unkept + len(told.media) - len(left))


def spoken(media: tuple[Medium, ...]) -> tuple[Medium, ...]:
    """What can only be heard."""
    return tuple(medium for medium in media if not is_picture(medium.kind, medium.look))


def shown(media: tuple[Medium, ...]) -> tuple[Medium, ...]:
    """What can be seen."""
    return tuple(medium for medium in media if is_picture(medium.kind, medium.look))


def _words(answers: Answers) -> str:
    """Everything that was said in words."""
    return "\n".join((story(answers), landmark(answers), answers.get(SAID) or ""))


def _count(answers: Answers) -> int:
    return sum(map(_seen, answers.get(MEDIA, ())))


def _seen(entry: Mapping[str, Any]) -> bool:
    return is_picture(entry["jenis"], entry.get("rupa", ""))


def _without(answers: Answers) -> tuple[dict[str, Any], int]:
    """The answers without pictures, and how many there were; who answered by a picture alone is asked again."""
    left, gone = dict(answers), [entry for entry in answers.get(MEDIA, ()) if _seen(entry)]
    if not gone:
        return left, 0
    left[MEDIA] = [entry for entry in answers[MEDIA] if not _seen(entry)]
    left.pop(PHOTO, None)
    heard = {entry["untuk"] or STORY for entry in left[MEDIA]}
    for name in {entry["untuk"] or STORY for entry in gone} - heard:
        answer = left.get(name)
        if isinstance(answer, Mapping) and answer.get("berkas"):
            said = {key: value for key, value in answer.items() if key != "berkas"}
            left[name] = said
            if not said:
                del left[name]
    return left, len(gone)
