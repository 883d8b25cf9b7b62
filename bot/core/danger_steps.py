"""What kind of need, how grave, whom to phone first: the steps that come before the place (rows 14, 66, 67)."""

from bot.core.buttons import Go
from bot.core.choosing import option, pick
from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Picked, Typed
from bot.core.knowledge import NONE, UNKNOWN
from bot.core.place_replies import Reply, reply
from bot.core.question import Again, Answered, Choice, Leave, Question, Result
from bot.core.report_facts import (
    GRAVE,
    OF_DANGER,
    PHONED,
    is_quick,
    is_self,
    must_phone,
    not_quick,
    of_danger,
    somebody_died,
)
from bot.core.safety_steps import GREETING
from bot.core.story_step import A_SENTENCE, SAID, STORY, few_words, is_told_later, more_text, said_before
from bot.core.words import Words

GUESS, YES, NOT = "_tebak", "ya", "-"
"""The note of a category that few words proposed, the answer that it is right, and the note that it is not."""
GUESSED, WRONG = "_duga", "tidak"
"""The note of a danger that a sentence proposed, and the answer that it is not that one."""


def _category_ask(answers: Answers, known: Known) -> Question:
    kinds = tuple(option(code, f"jenis-{code}") for code in known.knowledge.categories)
    exits = tuple(Choice(code, Words(f"jenis-{code}"), columns=2) for code in known.knowledge.exits)
    guess = _guess(answers, known)
    if guess is None:
        return Question(Words("jenis"), (*kinds, *exits))
    right = option(YES, "b-ya-jenis", main=True)
    return Question(Words("jenis_tebak", {"jenis": Words(f"jenis-{guess}")}), (right, *kinds, *exits))


def _guess(answers: Answers, known: Known) -> str | None:
    """The category that what was told so far seems to be about: proposed, never taken (words.md, section 9)."""
    if (said := answers.get(GUESS)) is not None:
        return None if said == NOT else str(said)
    told = (answers.get(STORY) or {}).get("teks") or answers.get(SAID) or ""
    return known.phrases.first(told)


def _category_read(answers: Answers, given: Input, known: Known) -> Result:
    match given:
        case Picked(value) if value == YES and (guess := _guess(answers, known)) is not None:
            return _category_read(answers, Picked(guess), known)
        case Typed(text) if reply(text) is Reply.NO and _guess(answers, known) is not None:
            return Answered({GUESS: NOT})
        case Typed(text) if (found := known.phrases.first(text)) is not None and len(text.split()) < A_SENTENCE:
            return Answered({GUESS: found})
        case Picked(code) if code in known.knowledge.categories:
            return Answered({"jenis": code}, shown=Words(f"jenis-{code}"))
        case Picked(code) if code in known.knowledge.exits:
            return Leave(Words(code, {"telepon": Words(known.knowledge.emergency_key(None))}), (Go.REPORT, Go.DONE))
    return Again(Words("tak_paham"))


def _category(answers: Answers, known: Known) -> str:
    """What was picked; in a quick report nothing was, and whoever has it sorts it."""
    return str(answers.get("jenis") or known.knowledge.defaults.quick)


def _danger_ask(answers: Answers, known: Known) -> Question:
    category = known.knowledge.categories[_category(answers, known)]
    if (guess := answers.get(GUESSED)) is not None:
        must = known.knowledge.gate(category.code, guess, own=is_self(answers)) is not None
        shown = {"bahaya": Words(f"bahaya-{category.code}-{guess}")}
        phone = {"telepon": Words(known.knowledge.emergency_key(None))}
        told = Words("bahaya_tebak_gawat", {**shown, **phone}) if must else Words("bahaya_tebak", shown)
        return Question(told, (option(YES, "b-ya-jenis", main=True), option(WRONG, "b-tidak")))
    items = tuple(option(d.item, f"bahaya-{category.code}-{d.item}") for d in category.dangers)
    words = Words("cepat_bahaya" if is_quick(answers) else "bahaya")
    return Question(words, (*items, option(NONE, "b-tidak-ada"), option(UNKNOWN, "b-tidak-tahu")))


