"""What a worker reads after a press on a case: one function a button; it returns the toast."""

from dataclasses import dataclass

from bot.actions import company, complaints, deadlines, handing, reasons, respond
from bot.actions import contacts as book
from bot.actions.asked_before import asked_before
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.moves import ENDS, Status, Who
from bot.core.words import Words
from bot.texts import case_buttons, case_details, correcting, waiting_cards
from bot.texts import case_card as cards
from bot.texts.case_facts import Handling
from bot.texts.case_files import files
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from bot.texts.notes import Note
from bot.texts.times import at_words, clock, day
from handlers import contacts
from storage import additions, cases, kinds, roster
from storage.kinds import Kind

ABOVE_OWNERS = frozenset({"koordinator", "dinsos", "jsc"})
"""Whoever hears and sees what an owner noted, without having the case."""


@dataclass(frozen=True, slots=True)
class Scene:
    """After a deed: who reads the answer, in which language, and the case as it now stands.

    What a case tells goes to the person, never to a group.
    """

    turn: Turn
    speech: Speech
    chat_id: int
    file: CaseFile

    @property
    def number(self) -> str:
        """The case's number."""
        return self.file.case.number

    def answer(self, message: Message, kind: Kind = kinds.ANSWER) -> None:
        """One answer."""
        self.turn.say(self.chat_id, message, kind, case=self.file.case)


def taken(scene: Scene, _: b.Take) -> str:
    """*Saya tangani*: the whole card with an owner's buttons, and what was told."""
    file = scene.file
    scene.answer(cards.owner_card(scene.speech, file.facts, file.case.next_due_at), kinds.OWNER_CARD)
    _details(scene, whole=True)
    _corrections(scene)
    return scene.speech.word("c_menang_singkat", nomor=scene.number)


def opened(scene: Scene, _: b.Read) -> str:
    """*Buka rincian*: what was told, and the card as it stands."""
    _details(scene, whole=scene.file.mine)
    kind = kinds.COMPANY if Who.COMPANY in scene.file.are else kinds.ANSWER
    kind = kinds.HANDED if Who.HANDED in scene.file.are else kind
    scene.answer(_as_it_stands(scene), kinds.OWNER_CARD if scene.file.mine else kind)
    return scene.speech.word("c_dibaca_singkat")


def local_contacts(scene: Scene, _: b.Contacts) -> str:
    """*Kontak setempat*: whom to phone there, and the way back to the case."""
    areas, back = book.areas_of(scene.file.case), case_buttons.read_key(scene.speech, scene.file.facts)
    scene.answer(contacts.shown(scene.turn, scene.chat_id, areas, (back,)))
    return ""


def more(scene: Scene, _: b.More) -> str:
    """*Lainnya*: the other buttons, of whoever is asked or has the case; else the case as it stands."""
    file, speech = scene.file, scene.speech
    rows = case_buttons.rest_rows(speech, file.facts, _handling(scene), mine=file.mine)
    if file.case.status in ENDS or not rows or not (file.mine or Who.ASKED in file.are):
        scene.answer(_as_it_stands(scene))
        return ""
    kind = kinds.OWNER_CARD if file.mine else kinds.ANSWER
    scene.answer(Message(speech.say("w_lainnya", nomor=scene.number), rows), kind)
    return ""


def _handling(scene: Scene) -> Handling:
    """Who was asked before the reader, as far as they may read it."""
    by = scene.file.by
    return Handling(before=asked_before(scene.turn, scene.file, by.role) if by is not None else ())


def pictures(scene: Scene, _: b.Pictures) -> str:
    """*Lihat gambar*: each of them, to be looked at here and not passed on."""
    shown = files(scene.file.pictures)
    for message in shown:
        scene.answer(message)
    if not shown:
        scene.answer(Message(scene.speech.say("w_gambar_tidak_ada", nomor=scene.number)))
    return scene.speech.word("w_gambar_dibuka") if shown else ""


def raised(scene: Scene, _: b.Raise) -> str:
    """*Eskalasi sekarang*: now, or when the next one may be rung."""
    rings_at = scene.file.case.fired_at
    words = Words("c_dinaikkan", {"nomor": scene.number})
    if rings_at is not None and rings_at > scene.turn.now:
        words = Words("c_dinaikkan_nanti", {"nomor": scene.number, **at_words(rings_at)})
    scene.answer(Message(scene.speech.html(words)))
    return scene.speech.label(words)


