"""The screens of whoever keeps the roster: the list of an area, a person, and what is asked before a deed; pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core import buttons as b
from bot.texts.catalog import Speech
from bot.texts.clean import escape
from bot.texts.message import Key, Message, column

Rows = tuple[tuple[Key, ...], ...]
PAGE = 8
"""Rows of one page: with the buttons to turn it, a message has ten or eleven."""
LISTED = 35
"""Rows of the list of a day: as many as the largest kabupaten/kota has kecamatan; only the first have a button."""
LAMPS = {"bound": "✅", "unreachable": "📵", "asleep": "🔎", "invited": "✉️", "unbound": "▫️"}
"""How somebody's chat stands."""


@dataclass(frozen=True, slots=True)
class Person:
    """One member as the list tells it: `task` is the role and the place in words."""

    id: str
    name: str
    task: str
    state: str
    unlooked: bool
    silent: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An area whose list can be opened, or into which somebody can be moved."""

    code: str
    label: str
    count: int | None = None


def people(speech: Speech, place: Place, known: Sequence[Person], page: int) -> Message:
    """The people of an area, each with a button."""
    if not known:
        return Message(speech.say("petugas_kosong", tempat=place.label))
    shown = known[page * PAGE : (page + 1) * PAGE]
    lines = [f"<b>{speech.say('petugas_daftar', tempat=place.label, jumlah=str(len(known)))}</b>"]
    lines += [row(speech, person) for person in shown]
    lines.append(speech.say("petugas_arti"))
    turns = _pages(speech, b.Keep("daftar", place.code, b.NOWHERE, page), len(known))
    return Message("\n".join(lines), column([*map(key, shown), *turns]))


def areas(speech: Speech, known: Sequence[Place], page: int) -> Message:
    """The areas of the province, each with the number of its people."""
    shown = known[page * PAGE : (page + 1) * PAGE]
    keys = [Key(f"{one.label} ({one.count})", b.Keep("daftar", one.code, b.NOWHERE, 0)) for one in shown]
    keys += _pages(speech, b.Keep("daftar", "35", b.NOWHERE, page), len(known))
    return Message(speech.say("petugas_wilayah"), column(keys))


def person(speech: Speech, first: Person, tasks: Sequence[str], held: Sequence[str], looks: Rows) -> Message:
    """One person: every task, how their chat stands, what they hold, and what may be done.

    `looks`: the buttons that say whether it is they, where nobody has said so yet.
    """
    lines = [f"<b>{escape(first.name)}</b>", *(escape(task) for task in tasks), _said(speech, first), *held]
    keys = [
        Key(speech.word("b-ganti-nama"), b.Keep("nama", first.id, b.NOWHERE, 0)),
        Key(speech.word("b-pindah-wilayah"), b.Keep("pindah", first.id, b.NOWHERE, 0)),
        Key(speech.word("b-keluarkan"), b.Keep("keluar", first.id, b.NOWHERE, 0), style="danger"),
    ]
    return Message("\n".join(lines), (*looks, *column(keys)))


def to_look_at(speech: Speech, known: Sequence[Person], day: int) -> Message:
    """The list of a day: who came in, and who pressed nothing for long; the first of them with a button each."""
    fresh, silent = [one for one in known if one.unlooked], [one for one in known if not one.unlooked]
    lines, keys = [], []
    if fresh:
        lines.append(f"<b>{speech.say('periksa_daftar', jumlah=str(len(fresh)))}</b>")
        lines += _rows(speech, fresh)
        if len(fresh) <= LISTED:  # nobody vouches for whom they have not read
            keys.append(Key(speech.word("b-semua-benar"), b.Keep("semua", "35", b.NOWHERE, day), style="success"))
    if silent:
        lines.append(f"<b>{speech.say('periksa_diam', jumlah=str(len(silent)))}</b>")
        lines += _rows(speech, silent)
    keys += map(key, (*fresh, *silent)[:PAGE])
    keys.append(Key(speech.word("b-petugas"), b.Menu(b.Go.STAFF)))
    return Message("\n".join(lines), column(keys))


def where_to(speech: Speech, first: Person, known: Sequence[Place], within: str, page: int) -> Message:
    """Into which place? `within` is the area whose places are shown."""
    shown = known[page * PAGE : (page + 1) * PAGE]
    keys = [Key(one.label, b.Keep("pindah", first.id, one.code, 0)) for one in shown]
    keys += _pages(speech, b.Keep("pindah", first.id, within, page), len(known))
    return Message(speech.say("petugas_pindah_ke", siapa=first.name), column(keys))


def sure(speech: Speech, question: str, held: Sequence[str], yes: Key, back: str) -> Message:
    """Once more, with what they hold."""
    keys = (yes, Key(speech.word("b-tidak-jadi"), b.Keep("buka", back, b.NOWHERE, 0)))
    return Message("\n".join((f"<b>{question}</b>", *held)), column(keys))


def key(person: Person) -> Key:
    """The button that opens one person."""
    return Key(f"{_lamp(person)} {person.name} · {person.task}", b.Keep("buka", person.id, b.NOWHERE, 0))


def row(speech: Speech, person: Person) -> str:
    """One person in a line of markup."""
    return f"{_lamp(person)} {escape(person.name)} · {escape(person.task)}" + (
        f" · {speech.say('petugas_diam')}" if person.silent else ""
    )


def _rows(speech: Speech, known: Sequence[Person]) -> list[str]:
    lines = [row(speech, one) for one in known[:LISTED]]
    return lines + ([speech.say("r_lagi", jumlah=str(len(known) - LISTED))] if len(known) > LISTED else [])


def _lamp(person: Person) -> str:
    return "🔎" if person.unlooked and person.state == "bound" else LAMPS[person.state]


def _said(speech: Speech, person: Person) -> str:
    words = [speech.say(f"petugas-{person.state}")]
    if person.unlooked:
        words.append(speech.say("petugas_belum_diperiksa"))
    if person.silent:
        words.append(speech.say("petugas_diam"))
    return " · ".join(words)


def _pages(speech: Speech, here: b.Keep, total: int) -> list[Key]:
    keys = []
    if (here.page + 1) * PAGE < total:
        keys.append(Key(speech.word("b-halaman-sesudah"), b.Keep(here.what, here.of, here.to, here.page + 1)))
    if here.page:
        keys.append(Key(speech.word("b-halaman-sebelum"), b.Keep(here.what, here.of, here.to, here.page - 1)))
    return keys
