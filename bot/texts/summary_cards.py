"""The morning summary as a message: facts in, message out (words.md, section 7)."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.core import buttons as b
from bot.core.figures import Counts
from bot.core.hours import WIB
from bot.texts import case_lists
from bot.texts.case_facts import CaseFacts
from bot.texts.case_lines import Line
from bot.texts.catalog import Speech
from bot.texts.clean import escape
from bot.texts.message import Key, Message, column
from bot.texts.times import age, clock, day, full_date

MORNING_ENDS = 11
"""The hour (WIB) from which on nobody says good morning."""


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One case as a summary tells it; `opens` says whether its reader may open it, `late` why it is told."""

    case: CaseFacts
    due: datetime | None
    """Until when something is expected; None for a case at its end."""
    since: datetime
    opens: bool
    late: bool = False

    def entry(self, speech: Speech) -> Line:
        """The case as every list shows it; of one under protection nobody reads kind and desa who may not open it."""
        return case_lists.entry(speech, self.case, self.due, group=self.case.shielded and not self.opens)


@dataclass(frozen=True, slots=True)
class Post:
    """Who is on duty: at JSC (no place), or at the Dinsos of a kabupaten/kota; the name is a registered one."""

    place: str | None
    named: bool
    name: str | None


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """The summary of an area: whoever answers for the province or a kabupaten/kota reads it."""

    day: date
    place: str
    counts: Counts
    empty: int
    first: CaseLine | None
    posts: tuple[Post, ...]
    without_post: int | None
    beyond: int = 0
    """Kecamatan where the service has not begun, which are not among the empty ones;"""
    listed: int = 0
    """and the open cases there of which JSC reads in its daily list; they are among those without a worker."""


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """The summary of a worker in a kecamatan: their own cases; `until` is the deadline of the first.

    `waiting` cases wait for their answer; of those they own, `held` wait for something outside.
    """

    day: date
    waiting: int
    owned: int
    late: int
    held: int
    first: CaseLine | None
    until: datetime | None


def of_area(speech: Speech, facts: AreaFacts, now: datetime, *, asked: bool = False, unread: bool = False) -> Message:
    """What is to be done first, then the figures; a calm day is a short one."""
    counts, lines = facts.counts, [_head(speech, facts.day, now, asked), f"📍 {escape(facts.place)}"]
    if facts.first is not None:
        lines += [_first(speech, facts.first, now), facts.first.entry(speech).text, ""]
    if counts.calm:
        lines.append(speech.say("r_tenang"))
    if counts.red:
        lines.append(speech.say("r_tanpa_merah", jumlah=str(counts.unowned), merah=str(counts.red)))
    elif counts.unowned:
        lines.append(speech.say("r_tanpa", jumlah=str(counts.unowned)))
    if counts.late:
        lines.append(speech.say("r_telat", jumlah=str(counts.late)))
    if counts.waiting:
        lines.append(speech.say("r_menunggu", jumlah=str(counts.waiting)))
    if counts.new or counts.done:
        lines.append(speech.say("r_kemarin", masuk=str(counts.new), selesai=str(counts.done)))
    else:
        lines.append(speech.say("r_sepi"))
    if counts.volunteers or counts.workers:
        residents = counts.new - counts.volunteers - counts.workers
        came = {"warga": str(residents), "relawan": str(counts.volunteers), "petugas": str(counts.workers)}
        lines.append(speech.say("r_asal", **came))
    if counts.answered:
        lines.append(speech.say("r_puas", puas=str(counts.helped), jumlah=str(counts.answered)))
    if facts.empty:
        lines.append(speech.say("r_kosong", jumlah=str(facts.empty)))
    if facts.beyond:
        lines.append(speech.say("r_luar", kecamatan=str(facts.beyond), jumlah=str(facts.listed)))
    lines += [_post(speech, post) for post in facts.posts]
    if facts.without_post:
        lines.append(speech.say("r_piket_kosong", jumlah=str(facts.without_post)))
    return Message("\n".join(lines), column(_area_keys(speech, facts, unread)))


