"""The guided report as a tuple of steps (rows 1, 4, 6, 14, 17-19, 22-25, 66, 67)."""

from collections.abc import Callable
from typing import Any

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
    Media,
    Picked,
    Question,
    Result,
    Step,
    Typed,
    current,
)
from bot.core.knowledge import NONE, UNKNOWN
from bot.core.place_step import PLACE, place_words
from bot.core.words import Label, Literal, Words

CONSENT_VERSION = "2026-11"
"""The version of the consent text: when its words in the catalogs change, this does, and all are asked again."""

MAX_TEXT, MAX_MEDIA = 3000, 10
PHOTO_LIMIT = 20 * 1024 * 1024
"""A bot can fetch at most 20 MB from Telegram (row 19)."""

Condition = Callable[[Answers], bool]


def choose(name: str, key: str, *choices: Choice, when: Condition | None = None, drops: tuple[str, ...] = ()) -> Step:
    """A step that is answered by exactly one of fixed choices."""

    def ask(_: Answers, __: Known) -> Question:
        return Question(Words(key), choices)

    def read(_: Answers, given: Input, __: Known) -> Result:
        return _pick(name, choices, given)

    return Step(name, ask, read, when or (lambda _: True), drops)


def _pick(name: str, choices: tuple[Choice, ...], given: Input) -> Result:
    if isinstance(given, Picked):
        for choice in choices:
            if choice.value == given.value:
                return Answered({name: given.value}, shown=choice.label)
    return Again(Words("tak_paham"))


def _c(value: str, key: str) -> Choice:
    return Choice(value, Words(key))


# --- consent -----------------------------------------------------------------------------------------------


def _consent_ask(answers: Answers, _: Known) -> Question:
    if answers.get("_lengkap"):
        return Question(Words("setuju_lengkap"), (_c("ya", "b-setuju"), _c("tidak", "b-tidak-jadi")))
    choices = (_c("ya", "b-setuju"), _c("lengkap", "b-baca-lengkap"), _c("tidak", "b-tidak-jadi"))
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
    codes = (*known.knowledge.categories, *known.knowledge.exits)
    return Question(Words("jenis"), tuple(_c(code, f"jenis-{code}") for code in codes))


def _category_read(_: Answers, given: Input, known: Known) -> Result:
    match given:
        case Picked(code) if code in known.knowledge.categories:
            return Answered({"jenis": code}, shown=Words(f"jenis-{code}"))
        case Picked(code) if code in known.knowledge.exits:
            return Leave(Words(code, {"telepon": Words(known.knowledge.emergency_key(None))}), ("lapor", "selesai"))
    return Again(Words("tak_paham"))


def _danger_ask(answers: Answers, known: Known) -> Question:
    category = known.knowledge.categories[answers["jenis"]]
    items = tuple(_c(d.item, f"bahaya-{category.code}-{d.item}") for d in category.dangers)
    return Question(Words("bahaya"), (*items, _c(NONE, "b-tidak-ada"), _c(UNKNOWN, "b-tidak-tahu")))


def _danger_read(answers: Answers, given: Input, known: Known) -> Result:
    answered = _pick("bahaya", _danger_ask(answers, known).choices, given)
    if not isinstance(answered, Answered):
        return answered
    item, category = answered.updates["bahaya"], answers["jenis"]
    urgency = known.knowledge.urgency(category, item)
    flag = known.knowledge.categories[category].flag(item)
    return Answered({**answered.updates, "_gawat": urgency == "darurat", "_tanda": flag}, shown=answered.shown)


def is_grave(answers: Answers) -> bool:
    """Life is in danger by what was answered: the person is told whom to phone, and asked little more."""
    return bool(answers.get("_gawat"))


def not_grave(answers: Answers) -> bool:
    """No danger to life was named: there is time for the whole story."""
    return not is_grave(answers)


def _gate_ask(answers: Answers, known: Known) -> Question:
    choices = (_c("sudah", "b-sudah-telepon"), _c("takbisa", "b-tidak-bisa-telepon"))
    return Question(
        Words("gawat", {"telepon": Words(known.knowledge.emergency_key(None))}),
        (*choices, _c("lanjut", "b-lanjut")),
    )


def _gate_read(answers: Answers, given: Input, known: Known) -> Result:
    return _pick("gawat", _gate_ask(answers, known).choices, given)


def _dead_ask(_: Answers, __: Known) -> Question:
    return Question(Words("gawat_meninggal"), (_c("lapor", "b-ya-lapor"), _c("tidak", "b-tidak")))


def _dead_read(_: Answers, given: Input, __: Known) -> Result:
    match given:
        case Picked("lapor"):
            return Answered({"meninggal": "lapor"}, shown=Words("b-ya-lapor"))
        case Picked("tidak"):
            return Leave(Words("selesai_baik"))
    return Again(Words("tak_paham"))


# --- the story ---------------------------------------------------------------------------------------------


