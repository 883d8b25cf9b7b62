"""What is told in one's own words, voice or pictures: landmark, story, photo (rows 14, 17-20)."""

import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.albums import ALBUM
from bot.core.choosing import Condition, option
from bot.core.flow import Answers, Known, Step, always
from bot.core.inputs import Input, Media, Picked, Typed
from bot.core.media import MAX_BYTES, RECORDINGS, Look
from bot.core.question import Again, Answered, Question, Result
from bot.core.report_facts import is_grave, is_quick
from bot.core.walk import MEDIA
from bot.core.words import Literal, Words

STORY, PHOTO = "cerita", "foto"
"""The steps for the story and for a photo, which also take what comes unasked."""

SAID = "_kata"
"""The note of few words that came before the story was asked for: the story begins with them."""

A_SENTENCE = 3
"""So many words that answer no question tell something, and are kept."""
MAX_TEXT, MAX_MEDIA = 4096, 10
RECEIVED = {Look.PICTURE: Words("b-foto"), Look.VIDEO: Words("b-video"), Look.SOUND: Words("b-suara")}
"""What is said of a file that was taken."""


def free(
    name: str,
    words: Callable[[Answers], Words],
    when: Condition = always,
    no_answer: Callable[[str], object] = lambda _: None,
) -> Step:
    """A step answered by text, by voice or by pictures; it may be skipped. `no_answer` knows a text that is none."""
    skip = option("lewati", "b-lewati")

    def ask(answers: Answers, _: Known) -> Question:
        return Question(words(answers), (skip,), typing="label")

    def read(answers: Answers, given: Input, __: Known) -> Result:
        before = {name: said_before(answers), SAID: None} if name == STORY else {name: {}}
        if given == Picked("lewati"):
            return Answered(before, shown=skip.label)
        if isinstance(given, Typed) and no_answer(given.text):
            return Again(Words("tak_paham"))
        return told(name, answers, given, before)

    return Step(name, ask, read, when, readers=("review", "owner"), free=True)


def told(name: str, answers: Answers, given: Input, before: Mapping[str, Any]) -> Result:
    """The step `name` answered in words or by a file; `before` are its updates with what was said earlier."""
    match given:
        case Typed(text) if says_something(text):
            return Answered({**before, name: _joined(before[name], text)}, shown=Literal(text))
        case Media(caption=caption):
            said = _joined(before[name], caption) if says_something(caption) else before[name]
            return add_media(answers, given, {**before, name: {**(said or {}), "berkas": True}}, belongs=name)
    return Again(Words("tak_paham"))


def says_something(text: str) -> bool:
    """Whether anything of `text` can be seen."""
    return any(unicodedata.category(char)[0] in "LNPS" for char in text)


def add_media(
    answers: Answers, given: Media, updates: dict[str, Any] | None = None, *, belongs: str | None = None
) -> Answered | Again:
    """The draft with one more picture or recording (an album is one answer, row 17).

    `belongs` names the step it answers; one that came unasked belongs to the photo step if it is a picture.
    """
    if given.look is None:
        return Again(Words("berkas_lain"))
    if given.size > MAX_BYTES:
        return Again(Words("berkas_besar"))
    kept: list[dict[str, Any]] = list(answers.get(MEDIA, ()))
    if len(kept) >= MAX_MEDIA:
        return Again(Words("berkas_banyak"))
    picture = given.look is Look.PICTURE
    unasked = {PHOTO: "ada"} if picture and not belongs else {}
    if all(entry["unik"] != given.unique_id for entry in kept):
        step = belongs or (PHOTO if picture else "")
        ids = {"jenis": given.kind, "berkas": given.file_id, "unik": given.unique_id}
        kept.append({**ids, "rupa": given.look, "untuk": step})
    return Answered({**unasked, **(updates or {}), MEDIA: kept, ALBUM: given.album or None}, shown=RECEIVED[given.look])


def shown_by(answers: Answers, name: str) -> Words:
    """What the files of a step show, in words; a recording that answered no question is the story."""
    of_it = (name, "") if name == STORY else (name,)
    looks = {entry.get("rupa") for entry in answers.get(MEDIA, ()) if entry["untuk"] in of_it}
    if Look.PICTURE not in looks:
        return Words("ada_suara")
    return Words("ada_foto" if looks == {Look.PICTURE} else "ada_rekaman")


def recorded(answers: Answers) -> bool:
    """Whether a recording came that answered no question: it is the story."""
    return any(not entry["untuk"] and entry.get("rupa") in RECORDINGS for entry in answers.get(MEDIA, ()))


def said_before(answers: Answers) -> dict[str, Any]:
    """A story of the few words and the recordings that came before it."""
    words = {"teks": answers[SAID]} if answers.get(SAID) else {}
    return {**words, "berkas": True} if recorded(answers) else words


def is_told_later(answers: Answers) -> bool:
    """Whether the story is still to be asked for."""
    return STORY not in answers and not is_grave(answers) and not is_quick(answers)


def recording(answers: Answers) -> Answered:
    """The story that is, or now also is, a recording."""
    return Answered({STORY: {**(answers.get(STORY) or said_before(answers)), "berkas": True}, SAID: None})


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
            case Media(look=Look.PICTURE | Look.VIDEO):
                return add_media(answers, given, {PHOTO: "ada"}, belongs=PHOTO)
        return Again(Words("tak_paham"))

    return Step(PHOTO, ask, read, when, readers=("review", "card", "owner"), late=True)
