"""Steps that are answered by one of fixed choices."""

from collections.abc import Callable

from bot.core.flow import Answers, Known, Reader, Step, always
from bot.core.inputs import Input, Picked
from bot.core.question import Again, Answered, Choice, Question, Result
from bot.core.words import Words

Condition = Callable[[Answers], bool]


def choose(
    name: str,
    key: str,
    *choices: Choice,
    readers: tuple[Reader, ...] | str,
    when: Condition | None = None,
    drops: tuple[str, ...] = (),
    late: bool = False,
) -> Step:
    """A step that is answered by exactly one of fixed choices; `readers` may say why nobody reads it."""

    def ask(_: Answers, __: Known) -> Question:
        return Question(Words(key), choices)

    def read(_: Answers, given: Input, __: Known) -> Result:
        return pick(name, choices, given)

    read_by, unread = ((), readers) if isinstance(readers, str) else (readers, "")
    return Step(name, ask, read, when or always, drops, readers=read_by, unread=unread, late=late)


def pick(name: str, choices: tuple[Choice, ...], given: Input) -> Result:
    """The answer of a press on one of `choices`."""
    if isinstance(given, Picked):
        for choice in choices:
            if choice.value == given.value:
                return Answered({name: given.value}, shown=choice.label)
    return Again(Words("tak_paham"))


def option(value: str, key: str, *, main: bool = False) -> Choice:
    """A choice whose label is in the catalogs."""
    return Choice(value, Words(key), main=main)
