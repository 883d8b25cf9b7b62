"""A worker opens a case by what they type: its number, or a part of the name of its desa; or by a reply to its card."""

import re

from bot.actions.speak import facts_of
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.inputs import Input, Typed
from bot.core.typed import simple
from bot.texts import task_list
from bot.texts.message import Key
from handlers import desk
from handlers.acts import Who
from handlers.own_reports import NUMBER
from storage import cases, outbox, tasks
from storage.tables import Case, Draft

LONGEST, SHORTEST = 40, 4
"""Characters of a name that is looked for."""
SURE = re.compile(r"TS[\s-]*[0-9A-Z]{6}", re.IGNORECASE | re.ASCII)
"""With its letters it is a number, whatever becomes of it."""
LEVELS = re.compile(r"^(?:desa|ds|kelurahan|kel|kecamatan|kec)\W+", re.IGNORECASE)


def is_meant(turn: Turn, who: Who, text: str) -> bool:
    """Whether these words name a case, or are a number and nothing else."""
    return SURE.fullmatch(text.strip()) is not None or bool(meant(turn, who, text))


def meant(turn: Turn, who: Who, text: str) -> list[Case]:
    """The cases that these words can mean: the one with this number, else those of the list that lie there."""
    text = text.strip()
    if (written := NUMBER.fullmatch(text)) is not None:
        found = cases.numbered(turn.session, f"TS-{written[1].upper()}")
        if found is not None and cases.openable(turn.session, [found.id], who.user_id):
            return [found]
    name = simple(LEVELS.sub("", text))
    if not SHORTEST <= len(name) <= LONGEST:
        return []
    places = turn.house.known.places
    named = [(case, places.get(case.desa or case.kecamatan or "")) for case in tasks.live(turn.session, who.chat_id)]
    return [case for case, place in named if place is not None and _begins(simple(place.name), name)]


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """One is opened, of several the worker chooses."""
    assert isinstance(given, Typed)
    found = meant(turn, who, given.text)
    if len(found) > 1:
        speech = turn.speech(who.chat_id)
        rest = (Key(speech.word("b-tugas"), b.Menu(Go.TASKS)),)
        shown = [facts_of(turn, case, None) for case in found[: task_list.PAGE]]
        turn.say(who.chat_id, task_list.which_one(speech, shown, rest))
    elif found:
        desk.press(turn, who, b.Read(found[0].id, found[0].round))
    else:
        desk.not_yours(turn, turn.speech(who.chat_id), who)


def under_a_card(turn: Turn, who: Who) -> str | None:
    """The id of the case whose bubble was answered, if the door lets this person through to it."""
    if not who.answers:
        return None
    case_id = outbox.about(turn.session, who.chat_id, who.answers)
    return case_id if case_id is not None and cases.openable(turn.session, [case_id], who.user_id) else None


def on_card(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    """Whatever is said under a card is about its case."""
    case_id = under_a_card(turn, who)
    assert case_id is not None
    desk.press(turn, who, b.Read(case_id, cases.named(turn.session, [case_id])[case_id].round))


def _begins(place: str, name: str) -> bool:
    """Whether one of the words of a place's name begins so, with all that follows it."""
    return f" {place}".find(f" {name}") >= 0
