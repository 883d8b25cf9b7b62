"""What is asked so that nobody is harmed by their own report, and everybody can be found (R5).

Whoever is harmed is asked how they may be reached; whoever wants to die, whether they may be greeted again; and where
life is in danger nobody is left whom nobody could find.
"""

from dataclasses import replace

from bot.core.choosing import choose, option
from bot.core.flow import Answers, Known
from bot.core.inputs import Input, Typed
from bot.core.question import Answered, Result
from bot.core.report_facts import (
    AT_HOURS,
    BY_OTHERS,
    COMES_ALONE,
    FOUND,
    GREETED,
    NO_CALL,
    REACHED,
    WAY,
    asks_safely,
    is_despair,
    is_grave,
    is_hidden,
    is_lost,
    is_self,
    is_skipped,
)
from bot.core.story_step import free
from bot.core.typed import simple
from bot.core.words import Literal, Words

BY = frozenset(("lewat", "liwat", "through", "via"))
MACHINES = frozenset(["bot", "chat", "hp", "sini", "sms", "telegram", "telepon", "telpon", "wa", "whatsapp"])
"""Ways that are no person."""

GREETING = choose(
    GREETED,
    "sapa_lagi",
    option("ya", "b-boleh-disapa"),
    option("tidak", "b-tidak-usah"),
    when=is_despair,
    readers="the clock greets them",
)
"""Numbers come first; then whether a warm line may come in an hour and in the morning."""


def _way_asked(answers: Answers) -> bool:
    return asks_safely(answers) and answers.get(REACHED) in (BY_OTHERS, AT_HOURS)


def _way_words(answers: Answers) -> Words:
    return Words("aman_jam" if answers.get(REACHED) == AT_HOURS else "aman_lewat_siapa")


def _found_asked(answers: Answers) -> bool:
    """Life is in danger, or the landmark was not asked for, and nobody could find anybody by what was told."""
    return (is_grave(answers) or is_hidden(answers)) and not is_skipped("patokan", answers) and is_lost(answers)


def _found_words(answers: Answers) -> Words:
    return Words("diri_ditemukan" if is_self(answers) else "ditemukan")


_HOW = choose(
    REACHED,
    "diri_aman",
    *(option(way, f"aman-{way}") for way in (NO_CALL, BY_OTHERS, AT_HOURS, COMES_ALONE)),
    when=asks_safely,
    drops=(WAY,),
    late=True,
    readers=("review", "card"),
)


def _how_read(answers: Answers, given: Input, known: Known) -> Result:
    """Whoever types "lewat Bu Sri bidan" says in one go that it is through others, and through whom."""
    match given:
        case Typed(text) if _names_a_person(text):
            return Answered({REACHED: BY_OTHERS, WAY: {"teks": text}}, shown=Literal(text))
    return _HOW.read(answers, given, known)


def _names_a_person(text: str) -> bool:
    words = simple(text).split()
    return len(words) >= 3 and words[0] in BY and MACHINES.isdisjoint(words)


REACH = (
    replace(_HOW, read=_how_read),
    free(WAY, _way_words, _way_asked),
)
"""How whoever is harmed may be reached: it stands on the first line of the card."""

FINDING = free(FOUND, _found_words, _found_asked)
"""One question more, so that nobody is reported whom nobody can find."""
