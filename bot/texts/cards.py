"""The cards workers read: facts in, message out; no clock, no database.

A case is seen one way: `told` is what everybody reads who is asked, and who has it never reads less. Moments are
absolute and have their day, for a card may wait a night or an outage before it is read.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.core import buttons as b
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape, masked
from bot.texts.message import File, Key, Message, column
from bot.texts.times import at_words, date_words

LAMPS = {"darurat": "🔴", "mendesak": "🟠", "biasa": "🟢"}
ON_CARDS = frozenset({"sendiri", "jalan"})
"""Who needs help, as far as whoever is asked must know; that the family reports, only the owner reads."""
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


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a card may tell; nothing here is personal."""

    case_id: str
    round: int
    number: str
    urgency: str
    category: str
    danger: str
    flag: str | None
    desa: str | None
    kecamatan: str | None
    kabupaten: str | None
    created_at: datetime
    who: str | None = None
    seen: str | None = None
    seen_on: date | None = None
    phoned: str | None = None
    photos: int = 0
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Details:
    """What only the taker reads, in private: what the reporter wrote and sent."""

    landmark: str
    story: str
    point: tuple[float, float] | None
    phone: str | None
    files: tuple[tuple[str, str], ...]
    waits: str | None = None


def place_line(speech: Speech, facts: CaseFacts) -> str:
    """The smallest place known, with its parent."""
    known = [part for part in (facts.desa, facts.kecamatan, facts.kabupaten) if part]
    return escape(", ".join(known[:2])) if known else speech.say("tempat-tidak-tahu")


def head(speech: Speech, facts: CaseFacts) -> str:
    """Lamp, urgency, number, desa: the line a group may read."""
    return (
        speech.say(
            "c_kepala",
            lampu=LAMPS[facts.urgency],
            urgensi=speech.word(f"urgensi-{facts.urgency}"),
            nomor=facts.number,
        )
        + f" · {place_line(speech, facts)}"
    )


def danger_words(facts: CaseFacts) -> Words:
    """The danger in the words the reporter picked."""
    if facts.flag:
        return Words(f"bahaya-{facts.category}-{facts.danger}")
    return Words("bahaya-tidak-ada" if facts.danger == "tidakada" else "bahaya-belum-jelas")


def told(speech: Speech, facts: CaseFacts, *, owner: bool = False) -> list[str]:
    """The lines of a case under its head: what, how grave, who, seen and reported when, warnings, files."""
    lines = [kind_line(speech, facts)]
    if facts.who in ON_CARDS or (owner and facts.who == "keluarga"):
        lines.append(speech.say(f"c_siapa-{facts.who}"))
    seen = _seen(speech, facts)
    reported = speech.say("c_dilaporkan", **at_words(facts.created_at))
    lines.append(f"{speech.say('c_terlihat', kapan=seen)} {reported}" if seen else reported)
    lines.extend(_warnings(speech, facts))
    if facts.photos:
        lines.append(speech.say("c_berkas", jumlah=str(facts.photos)))
    return lines


def kind_line(speech: Speech, facts: CaseFacts) -> str:
    """Category and danger in the words the reporter picked."""
    return f"{speech.say(f'jenis-{facts.category}')}: {speech.html(danger_words(facts))}."


def _seen(speech: Speech, facts: CaseFacts) -> str | None:
    """When the person was last seen: the day, if one was named, and what was said instead if none was."""
    if facts.seen_on is not None:
        return speech.label(date_words(facts.seen_on))
    return speech.word(f"kapan-{facts.seen}") if facts.seen else None


def line(speech: Speech, facts: CaseFacts, due: datetime | None) -> str:
    """One case in a list: urgency, number, kind, place, and until when something is expected."""
    places = [part for part in (facts.desa, facts.kecamatan) if part] or [facts.kabupaten or ""]
    place = escape(", ".join(places)) or speech.say("tempat-tidak-tahu")
    parts = [f"{LAMPS[facts.urgency]} {facts.number}", speech.say(f"jenis-{facts.category}"), place]
    if due is not None:
        parts.append(speech.say("c_batas", **at_words(due)))
    return " · ".join(parts)


def ping(speech: Speech, facts: CaseFacts, role: str, *, until: datetime | None, then: str | None) -> Message:
    """The first card of a worker: what, where, how grave, until when, and who is asked after."""
    lines = [f"<b>{head(speech, facts)}</b>"]
    if role != "tksk":
        lines.append(speech.say(f"c_tugas-{role}", tempat=facts.kecamatan or facts.kabupaten or "Jawa Timur"))
    lines += [*told(speech, facts), *_answer_by(speech, until, then)]
    return Message("\n".join(lines), worker_rows(speech, facts))


