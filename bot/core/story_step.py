"""What is told in one's own words, voice or pictures: landmark, story, photo (rows 14, 17-20)."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.albums import ALBUM
from bot.core.choosing import Condition, option
from bot.core.flow import Answers, Known, Step, always
from bot.core.inputs import Input, Media, Picked, Typed
from bot.core.question import Again, Answered, Question, Result
from bot.core.walk import MEDIA
from bot.core.words import Literal, Words

STORY, PHOTO = "cerita", "foto"
"""The steps for the story and for a photo, which also take what comes unasked."""

SAID = "_kata"
"""The note of few words that came before the story was asked for: the story begins with them."""

A_SENTENCE = 3
"""So many words that answer no question tell something, and are kept."""
MAX_TEXT, MAX_MEDIA = 4096, 10
PHOTO_LIMIT = 20 * 1024 * 1024
"""A bot can fetch at most 20 MB from Telegram (row 19)."""


def free(name: str, words: Callable[[Answers], Words], when: Condition = always) -> Step:
    """A step answered by text, by voice or by pictures; it may be skipped."""
    skip = option("lewati", "b-lewati")

    def ask(answers: Answers, _: Known) -> Question:
        return Question(words(answers), (skip,), typing="label")

    def read(answers: Answers, given: Input, __: Known) -> Result:
        before = {name: said_before(answers), SAID: None} if name == STORY else {name: {}}
        match given:
            case Picked("lewati"):
                return Answered(before, shown=skip.label)
            case Typed(text) if says_something(text):
                return Answered({**before, name: _joined(before[name], text)}, shown=Literal(text))
            case Media(kind="voice" | "photo" | "video_note", caption=caption):
                said = _joined(before[name], caption) if says_something(caption) else before[name]
                return add_media(answers, given, {**before, name: {**(said or {}), "berkas": True}}, belongs=name)
        return Again(Words("tak_paham"))

    return Step(name, ask, read, when, readers=("review", "owner"))


def says_something(text: str) -> bool:
    """Whether anything of `text` can be seen."""
    return any(unicodedata.category(char)[0] in "LNPS" for char in text)


def add_media(
    answers: Answers, given: Media, updates: dict[str, Any] | None = None, *, belongs: str | None = None
) -> Answered | Again:
    """The draft with one more picture or recording (an album is one answer, row 17).

    `belongs` names the step it answers; one that came unasked belongs to the photo step if it is a photo.
    """
    if given.kind not in ("voice", "photo", "video_note"):
        return Again(Words("berkas_lain"))
    if given.size > PHOTO_LIMIT:
        return Again(Words("berkas_besar"))
    kept: list[dict[str, Any]] = list(answers.get(MEDIA, ()))
    if len(kept) >= MAX_MEDIA:
        return Again(Words("berkas_banyak"))
    unasked = {} if belongs else {PHOTO: "ada"} if given.kind == "photo" else {}
    if all(entry["unik"] != given.unique_id for entry in kept):
        step = belongs or (PHOTO if given.kind == "photo" else "")
        kept.append({"jenis": given.kind, "berkas": given.file_id, "unik": given.unique_id, "untuk": step})
    shown = Words("b-suara") if given.kind == "voice" else Words("b-foto")
    return Answered({**unasked, **(updates or {}), MEDIA: kept, ALBUM: given.album or None}, shown=shown)


def said_before(answers: Answers) -> dict[str, Any]:
    """A story of the few words that came before it."""
    return {"teks": answers[SAID]} if answers.get(SAID) else {}


def more_text(answers: Answers, text: str) -> Answered:
    """The story with what is told after it: whoever writes in pieces loses none."""
    return Answered({STORY: _joined(answers.get(STORY) or said_before(answers), text), SAID: None})


def few_words(answers: Answers, text: str) -> Answered:
    """The draft with words that came before the story was asked for; it is asked for all the same."""
    return Answered({SAID: _joined(said_before(answers), text)["teks"]})


def _joined(old: Mapping[str, Any] | None, text: str) -> dict[str, Any]:
    """A story that goes on with `text`, unless that stands in it already."""
    old = old or {}
    if text in str(old.get("teks") or "").split("\n"):
        return dict(old)
    joined = "\n".join(part for part in (old.get("teks"), text) if part)
    return {**old, "teks": joined[:MAX_TEXT]}


def photo(when: Condition) -> Step:
    """The question for a photo, which nobody has to send."""
    without = option("lewati", "b-tanpa-foto")

    def ask(_: Answers, __: Known) -> Question:
        return Question(Words("foto"), (without,))

    def read(answers: Answers, given: Input, _: Known) -> Result:
        match given:
            case Picked("lewati"):
                return Answered({PHOTO: "tanpa"}, shown=without.label)
            case Media(kind="photo" | "video_note"):
                return add_media(answers, given, {PHOTO: "ada"}, belongs=PHOTO)
        return Again(Words("tak_paham"))

    return Step(PHOTO, ask, read, when, readers=("review", "card", "owner"), late=True)
