"""What a worker reads after they passed a case on, wanted quiet, or changed what is known of it."""

from bot.core import buttons as b
from bot.core.correct_flow import WHERE
from bot.core.passing import IN_WORDS
from bot.core.words import Words
from bot.texts import case_buttons
from bot.texts.message import Message, column
from bot.texts.times import at_words, clock, day
from handlers import correcting, presence, reasoning
from handlers.desk_answers import Scene
from storage import kinds

AWAY = ("luar_kota", "sakit")
"""Reasons that outlast one case: a leave is offered with them (words.md, section 4b)."""


def passed_on(scene: Scene, _: b.Decline) -> str:
    """*Tidak bisa*: it was passed on; why is asked now, of a darurat at night in the morning."""
    if scene.file.facts.night_until is not None:
        scene.answer(Message(scene.speech.say("d_malam", nomor=scene.number)))
    else:
        text = scene.speech.say("d_tanya", nomor=scene.number)
        scene.answer(case_buttons.reasons(scene.speech, scene.file.facts, text))
    return scene.speech.word("d_singkat")


def other_reasons(scene: Scene, _: b.DeclineFor) -> str:
    """*Lainnya*: the other reasons."""
    scene.answer(case_buttons.other_reasons(scene.speech, scene.file.facts))
    return ""


def explained(scene: Scene, button: b.DeclineFor) -> str:
    """A reason was given; another one may be said in words, and whoever is away for longer is offered a leave."""
    speech = scene.speech
    if button.reason == IN_WORDS:
        reasoning.begin(scene.turn, scene.chat_id, scene.file.case)
        return ""
    keys = (case_buttons.place_key(speech, scene.file.facts),) if button.reason == "bukan_wilayah" else ()
    scene.answer(Message(speech.say("d_selesai", nomor=scene.number), column(keys)))
    if button.reason in AWAY:
        scene.turn.say(scene.chat_id, Message(speech.say("cuti_tanya"), presence.offer(speech)))
    return speech.word("d_selesai", nomor=scene.number)


def why_quiet(scene: Scene, _: b.Mute) -> str:
    """*Tenang 1 jam*: why."""
    scene.answer(case_buttons.mutes(scene.speech, scene.file.facts))
    return ""


def quiet(scene: Scene, _: b.Called | b.Mute) -> str:
    """*Sudah saya telepon*, *Tenang 1 jam*: until when nobody is rung again; it is nobody's case yet."""
    until = scene.file.case.quiet_until
    assert until is not None
    words = Words("w_tenang", {"nomor": scene.number, **at_words(until)})
    take = case_buttons.take_key(scene.speech, scene.file.facts, "b-saya-tangani")
    rows = column((take,))
    scene.answer(Message(scene.speech.html(words), rows))
    return scene.speech.label(words)


def graver(scene: Scene, _: b.Grade) -> str:
    """It was raised: whoever has it reads when a word is due, whoever is asked that others are asked now."""
    urgency = Words(f"urgensi-{scene.file.case.urgency}")
    if scene.file.mine:
        return _told_grade(scene, "w_naik")
    words = Words("c_naik", {"nomor": scene.number, "urgensi": urgency})
    scene.answer(Message(scene.speech.html(words)))
    return scene.speech.label(words)


def grades(scene: Scene, _: b.Grade) -> str:
    """*Kegawatan*: up or down."""
    scene.answer(case_buttons.grades(scene.speech, scene.file.facts), kinds.OWNER_CARD)
    return ""


def why_calmer(scene: Scene, button: b.Grade) -> str:
    """One grade down: why."""
    scene.answer(case_buttons.calmer_reasons(scene.speech, scene.file.facts, button.grade), kinds.OWNER_CARD)
    return ""


def calmer(scene: Scene, _: b.Grade) -> str:
    """It was lowered."""
    return _told_grade(scene, "w_turun")


def wrong(scene: Scene, button: b.Wrong) -> str:
    """*Salah tempat*, *Salah jenis*: which is right."""
    report = scene.file.reports[0]
    correcting.begin(scene.turn, scene.chat_id, report, WHERE if button.what == "bukan" else button.what)
    return ""


def _told_grade(scene: Scene, key: str) -> str:
    """An answer to an owner who changed how grave it is: until when a word is awaited, and their buttons."""
    due = scene.file.case.next_due_at
    assert due is not None
    urgensi = scene.speech.word(f"urgensi-{scene.file.case.urgency}")
    again = {"hari": day(scene.speech, due), "jam": clock(due), "urgensi": urgensi}
    rows = case_buttons.owner_rows(scene.speech, scene.file.facts)
    scene.answer(Message(scene.speech.say(key, nomor=scene.number, **again), rows), kinds.OWNER_CARD)
    return scene.speech.word(key, nomor=scene.number, **again)
