"""Where the person is: by pin, by pages, or typed; always confirmed (rows 11-15).

The step keeps its own note `_tempat` in the draft: which list is shown, what was found, what is chosen so
far. Its answer is {"kab", "kec", "desa", "how"} (codes or None), from a pin the point itself, and the landmarks that
were said with it.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Picked, Pin, Typed
from bot.core.place_lists import BEYOND, NAME, REFUSED, SAID, VIEW, pin_label, place_words, short_words, shown_list
from bot.core.place_points import At
from bot.core.place_replies import replied
from bot.core.place_typed import found_in, joined, typed
from bot.core.places import Place, Places
from bot.core.question import Again, Answered, Leave, Question, Result
from bot.core.report_facts import SERVED, is_missing, is_quick, not_quick
from bot.core.service_step import marked
from bot.core.walk import BEFORE, LAST
from bot.core.words import Label, Literal, Words

DEEPEST = 8
"""How many lists "back" goes back through."""
NOTE = "_tempat"
"""The step's note."""
KEPT = ("pin", NAME, SAID)
"""What goes from one list to the next."""


def _ask(answers: Answers, known: Known) -> Question:
    """The list that is shown; a first word that is typed is a place and presses no button."""
    first = {VIEW: "pin"} if is_quick(answers) and not is_missing(answers) else {}
    return replace(shown_list(answers, answers.get(NOTE) or first, known.places), typing="number")


def _read(answers: Answers, given: Input, known: Known) -> Result:
    result = _place(answers, given, known)
    if isinstance(result, Answered) and "tempat" in result.updates:
        return replace(result, updates={**result.updates, "tempat": marked(result.updates["tempat"], known)})
    return result


def _place(answers: Answers, given: Input, known: Known) -> Result:
    note = dict(answers.get(NOTE) or {})
    match given:
        case Pin(lat, lon, accuracy):
            around, point = known.places.at(lat, lon, accuracy), [round(degrees, 6) for degrees in (lat, lon)]
            if is_quick(answers) and around.sure:  # what is sent is confirmed on the review
                here = {**_kept(note), "pin": point}
                return _remember(_done(here, around.kecamatan[0], Words("b-lokasi"), known.places), note)
            return _remember(_pinned(around, point, note), note)
        case Typed(text) if reply := replied(text, note, _ask(answers, known), known.places):
            return _place(answers, reply, known) if isinstance(reply, Picked) else _remember(reply, note)
        case Typed(text):
            new = typed(text, note, known.places)
            return _remember(Again(new) if isinstance(new, Words) else _list(new, Literal(text)), note)
        case Picked("pin"):
            return _remember(_list({VIEW: "pin", **_kept(note)}, pin_label(answers)), note)
        case Picked(value):
            return _remember(_picked(value, note, known.places, near_desa=not_quick(answers)), note)
        case _:
            return Again(Words("tak_paham"))


def _list(note: Mapping[str, Any], shown: Label | None = None) -> Answered:
    return Answered({NOTE: dict(note)}, shown=shown)


def _kept(note: Mapping[str, Any]) -> dict[str, Any]:
    return {key: note[key] for key in KEPT if key in note}


def _remember(result: Result, note: Mapping[str, Any]) -> Result:
    """The result with the list that was left noted in the new one, or beside the answer: "back" returns to it."""
    if not isinstance(result, Answered):
        return result
    if "tempat" in result.updates:
        return replace(result, updates={**result.updates, LAST: {NOTE: dict(note)} if note else None})
    new = result.updates.get(NOTE)
    if new is None:
        return result
    before = note.get(BEFORE) if note.get(VIEW) == new[VIEW] else note
    if before and _depth(before) < DEEPEST:
        return replace(result, updates={**result.updates, NOTE: {**new, BEFORE: dict(before)}})
    return result


def _depth(note: Mapping[str, Any]) -> int:
    return 1 + (_depth(note[BEFORE]) if note.get(BEFORE) else 0)


