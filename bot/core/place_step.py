"""Where the person is: by pin, by pages, or typed; always confirmed, parents on every button (rows 11-15).

The step keeps its own note `_tempat` in the draft: which list is shown, what was found, what is chosen so
far. Its answer is {"kab", "kec", "desa", "how"} (codes or None) and, from a pin, the point itself.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Picked, Pin, Typed
from bot.core.places import Place, Places
from bot.core.question import Again, Answered, Choice, Leave, Question, Result
from bot.core.report_facts import is_missing, is_self
from bot.core.walk import BEFORE, LAST
from bot.core.words import Label, Literal, Words

PAGE = 30
LONGEST = 120
"""How much of a typed place is looked at."""
DEEPEST = 8
"""How many lists "back" goes back through."""
NOTE, VIEW = "_tempat", "view"
"""The step's note, and in it the list that is shown."""
UNKNOWN = "tidaktahu"


def place_words(places: Places, code: str) -> str:
    """A place with all its parents, as a person reads it: "Desa X, Kec. Y, Kab. Z"."""
    place = places.get(code)
    assert place is not None, "codes in drafts come from our own buttons"
    parents = [parent for parent in places.parents(code) if parent.level in ("kecamatan", "kabupaten")]
    return ", ".join(part.label for part in (place, *parents))


def short_words(places: Places, code: str) -> str:
    """A place with its nearest parent, short enough for a button: "Desa X · Kec. Y"."""
    place = places.get(code)
    assert place is not None
    parents = [parent for parent in places.parents(code) if parent.level in ("kecamatan", "kabupaten")]
    return " · ".join(part.label for part in (place, *parents[: 2 if place.level == "desa" else 1]))


def _ask(answers: Answers, known: Known) -> Question:
    """The list that is shown; a first word that is typed is a place and presses no button."""
    return replace(_question(answers, known), typing="number")


def _question(answers: Answers, known: Known) -> Question:
    note: Mapping[str, Any] = answers.get(NOTE) or {}
    places = known.places
    match note.get("view"):
        case "pin":
            words = Words("diri_pin" if is_self(answers) else "tempat_pin")
            return Question(words, (_list(), _unknown()), keyboard="location")
        case "found":
            found = tuple(Choice(code, Literal(short_words(places, code))) for code in note["found"])
            return Question(Words("tempat_temu"), (*found, _none_of_these()))
        case "near":
            first, *others = note["found"]
            marked = Choice(first, Words("b-terdekat", {"tempat": short_words(places, first)}))
            rest = tuple(Choice(code, Literal(short_words(places, code))) for code in others)
            return Question(Words("tempat_dekat"), (marked, *rest, _none_of_these()))
        case "outside":
            return Question(
                Words("luar_jatim"),
                (Choice("ulang", Words("b-tempat-lain")), Choice("cukup", Words("b-selesai"))),
            )
        case "kab":
            return _pages(Words("daftar_kab"), places.kabupaten(), note, (_unknown(),))
        case "kec":
            words = Words("daftar_kec", {"kabupaten": _label(places, note["kab"])})
            return _pages(words, places.children(note["kab"]), note, (_unknown(),))
        case "neardesa":
            found = tuple(Choice(code, Literal(short_words(places, code))) for code in note["found"])
            return Question(Words("tempat_desa"), (*found, Choice("lain", Words("b-desa-lain")), _unknown()))
        case "desa":
            words = Words("daftar_desa", {"kecamatan": _label(places, note["kec"])})
            return _pages(words, places.children(note["kec"]), note, (_unknown(),))
        case _:
            pin = Choice("pin", _pin_label(answers))
            words = Words("diri_tempat" if is_self(answers) else "tempat_hilang" if is_missing(answers) else "tempat")
            return Question(words, (pin, _list(), _unknown()))


def _pin_label(answers: Answers) -> Words:
    return Words("b-kirim-lokasi-saya" if is_self(answers) else "b-kirim-lokasi")


def _read(answers: Answers, given: Input, known: Known) -> Result:
    note = dict(answers.get(NOTE) or {})
    match given:
        case Pin(lat, lon, accuracy):
            return _remember(_pinned(lat, lon, accuracy, known.places), note)
        case Typed(text):
            return _remember(_typed(text, note, known.places), note)
        case Picked("pin"):
            return _remember(Answered({NOTE: {"view": "pin"}}, shown=_pin_label(answers)), note)
        case Picked(value):
            return _remember(_picked(value, note, known.places), note)
        case _:
            return Again(Words("tak_paham"))


def _remember(result: Result, note: Mapping[str, Any]) -> Result:
    """The result with the list that was left noted in the new one, or beside the answer: "back" returns to it."""
    if not isinstance(result, Answered):
        return result
    if "tempat" in result.updates:
        return replace(result, updates={**result.updates, LAST: {NOTE: dict(note)} if note else None})
    new = result.updates.get(NOTE)
    if new is None:
        return result
    before = note.get(BEFORE) if note.get("view") == new["view"] else note
    if before and _depth(before) < DEEPEST:
        return replace(result, updates={**result.updates, NOTE: {**new, BEFORE: dict(before)}})
    return result