def of_own(speech: Speech, facts: OwnFacts, now: datetime, *, asked: bool = False, unread: bool = False) -> Message:
    """A worker's own cases, and the one with which to begin."""
    lines = [_head(speech, facts.day, now, asked)]
    keys = []
    if facts.first is None:
        lines.append(speech.say("r_bebas"))
    else:
        lines.append(speech.say("t_tugas", menunggu=str(facts.waiting), dipegang=str(facts.owned)))
        if facts.late:
            lines.append(speech.say("r_telat", jumlah=str(facts.late)))
        if facts.held:
            lines.append(speech.say("r_menunggu", jumlah=str(facts.held)))
        if facts.until is None or facts.until <= now:
            lines.append(speech.say("r_dulu_lewat", nomor=facts.first.case.number))
        else:
            until = {"hari": day(speech, facts.until), "jam": clock(facts.until)}
            lines.append(speech.say("r_dulu", nomor=facts.first.case.number, **until))
        lines.append(facts.first.entry(speech).text)
        keys = [_open_key(speech, facts.first), Key(speech.word("b-tugas"), b.Menu("tugas"))]
    if unread:
        keys.append(_read_key(speech, facts.day))
    return Message("\n".join(lines), column(keys))


def was_read(speech: Speech, message: Message, at: datetime) -> Message:
    """The same message, known to have been read."""
    return Message(f"{message.text}\n\n{speech.say('r_dibaca', jam=clock(at))}", message.rows)


def of_the_past(speech: Speech, past: date, now: datetime) -> Message:
    """What a summary of another day turns into once it is read: its figures are no longer true."""
    text = speech.say("r_hari_lain", **full_date(speech, past))
    return was_read(speech, Message(text, column((Key(speech.word("b-ringkasan"), b.Menu("ringkasan")),))), now)


def _head(speech: Speech, when: date, now: datetime, asked: bool) -> str:
    """Good morning, unless it is none any more, or somebody asked."""
    if asked or now.astimezone(WIB).hour >= MORNING_ENDS:
        return speech.say("r_kepala_jam", jam=clock(now), **full_date(speech, when))
    return speech.say("r_kepala", **full_date(speech, when))


def _first(speech: Speech, first: CaseLine, now: datetime) -> str:
    told = {
        "nomor": first.case.number,
        "tempat": first.case.kecamatan or first.case.kabupaten or speech.word("tempat-tidak-tahu"),
        "urgensi": speech.word(f"urgensi-{first.case.urgency}"),
        "umur": age(speech, now - first.since),
    }
    if first.late:
        return speech.say("r_pertama_telat" if first.opens else "r_gawat_telat", **told)
    return speech.say("r_pertama" if first.opens else "r_gawat", **told)


def _post(speech: Speech, post: Post) -> str:
    where = speech.word("r_dinsos", tempat=post.place) if post.place else speech.word("peran-jsc")
    if not post.named:
        return speech.say("r_piket_belum", di=where)
    return speech.say("r_piket", di=where, nama=post.name) if post.name else speech.say("r_piket_ada", di=where)


def _area_keys(speech: Speech, facts: AreaFacts, unread: bool) -> list[Key]:
    counts, keys = facts.counts, []
    if facts.first is not None and facts.first.opens:
        keys.append(_open_key(speech, facts.first))
    if counts.unowned:
        keys.append(Key(speech.word("b-tanpa", jumlah=str(counts.unowned)), to_list(facts.day, "tanpa")))
    if counts.late:
        keys.append(Key(speech.word("b-telat", jumlah=str(counts.late)), to_list(facts.day, "telat")))
    if counts.waiting:
        label = speech.word("b-daftar-menunggu", jumlah=str(counts.waiting))
        keys.append(Key(label, to_list(facts.day, "menunggu")))
    if counts.new:
        keys.append(Key(speech.word("b-masuk", jumlah=str(counts.new)), to_list(facts.day, "baru")))
    if facts.empty:
        keys.append(Key(speech.word("b-tanpa-petugas", jumlah=str(facts.empty)), to_list(facts.day, "kosong")))
    if counts != Counts():
        keys.append(Key(speech.word("b-wilayah"), to_list(facts.day, "wilayah")))
    if unread:
        keys.append(_read_key(speech, facts.day))
    return keys


def _open_key(speech: Speech, first: CaseLine) -> Key:
    button = b.Read(first.case.case_id, first.case.round)
    return Key(speech.word("b-buka", nomor=first.case.number), button, style="primary")


def _read_key(speech: Speech, when: date) -> Key:
    return Key(speech.word("b-sudah-dibaca"), to_list(when, "dibaca"))


def to_list(when: date, what: str, page: int = 0) -> b.Overview:
    """The button of a list."""
    return b.Overview(what, when.isoformat(), page)
