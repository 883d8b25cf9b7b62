"""The buttons of a case: of whoever is asked, of whoever has it, and of the questions behind them."""

from collections.abc import Mapping, Sequence

from bot.core import buttons as b
from bot.core.company import CANNOT, COMES, is_expected
from bot.core.correct_flow import WHATS
from bot.core.five_buttons import Screen, Stand, screen
from bot.core.grades import CALMER, calmer, graver
from bot.core.passing import FIRST, REASONS
from bot.texts.case_facts import CaseFacts, Handling
from bot.texts.catalog import Speech
from bot.texts.clean import cut
from bot.texts.message import Key, Message, column

Rows = tuple[tuple[Key, ...], ...]
NAME = 20
"""Units of a name on a button."""
WHOLE_NAME = 60
"""Units of a role with its name on a button of its own."""
MUTED_FOR = ("jalan", "telepon", "lain")
"""Why JSC wants quiet: somebody is on the way, somebody is being phoned, or else."""


def worker_rows(speech: Speech, case: CaseFacts, handling: Handling | None = None) -> Rows:
    """The buttons of an open case; on a card that climbed also the way to whoever was asked last before its reader."""
    return _folded(speech, case, _asked(speech, case, handling), Stand.ASKED)


def quiet_keys(speech: Speech, case: CaseFacts, *, jsc: bool) -> tuple[Key, ...]:
    """*Sudah saya telepon* on a darurat that climbed, and *Tenang 1 jam* for JSC as long as it may."""
    if not case.climbed:
        return ()
    called = Key(speech.word("b-saya-telepon"), b.Called(case.case_id, case.round))
    muted = Key(speech.word("b-tenang"), b.Mute(case.case_id, case.round, "tanya"))
    return (called, muted) if jsc and case.mutable else (called,)


def graver_keys(speech: Speech, case: CaseFacts) -> tuple[Key, ...]:
    """One grade up, where there is one."""
    to = graver(case.urgency)
    return () if to is None else (Key(speech.word(f"b-naik-{to}"), b.Grade(case.case_id, case.round, to, "naik")),)


def grades(speech: Speech, case: CaseFacts) -> Message:
    """*Ubah*: one grade up or down, the place, the kind; the last button opens the case once more."""
    to, keys = calmer(case.urgency), list(graver_keys(speech, case))
    if to is not None:
        keys.append(Key(speech.word(f"b-turun-{to}"), b.Grade(case.case_id, case.round, to, "tanya")))
    urgency = speech.word(f"urgensi-{case.urgency}")
    text = speech.say("w_gawat_tanya", nomor=case.number, urgensi=urgency)
    keys += [Key(speech.word(f"b-salah-{what}"), b.Wrong(case.case_id, case.round, what)) for what in WHATS]
    return Message(text, column((*keys, read_key(speech, case))))


def place_key(speech: Speech, case: CaseFacts) -> Key:
    """*Betulkan tempatnya*, for whoever passed it on since it is not theirs."""
    return Key(speech.word("b-betulkan-tempat"), b.Wrong(case.case_id, case.round, "bukan"))


def calmer_reasons(speech: Speech, case: CaseFacts, to: str) -> Message:
    """One grade down: why."""
    keys = [Key(speech.word(f"turun-{why}"), b.Grade(case.case_id, case.round, to, why)) for why in CALMER]
    text = speech.say("w_turun_tanya", nomor=case.number, urgensi=speech.word(f"urgensi-{to}"))
    return Message(text, column((*keys, read_key(speech, case))))


def mutes(speech: Speech, case: CaseFacts) -> Message:
    """*Tenang 1 jam*: why; the last button opens the case once more."""
    keys = [Key(speech.word(f"tenang-{why}"), b.Mute(case.case_id, case.round, why)) for why in MUTED_FOR]
    return Message(speech.say("w_tenang_tanya", nomor=case.number), column((*keys, read_key(speech, case))))