def _picked(value: str, note: dict[str, Any], places: Places, *, near_desa: bool) -> Result:
    kept = _kept(note)
    if value.startswith("hal-"):
        return _list({**note, "page": int(value[4:])})
    match value:
        case "daftar":
            return _list({VIEW: "kab", **kept}, Words("b-daftar"))
        case "ulang":
            return Answered({NOTE: {VIEW: "again", SAID: note[SAID]} if SAID in note else None})
        case "cukup":
            return Leave(Words("dibatalkan"))
        case "tetap":
            found = [hit.place.code for hit in places.find(note[NAME])]
            found_note = {VIEW: "found", "found": found, **kept}
            return _list(found_note, Words("b-tetap-cari")) if found else Again(Words("tempat_tak_ketemu"))
        case "luar":
            return _list({VIEW: "outside", BEYOND: note[BEYOND], **kept}, Words("b-luar-jatim"))
        case "bukan":
            above = {VIEW: "kec", "kab": note["kab"]} if "kab" in note else {VIEW: "kab"}
            return _list({**above, REFUSED: note["found"], **kept}, Words("b-bukan-semua"))
        case "lain":
            return _list({VIEW: "desa", "kec": note["kec"], **kept}, Words("b-desa-lain"))
        case "tidaktahu":
            code = note.get("kec") or note.get("kab") or _around(note)
            return _done(note, code, Literal(short_words(places, code)) if code else Words("b-tidak-tahu"), places)
    place = places.get(value)
    return _chosen(place, note, places, near_desa=near_desa) if place is not None else Again(Words("tak_paham"))


def _around(note: Mapping[str, Any]) -> str | None:
    """The kecamatan in which all of several places of one list lie: whoever does not know which one knows that."""
    found = note.get("found", ()) if note.get(VIEW) == "found" else ()
    around = {code[:8] for code in found}
    return around.pop() if len(found) > 1 and len(around) == 1 else None


def _chosen(place: Place, note: dict[str, Any], places: Places, *, near_desa: bool) -> Result:
    """A place of a list; `near_desa`: in a kecamatan with a pin the desa is asked for too."""
    shown, kept = Literal(short_words(places, place.code)), _kept(note)
    if note.get(VIEW) == "found":
        kept.pop(NAME, None)
    if place.level == "kabupaten":
        if codes := found_in(place.code, note, places):
            return _list({VIEW: "found", "found": codes, "kab": place.code, **kept}, shown)
        return _list({VIEW: "kec", "kab": place.code, **kept}, shown)
    if place.level == "desa":
        return _done({**kept, VIEW: "desa"}, place.code, shown, places)
    if (point := note.get("pin")) is not None:
        if not near_desa:
            return _done(kept, place.code, shown, places)
        near = list(places.desa_at(point[0], point[1], place.code))
        return _list({VIEW: "neardesa", "kec": place.code, "found": near, **kept}, shown)
    return _list({VIEW: "desa", "kec": place.code, **kept}, shown)


def _pinned(around: At, point: list[float], note: Mapping[str, Any]) -> Result:
    kept = _kept(note)
    kept.pop(NAME, None)
    if around.outside or not around.kecamatan:
        return _list({**kept, VIEW: "outside"}, Words("b-lokasi"))
    return _list({**kept, VIEW: "near", "found": list(around.kecamatan), "pin": point}, Words("b-lokasi"))


def _done(note: Mapping[str, Any], code: str | None, shown: Label, places: Places) -> Answered:
    """The answer: this place, or None where nobody knows; a name that it does not bear was a landmark as well."""
    name = note.get(NAME, "")
    if code and name.casefold() in place_words(places, code).casefold():
        name = ""
    landmark = joined(note.get(SAID, ""), name)
    place: dict[str, Any] = {
        "kab": code[:5] if code else None,
        "kec": code[:8] if code and len(code) > 5 else None,
        "desa": code if code and len(code) > 8 else None,
        "how": "pin" if "pin" in note else "daftar",
    }
    place |= {"pin": note["pin"]} if "pin" in note else {}
    place |= {SAID: landmark} if landmark else {}
    return Answered({"tempat": place, NOTE: None}, shown=shown)


PLACE = Step("tempat", _ask, _read, drops=(SERVED,), notes=(NOTE,), readers=("review", "card"))
