"""The guided report as a tuple of steps (rows 1, 4, 6, 14, 17-19, 22-25, 66, 67)."""

from dataclasses import replace
from typing import Any

from bot.core import pictures
from bot.core.buttons import Go
from bot.core.choosing import choose, option, pick
from bot.core.contact_words import goes_on, is_afraid, more_than_number, number_in, refuses
from bot.core.danger_steps import DANGER
from bot.core.flow import Answers, Flow, Known, Reader, Script, Step
from bot.core.inputs import Contact, Input, Picked, Typed
from bot.core.knowledge import NONE
from bot.core.phones import normal
from bot.core.place_lists import place_words, shortened
from bot.core.place_replies import reply
from bot.core.place_step import PLACE
from bot.core.question import Again, Answered, Leave, Question, Result
from bot.core.quick_steps import CONSENT, READ, SEEN, SEND, TAKE, sending, sends
from bot.core.report_facts import (
    AFRAID,
    GREETED,
    NO_CALL,
    REACHED,
    RESIDENT,
    SKIPS_KECAMATAN,
    asks_resident,
    asks_safely,
    is_family,
    is_grave,
    is_hidden,
    is_quick,
    is_self,
    is_skipped,
    is_urgent,
    landmark,
    may_be_phoned,
    may_hide,
    not_grave,
    not_quick,
    on_behalf,
    pinned,
    skips_kecamatan,
)
from bot.core.safety_steps import FINDING, REACH
from bot.core.service_step import beyond
from bot.core.story_step import PHOTO, STORY, free, more_text, photo, recorded, shown_by
from bot.core.unasked import beside, holds, keeps
from bot.core.walk import CHANGED, reopen
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


# --- one's own words, and what is left out: whoever reports for themselves is not asked about somebody else -----


def _seen_asked(answers: Answers) -> bool:
    """Nobody is asked when they last saw themselves."""
    return not_grave(answers) and not is_self(answers) and not_quick(answers)


def _story_asked(answers: Answers) -> bool:
    """Whoever has no time is not asked for a story; one that came all the same can be changed."""
    return (not_grave(answers) and not_quick(answers)) or (answers.get(CHANGED) or {}).get("step") == STORY


def _landmark_asked(answers: Answers) -> bool:
    """A quick report needs one where it has no pin; whoever is harmed names no place near their home unasked for."""
    return not (is_skipped("patokan", answers) or is_hidden(answers) or (is_quick(answers) and pinned(answers)))


def _contact_asked(answers: Answers) -> bool:
    return not_quick(answers) and not is_hidden(answers)


def _photo_asked(answers: Answers) -> bool:
    """Row 20: what the field's knowledge leaves out is not asked, nor is somebody in danger or about themselves."""
    return not (is_grave(answers) or is_self(answers) or is_quick(answers) or is_skipped(PHOTO, answers))


def _landmark_words(answers: Answers) -> Words:
    if said := landmark(answers):
        more = {"patokan": shortened(said)}
        if on_behalf(answers):
            return Words("wakil_patokan_lagi", more)
        if is_family(answers):
            return Words("keluarga_patokan_lagi", more)
        return Words("diri_patokan_lagi" if is_self(answers) else "patokan_lagi", more)
    if on_behalf(answers):
        return Words("wakil_patokan")
    if is_family(answers):
        return Words("keluarga_patokan")
    return Words("diri_patokan" if is_self(answers) else "patokan")


def _story_words(answers: Answers) -> Words:
    if recorded(answers):
        return Words("cerita_lagi")
    if on_behalf(answers):
        return Words("wakil_cerita")
    return Words("diri_cerita" if is_self(answers) else "cerita")


def _seen_ask(answers: Answers, known: Known) -> Question:
    question = SEEN_WHEN.ask(answers, known)
    if on_behalf(answers):
        return replace(question, words=Words("wakil_kapan"))
    return replace(question, words=Words("keluarga_kapan")) if is_family(answers) else question


SEEN_WHEN = choose(
    "kapan",
    "kapan",
    *(option(v, f"kapan-{v}") for v in ("sekarang", "hariini", "kemarin", "lama", "dengar")),
    when=_seen_asked,
    readers=("review", "card"),
)


# --- identity ----------------------------------------------------------------------------------------------


def _contact_ask(answers: Answers, _: Known) -> Question:
    nobody = option("bot", "b-lewat-bot")
    if on_behalf(answers):
        theirs, mine = option(RESIDENT, "b-telepon-warga"), option("telepon", "b-telepon-wakil")
        return Question(Words("wakil_kontak"), (nobody, theirs, mine))
    return Question(Words("kontak"), (nobody, option("telepon", "b-boleh-telepon")))


