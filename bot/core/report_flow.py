"""The guided report as a tuple of steps (rows 1, 4, 6, 14, 17-19, 22-25, 66, 67)."""

from typing import Any

from bot.core.choosing import choose, option, pick
from bot.core.flow import (
    Again,
    Answered,
    Answers,
    Choice,
    Contact,
    Flow,
    Input,
    Known,
    Leave,
    Picked,
    Question,
    Reader,
    Result,
    Step,
    Typed,
    reopen,
)
from bot.core.knowledge import NONE, UNKNOWN
from bot.core.place_step import PLACE, place_words
from bot.core.story_step import free, is_self, photo
from bot.core.words import Label, Literal, Words

CONSENT_VERSION = "2026-11"
"""The version of the consent text: when its words in the catalogs change, this does, and all are asked again."""

# --- consent -----------------------------------------------------------------------------------------------


def _consent_ask(answers: Answers, _: Known) -> Question:
    if answers.get("_lengkap"):
        return Question(Words("setuju_lengkap"), (option("ya", "b-setuju"), option("tidak", "b-tidak-jadi")))
    choices = (option("ya", "b-setuju"), option("lengkap", "b-baca-lengkap"), option("tidak", "b-tidak-jadi"))
    return Question(Words("setuju"), choices)


def _consent_read(_: Answers, given: Input, __: Known) -> Result:
    match given:
        case Picked("ya"):
            return Answered({"setuju": CONSENT_VERSION, "_lengkap": None}, shown=Words("b-setuju"))
        case Picked("lengkap"):
            return Answered({"_lengkap": True}, shown=Words("b-baca-lengkap"))
        case Picked("tidak"):
            return Leave(Words("dibatalkan"))
    return Again(Words("tak_paham"))


# --- category and danger -----------------------------------------------------------------------------------


def _category_ask(_: Answers, known: Known) -> Question:
    kinds = tuple(option(code, f"jenis-{code}") for code in known.knowledge.categories)
    exits = tuple(Choice(code, Words(f"jenis-{code}"), columns=2) for code in known.knowledge.exits)
    return Question(Words("jenis"), (*kinds, *exits))


def _category_read(_: Answers, given: Input, known: Known) -> Result:
    match given:
        case Picked(code) if code in known.knowledge.categories:
            return Answered({"jenis": code}, shown=Words(f"jenis-{code}"))
        case Picked(code) if code in known.knowledge.exits:
            return Leave(Words(code, {"telepon": Words(known.knowledge.emergency_key(None))}), ("lapor", "selesai"))
    return Again(Words("tak_paham"))


def _danger_ask(answers: Answers, known: Known) -> Question:
    category = known.knowledge.categories[answers["jenis"]]
    items = tuple(option(d.item, f"bahaya-{category.code}-{d.item}") for d in category.dangers)
    return Question(Words("bahaya"), (*items, option(NONE, "b-tidak-ada"), option(UNKNOWN, "b-tidak-tahu")))


def _danger_read(answers: Answers, given: Input, known: Known) -> Result:
    answered = pick("bahaya", _danger_ask(answers, known).choices, given)
    if not isinstance(answered, Answered):
        return answered
    item, category, field = answered.updates["bahaya"], answers["jenis"], known.knowledge
    notes: dict[str, Any] = {
        "_gawat": field.urgency(category, item) == "darurat",
        "_tanda": field.categories[category].flag(item),
        "_telepon": field.gate(category, item, own=False) is not None,
        "_tanpa": list(field.skipped(category, item)),
    }
    if field.gate(category, item, own=is_self(answers)) not in (None, field.defaults.gate):
        notes["gawat"] = None  # said before the report began, to other words than these: those of the lobby
    return Answered({**answered.updates, **notes}, shown=answered.shown)


def is_grave(answers: Answers) -> bool:
    """Life is in danger by what was answered: the person is told whom to phone, and asked little more."""
    return bool(answers.get("_gawat"))


def not_grave(answers: Answers) -> bool:
    """No danger to life was named: there is time for the whole story."""
    return not is_grave(answers)


def _must_phone(answers: Answers) -> bool:
    """Somebody is to be phoned before anything else is asked."""
    return bool(answers.get("_telepon"))


def _seen_asked(answers: Answers) -> bool:
    """Nobody is asked when they last saw themselves."""
    return not_grave(answers) and not is_self(answers)