def opened_rows(speech: Speech, case: CaseFacts, handling: Handling) -> Rows:
    """The buttons of an open case for whoever opened it: who is not awaited can take it, or phone."""
    if handling.asked:
        return worker_rows(speech, case)
    take = take_key(speech, case, "b-saya-tangani")
    return column((take, read_key(speech, case), contacts_key(speech, case)))


def owner_rows(speech: Speech, case: CaseFacts, _: Handling | None = None) -> Rows:
    """The buttons under whatever is said to whoever has the case: their deeds, and the whole case again."""
    return _folded(speech, case, {**_deeds(speech, case), "read": read_key(speech, case)}, _stand(case))


def winner_rows(speech: Speech, case: CaseFacts, _: Handling | None = None) -> Rows:
    """The buttons of the owner's own card, beside which the details stand."""
    key = Key(speech.word("b-salah-pencet"), b.Undo(case.case_id, case.round))
    undo = {"undo": key} if case.undoable else {}
    return _folded(speech, case, {**_deeds(speech, case), **undo}, _stand(case))


def rest_rows(speech: Speech, case: CaseFacts, handling: Handling, *, mine: bool) -> Rows:
    """What stands behind *Lainnya*, for whoever has the case (`mine`) or is asked; below it the case."""
    stand = _stand(case) if mine else Stand.ASKED
    read = read_key(speech, case)
    keys = {**_deeds(speech, case), "read": read} if mine else _asked(speech, case, handling)
    rest = _screen(case, keys, stand).rest
    return column((*(keys[name] for name in rest), read)) if rest else ()


def handed_rows(speech: Speech, case: CaseFacts, _: Handling) -> Rows:
    """The buttons of whoever is asked to take it over."""
    known = (case.case_id, case.round)
    accept = Key(speech.word("b-terima"), b.Handed(*known, "terima"), style="success")
    refuse = Key(speech.word("b-tidak-terima"), b.Handed(*known, "tidak"))
    return column((accept, read_key(speech, case), contacts_key(speech, case), refuse))


def whom(speech: Speech, case: CaseFacts, offered: Sequence[tuple[str, str]]) -> Message:
    """*Serahkan*: to whom, each with the id of the member; the last button leaves everything as it is."""
    known = (case.case_id, case.round)
    keys = [Key(cut(f"👤 {name}", WHOLE_NAME), b.Hand(*known, member)) for member, name in offered]
    text = speech.say("w_serah_tanya" if offered else "w_serah_kosong", nomor=case.number)
    return Message(text, column((*keys, Key(speech.word("b-tidak-jadi"), b.Hand(*known, "batal")))))


def company_rows(speech: Speech, case: CaseFacts, _: Handling) -> Rows:
    """The buttons of whoever is asked to go along; whoever said yes may have to say no."""
    comes = case.company is not None and case.company.says == COMES
    answers = [companion_key(speech, case, CANNOT)] if comes else [companion_key(speech, case, COMES)]
    keys = [*answers, read_key(speech, case), contacts_key(speech, case)]
    return column(keys if comes else (*keys, companion_key(speech, case, CANNOT)))


def companion_key(speech: Speech, case: CaseFacts, answer: str) -> Key:
    """*Saya ikut*, *Tidak bisa*; of whoever has said yes *Tidak jadi ikut*."""
    if answer == COMES:
        return Key(speech.word("b-ikut"), b.Companion(case.case_id, case.round, COMES), style="success")
    comes = case.company is not None and case.company.says == COMES
    label = speech.word("b-tidak-jadi-ikut" if comes else "b-tidak-bisa")
    return Key(label, b.Companion(case.case_id, case.round, CANNOT))


def with_whom(speech: Speech, case: CaseFacts, offered: Sequence[tuple[str, str]], text: str) -> Message:
    """*Butuh teman*: whom to ask, each with the id of the member; the last button leaves everything as it is."""
    known = (case.case_id, case.round)
    keys = [Key(cut(f"👤 {name}", WHOLE_NAME), b.Company(*known, member)) for member, name in offered]
    keys.append(contacts_key(speech, case))
    if case.company is not None and is_expected(case.company.says):
        keys.append(alone_key(speech, case))
    return Message(text, column((*keys, Key(speech.word("b-tidak-jadi"), b.Company(*known, "batal")))), protected=True)


