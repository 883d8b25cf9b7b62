"""The lists of the place step: what is asked where, with which places; parents on every button (rows 11-15)."""

from collections.abc import Iterable, Mapping
from typing import Any

from bot.core.flow import Answers
from bot.core.places import Place, Places
from bot.core.question import Choice, Question
from bot.core.report_facts import is_missing, is_self, on_behalf
from bot.core.words import Literal, Words

PAGE = 30
SHOWN = 50
"""Letters of somebody's own words in a question; all of them are kept."""
VIEW = "view"
"""In the note of the step: the list that is shown."""
NAME, BEYOND, SAID = "nama", "luar", "patokan"
"""In the note: the name that is looked for, as it was typed; the place outside that it means; landmarks said so far."""
REFUSED = "ditolak"
"""In the note: places that were found and are not meant."""
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


def pin_label(answers: Answers) -> Words:
    """The button that sends a location, for oneself or for somebody near."""
    return Words("b-kirim-lokasi-saya" if is_self(answers) else "b-kirim-lokasi")


def shown_list(answers: Answers, note: Mapping[str, Any], places: Places) -> Question:
    """The list that the note of the step names; without a note the first question."""
    match note.get(VIEW):
        case "pin":
            words = Words("diri_pin" if is_self(answers) else "tempat_pin")
            return Question(words, (_list(), _unknown()), keyboard="location")
        case "found":
            alone = len(note["found"]) == 1
            found = tuple(Choice(code, Literal(short_words(places, code)), main=alone) for code in note["found"])
            return Question(Words("tempat_satu" if alone else "tempat_temu"), (*found, *_neither(note)))
        case "many":
            listed = (place for place in places.kabupaten() if place.code in note["found"])
            return _pages(Words("tempat_banyak", {"nama": _name(note)}), listed, note, _neither(note))
        case "near":
            first, *others = note["found"]
            marked = Choice(first, Words("b-terdekat", {"tempat": short_words(places, first)}))
            rest = tuple(Choice(code, Literal(short_words(places, code))) for code in others)
            return Question(Words("tempat_dekat"), (marked, *rest, *_neither(note)))
        case "outside":
            elsewhere = (Choice("ulang", Words("b-tempat-lain")), Choice("cukup", Words("b-selesai")))
            if BEYOND not in note:
                return Question(Words("luar_jatim"), elsewhere)
            anyway = Choice("tetap", Words("b-tetap-cari"))
            return Question(Words("luar_jatim_nama", {"nama": note[BEYOND]}), (anyway, *elsewhere))
        case "kab":
            words = Words("tempat_banyak", {"nama": _name(note)}) if NAME in note else Words("daftar_kab")
            return _pages(words, places.kabupaten(), note, (_unknown(),))
        case "kec":
            return _pages(_below(note, places, "kab"), places.children(note["kab"]), note, (_unknown(),))
        case "neardesa":
            found = tuple(Choice(code, Literal(short_words(places, code))) for code in note["found"])
            return Question(Words("tempat_desa"), (*found, Choice("lain", Words("b-desa-lain")), _unknown()))
        case "desa":
            return _pages(_below(note, places, "kec"), places.children(note["kec"]), note, (_unknown(),))
        case _:
            return Question(_first(answers, note), (Choice("pin", pin_label(answers)), _list(), _unknown()))


def _first(answers: Answers, note: Mapping[str, Any]) -> Words:
    if SAID in note:
        return Words("tempat_patokan", {"patokan": shortened(note[SAID])})
    if on_behalf(answers) and not is_missing(answers):
        return Words("wakil_tempat")
    return Words("diri_tempat" if is_self(answers) else "tempat_hilang" if is_missing(answers) else "tempat")


def _below(note: Mapping[str, Any], places: Places, level: str) -> Words:
    """The question above a list of what lies in a kabupaten or kecamatan, with the name that is looked for."""
    above = places.get(note[level])
    assert above is not None
    if level == "kab":
        if NAME in note:
            return Words("daftar_kec_nama", {"nama": _name(note), "kabupaten": above.label})
        return Words("daftar_kec", {"kabupaten": above.label})
    if NAME in note:
        return Words("daftar_desa_nama", {"nama": _name(note), "kecamatan": above.label})
    return Words("daftar_desa", {"kecamatan": above.label})


def shortened(text: str) -> str:
    """Somebody's own words in one line, as far as a question has room for them."""
    line = ", ".join(text.split("\n"))
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _name(note: Mapping[str, Any]) -> str:
    return shortened(note[NAME])


def _neither(note: Mapping[str, Any]) -> tuple[Choice, ...]:
    """What stands below places that were found: it is outside, it is none of them, nobody knows."""
    abroad = (Choice("luar", Words("b-luar-jatim")),) if BEYOND in note else ()
    return (*abroad, Choice("bukan", Words("b-bukan-semua")), _unknown())


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


def _list() -> Choice:
    return Choice("daftar", Words("b-daftar"))


def _unknown() -> Choice:
    return Choice(UNKNOWN, Words("b-tidak-tahu"))