def opened(speech: Speech, facts: CaseFacts, *, until: datetime | None, then: str | None) -> Message:
    """The card again under its details, for whoever opened them from a list: who reads it has not taken it."""
    lines = [f"<b>{head(speech, facts)}</b>", *told(speech, facts), *_answer_by(speech, until, then)]
    return Message("\n".join([*lines, speech.say("c_dibaca")]), worker_rows(speech, facts))


def _answer_by(speech: Speech, until: datetime | None, then: str | None) -> list[str]:
    if until is None or then is None:
        return []
    return [speech.say("c_jawab", peran=speech.word(f"peran-{then}"), **at_words(until))]


def worker_rows(speech: Speech, facts: CaseFacts) -> tuple[tuple[Key, ...], ...]:
    """The buttons of an open case."""
    case = (facts.case_id, facts.round)
    keys = (
        Key(speech.word("b-saya-tangani"), b.Take(*case), style="success"),
        Key(speech.word("b-buka-rincian"), b.Read(*case)),
        Key(speech.word("b-eskalasi"), b.Raise(*case)),
        Key(speech.word("b-tidak-bisa"), b.Decline(*case)),
    )
    return column(keys)


def _warnings(speech: Speech, facts: CaseFacts) -> list[str]:
    lines = []
    if facts.phoned == "sudah":
        lines.append(speech.say("c_polisi_sudah"))
    elif facts.urgency == "darurat":
        lines.append(speech.say("c_polisi_belum"))
    lines.extend(speech.say(warning) for warning in facts.warnings)
    return lines


def group_card(speech: Speech, facts: CaseFacts) -> Message:
    """The silent card of the JSC group: number, category, urgency, desa; nothing else."""
    text = f"<b>{head(speech, facts)}</b>\n{speech.say(f'jenis-{facts.category}')}\n{speech.say('l_jsc_grup')}"
    take = Key(speech.word("b-pegang-jsc"), b.Take(facts.case_id, facts.round), style="success")
    return Message(text, ((take,),), silent=True)


def reminder(speech: Speech, facts: CaseFacts, until: datetime | None, then: str | None = None) -> Message:
    """A short reply to the first card (row 55); the last one before it climbs, with `then`, says to whom."""
    if until is None:
        text = speech.say("l_ingat_terus", nomor=facts.number)
    elif then is not None:
        peran = speech.word(f"peran-{then}")
        text = speech.say("l_terakhir", nomor=facts.number, peran=peran, **at_words(until))
    else:
        text = speech.say("l_ingat", nomor=facts.number, **at_words(until))
    return Message(text, worker_rows(speech, facts)[:1])


def repeated(speech: Speech, facts: CaseFacts, role: str, *, group: bool) -> Message:
    """The end of the ladder asks again: one line under the card, for a group without a sound."""
    text = speech.say("l_ulang", lampu=LAMPS[facts.urgency], nomor=facts.number, **at_words(facts.created_at))
    key = "b-pegang-jsc" if role == "jsc" else "b-saya-tangani"
    take = Key(speech.word(key), b.Take(facts.case_id, facts.round), style="success")
    return Message(text, ((take,),), silent=group)


def open_again(speech: Speech, facts: CaseFacts, why: str, until: datetime | None, *, group: bool) -> Message:
    """A case that somebody had is open: one line under the card of whoever may answer now."""
    more = {"lampu": LAMPS[facts.urgency], "nomor": facts.number, "alasan": speech.word(f"terbuka-{why}")}
    text = speech.say("w_dibuka_lagi_segera", **more)
    if until is not None:
        text = speech.say("w_dibuka_lagi", **more, **at_words(until))
    take, *_, decline = worker_rows(speech, facts)
    group_take = (Key(speech.word("b-pegang-jsc"), b.Take(facts.case_id, facts.round), style="success"),)
    return Message(text, (group_take,) if group else (take, decline), silent=group)


def taken_card(
    speech: Speech, facts: CaseFacts, role: str, name: str | None, at: datetime, *, back: bool = False
) -> Message:
    """What every card of the case turns into once somebody took it; `back` lets a group give it back."""
    keys = (Key(speech.word("b-kembalikan"), b.GiveBack(facts.case_id, facts.round)),) if back else ()
    return Message(f"{head(speech, facts)}\n{_held_by(speech, role, name, at)}", column(keys))


def held_card(speech: Speech, facts: CaseFacts, role: str, name: str | None, at: datetime) -> Message:
    """What somebody who may read a case reads of one that another has."""
    lines = [f"<b>{head(speech, facts)}</b>", *told(speech, facts), _held_by(speech, role, name, at)]
    return Message("\n".join(lines))


def _held_by(speech: Speech, role: str, name: str | None, at: datetime) -> str:
    peran = speech.word(f"peran-{role}")
    who = speech.word("siapa-peran-nama", peran=peran, nama=name) if name else peran
    return speech.say("c_diambil", siapa=who, **at_words(at))