def company_key(speech: Speech, case: CaseFacts) -> Key:
    """*Butuh teman*."""
    return Key(speech.word("b-teman"), b.Company(case.case_id, case.round, "tanya"))


def alone_key(speech: Speech, case: CaseFacts) -> Key:
    """*Tidak jadi ditemani*."""
    return Key(speech.word("b-tidak-jadi-teman"), b.Company(case.case_id, case.round, "tarik"))


def taken_rows(speech: Speech, case: CaseFacts, handling: Handling) -> Rows:
    """What JSC's team has, any of them gives back in the group."""
    back = handling.group and handling.holder is not None and handling.holder.role == "jsc"
    return column((back_key(speech, case),)) if back else ()


def hold_rows(speech: Speech, case: CaseFacts, _: Handling) -> Rows:
    """The one button of JSC's group."""
    return column((take_key(speech, case, "b-pegang-jsc"),))


def passed_rows(speech: Speech, case: CaseFacts, handling: Handling) -> Rows:
    """The button of whoever passed it on: they may take it after all."""
    return () if handling.group else column((take_key(speech, case, "b-jadi-tangani"),))


def reasons(speech: Speech, case: CaseFacts, text: str) -> Message:
    """It was passed on, as `text` says: why, so that whoever is asked next knows; some reasons first."""
    more = Key(speech.word("b-lainnya"), b.DeclineFor(case.case_id, case.round, "lainnya"))
    return Message(text, column((*_why(speech, case, REASONS[:FIRST]), more)))


def other_reasons(speech: Speech, case: CaseFacts) -> Message:
    """The other reasons."""
    return Message(speech.say("d_alasan_lain", nomor=case.number), column(_why(speech, case, REASONS[FIRST:])))


def _why(speech: Speech, case: CaseFacts, offered: Sequence[str]) -> list[Key]:
    return [Key(speech.word(f"alasan-{reason}"), b.DeclineFor(case.case_id, case.round, reason)) for reason in offered]


def outcomes(speech: Speech, case: CaseFacts, offered: Sequence[str]) -> Message:
    """*Selesai*: how it ended; the last button leaves everything as it is."""
    keys = [Key(speech.word(f"hasil-{outcome}"), b.Finish(case.case_id, case.round, outcome)) for outcome in offered]
    keys += [read_key(speech, case), Key(speech.word("b-tidak-jadi"), b.Finish(case.case_id, case.round, "batal"))]
    return Message(speech.say("o_tanya", nomor=case.number), column(keys))


def read_key(speech: Speech, case: CaseFacts) -> Key:
    """*Buka rincian*: the whole case, as it is when it is pressed."""
    return Key(speech.word("b-buka-rincian"), b.Read(case.case_id, case.round))


def take_key(speech: Speech, case: CaseFacts, key: str) -> Key:
    """Take the case, in the words of `key`."""
    return Key(speech.word(key), b.Take(case.case_id, case.round), style="success")


def decline_key(speech: Speech, case: CaseFacts) -> Key:
    """*Tidak bisa*; of a darurat at night, not this night."""
    label = "b-tidak-bisa" if case.night_until is None else "b-tidak-bisa-malam"
    return Key(speech.word(label), b.Decline(case.case_id, case.round))


def contacts_key(speech: Speech, case: CaseFacts) -> Key:
    """*Kontak setempat*."""
    return Key(speech.word("b-kontak"), b.Contacts(case.case_id, case.round))


def back_key(speech: Speech, case: CaseFacts) -> Key:
    """*Kembalikan*."""
    return Key(speech.word("b-kembalikan"), b.GiveBack(case.case_id, case.round))


