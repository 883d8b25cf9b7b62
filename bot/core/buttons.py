"""Buttons are types: `pack` makes callback data of at most 64 bytes, `unpack` reads it back or means nothing.

Anybody can send any callback data, so a button is only a pointer: role, area and state are read again at
every press. Buttons on a case carry the case and its round, so that a stale one can be told from a fresh one.
"""

import re
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import ClassVar

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford: no i, l, o, u
_TOKEN = rf"[{ALPHABET}]"
_WORD = r"[a-z0-9][a-z0-9_.\-]{0,21}"
MAX_BYTES = 64


@dataclass(frozen=True, slots=True)
class Button:
    """A pointer to something a person may do."""

    code: ClassVar[str]
    pattern: ClassVar[re.Pattern[str]]

    def pack(self) -> str:
        """The callback data of this button, at most 64 bytes; ValueError for a value no button may carry."""
        data = ":".join((self.code, *(str(value) for value in astuple(self))))
        if len(data.encode()) > MAX_BYTES or unpack(data) != self:
            raise ValueError(f"no button can carry {data!r}")
        return data


class Go(StrEnum):
    """Where a button of the menu leads."""

    REPORT = "lapor"
    QUICK = "cepat"
    DANGER = "bahaya"
    NO_DANGER = "tidakbahaya"
    PHONED = "sudah"
    CANNOT_PHONE = "takbisa"
    OWN_REPORTS = "laporan"
    TASKS = "tugas"
    SUMMARY = "ringkasan"
    LEAVE = "cuti"
    CONTACTS = "kontak"
    MORE = "lainnya"
    NO_LEAVE = "tidakcuti"
    LANGUAGE = "bahasa"
    DONE = "selesai"
    START = "mulai"
    HIDE = "sembunyi"
    GREET_ME = "sapa"
    LEAVE_ME = "jangansapa"
    STAFF = "petugas"


@dataclass(frozen=True, slots=True)
class Menu(Button):
    """A way into the bot that belongs to no draft and no case."""

    go: str


@dataclass(frozen=True, slots=True)
class Pick(Button):
    """An answer to `step` of a draft; `shown` counts the question that it stands under (0: none in particular)."""

    draft: str
    shown: int
    step: str
    value: str


@dataclass(frozen=True, slots=True)
class Nav(Button):
    """Back, cancel, resume or throw away a draft; `shown` counts the question that it stands under (0: an offer)."""

    draft: str
    shown: int
    act: str


@dataclass(frozen=True, slots=True)
class ShowReport(Button):
    """The reporter looks at one of their own reports."""

    report: str


@dataclass(frozen=True, slots=True)
class Phoned(Button):
    """The reporter of a darurat says whether somebody was phoned: "sudah" or "takbisa"."""

    report: str
    answer: str


@dataclass(frozen=True, slots=True)
class Belongs(Button):
    """Where what was said after the number belongs: to a report (its id), to a new one ("lain"), to none ("bukan").

    Or that the report names the wrong place ("tempat"; with an id behind it, that one of several).
    """

    addition: str
    where: str


@dataclass(frozen=True, slots=True)
class DangerNow(Button):
    """Whether there is danger now, asked of the reporter: "ya" or "tidak"."""

    report: str
    answer: str


@dataclass(frozen=True, slots=True)
class TakeBack(Button):
    """The reporter wants to take one of their own reports back: it is asked whether they do."""

    report: str


@dataclass(frozen=True, slots=True)
class Correct(Button):
    """The reporter says that the place ("tempat") or the kind ("jenis") of one of their own reports is wrong."""

    report: str
    what: str


@dataclass(frozen=True, slots=True)
class Helped(Button):
    """The reporter's answer at the end of a round: "sudah", "belum" or "ulang"; a later round asks anew."""

    report: str
    round: int
    answer: str


@dataclass(frozen=True, slots=True)
class Complain(Button):
    """After a complaint: "buka" opens the case again, "lain" asks for somebody else than who had it."""

    addition: str
    wish: str