def over_card(speech: Speech, facts: CaseFacts, key: str) -> Message:
    """A card whose buttons mean nothing any more, with the reason."""
    return Message(f"{head(speech, facts)}\n{speech.say(key)}")


def owner_card(speech: Speech, facts: CaseFacts, due: datetime | None) -> Message:
    """What whoever has the case reads: all that was asked with, by when a word is due, and what to do first."""
    lines = [f"<b>{head(speech, facts)}</b>", speech.say("c_menang", nomor=facts.number)]
    lines += told(speech, facts, owner=True)
    if due is not None:
        lines.append(speech.say("w_batas", **at_words(due)))
    lines.append(speech.say("w_pertama"))
    undo = Key(speech.word("b-salah-pencet"), b.Undo(facts.case_id, facts.round))
    return Message("\n".join(lines), (*owner_rows(speech, facts), (undo,)))


def owner_rows(speech: Speech, facts: CaseFacts) -> tuple[tuple[Key, ...], ...]:
    """The buttons of whoever has the case, in the order of his work (words.md, section 4c)."""
    case = (facts.case_id, facts.round)
    keys = (
        Key(speech.word("b-dikerjakan"), b.Progress(*case), style="success"),
        Key(speech.word("b-menunggu"), b.Hold(*case, "tanya", 0)),
        Key(speech.word("b-selesai-kasus"), b.Finish(*case, "tanya")),
        Key(speech.word("b-kembalikan"), b.GiveBack(*case)),
    )
    return column(keys)


def details(speech: Speech, facts: CaseFacts, told: Details, *, whole: bool) -> tuple[Message, ...]:
    """What the reporter told, protected; `whole` for the owner, otherwise numbers in it stay masked."""
    lines = [
        f"<b>{speech.say('r_judul', nomor=facts.number)}</b>",
        f"📍 {escape(', '.join(p for p in (facts.desa, facts.kecamatan, facts.kabupaten) if p))}",
    ]
    if told.waits:
        lines.append(told.waits)
    for key, text in (("r_patokan", told.landmark), ("r_cerita", told.story)):
        if text:
            shown = clean(text) if whole else masked(clean(text))
            lines.append(f"{speech.say(key)}\n<blockquote>{escape(cut(shown, 1200))}</blockquote>")
    if told.point and whole:
        lat, lon = told.point
        lines.append(speech.say("r_titik", lat=f"{lat:.3f}", lon=f"{lon:.3f}"))
    if told.phone:
        lines.append(speech.say("r_telepon", nomor=told.phone) if whole else speech.say("r_telepon_ada"))
    else:
        lines.append(speech.say("r_lewat_bot"))
    if told.files and not whole:
        lines.append(speech.say("c_berkas", jumlah=str(len(told.files))))
    messages = [Message("\n".join(lines), protected=True)]
    if whole:
        messages.extend(Message("", file=File(kind, file_id), protected=True) for kind, file_id in told.files)
    return tuple(messages)


def reasons(speech: Speech, facts: CaseFacts) -> Message:
    """*Tidak bisa*: why, so that the next person is asked at once."""
    keys = [
        Key(speech.word(f"alasan-{reason}"), b.DeclineFor(facts.case_id, facts.round, reason)) for reason in REASONS
    ]
    keys.append(Key(speech.word("b-jadi-tangani"), b.Take(facts.case_id, facts.round), style="success"))
    return Message(speech.say("d_tanya"), column(keys))


def follow_up(speech: Speech, facts: CaseFacts, taken_at: datetime, due: datetime) -> Message:
    """The question to an owner who has not been heard of, with the case it is about, and until when it waits."""
    lines = [f"<b>{head(speech, facts)}</b>", *told(speech, facts, owner=True)]
    lines.append(speech.say("w_lupa", nomor=facts.number, **at_words(taken_at)))
    lines.append(speech.say("w_batas", **at_words(due)))
    return Message("\n".join(lines), owner_rows(speech, facts))


def digest(speech: Speech, shown: Sequence[tuple[CaseFacts, datetime]], count: int, *, group: bool) -> Message:
    """Many open cases in one message, the gravest first: a line and a button each."""
    button = _take if group else _read
    keys = [Key(f"{LAMPS[facts.urgency]} {facts.number}", button(facts)) for facts, _ in shown]
    lines = [speech.say("c_banyak_grup" if group else "c_banyak", jumlah=str(count))]
    lines += [line(speech, facts, due) for facts, due in shown]
    if count > len(shown):
        lines.append(speech.say("r_lagi", jumlah=str(count - len(shown))))
    return Message("\n".join(lines), column(keys), silent=group)


def _read(facts: CaseFacts) -> b.Button:
    return b.Read(facts.case_id, facts.round)


def _take(facts: CaseFacts) -> b.Button:
    return b.Take(facts.case_id, facts.round)