def _write_to(speech: Speech, case: CaseFacts, handling: Handling) -> dict[str, Key]:
    """WhatsApp to somebody who was asked and did not say no; the text names the number of the case and nothing else."""
    found = [one for one in handling.before if one.phone and not one.declined]
    if not found or handling.group:
        return {}
    name = found[-1].name or speech.word(f"peran-{found[-1].role}")
    return {"write": write_key(speech, name, found[-1].phone or "", case.number)}


def write_key(speech: Speech, name: str, phone: str, number: str) -> Key:
    """WhatsApp to somebody of this name."""
    return Key(speech.word("b-wa", nama=cut(name, NAME)), url=whatsapp(phone, number))


def whatsapp(phone: str, number: str) -> str:
    """A link that opens a chat with this number ("+628…")."""
    return f"https://wa.me/{phone.removeprefix('+')}?text={number}"


def _asked(speech: Speech, case: CaseFacts, handling: Handling | None) -> dict[str, Key]:
    """What somebody who is asked may press, by name."""
    known = (case.case_id, case.round)
    keys = {
        "take": take_key(speech, case, "b-saya-tangani"),
        "read": read_key(speech, case),
        "contacts": contacts_key(speech, case),
        "raise": Key(speech.word("b-eskalasi"), b.Raise(*known)),
        "decline": decline_key(speech, case),
        "company": Key(speech.word("b-tangani-teman"), b.Company(*known, "ambil")),
    }
    jsc = handling is not None and handling.reader == "jsc"
    keys |= dict(zip(("called", "mute"), quiet_keys(speech, case, jsc=jsc), strict=False))
    keys |= dict(zip(("graver",), graver_keys(speech, case), strict=False))
    return {**keys, **(_write_to(speech, case, handling) if handling is not None else {})}


def _deeds(speech: Speech, case: CaseFacts) -> dict[str, Key]:
    """What an owner may press, by name (words.md, section 4c)."""
    known = (case.case_id, case.round)
    keys = {
        "progress": Key(speech.word("b-dikerjakan"), b.Progress(*known), style="success"),
        "met": Key(speech.word("b-bertemu"), b.Visit(*known, "bertemu"), style="success"),
        "missed": Key(speech.word("b-kosong-rumah"), b.Visit(*known, "kosong")),
        "wait": Key(speech.word("b-menunggu"), b.Hold(*known, "tanya", 0)),
        "finish": Key(speech.word("b-selesai-kasus"), b.Finish(*known, "tanya")),
        "contacts": contacts_key(speech, case),
        "hand": Key(speech.word("b-serahkan"), b.Hand(*known, "tanya")),
        "back": back_key(speech, case),
        "grade": Key(speech.word("b-kegawatan"), b.Grade(*known, "tanya", "tanya")),
        "company": company_key(speech, case),
    }
    if case.company is not None and case.company.says is None:
        keys["alone"] = alone_key(speech, case)
    if case.handed_to is not None:
        keys["unhand"] = Key(speech.word("b-tidak-jadi-serah"), b.Hand(*known, "tarik"))
    if case.pictures:
        keys["pictures"] = Key(speech.word("b-lihat-gambar"), b.Pictures(*known))
    return keys


def _folded(speech: Speech, case: CaseFacts, keys: Mapping[str, Key], stand: Stand) -> Rows:
    """Five of these buttons at most, and *Lainnya* where there are more."""
    chosen = _screen(case, keys, stand)
    shown = [keys[name] for name in chosen.shown]
    if chosen.rest:
        shown.append(Key(speech.word("b-lainnya"), b.More(case.case_id, case.round)))
    return column(shown)


def _screen(case: CaseFacts, keys: Mapping[str, Key], stand: Stand) -> Screen:
    """Which of these buttons are shown: where nobody should go alone, somebody to go along comes early."""
    escorted = case.escorted or case.danger_at is not None
    return screen(keys, stand, grave=case.urgency == "darurat", escorted=escorted)


def _stand(case: CaseFacts) -> Stand:
    """How the case stands with its owner: which deeds are near."""
    if case.visit_by is None:
        return Stand.OWNED
    return Stand.HEARD if case.heard else Stand.TAKEN