@dataclass(frozen=True, slots=True)
class Away(Button):
    """A worker is away for so many days from now; 0 = back again."""

    days: int


@dataclass(frozen=True, slots=True)
class OnDuty(Button):
    """Who is on duty (piket) in the shift of `day` (the date's ordinal): a member's id, or "lain" asks which."""

    day: int
    member: str


@dataclass(frozen=True, slots=True)
class Overview(Button):
    """Something of a day's summary: one of its lists (from which page on), or that it was read (row 84)."""

    what: str
    day: str
    page: int


NOWHERE = "x"


@dataclass(frozen=True, slots=True)
class Keep(Button):
    """Something of the roster, for whoever keeps it: the list of an area, a person, or what is done with them.

    `of` is an area or a member, `to` the area they go to (`NOWHERE`: none).
    """

    what: str
    of: str
    to: str
    page: int


@dataclass(frozen=True, slots=True)
class Tasks(Button):
    """A page of a worker's own list."""

    page: int


@dataclass(frozen=True, slots=True)
class CaseButton(Button):
    """Anything a worker does with a case; the round tells a stale button from a fresh one."""

    case: str
    round: int


@dataclass(frozen=True, slots=True)
class Take(CaseButton):
    """*Saya tangani*: acknowledge the case."""


@dataclass(frozen=True, slots=True)
class Read(CaseButton):
    """*Buka rincian*: read, which is not taking (row 140)."""


@dataclass(frozen=True, slots=True)
class Pictures(CaseButton):
    """*Lihat gambar*: the owner opens pictures that are not shown with the case (row 126)."""


@dataclass(frozen=True, slots=True)
class Decline(CaseButton):
    """*Tidak bisa*: pass it on; why is asked afterwards."""


@dataclass(frozen=True, slots=True)
class DeclineFor(CaseButton):
    """Why somebody passed it on (words.md, section 4b); "lainnya" shows the other reasons."""

    reason: str


@dataclass(frozen=True, slots=True)
class Raise(CaseButton):
    """*Eskalasi sekarang*: the next rung at once (row 58)."""


@dataclass(frozen=True, slots=True)
class Called(CaseButton):
    """*Sudah saya telepon*: somebody who is asked phones whoever has not answered."""


