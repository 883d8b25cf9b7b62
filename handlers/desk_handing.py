"""What a worker reads who hands a case to somebody, and whoever is asked to take it over (row 42)."""

from bot.actions import handing
from bot.core import buttons as b
from bot.texts import case_buttons
from bot.texts.case_ends import named
from bot.texts.case_facts import Holder
from bot.texts.message import Message
from bot.texts.times import at_words, clock, day
from handlers.desk_answers import Scene
from storage import kinds, roster


def to_whom(scene: Scene, _: b.Hand) -> str:
    """*Serahkan*: to whom."""
    session, speech = scene.turn.session, scene.speech
    offered = [
        (member.id, named(speech, Holder(member.role, roster.name_of(session, member))))
        for member in handing.candidates(scene.turn, scene.file)
    ]
    scene.answer(case_buttons.whom(speech, scene.file.facts, offered), kinds.OWNER_CARD)
    return ""


def handed(scene: Scene, _: b.Hand) -> str:
    """They are asked; until when, and that it is the owner's meanwhile."""
    facts, speech = scene.file.facts, scene.speech
    assert facts.handed_to is not None and facts.handed_until is not None
    text = speech.say(
        "w_serah", nomor=scene.number, siapa=named(speech, facts.handed_to), **at_words(facts.handed_until)
    )
    scene.answer(Message(text, case_buttons.owner_rows(speech, facts)), kinds.OWNER_CARD)
    return speech.word("w_serah_singkat", hari=day(speech, facts.handed_until), jam=clock(facts.handed_until))


def taken_back(scene: Scene, _: b.Hand) -> str:
    """*Tidak jadi diserahkan*: it stays with its owner."""
    rows = case_buttons.owner_rows(scene.speech, scene.file.facts)
    scene.answer(Message(scene.speech.say("w_serah_urung", nomor=scene.number), rows), kinds.OWNER_CARD)
    return scene.speech.word("w_serah_urung", nomor=scene.number)


def refused(scene: Scene, _: b.Handed) -> str:
    """*Tidak bisa*: it stays where it is."""
    scene.answer(Message(scene.speech.say("w_serah_tolak", nomor=scene.number)))
    return scene.speech.word("d_singkat")
