"""The buttons of a case: of whoever is asked, of whoever has it, and of the questions behind them."""

from collections.abc import Mapping, Sequence

from bot.core import buttons as b
from bot.core.five_buttons import Stand, screen
from bot.texts.case_facts import CaseFacts, Handling
from bot.texts.catalog import Speech
from bot.texts.clean import cut
from bot.texts.message import Key, Message, column

Rows = tuple[tuple[Key, ...], ...]
NAME = 20
"""Units of a name on a button."""
REASONS = (
    "bukan_wilayah",
    "luar_kota",
    "sakit",
    "kasus_lain",
    "tidak_aman",
    "kerabat",
    "kendaraan",
    "polisi_medis",
    "lain",
)
"""Why somebody cannot take a case (words.md, section 4b)."""


def worker_rows(speech: Speech, case: CaseFacts, handling: Handling | None = None) -> Rows:
    """The buttons of an open case; on a card that climbed also the way to whoever was asked last before its reader."""
    return _folded(speech, case, _asked(speech, case, handling), Stand.ASKED)


def opened_rows(speech: Speech, case: CaseFacts, handling: Handling) -> Rows:
    """The buttons of an open case for whoever opened it: who is not awaited can take it, or phone."""
    if handling.asked:
        return worker_rows(speech, case)
    take = take_key(speech, case, "b-saya-tangani")
    return column((take, read_key(speech, case), contacts_key(speech, case)))


def owner_rows(speech: Speech, case: CaseFacts, _: Handling | None = None) -> Rows:
    """The buttons under whatever is said to whoever has the case: their deeds, and the whole case again."""
    return _folded(speech, case, {**_deeds(speech, case), "read": read_key(speech, case)}, Stand.OWNED)


def winner_rows(speech: Speech, case: CaseFacts, _: Handling | None = None) -> Rows:
    """The buttons of the owner's own card, beside which the details stand."""
    undo = Key(speech.word("b-salah-pencet"), b.Undo(case.case_id, case.round))
    return _folded(speech, case, {**_deeds(speech, case), "undo": undo}, Stand.OWNED)


def rest_rows(speech: Speech, case: CaseFacts, handling: Handling, *, mine: bool) -> Rows:
    """What stands behind *Lainnya*, for whoever has the case (`mine`) or is asked; below it the case."""
    stand = Stand.OWNED if mine else Stand.ASKED
    read = read_key(speech, case)
    keys = {**_deeds(speech, case), "read": read} if mine else _asked(speech, case, handling)
    rest = screen(keys, stand, grave=case.urgency == "darurat").rest
    return column((*(keys[name] for name in rest), read)) if rest else ()


def taken_rows(speech: Speech, case: CaseFacts, handling: Handling) -> Rows:
    """What JSC's team has, any of them gives back in the group."""
    back = handling.group and handling.holder is not None and handling.holder.role == "jsc"
    return column((back_key(speech, case),)) if back else ()


def hold_rows(speech: Speech, case: CaseFacts, _: Handling) -> Rows:
    """The one button of JSC's group."""
    return column((take_key(speech, case, "b-pegang-jsc"),))


def reasons(speech: Speech, case: CaseFacts) -> Message:
    """*Tidak bisa*: why, so that the next person is asked at once."""
    keys = [Key(speech.word(f"alasan-{reason}"), b.DeclineFor(case.case_id, case.round, reason)) for reason in REASONS]
    keys += [read_key(speech, case), take_key(speech, case, "b-jadi-tangani")]
    return Message(speech.say("d_tanya"), column(keys))


def outcomes(speech: Speech, case: CaseFacts, offered: Sequence[str]) -> Message:
    """*Selesai*: how it ended; the last button opens the case once more."""
    keys = [Key(speech.word(f"hasil-{outcome}"), b.Finish(case.case_id, case.round, outcome)) for outcome in offered]
    return Message(speech.say("o_tanya", nomor=case.number), column((*keys, read_key(speech, case))))


def read_key(speech: Speech, case: CaseFacts) -> Key:
    """*Buka rincian*: the whole case, as it is when it is pressed."""
    return Key(speech.word("b-buka-rincian"), b.Read(case.case_id, case.round))


def take_key(speech: Speech, case: CaseFacts, key: str) -> Key:
    """Take the case, in the words of `key`."""
    return Key(speech.word(key), b.Take(case.case_id, case.round), style="success")


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
    link = whatsapp(found[-1].phone or "", case.number)
    return {"write": Key(speech.word("b-wa", nama=cut(name, NAME)), url=link)}


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
        "decline": Key(speech.word("b-tidak-bisa"), b.Decline(*known)),
    }
    return {**keys, **(_write_to(speech, case, handling) if handling is not None else {})}


def _deeds(speech: Speech, case: CaseFacts) -> dict[str, Key]:
    """What an owner may press, by name (words.md, section 4c)."""
    known = (case.case_id, case.round)
    keys = {
        "progress": Key(speech.word("b-dikerjakan"), b.Progress(*known), style="success"),
        "wait": Key(speech.word("b-menunggu"), b.Hold(*known, "tanya", 0)),
        "finish": Key(speech.word("b-selesai-kasus"), b.Finish(*known, "tanya")),
        "contacts": contacts_key(speech, case),
        "back": back_key(speech, case),
    }
    if case.pictures:
        keys["pictures"] = Key(speech.word("b-lihat-gambar"), b.Pictures(*known))
    return keys


def _folded(speech: Speech, case: CaseFacts, keys: Mapping[str, Key], stand: Stand) -> Rows:
    """Five of these buttons at most, and *Lainnya* where there are more."""
    chosen = screen(keys, stand, grave=case.urgency == "darurat")
    shown = [keys[name] for name in chosen.shown]
    if chosen.rest:
        shown.append(Key(speech.word("b-lainnya"), b.More(case.case_id, case.round)))
    return column(shown)