@dataclass(frozen=True, slots=True)
class Mute(CaseButton):
    """*Tenang 1 jam*, with its reason; "tanya" asks for it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Undo(CaseButton):
    """*Salah pencet*: within two minutes, by the winner only."""


@dataclass(frozen=True, slots=True)
class GiveBack(CaseButton):
    """*Kembalikan*: the owner gives the case back to the ladder."""


@dataclass(frozen=True, slots=True)
class Progress(CaseButton):
    """*Sedang dikerjakan*: the owner answers a reminder."""


@dataclass(frozen=True, slots=True)
class Visit(CaseButton):
    """*Sudah bertemu* ("bertemu") or *Tidak ketemu* ("kosong"): the owner was there."""

    found: str


@dataclass(frozen=True, slots=True)
class Grade(CaseButton):
    """Another urgency: "naik" raises, a reason lowers, "tanya" asks for it; "tanya" twice offers both."""

    grade: str
    why: str


@dataclass(frozen=True, slots=True)
class Wrong(CaseButton):
    """*Salah tempat*, *Salah jenis* of whoever has the case; "bukan": the place, of whoever passed it on."""

    what: str


@dataclass(frozen=True, slots=True)
class Hold(CaseButton):
    """*Menunggu …* for so many days: "tanya" asks for what, a reason with 0 days for how long, "batal" leaves it."""

    reason: str
    days: int


@dataclass(frozen=True, slots=True)
class Hand(CaseButton):
    """*Serahkan*: the owner asks a member to take it over; "tanya" asks whom, "batal" nobody after all.

    "tarik" takes the offer back.
    """

    member: str


@dataclass(frozen=True, slots=True)
class Handed(CaseButton):
    """What whoever is asked to take it over answers: "terima" or "tidak"."""

    answer: str


@dataclass(frozen=True, slots=True)
class Company(CaseButton):
    """*Butuh teman*: the owner asks a member to go along; "tanya" asks whom, "batal" nobody after all.

    "tarik" takes the question back; "ambil" takes the case first, and then asks whom.
    """

    member: str


@dataclass(frozen=True, slots=True)
class Companion(CaseButton):
    """What whoever is asked to go along answers: "ikut" or "tidak"."""

    answer: str


@dataclass(frozen=True, slots=True)
class Finish(CaseButton):
    """*Selesai*, with an outcome; "tanya" asks for it."""

    outcome: str


@dataclass(frozen=True, slots=True)
class Amend(CaseButton):
    """*Ubah*: the owner puts right what the reporter corrected."""

    addition: str


@dataclass(frozen=True, slots=True)
class Note(CaseButton):
    """*Ya, untuk TS-…*: what the owner wrote, said or showed is a note on this case."""

    addition: str


@dataclass(frozen=True, slots=True)
class NoteFor(Button):
    """What the owner said is no note ("bukan"), or for another case: "lain-3" shows those from the fourth on."""

    addition: str
    where: str


@dataclass(frozen=True, slots=True)
class Contacts(CaseButton):
    """*Kontak setempat*: whom to phone where the case is."""


@dataclass(frozen=True, slots=True)
class More(CaseButton):
    """*Lainnya*: the buttons of the case that did not stand on its screen."""


@dataclass(frozen=True, slots=True)
class AddContact(Button):
    """*Tambah kontak*, for the book of this area (a code)."""

    area: str


_AREA = r"\d\d(?:\.\d\d){0,2}"
_PARTS = {
    "of": rf"(?:{_TOKEN}{{12}}|{_AREA})",
    "to": rf"(?:{NOWHERE}|{_AREA})",
    "draft": _TOKEN + "{8}",
    "case": _TOKEN + "{12}",
    "report": _TOKEN + "{12}",
    "addition": _TOKEN + "{12}",
    "grade": r"[a-z0-9]{5,8}",
}
BUTTONS: dict[str, type[Button]] = {
    "m": Menu,
    "p": Pick,
    "n": Nav,
    "l": ShowReport,
    "o": Overview,
    "t": Take,
    "r": Read,
    "i": Pictures,
    "d": Decline,
    "e": DeclineFor,
    "x": Raise,
    "u": Undo,
    "g": GiveBack,
    "s": Progress,
    "w": Hold,
    "f": Finish,
    "h": Phoned,
    "q": Belongs,
    "y": DangerNow,
    "b": TakeBack,
    "c": Helped,
    "v": Correct,
    "j": Amend,
    "z": Complain,
    "a": Away,
    "k": OnDuty,
    "K": Keep,
    "Z": Tasks,
    "Y": Note,
    "X": NoteFor,
    "W": Contacts,
    "V": More,
    "U": AddContact,
    "B": Visit,
    "P": Called,
    "G": Grade,
    "Q": Mute,
    "J": Wrong,
    "H": Hand,
    "T": Handed,
    "L": Company,
    "M": Companion,
}
"""Every kind of button by the letter its data begins with."""


def _pattern(code: str, kind: type[Button]) -> re.Pattern[str]:
    number = r"(?:0|[1-9]\d{0,5})"
    parts = (_PARTS.get(spec.name, number if spec.type is int else _WORD) for spec in fields(kind))
    return re.compile(":".join((code, *(f"({part})" for part in parts))), re.ASCII)


for _code, _kind in BUTTONS.items():
    _kind.code = _code
    _kind.pattern = _pattern(_code, _kind)


def unpack(data: str) -> Button | None:
    """The button that packs to exactly `data`, or None: whatever else was sent means nothing."""
    kind = BUTTONS.get(data[:1])
    found = kind.pattern.fullmatch(data) if kind else None
    if kind is None or found is None or len(data.encode()) > MAX_BYTES:
        return None
    values = zip(fields(kind), found.groups(), strict=True)
    return kind(*(int(text) if spec.type is int else text for spec, text in values))