def _free(name: str, key: str, *, media: bool) -> Step:
    """A step answered by text, or by voice and pictures where `media`; it may be skipped."""
    skip = _c("lewati", "b-lewati")

    def ask(_: Answers, __: Known) -> Question:
        return Question(Words(key), (skip,))

    def read(answers: Answers, given: Input, __: Known) -> Result:
        match given:
            case Picked("lewati"):
                return Answered({name: {}}, shown=skip.label)
            case Typed(text):
                return Answered({name: {"teks": text[:MAX_TEXT]}}, shown=Literal(text))
            case Media(kind=kind) if media and kind in ("voice", "photo", "video_note"):
                return add_media(answers, given, {name: {"teks": given.caption[:MAX_TEXT]} if given.caption else {}})
        return Again(Words("tak_paham"))

    return Step(name, ask, read)


def add_media(answers: Answers, given: Media, updates: dict[str, Any] | None = None) -> Answered | Again:
    """The draft with one more picture or recording (an album is one answer, row 17)."""
    if given.size > PHOTO_LIMIT:
        return Again(Words("berkas_besar"))
    kept: list[dict[str, Any]] = list(answers.get("_media", ()))
    if len(kept) >= MAX_MEDIA:
        return Again(Words("berkas_banyak"))
    if all(entry["unik"] != given.unique_id for entry in kept):
        kept.append({"jenis": given.kind, "berkas": given.file_id, "unik": given.unique_id})
    shown = Words("b-suara") if given.kind == "voice" else Words("b-foto")
    return Answered({**(updates or {}), "_media": kept, "_album": given.album or None}, shown=shown)


def _photo_asked(answers: Answers) -> bool:
    """Row 20: no photo is asked of a child, of violence, or of somebody without clothes."""
    if is_grave(answers) or answers.get("jenis") in ("anak", "kekerasan"):
        return False
    return answers.get("_tanda") not in ("telanjang", "seksual")


def _photo_ask(_: Answers, __: Known) -> Question:
    return Question(Words("foto"), (_c("lewati", "b-tanpa-foto"),))


def _photo_read(answers: Answers, given: Input, _: Known) -> Result:
    match given:
        case Picked("lewati"):
            return Answered({"foto": "tanpa"}, shown=Words("b-tanpa-foto"))
        case Media(kind=kind) if kind in ("photo", "video_note", "voice"):
            return add_media(answers, given, {"foto": "ada"})
        case Media():
            return Again(Words("berkas_lain"))
    return Again(Words("tak_paham"))


# --- identity ----------------------------------------------------------------------------------------------


def _phone_ask(_: Answers, __: Known) -> Question:
    return Question(Words("nomor_hp"), (_c("tidak", "b-lewat-bot"),), keyboard="contact")


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

EDITABLE = ("siapa", "jenis", "bahaya", "tempat", "patokan", "kapan", "cerita", "foto", "kontak")


def summary(answers: Answers, known: Known) -> tuple[tuple[str, Label], ...]:
    """What the reporter is about to send: (step, its answer in words), in the order it was asked."""
    rows: list[tuple[str, Label]] = []
    for step in REPORT:
        if step.name in EDITABLE and step.name in answers and step.when(answers):
            rows.append((step.name, _shown(step.name, answers, known)))
    return tuple(rows)


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
    rows = tuple((Words(f"baris-{name}"), shown) for name, shown in summary(answers, known))
    if answers.get("_ubah"):
        names = (name for name, _ in summary(answers, known))
        return Question(
            Words("ubah"), (*(_c(f"ubah-{name}", f"baris-{name}") for name in names), _c("urung", "b-urung"))
        )
    skip = "b-lewat-kecamatan" if answers.get("_lompat") else "b-jangan-lewat-kecamatan"
    choices = (_c("kirim", "b-kirim"), _c("ubah", "b-ubah"), _c("lompat", skip))
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
            return Answered({value[5:]: None, "_ubah": None}, in_place=True)
    return Again(Words("tak_paham"))


REPORT: Flow = (
    Step("setuju", _consent_ask, _consent_read, notes=("_lengkap",)),
    choose("siapa", "siapa", *(_c(v, f"siapa-{v}") for v in ("tetangga", "keluarga", "jalan", "sendiri"))),
    Step("jenis", _category_ask, _category_read, drops=("bahaya", "_gawat", "_tanda", "gawat", "meninggal")),
    Step("bahaya", _danger_ask, _danger_read, drops=("_gawat", "_tanda", "gawat", "meninggal")),
    Step("gawat", _gate_ask, _gate_read, when=is_grave),
    Step("meninggal", _dead_ask, _dead_read, when=lambda a: a.get("_tanda") == "meninggal"),
    PLACE,
    _free("patokan", "patokan", media=True),
    choose(
        "kapan",
        "kapan",
        *(_c(v, f"kapan-{v}") for v in ("sekarang", "hariini", "kemarin", "lama", "dengar")),
        when=not_grave,
    ),
    _free("cerita", "cerita", media=True),
    Step("foto", _photo_ask, _photo_read, when=_photo_asked),
    choose("kontak", "kontak", _c("bot", "b-lewat-bot"), _c("telepon", "b-boleh-telepon"), drops=("hp",)),
    Step("hp", _phone_ask, _phone_read, when=lambda a: a.get("kontak") == "telepon"),
    Step("tinjau", _review_ask, _review_read, notes=("_ubah",)),
)
"""The whole guided report; the last step's answer "kirim" submits it."""


def submitted(answers: Answers) -> bool:
    """True when every question that applies is answered, the review too."""
    return current(REPORT, answers) is None