def undone(scene: Scene, _: b.Undo) -> str:
    """*Salah pencet*: open again, with the buttons of an open case: who was not asked before cannot decline."""
    handling = Handling(asked=Who.ASKED in scene.file.are)
    rows = case_buttons.opened_rows(scene.speech, scene.file.facts, handling)
    scene.answer(Message(scene.speech.say("c_urung", nomor=scene.number), rows))
    return scene.speech.word("c_urung", nomor=scene.number)


def given_back(scene: Scene, _: b.GiveBack) -> str:
    """*Kembalikan*: the buttons of the case are gone, so the way to what else there is to do stands here."""
    tasks = (Key(scene.speech.word("b-tugas"), b.Menu(Go.TASKS)),)
    scene.answer(Message(scene.speech.say("c_kembali", nomor=scene.number), column(tasks)))
    return scene.speech.word("c_kembali", nomor=scene.number)


def goes_on(scene: Scene, _: b.Progress) -> str:
    """*Sedang dikerjakan*: by when the visit is awaited; once it was made, when a word is asked for next."""
    visit = scene.file.case.visit_by
    if visit is None:
        return _told(scene, "w_lanjut")
    return _told(scene, "w_lanjut_kunjungan" if visit > scene.turn.now else "w_lewat_kunjungan")


def visited(scene: Scene, button: b.Visit) -> str:
    """*Sudah bertemu*, *Tidak ketemu*: when what comes next is awaited."""
    return _told(scene, "w_bertemu" if button.found == respond.MET else "w_tak_ketemu")


def _told(scene: Scene, key: str) -> str:
    """An answer to an owner with the moment of what is awaited next, and their buttons."""
    due = scene.file.case.next_due_at
    assert due is not None
    again = {"hari": day(scene.speech, due), "jam": clock(due)}
    rows = case_buttons.owner_rows(scene.speech, scene.file.facts)
    scene.answer(Message(scene.speech.say(key, nomor=scene.number, **again), rows), kinds.OWNER_CARD)
    return scene.speech.word(key, nomor=scene.number, **again)


def wait_for_what(scene: Scene, _: b.Hold) -> str:
    """*Menunggu …*: for what."""
    scene.answer(waiting_cards.reasons(scene.speech, scene.file.facts), kinds.OWNER_CARD)
    return ""


def wait_how_long(scene: Scene, button: b.Hold) -> str:
    """*Menunggu …*: for how long."""
    scene.answer(waiting_cards.lengths(scene.speech, scene.file.facts, button.reason), kinds.OWNER_CARD)
    return ""


def nothing_changed(scene: Scene, _: b.Hold | b.Finish | b.Hand | b.Company) -> str:
    """*Menunggu …*, *Selesai*, *Serahkan*: after all not."""
    scene.answer(waiting_cards.unchanged(scene.speech, scene.file.facts), kinds.OWNER_CARD)
    return scene.speech.word("w_tetap", nomor=scene.number)


def waits(scene: Scene, button: b.Hold) -> str:
    """*Menunggu …*: until when."""
    due = scene.file.case.next_due_at
    assert due is not None
    words = waiting_cards.held(scene.speech, scene.file.facts, button.reason, due)
    scene.answer(
        Message(scene.speech.html(words), case_buttons.owner_rows(scene.speech, scene.file.facts)), kinds.OWNER_CARD
    )
    return scene.speech.label(words)


def note_kept(scene: Scene, _: b.Note) -> str:
    """*Ya, untuk TS-…*."""
    noted(scene)
    return scene.speech.word("w_catatan_singkat", nomor=scene.number)


def noted(scene: Scene, *, silent: bool = False) -> None:
    """The note is kept, and by when the next word is due."""
    due = scene.file.case.next_due_at
    assert due is not None
    text = scene.speech.say("w_catatan_ada", nomor=scene.number)
    text += f"\n{scene.speech.say('w_batas', **at_words(due))}"
    rows = case_buttons.owner_rows(scene.speech, scene.file.facts)
    scene.answer(Message(text, rows, silent=silent), kinds.OWNER_CARD)