def _contact_read(answers: Answers, given: Input, known: Known) -> Result:
    """A number typed here already is one's own; of a resident's it is asked for once more, "if they agree"."""
    match given:
        case Typed(text) if refuses(text):
            return Answered({"kontak": "bot", AFRAID: is_afraid(text) or None}, shown=Words("b-lewat-bot"))
        case Typed(text) if (number := number_in(text)) is not None:
            told = more_text(answers, text).updates if more_than_number(text) else {}
            if on_behalf(answers):
                return Answered({"kontak": RESIDENT}, shown=Words("b-telepon-warga"))
            return Answered({**told, "kontak": "telepon", "hp": number}, shown=Words("b-nomor-dicatat"))
    return pick("kontak", _contact_ask(answers, known).choices, given)


def _phone_ask(answers: Answers, _: Known) -> Question:
    if asks_resident(answers):
        return Question(Words("nomor_warga"), (option("tidak", "b-lewat-bot"),), typing="label")
    return Question(Words("nomor_hp"), (option("tidak", "b-lewat-bot"),), keyboard="contact")


def _phone_read(answers: Answers, given: Input, __: Known) -> Result:
    match given:
        case Contact(phone=phone, own=True) if asks_resident(answers):  # theirs, and not that of the resident
            return Answered({"kontak": "telepon", "hp": phone}, shown=Words("b-nomor-terkirim"))
        case Contact(phone=phone) | Typed(phone) if asks_resident(answers):
            number = normal(phone if phone.startswith(("+", "0")) else f"+{phone}")
            if number is None:
                return Again(Words("nomor_warga_belum" if goes_on(phone) else "nomor_warga_salah"))
            return Answered({"hp": number}, shown=Words("b-nomor-dicatat"))
        case Contact(phone=phone, own=True):
            return Answered({"hp": phone}, shown=Words("b-nomor-terkirim"))
        case Contact():
            return Again(Words("hp_orang_lain"))
        case Picked("tidak") if asks_safely(answers):
            return Answered({REACHED: NO_CALL}, shown=Words("b-lewat-bot"))
        case Picked("tidak"):
            return Answered({"kontak": "bot"}, shown=Words("b-lewat-bot"))
        case Typed(text) if (number := normal(text)) is not None:
            return Answered({"hp": number}, shown=Words("b-nomor-dicatat"))
        case Typed():
            return Again(Words("hp_tombol"))
    return Again(Words("tak_paham"))


# --- review ------------------------------------------------------------------------------------------------

PLAIN = (Words("b-kosong"), Words("b-tanpa-foto"), Words("siapa-tetangga"))
"""Answers that need no row of the review, which stays short; they can still be changed."""
ROW = 200
"""Letters of a text that a row has room for beside what a file shows."""


def summary(answers: Answers, known: Known) -> tuple[tuple[str, Label], ...]:
    """What the reporter is about to send: (step, its answer in words), in the order it was asked."""
    rows: list[tuple[str, Label]] = []
    for step in STEPS:
        if step.name in EDITABLE and step.name in answers and (step.when(answers) or _holds(step.name, answers)):
            rows.append((step.name, _shown(step.name, answers, known)))
    return tuple(rows)


def _holds(name: str, answers: Answers) -> bool:
    """Whether a question that is no longer asked was answered all the same, by a picture or by more words."""
    return (name == PHOTO and answers[PHOTO] == "ada") or (name == STORY and bool(answers[STORY]))


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
            place: Label = Literal(place_words(known.places, code)) if code else Words("b-tidak-tahu")
            said = "" if "patokan" in answers else landmark(answers)  # a landmark that is not asked for has no row
            return Words("tempat_dan_patokan", {"tempat": place, "patokan": said[:ROW]}) if said else place
        case "patokan" if said := landmark(answers):
            return Literal(said)
        case "patokan" | "cerita" | "rekam" | "cara" | "ditemukan":
            words, sent = value.get("teks"), shown_by(answers, name) if value.get("berkas") else None
            if words and sent:
                return Words("berkas_dan_teks", {"berkas": sent, "teks": words[:ROW]})
            return Literal(words) if words else sent or Words("b-kosong")
        case "foto":
            return Words("ada_gambar") if value == "ada" else Words("b-tanpa-foto")
        case "kontak":
            if on_behalf(answers) and value != "bot":
                return Words("b-telepon-warga" if value == RESIDENT else "b-telepon-wakil")
            return Words("b-boleh-telepon" if value == "telepon" else "b-lewat-bot")
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
    mine = _is_theirs(answers, known)
    if is_quick(answers):
        words, few = sending(answers, mine=mine)
        return Question(words, few, rows=rows)
    skip, through = option("lompat", "b-jangan-lewat-kecamatan"), option("lewat", "b-lewat-kecamatan")
    untold = is_grave(answers) and not answers.get(STORY)
    more = (option("tambah", "b-tambah-cerita"),) if untold else ()
    choices = (*sends(mine=mine), option("ubah", "b-ubah"), *more)
    words = Words("tinjau_petugas" if mine else "tinjau")
    return Question(words, (*choices, through if skips_kecamatan(answers) else skip), rows=rows)


