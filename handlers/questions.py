"""Questions of a flow as messages, and typed text as one of their choices."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core import buttons as b
from bot.core.flow import Step
from bot.core.question import Question
from bot.core.typed import Habits, agrees, bare, means, pressed_by, says_more, simple
from bot.core.words import Label, Literal, Words
from bot.texts.catalog import Speech
from bot.texts.clean import cut, escape
from bot.texts.message import Key, Message

YES = "✅ "
"""A mark of its own on some buttons, which an answer already has."""
HABITS = ("kata-ya", "kata-tidak", "kata-tidak-ada", "kata-tidak-tahu")
LISTED = 12
"""More choices than this are not written out with their numbers."""
ICON = re.compile(r"^\W+ ")
"""What stands before the words of a button."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """Of which draft a question is asked, as the how many-th of its chat, and whether it can be hidden."""

    draft: str
    shown: int = 0
    hides: bool = False


def render(speech: Speech, question: Question, step: Step, bubble: Bubble, before: Iterable[Label] = ()) -> Message:
    """A question as a message: what is said before it, the question, rows and buttons."""
    draft, shown = bubble.draft, bubble.shown
    text = "\n\n".join([*(speech.html(words) for words in before), body(speech, question)])
    nav = tuple(Key(speech.word(f"b-{act}"), b.Nav(draft, shown, act)) for act in ("kembali", "batal"))
    hide = (Key(speech.word("b-sembunyikan"), b.Menu(b.Go.HIDE)),) if bubble.hides else ()
    if question.keyboard:
        ask = {"text": speech.word(f"b-papan-{question.keyboard}"), f"request_{question.keyboard}": True}
        words = [*(speech.label(choice.label) for choice in question.choices), *(key.label for key in (*hide, *nav))]
        return Message(text, keyboard=((ask,), *(({"text": label},) for label in words)))
    rows: list[tuple[Key, ...]] = []
    waiting: list[Key] = []
    for choice in question.choices:
        key = Key(
            speech.label(choice.label),
            b.Pick(draft, shown, step.name, choice.value),
            style="success" if choice.main else None,
        )
        if choice.columns == 1:
            rows.extend(_pairs(waiting))
            waiting = []
            rows.append((key,))
        else:
            waiting.append(key)
    rows.extend(_pairs(waiting))
    rows += [hide, nav] if hide else [nav]
    return Message(text, tuple(rows))


def body(speech: Speech, question: Question) -> str:
    """The words of a question, with the rows of a review."""
    lines = [speech.html(question.words)]
    for name, shown in question.rows:
        lines.append(f"{speech.html(name)}: <b>{escape(cut(speech.label(shown), 200))}</b>")
    return "\n".join(lines)


def answered(speech: Speech, question: Question, shown: Label | None) -> Message:
    """An answered question: its buttons are gone, its answer stands below."""
    text = body(speech, question)
    if shown is not None:
        given = speech.label(shown).removeprefix(YES)
        text += f"\n\n☑️ {escape(cut(given, 200))}"
    return Message(text)


def taken(speech: Speech, step: Step, shown: Label) -> Words:
    """The line above the next question, where that takes the place of an answered one: what was answered."""
    given = ICON.sub("", cut(speech.label(shown), 200))
    if "review" in step.readers:
        return Words("dijawab_baris", {"baris": Words(f"baris-{step.name}"), "jawaban": given})
    return Words("dijawab", {"jawaban": given})


def typed_choice(speech: Speech, question: Question, text: str) -> str | None:
    """The one choice that a typed number, label or word of a label means; "ya" means the green one."""
    labels = [(choice.value, speech.label(choice.label)) for choice in question.choices]
    also = {choice.value: _names(speech, choice.label) for choice in question.choices}
    found = pressed_by(
        text, labels, habits(speech), also, number=question.typing != "label", words=question.typing == "first"
    )
    main = [choice.value for choice in question.choices if choice.main]
    return main[0] if found is None and len(main) == 1 and says_yes(speech, text) else found


def tells_more(speech: Speech, question: Question, value: str, text: str) -> bool:
    """Whether the text that was typed for this choice says more than it; a bare yes, no or "mbuh" says no more."""
    if says_yes(speech, text) or any(says(speech, key, text) for key in HABITS):
        return False
    label = next(choice.label for choice in question.choices if choice.value == value)
    return says_more(text, speech.label(label), _names(speech, label))


def _names(speech: Speech, label: Label) -> list[str]:
    """What else people call a choice, if the catalog says so."""
    if not isinstance(label, Words) or not speech.has(f"juga-{label.key}"):
        return []
    return speech.word(f"juga-{label.key}").split(", ")


def habits(speech: Speech) -> Habits:
    """How people of this language say no, nothing and not knowing."""
    yes, no, nothing, unknown = (speech.word(key).split(", ") for key in HABITS)
    return Habits(yes, no, nothing, unknown)


def listed(speech: Speech, question: Question) -> Literal | None:
    """The choices of a question with their numbers, a line each; None where they are many or one writes freely."""
    if question.typing == "label" or not 0 < len(question.choices) <= LISTED:
        return None
    return Literal("\n".join(f"{n}. {speech.label(one.label)}" for n, one in enumerate(question.choices, 1)))


def says_yes(speech: Speech, text: str) -> bool:
    """Whether the text says yes and nothing else."""
    return agrees(text, speech.word("kata-ya").split(", "))


def says(speech: Speech, key: str, text: str, *, more: int = 0) -> bool:
    """Whether the text is one of the phrases of a key, with up to so many other words; small words do not count."""
    return means(text, speech.word(key).split(", "), more)


def typed_nav(speech: Speech, text: str) -> str | None:
    """ "kembali" or "batal", typed in any of its words or from the phone's own keyboard."""
    typed, polite = simple(text), bare(text)
    for act in ("kembali", "batal"):
        if typed in (simple(speech.word(f"b-{act}")), act) or polite in speech.word(f"kata-{act}").split(", "):
            return act
    return None


def _pairs(keys: Sequence[Key]) -> list[tuple[Key, ...]]:
    return [tuple(keys[n : n + 2]) for n in range(0, len(keys), 2)]