def amended(scene: Scene, _: b.Amend) -> str:
    """*Ubah*: the card as it is now, or that the case went to whoever is there."""
    if not scene.file.mine:
        near = cases.openable(scene.turn.session, (scene.file.case.id,), scene.chat_id)
        key = "w_alih" if near else "w_pindah"
        scene.answer(Message(scene.speech.say(key, nomor=scene.number)))
        return scene.speech.word(key, nomor=scene.number)
    scene.answer(cards.owner_card(scene.speech, scene.file.facts, scene.file.case.next_due_at), kinds.OWNER_CARD)
    return scene.speech.word("w_diubah", nomor=scene.number)


def how_it_ended(scene: Scene, _: b.Finish) -> str:
    """*Selesai*: the outcomes."""
    scene.answer(case_buttons.outcomes(scene.speech, scene.file.facts, respond.OUTCOMES), kinds.OWNER_CARD)
    return ""


def closed(scene: Scene, _: b.Finish) -> str:
    """*Selesai* with an outcome."""
    more = Key(scene.speech.word("b-tugas"), b.Menu(Go.TASKS))
    scene.answer(Message(scene.speech.say("o_selesai", nomor=scene.number), column((more,))))
    return scene.speech.word("o_selesai", nomor=scene.number)


def _as_it_stands(scene: Scene) -> Message:
    """The card under the details: to be answered, one's own, another's, or at an end."""
    file, speech = scene.file, scene.speech
    case, owner = file.case, file.owner
    if case.status == Status.OPEN:
        until, then = deadlines.ahead(scene.turn, file)
        assert file.by is not None
        before = asked_before(scene.turn, file, file.by.role)
        return cards.opened(speech, file.facts, until=until, then=then, asked=Who.ASKED in file.are, before=before)
    if owner is None or case.acknowledged_at is None or case.status in ENDS:
        return cards.over_card(speech, file.facts, "c_berakhir")
    if file.mine:
        return cards.owner_card(speech, file.facts, case.next_due_at)
    if Who.HANDED in file.are:
        return handing.card(scene.turn, file, scene.chat_id)
    if Who.COMPANY in file.are:
        return company.card(scene.turn, file, scene.chat_id)
    name = roster.name_of(scene.turn.session, owner)
    return cards.held_card(speech, file.facts, owner.role, name, case.acknowledged_at)


def _corrections(scene: Scene) -> None:
    """What reporters corrected while nobody had the case, and is not changed yet: shall it be?"""
    session = scene.turn.session
    for report_id, told in scene.file.contents.items():
        for row in additions.of_report(session, report_id):
            said = additions.content(session, row)
            if told is not None and said.correction is not None and said.correction.of(told) != told:
                message = correcting.shall_it(scene.speech, scene.file.facts, said.text, row.id)
                scene.answer(message, kinds.OWNER_CARD)


def _details(scene: Scene, *, whole: bool) -> None:
    """What each reporter told; with `whole` also what only the owner reads."""
    session, above = scene.turn.session, complaints.may_read(scene.turn, scene.file)
    notes, whys = _notes(scene), reasons.said(scene.turn, scene.file)
    for report_id, content in scene.file.contents.items():
        if content is None:
            continue
        added = [(row.created_at, additions.content(session, row)) for row in additions.of_report(session, report_id)]
        rows = additions.of_report(session, report_id, complaints=True) if above else ()
        said = [(row.created_at, additions.content(session, row)) for row in rows]
        told = case_details.Details(
            landmark=content.landmark,
            story=content.story,
            point=content.point,
            phone=content.phone,
            files=content.media,
            more=tuple(added),
            way=content.way,
            contact=content.contact,
            complaints=tuple((at, one.text) for at, one in said if one.text),
            notes=notes,
            whys=whys,
            shows_notes=whole or (scene.file.by is not None and scene.file.by.role in ABOVE_OWNERS),
        )
        notes, whys = (), ()
        for message in case_details.details(scene.speech, scene.file.facts, told, whole=whole):
            scene.answer(message)


def _notes(scene: Scene) -> tuple[Note, ...]:
    """What those who had the case noted."""
    session, found = scene.turn.session, []
    if not any(report.noted_at for report in scene.file.reports):
        return ()
    for row in additions.notes(session, scene.file.case.id):
        member = roster.member(session, row.noted_by or "")
        assert member is not None and row.told_at is not None
        found.append(Note(row.created_at, member.role, additions.content(session, row)))
    return tuple(found)
