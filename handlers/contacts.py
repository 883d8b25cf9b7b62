"""*Kontak setempat*: whom to phone where a case is, and *Tambah kontak* (row 136)."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.actions import contacts
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.contact_flow import CONTACT, area_of, knowing, noted
from bot.texts import contacts as cards
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers import opening
from handlers.acts import Who
from storage import drafts
from storage.tables import Draft


def own(turn: Turn, who: Who) -> None:
    """The book of one's own area; whoever has none is told so."""
    area = contacts.own_area(turn, who.chat_id)
    if area is None:
        turn.say(who.chat_id, Message(turn.speech(who.chat_id).say("kontak_bukan")))
        return
    turn.say(who.chat_id, shown(turn, who.chat_id, (area, area[:5])))


def shown(turn: Turn, chat_id: int, areas: Sequence[str], more: Sequence[Key] = ()) -> Message:
    """The book of these areas, the smallest first, with *Tambah kontak* for whoever may, and the keys `more`."""
    speech, areas = turn.speech(chat_id), tuple(dict.fromkeys(areas))
    keys = [*more]
    if areas and contacts.may_add(turn, chat_id, areas[0]) is not None:
        keys.insert(0, Key(speech.word("b-tambah-kontak"), b.AddContact(areas[0])))
    return cards.book(speech, _name(turn, speech, areas), contacts.book(turn, areas), turn.now, keys)


def add(turn: Turn, who: Who, area: str) -> str:
    """*Tambah kontak*."""
    if contacts.may_add(turn, who.chat_id, area) is None:
        return turn.speech(who.chat_id).word("tombol_lama")
    opening.open_flow(turn, who, CONTACT, knowing(area))
    return ""


def finish(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """The last question was answered: it is written down, and the book is shown."""
    area, told = area_of(answers), noted(answers)
    drafts.drop(turn.session, draft)
    speech = turn.speech(draft.chat_id)
    if not contacts.add(turn, draft.chat_id, area, told):
        turn.say(draft.chat_id, Message(speech.say("kontak_bukan")))
        return
    tasks = (Key(speech.word("b-tugas"), b.Menu(Go.TASKS)),)
    turn.say(draft.chat_id, Message(speech.say("kontak_tersimpan", nama=told[1]), column(tasks)))
    turn.say(draft.chat_id, shown(turn, draft.chat_id, (area, area[:5])))


def _name(turn: Turn, speech: Speech, areas: Sequence[str]) -> str:
    place = turn.house.known.places.get(areas[0]) if areas else None
    return place.label if place is not None else speech.word("tempat-tidak-tahu")
