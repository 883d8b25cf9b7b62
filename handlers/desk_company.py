"""What a worker reads who asks somebody to go along, and whoever is asked (row S3)."""

from bot.actions import company, handing
from bot.core import buttons as b
from bot.core.company import COMES, is_expected
from bot.texts import case_buttons
from bot.texts.case_ends import named
from bot.texts.case_facts import Holder
from bot.texts.message import Message, column
from bot.texts.times import at_words, clock, day, day_words
from handlers import desk_answers
from handlers.desk_answers import Scene
from storage import kinds, roster


def taken(scene: Scene, button: b.Company) -> str:
    """*Saya tangani, butuh teman*: it is theirs, and then whom to ask."""
    toast = desk_answers.taken(scene, b.Take(scene.file.case.id, scene.file.case.round))
    to_whom(scene, button)
    return toast


def to_whom(scene: Scene, _: b.Company) -> str:
    """*Butuh teman*: whom to ask, and whom to phone."""
    session, speech = scene.turn.session, scene.speech
    offered = [
        (member.id, named(speech, Holder(member.role, roster.name_of(session, member))))
        for member in handing.candidates(scene.turn, scene.file)
    ]
    text = speech.say("w_teman_tanya" if offered else "w_teman_kosong", nomor=scene.number)
    text += f"\n{company.phones(scene.turn, scene.file, scene.chat_id)}"
    scene.answer(case_buttons.with_whom(speech, scene.file.facts, offered, text), kinds.OWNER_CARD)
    return ""


def asked(scene: Scene, button: b.Company) -> str:
    """They are asked: when it rings if that is later, and until when they may answer. Else the list as it is now."""
    facts, speech, until = scene.file.facts, scene.speech, scene.file.case.company_until
    if facts.company is None or scene.file.case.company_id != button.member or not is_expected(facts.company.says):
        to_whom(scene, button)
        return speech.word("w_teman_tidak_ada")
    rings_at = scene.file.policy.hours.opening(scene.turn.now)
    who, rows = named(speech, facts.company.who), case_buttons.owner_rows(speech, facts)
    if until is None:
        scene.answer(Message(speech.say("w_teman_sudah", nomor=scene.number, siapa=who), rows), kinds.OWNER_CARD)
        return ""
    text = speech.say("w_teman", nomor=scene.number, siapa=who, **at_words(until))
    if rings_at > scene.turn.now:
        hari2, jam2 = day_words(until), clock(until)
        text = speech.say("w_teman_nanti", nomor=scene.number, siapa=who, hari2=hari2, jam2=jam2, **at_words(rings_at))
    scene.answer(Message(text, rows), kinds.OWNER_CARD)
    return speech.word("w_teman_singkat", hari=day(speech, until), jam=clock(until))


def called_off(scene: Scene, _: b.Company) -> str:
    """*Tidak jadi ditemani*."""
    rows = case_buttons.owner_rows(scene.speech, scene.file.facts)
    scene.answer(Message(scene.speech.say("w_teman_urung", nomor=scene.number), rows), kinds.OWNER_CARD)
    return scene.speech.word("w_teman_urung", nomor=scene.number)


def answered(scene: Scene, _: b.Companion) -> str:
    """*Saya ikut*: with the way to the owner. *Tidak bisa*: thanks."""
    file, speech = scene.file, scene.speech
    if file.case.company_says != COMES or file.owner is None:
        scene.answer(Message(speech.say("w_serah_tolak", nomor=scene.number)))
        return speech.word("d_singkat")
    owner = named(speech, Holder(file.owner.role, roster.name_of(scene.turn.session, file.owner)))
    phone = roster.phone_of(scene.turn.session, file.owner)
    text = speech.say("w_teman_terima", nomor=scene.number, siapa=owner)
    if phone is not None:
        text += f"\n{speech.say('w_teman_telepon', telepon=phone)}"
    keys = (
        *company.way_to(scene.turn, file, scene.chat_id, file.owner),
        case_buttons.read_key(speech, file.facts),
        case_buttons.companion_key(speech, file.facts, "tidak"),
    )
    scene.answer(Message(text, column(keys), protected=True), kinds.COMPANY)
    return speech.word("w_teman_terima_singkat")
