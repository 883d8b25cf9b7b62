"""*Salah tempat*, *Salah jenis*: what was wrong is asked once more, and what becomes of it is said (row 16)."""

from collections.abc import Mapping
from typing import Any

from bot.actions import additions as telling
from bot.actions import correcting as deeds
from bot.actions.correcting import Corrected
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition
from bot.core.correct_flow import BY_WORKER, CORRECT, WHATS, corrected, knowing, report_of, said_besides
from bot.core.correction import Correction
from bot.core.inputs import Typed
from bot.core.moves import ENDS
from bot.core.pictures import DROPPED
from bot.core.place_lists import place_words
from bot.core.place_step import PLACE
from bot.core.question import Answered
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers import asking, opening, own_reports
from handlers.acts import Who
from handlers.closing import known
from storage import additions, cases, drafts, kinds
from storage.tables import Draft, Report


def press(turn: Turn, who: Who, button: b.Correct, named: str = "") -> str:
    """A button under one of a person's own reports: the question begins, an unfinished one is left.

    `named`: the place that is right, in their words.
    """
    found = cases.own_report(turn.session, button.report, who.chat_id)
    told = cases.content(turn.session, found[0]) if found is not None else None
    if found is None or button.what not in WHATS:
        return turn.speech(who.chat_id).word("tombol_lama")
    if told is None or (found[1].status in ENDS and not found[0].fixed_clock):
        return own_reports.show_report(turn, who, button.report)
    old = drafts.named(turn.session, (who.chat_id, CORRECT.name))
    if old is not None:
        drafts.drop(turn.session, old)
    begun = knowing(button.report, button.what, told.who)
    opening.open_flow(turn, who, CORRECT, {**begun, **_place(turn, who, begun, named)})
    return ""


def begin(turn: Turn, chat_id: int, report: Report, what: str) -> None:
    """A worker says that the place or the kind of a case is wrong: the question begins, an unfinished one is left."""
    told = cases.content(turn.session, report)
    if told is None:
        return
    old = drafts.named(turn.session, (chat_id, CORRECT.name))
    if old is not None:
        drafts.drop(turn.session, old)
    opening.open_flow(
        turn, Who(chat_id, chat_id, True), CORRECT, {**knowing(report.id, what, told.who), BY_WORKER: True}
    )


def _place(turn: Turn, who: Who, begun: Mapping[str, Any], named: str) -> Mapping[str, Any]:
    """The places of that name, which the first question shows; nothing where there is none."""
    found = PLACE.read(begun, Typed(named), known(turn, who.chat_id)) if named else None
    return found.updates if isinstance(found, Answered) and PLACE.name not in found.updates else {}


def finish(turn: Turn, draft: Draft, answers: Mapping[str, Any]) -> None:
    """The last question was answered."""
    asking.take_keyboard(turn, drafts.all_of(turn.session, draft.chat_id))
    drafts.drop(turn.session, draft)
    speech, right, report_id = turn.speech(draft.chat_id), corrected(answers), report_of(answers)
    _tell_besides(turn, draft.chat_id, report_id, said_besides(answers))
    done = deeds.correct(turn, report_id, draft.chat_id, right, _words(turn, speech, right))
    mine = None if done is not None else deeds.by_worker(turn, report_id, draft.chat_id, right)
    if mine is not None:
        near = cases.openable(turn.session, (mine.case.id,), draft.chat_id)
        key = "w_diubah" if mine.mine else "w_alih" if near else "w_pindah"
        turn.say(draft.chat_id, Message(speech.say(key, nomor=mine.case.number)))
    elif done is None:
        found = cases.own_report(turn.session, report_id, draft.chat_id)
        key = "tambah_dicatat" if found is not None and found[0].fixed_clock else "betul_selesai"
        _said(turn, draft.chat_id, found[0] if found is not None else None, key)
    else:
        _say(turn, done)


def _tell_besides(turn: Turn, chat_id: int, report_id: str, text: str) -> None:
    """What a reporter wrote besides their answers reaches the case; of a case at its end the answer says so."""
    found = cases.own_report(turn.session, report_id, chat_id) if text else None
    if found is not None:
        row = additions.begin(turn.session, found[0], Addition(text), turn.now, turn.now)
        if telling.add(turn, row) is None:
            additions.drop(turn.session, row)


def _say(turn: Turn, done: Corrected) -> None:
    report, case = done.report, done.file.case
    key = "w_diubah" if done.file.mine else "tambah_dicatat"
    if done.anew and not report.fixed_clock:
        key = "w_diubah" if done.file.listed else "betul_anew"  # the news says who reads it
    elif not report.fixed_clock and done.file.owner is not None and not done.file.mine:
        key = "betul_tanya"
    _said(turn, report.chat_id, report, key)
    if done.dropped:
        turn.say(report.chat_id, Message(turn.speech(report.chat_id).html(DROPPED)))
    if done.anew and case.urgency == "darurat":
        speech = turn.speech(report.chat_id)
        phone = speech.word(turn.house.known.knowledge.emergency_key(case.kabupaten))
        turn.say(report.chat_id, Message(speech.say("gawat", telepon=phone)), kinds.DANGER)


def _said(turn: Turn, chat_id: int, report: Report | None, key: str) -> None:
    speech = turn.speech(chat_id)
    if report is None:
        turn.say(chat_id, Message(speech.say("belum_ada_laporan")))
        return
    rows = column((Key(speech.word("b-lihat-laporan"), b.ShowReport(report.id)),))
    turn.say(chat_id, Message(speech.say(key, nomor=report.number), rows))


def _words(turn: Turn, speech: Speech, right: Correction) -> str:
    """The correction in words, as the workers read it."""
    if right.category is not None:
        flag = turn.house.known.knowledge.categories[right.category].flag(right.danger or "")
        danger = f"bahaya-{right.category}-{right.danger}" if flag else "bahaya-belum-jelas"
        return f"{speech.word(f'jenis-{right.category}')}, {speech.word(danger)}"
    code = right.desa or right.kecamatan or right.kabupaten
    place = place_words(turn.house.known.places, code) if code else speech.word("b-tidak-tahu")
    return f"{place} ({right.landmark})" if right.landmark else place
