"""What somebody types as a button of the newest bubble that has some (storage.keyboards)."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.hearing import Kind
from bot.core.inputs import Input, Picked, Typed
from bot.core.keyboard import Reach, called, means, reach
from bot.core.typed import names_whole, pressed_by, simple
from bot.core.walk import is_said_aside
from bot.texts.catalog import Speech
from bot.texts.clean import escape
from bot.texts.message import Message
from handlers import press
from handlers.acts import Who
from handlers.questions import habits
from storage import drafts, keyboards, kinds
from storage.keyboards import Buttons, Keyboard
from storage.tables import Draft

FIRST = frozenset({Kind.HIDES, Kind.NOW, Kind.NOT_NOW, Kind.ON_CARD, Kind.NUMBER, Kind.CASE, Kind.OPENS, Kind.MONEY})
"""What is heard before a button is looked for."""
DANGER = frozenset({Kind.DANGER, Kind.OWN_DANGER})
"""Words of danger are a button only where they are its label, as it is spelt."""
Named = tuple[Kind, Input]


def named(turn: Turn, who: Who, heard: Named, keyboard: Keyboard | None, draft: Draft | None) -> Named:
    """What was typed as the button that it names, with its data; what names none stays what it is."""
    kind, given = heard
    if keyboard is None or not isinstance(given, Typed) or kind in FIRST or who.answers not in (0, keyboard.at):
        return heard
    found = keyboards.buttons(turn.session, who.chat_id, keyboard)
    if kind in DANGER:
        data = next((data for label, data in found if simple(label) == simple(given.text)), None)
    else:
        below = keyboard.below and draft is not None
        aside = draft is not None and (draft.offer_uid is not None or _is_aside(turn, draft))
        data = _picked(turn.speech(who.chat_id), found, given.text, whole=below and not aside, habit=not below)
    return heard if data is None else (Kind.PRESSES, Picked(data))


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """The button that was named is pressed; where a press says a word at the top of the screen only, it is written."""
    assert isinstance(given, Picked)
    before = len(turn.said.rows)
    word = press.press(turn, who, given.value, None)
    said = any(row.dest == who.chat_id and kinds.KINDS[row.kind].bubble for row in turn.said.rows[before:])
    if word and not said:
        turn.say(who.chat_id, Message(escape(word)))


def _picked(speech: Speech, found: Buttons, text: str, *, whole: bool, habit: bool) -> str | None:
    """The data of the one button that this text names, or None."""
    buttons = [b.unpack(data) if data is not None else None for _, data in found]
    places = {str(place): data for place, (_, data) in enumerate(found)}
    labels = [(str(place), label) for place, (label, _) in enumerate(found)]
    if (place := names_whole(text, labels)) is not None:
        return places[place]
    way = reach(buttons)
    if whole or way is Reach.WHOLE:
        return None
    usual = habits(speech)
    yes = next(iter(usual.yes))
    said = {str(n): means(button) if habit else None for n, button in enumerate(buttons)}
    for n, label in labels:
        if habit and said[n] is None and simple(label).split()[:1] == [yes]:
            said[n] = "ya"
    values = [value for value in said.values() if value is not None]
    names = {n: value if value is not None and values.count(value) == 1 else f"#{n}" for n, value in said.items()}
    also = {names[str(n)]: _phrases(speech, name) for n, button in enumerate(buttons) if (name := called(button))}
    choices = [(names[n], label) for n, label in labels]
    free = way is Reach.FREE
    picked = pressed_by(text, choices, usual, also, number=free, words=free)
    return next((places[n] for n, name in names.items() if name == picked), None)


def _phrases(speech: Speech, name: str) -> list[str]:
    return speech.word(f"kata-{name}").split(", ")


def _is_aside(turn: Turn, draft: Draft) -> bool:
    return is_said_aside(drafts.answers_of(turn.session, draft), draft.shown)