def _photo_asked(answers: Answers) -> bool:
    """Row 20: what the field's knowledge leaves out is not asked, nor is somebody in danger or about themselves."""
    return not (is_grave(answers) or is_self(answers) or is_skipped("foto", answers))


def is_skipped(name: str, answers: Answers) -> bool:
    """Whether a question makes no sense with the danger that was named."""
    return name in answers.get("_tanpa", ())


def _somebody_died(answers: Answers) -> bool:
    return answers.get("_tanda") == "meninggal"


def _gate_ask(answers: Answers, known: Known) -> Question:
    own = is_self(answers)
    gate = known.knowledge.gate(answers["jenis"], answers["bahaya"], own=own)
    assert gate is not None, "asked only where somebody is to be phoned"
    choices = (option("sudah", "b-sudah-telepon"), option("takbisa", "b-tidak-bisa-telepon"))
    words = Words(gate, {"telepon": Words(known.knowledge.emergency_key(None))})
    return Question(words, (*choices, option("lanjut", "b-lanjut-cerita" if own else "b-lanjut")))


def _gate_read(answers: Answers, given: Input, known: Known) -> Result:
    return pick("gawat", _gate_ask(answers, known).choices, given)


def _dead_ask(_: Answers, __: Known) -> Question:
    return Question(Words("gawat_meninggal"), (option("lapor", "b-ya-lapor"), option("tidak", "b-tidak")))


def _dead_read(_: Answers, given: Input, __: Known) -> Result:
    match given:
        case Picked("lapor"):
            return Answered({"meninggal": "lapor"}, shown=Words("b-ya-lapor"))
        case Picked("tidak"):
            return Leave(Words("selesai_baik"))
    return Again(Words("tak_paham"))


# --- one's own words: whoever reports for themselves is not asked about somebody else -----------------------


def _landmark_words(answers: Answers) -> Words:
    return Words("diri_patokan" if is_self(answers) else "patokan")


def _story_words(answers: Answers) -> Words:
    return Words("diri_cerita" if is_self(answers) else "cerita")


# --- identity ----------------------------------------------------------------------------------------------


def _phone_ask(_: Answers, __: Known) -> Question:
    return Question(Words("nomor_hp"), (option("tidak", "b-lewat-bot"),), keyboard="contact")


def _phone_read(_: Answers, given: Input, __: Known) -> Result:
    match given:
        case Contact(phone=phone, own=True):
            return Answered({"hp": phone}, shown=Words("b-nomor-terkirim"))
        case Contact():
            return Again(Words("hp_orang_lain"))
        case Picked("tidak"):
            return Answered({"kontak": "bot"}, shown=Words("b-lewat-bot"))
        case Typed():
            return Again(Words("hp_tombol"))
    return Again(Words("tak_paham"))


# --- review ------------------------------------------------------------------------------------------------

PLAIN = (Words("b-kosong"), Words("b-tanpa-foto"), Words("siapa-tetangga"))
"""Answers that need no row of the review, which stays short; they can still be changed."""
EDITABLE = ("siapa", "jenis", "bahaya", "tempat", "patokan", "kapan", "cerita", "foto", "kontak")


def summary(answers: Answers, known: Known) -> tuple[tuple[str, Label], ...]:
    """What the reporter is about to send: (step, its answer in words), in the order it was asked."""
    rows: list[tuple[str, Label]] = []
    for step in REPORT:
        if step.name in EDITABLE and step.name in answers and (step.when(answers) or _holds(step.name, answers)):
            rows.append((step.name, _shown(step.name, answers, known)))
    return tuple(rows)


def _holds(name: str, answers: Answers) -> bool:
    """Whether a question that is no longer asked was answered all the same, by a picture or by more words."""
    return (name == "foto" and answers["foto"] == "ada") or (name == "cerita" and bool(answers["cerita"]))