def proposes_phoning(answers: Answers, text: str, known: Known) -> bool:
    """Whether a sentence at the list of dangers proposes one with which it is said whom to phone."""
    category = known.knowledge.categories[_category(answers, known)]
    item = known.dangers.named(text, category)
    return item is not None and known.knowledge.gate(category.code, item, own=is_self(answers)) is not None


def _danger_read(answers: Answers, given: Input, known: Known) -> Result:
    guess = answers.get(GUESSED)
    match given:
        case Picked(value) if guess is not None and value == WRONG:
            return Answered({GUESSED: None})
        case Picked(value) if guess is not None and value == YES:
            left = {name: kept for name, kept in answers.items() if name != GUESSED}
            return _danger_read(left, Picked(guess), known)
        case Typed(text) if item := known.dangers.named(text, known.knowledge.categories[_category(answers, known)]):
            told = (few_words if is_told_later(answers) else more_text)(answers, text)
            return Answered({**told.updates, GUESSED: item})
    answered = pick("bahaya", _danger_ask(answers, known).choices, given)
    if not isinstance(answered, Answered):
        return answered
    field, category, item = known.knowledge, _category(answers, known), answered.updates["bahaya"]
    notes = {**of_danger(field, category, item), GUESSED: None}
    if field.gate(category, item, own=is_self(answers)) not in (None, field.defaults.gate):
        notes[PHONED] = None  # said before the report began, to other words than these: those of the lobby
    before, quick = said_before(answers), is_quick(answers)
    if (notes[GRAVE] or quick) and before and STORY not in answers:  # the story will not be asked for
        notes |= {STORY: before, SAID: None}
    return Answered({**({"jenis": category} if quick else {}), **answered.updates, **notes}, shown=answered.shown)


def _gate_ask(answers: Answers, known: Known) -> Question:
    own = is_self(answers)
    gate = known.knowledge.gate(answers["jenis"], answers["bahaya"], own=own)
    assert gate is not None, "asked only where somebody is to be phoned"
    choices = (option("sudah", "b-sudah-telepon"), option("takbisa", "b-tidak-bisa-telepon"))
    words = Words(gate, {"telepon": Words(known.knowledge.emergency_key(None))})
    return Question(words, (*choices, option("lanjut", "b-lanjut-cerita" if own else "b-lanjut")), phones=True)


def _gate_read(answers: Answers, given: Input, known: Known) -> Result:
    return pick(PHONED, _gate_ask(answers, known).choices, given)


def _dead_ask(_: Answers, __: Known) -> Question:
    return Question(Words("gawat_meninggal"), (option("lapor", "b-ya-lapor"), option("tidak", "b-tidak")))


def _dead_read(_: Answers, given: Input, __: Known) -> Result:
    match given:
        case Picked("lapor"):
            return Answered({"meninggal": "lapor"}, shown=Words("b-ya-lapor"))
        case Picked("tidak"):
            return Leave(Words("selesai_baik"))
    return Again(Words("tak_paham"))


DANGER: tuple[Step, ...] = (
    Step(
        "jenis",
        _category_ask,
        _category_read,
        when=not_quick,
        drops=("bahaya", GUESSED, *OF_DANGER),
        notes=(GUESS,),
        readers=("review", "card"),
    ),
    Step("bahaya", _danger_ask, _danger_read, drops=OF_DANGER, notes=(GUESSED,), readers=("review", "card")),
    Step(PHONED, _gate_ask, _gate_read, when=must_phone, readers=("card",)),
    GREETING,
    Step("meninggal", _dead_ask, _dead_read, when=somebody_died, unread="only the way out of a report"),
)
"""The category, its danger, and what is asked because of it."""