def _depth(note: Mapping[str, Any]) -> int:
    return 1 + (_depth(note[BEFORE]) if note.get(BEFORE) else 0)


def _picked(value: str, note: dict[str, Any], places: Places) -> Result:
    if value.startswith("hal-"):
        return Answered({NOTE: {**note, "page": int(value[4:])}})
    match value:
        case "daftar":
            return Answered({NOTE: {"view": "kab", **_point(note)}}, shown=Words("b-daftar"))
        case "ulang":
            return Answered({NOTE: None})
        case "cukup":
            return Leave(Words("dibatalkan"))
        case "bukan":
            return Answered({NOTE: {"view": "kab", **_point(note)}}, shown=Words("b-bukan-semua"))
        case "lain":
            return Answered({NOTE: {"view": "desa", "kec": note["kec"], **_point(note)}}, shown=Words("b-desa-lain"))
        case "tidaktahu":
            return _done(
                note,
                note.get("kab") if note.get("view") == "kec" else None,
                note.get("kec"),
                None,
                Words("b-tidak-tahu"),
            )
    place = places.get(value)
    if place is None:
        return Again(Words("tak_paham"))
    return _chosen(place, note, places)


def _chosen(place: Place, note: dict[str, Any], places: Places) -> Result:
    shown = Literal(short_words(places, place.code))
    if place.level == "kabupaten":
        return Answered({NOTE: {"view": "kec", "kab": place.code, **_point(note)}}, shown=shown)
    if place.level == "desa":
        return _done(note, None, place.code[:8], place.code, shown)
    if (point := note.get("pin")) is not None:
        near = list(places.desa_at(point[0], point[1], place.code))
        return Answered({NOTE: {"view": "neardesa", "kec": place.code, "found": near, **_point(note)}}, shown=shown)
    return Answered({NOTE: {"view": "desa", "kec": place.code}}, shown=shown)


def _typed(text: str, note: dict[str, Any], places: Places) -> Result:
    text = text[:LONGEST]
    within = note.get("kec") or note.get("kab")
    hits = places.find(text, within=within) if within else ()
    if not hits or hits[0].score < 0.75:
        hits = places.find(text)
    close = max(0.5, hits[0].score - 0.2) if hits else 1.0
    codes = [hit.place.code for hit in hits if hit.score >= close]
    if not codes:
        return Again(Words("tempat_tak_ketemu"))
    return Answered({NOTE: {"view": "found", "found": codes, **_point(note)}}, shown=Literal(text))


def _pinned(lat: float, lon: float, accuracy: float | None, places: Places) -> Result:
    at = places.at(lat, lon, accuracy)
    if at.outside or not at.kecamatan:
        return Answered({NOTE: {"view": "outside"}}, shown=Words("b-lokasi"))
    point = {"pin": [round(lat, 6), round(lon, 6)]}
    return Answered({NOTE: {"view": "near", "found": list(at.kecamatan), **point}}, shown=Words("b-lokasi"))


def _done(note: Mapping[str, Any], kab: str | None, kec: str | None, desa: str | None, shown: Label) -> Answered:
    how = "pin" if "pin" in note else "daftar"
    place = {"kab": kec[:5] if kec else kab, "kec": kec, "desa": desa, "how": how, **_point(note)}
    return Answered({"tempat": place, NOTE: None}, shown=shown)


def _point(note: Mapping[str, Any]) -> dict[str, Any]:
    return {"pin": note["pin"]} if "pin" in note else {}


def _pages(words: Words, listed: Iterable[Place], note: Mapping[str, Any], more: tuple[Choice, ...]) -> Question:
    everything = tuple(listed)
    last = max(0, (len(everything) - 1) // PAGE)
    page = min(max(int(note.get("page", 0)), 0), last)
    shown = everything[page * PAGE : (page + 1) * PAGE]
    choices = [Choice(place.code, Literal(place.label), columns=2) for place in shown]
    if page > 0:
        choices.append(Choice(f"hal-{page - 1}", Words("b-halaman-sebelum"), columns=2))
    if page < last:
        choices.append(Choice(f"hal-{page + 1}", Words("b-halaman-sesudah"), columns=2))
    return Question(words, (*choices, *more))


def _label(places: Places, code: str) -> str:
    place = places.get(code)
    assert place is not None
    return place.label


def _list() -> Choice:
    return Choice("daftar", Words("b-daftar"))


def _unknown() -> Choice:
    return Choice(UNKNOWN, Words("b-tidak-tahu"))


def _none_of_these() -> Choice:
    return Choice("bukan", Words("b-bukan-semua"))


PLACE = Step("tempat", _ask, _read, notes=(NOTE,), readers=("review", "card"))