def _is_theirs(answers: Answers, known: Known) -> bool:
    """Whether the reporter is the worker of the kecamatan, and may take the case with the sending."""
    if is_self(answers) or skips_kecamatan(answers):
        return False
    return (answers.get("tempat") or {}).get("kec") in known.posts()


def takes_it(answers: Answers) -> bool:
    """Whether whoever sends the report takes the case with it."""
    return answers.get("tinjau") == TAKE


def _review_read(answers: Answers, given: Input, known: Known) -> Result:
    match given:
        case Picked(way) if way == SEND or (way == TAKE and _is_theirs(answers, known)):
            agreed = {} if CONSENT in answers else {CONSENT: CONSENT_VERSION, READ: None}
            return Answered({"tinjau": way, **agreed}, shown=Words("b-kirim" if way == SEND else "b-langsung-tangani"))
        case Picked("lengkap") if is_quick(answers):
            return Answered({READ: True})
        case Picked("ubah"):
            return Answered({"_ubah": True})
        case Picked("tambah") if is_grave(answers):
            return Answered(_difference(answers, reopen(REPORT, answers, STORY)))
        case Picked("urung"):
            return Answered({"_ubah": None})
        case Picked("lompat" | "lewat" as skip):
            return Answered({SKIPS_KECAMATAN: True if skip == "lompat" else None})
        case Picked(value) if value.startswith("ubah-") and value[5:] in answers and value[5:] in EDITABLE:
            return Answered(_difference(answers, reopen(REPORT, answers, value[5:])))
    return Again(Words("tak_paham"))


def _difference(old: Answers, new: Answers) -> dict[str, Any]:
    """The updates that lead from `old` to `new`; the review's own list of rows is closed with them."""
    gone = {name: None for name in old if name not in new}
    return {**gone, **{name: value for name, value in new.items() if old.get(name) != value}, "_ubah": None}


SHOWN: tuple[Reader, ...] = ("review", "card")

STEPS: tuple[Step, ...] = (
    Step(
        "setuju",
        _consent_ask,
        _consent_read,
        when=not_quick,
        notes=(READ,),
        unread="kept with the chat as its consent",
        consent=True,
    ),
    choose(
        "siapa",
        "siapa",
        *(option(v, f"siapa-{v}") for v in ("tetangga", "keluarga", "jalan", "sendiri", "wakil")),
        when=not_quick,
        readers=SHOWN,
    ),
    *DANGER,
    SEEN,
    PLACE,
    beyond(Words("dibatalkan")),
    free("patokan", _landmark_words, _landmark_asked, reply),
    replace(SEEN_WHEN, ask=_seen_ask),
    free(STORY, _story_words, _story_asked),
    photo(_photo_asked),
    Step(
        "kontak",
        _contact_ask,
        _contact_read,
        _contact_asked,
        drops=("hp",),
        notes=(AFRAID,),
        late=True,
        readers=("review", "owner"),
    ),
    *REACH,
    Step("hp", _phone_ask, _phone_read, when=may_be_phoned, readers=("owner",)),
    FINDING,
    Step("tinjau", _review_ask, _review_read, notes=("_ubah", READ), unread="it sends the report", late=True),
)
"""The whole guided report; the last step's answer "kirim" submits it."""
EDITABLE = tuple(step.name for step in STEPS if "review" in step.readers)
"""What the review shows and lets change, in the order it was asked."""

REPORT = Flow(
    "report",
    STEPS,
    Script(
        unclear=Words("tak_paham"),
        numbers=Words("ketik_nomor"),
        left=Words("tinggal_nomor"),
        unfinished=Words("tertunda"),
        cancelled=Words("dibatalkan"),
        first=Words("pertanyaan_pertama"),
        kept=Words("sudah_ikut"),
        offer=Words("media_awal"),
        begin=Words("b-ya-lapor"),
        lapsed=Words("awal_lewat"),
        opened_by=Words("kata-lapor"),
        danger=True,
        quick=True,
    ),
    leads_to=(Go.REPORT,),
    consent=CONSENT_VERSION,
    keeps=keeps,
    beside=beside,
    storable=pictures.storable,
    remark=pictures.remark,
    holds=holds,
    urgent=is_urgent,
    hidden=is_hidden,
    hides=may_hide,
    greeted=lambda updates: updates.get(GREETED) == "ya",
)