def _shown(name: str, answers: Answers, known: Known) -> Label:
    value = answers[name]
    match name:
        case "jenis":
            return Words(f"jenis-{value}")
        case "bahaya":
            flag = known.knowledge.categories[answers["jenis"]].flag(value)
            return Words(f"bahaya-{answers['jenis']}-{value}") if flag else Words(danger_key(value))
        case "tempat":
            code = value["desa"] or value["kec"] or value["kab"]
            return Literal(place_words(known.places, code)) if code else Words("b-tidak-tahu")
        case "patokan" | "cerita":
            return Literal(value["teks"]) if value.get("teks") else Words("ada_rekaman" if value else "b-kosong")
        case "foto":
            return Words("ada_foto") if value == "ada" else Words("b-tanpa-foto")
        case "kontak":
            return Words("b-boleh-telepon") if value == "telepon" else Words("b-lewat-bot")
        case _:
            return Words(f"{name}-{value}")


def danger_key(item: str) -> str:
    """The words of the two answers that name no danger."""
    return "b-tidak-ada" if item == NONE else "b-tidak-tahu"


def _review_ask(answers: Answers, known: Known) -> Question:
    given = summary(answers, known)
    if answers.get("_ubah"):
        names = tuple(option(f"ubah-{name}", f"baris-{name}") for name, _ in given)
        return Question(Words("ubah"), (*names, option("urung", "b-urung")))
    rows = tuple((Words(f"baris-{name}"), shown) for name, shown in given if shown not in PLAIN)
    skip = "b-lewat-kecamatan" if answers.get("_lompat") else "b-jangan-lewat-kecamatan"
    choices = (option("kirim", "b-kirim"), option("ubah", "b-ubah"), option("lompat", skip))
    return Question(Words("tinjau"), choices, rows=rows)


def _review_read(answers: Answers, given: Input, known: Known) -> Result:
    match given:
        case Picked("kirim"):
            return Answered({"tinjau": "kirim"}, shown=Words("b-kirim"))
        case Picked("ubah"):
            return Answered({"_ubah": True}, in_place=True)
        case Picked("urung"):
            return Answered({"_ubah": None}, in_place=True)
        case Picked("lompat"):
            return Answered({"_lompat": None if answers.get("_lompat") else True}, in_place=True)
        case Picked(value) if value.startswith("ubah-") and value[5:] in answers and value[5:] in EDITABLE:
            return Answered(_difference(answers, reopen(REPORT, answers, value[5:])), in_place=True)
    return Again(Words("tak_paham"))


def _difference(old: Answers, new: Answers) -> dict[str, Any]:
    """The updates that lead from `old` to `new`; the review's own list of rows is closed with them."""
    gone = {name: None for name in old if name not in new}
    return {**gone, **{name: value for name, value in new.items() if old.get(name) != value}, "_ubah": None}


OF_DANGER = ("_gawat", "_tanda", "_telepon", "_tanpa", "gawat", "meninggal")
"""Answers and notes that follow from the danger, and are forgotten with it."""

SHOWN: tuple[Reader, ...] = ("review", "card")

REPORT: Flow = (
    Step("setuju", _consent_ask, _consent_read, notes=("_lengkap",), unread="kept with the chat as its consent"),
    choose(
        "siapa",
        "siapa",
        *(option(v, f"siapa-{v}") for v in ("tetangga", "keluarga", "jalan", "sendiri")),
        readers=SHOWN,
    ),
    Step("jenis", _category_ask, _category_read, drops=("bahaya", *OF_DANGER), readers=SHOWN),
    Step("bahaya", _danger_ask, _danger_read, drops=OF_DANGER, readers=SHOWN),
    Step("gawat", _gate_ask, _gate_read, when=_must_phone, readers=("card",)),
    Step("meninggal", _dead_ask, _dead_read, when=_somebody_died, unread="only the way out of a report"),
    PLACE,
    free("patokan", _landmark_words, lambda answers: not is_skipped("patokan", answers)),
    choose(
        "kapan",
        "kapan",
        *(option(v, f"kapan-{v}") for v in ("sekarang", "hariini", "kemarin", "lama", "dengar")),
        when=_seen_asked,
        readers=SHOWN,
    ),
    free("cerita", _story_words, not_grave),
    photo(_photo_asked),
    choose(
        "kontak",
        "kontak",
        option("bot", "b-lewat-bot"),
        option("telepon", "b-boleh-telepon"),
        drops=("hp",),
        readers=("review", "owner"),
    ),
    Step("hp", _phone_ask, _phone_read, when=lambda a: a.get("kontak") == "telepon", readers=("owner",)),
    Step("tinjau", _review_ask, _review_read, notes=("_ubah",), unread="it sends the report"),
)
"""The whole guided report; the last step's answer "kirim" submits it."""
