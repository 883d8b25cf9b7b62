"""The gate: whom to phone now, before anything else and before consent (row 66)."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.report_facts import was_phoned
from bot.core.report_flow import REPORT
from bot.core.walk import ASIDE
from bot.texts.message import Key, Message, column
from handlers import added, hiding, opening
from handlers.acts import Who
from storage import cases, drafts, kinds


def pressed(turn: Turn, who: Who) -> None:
    """*Ada bahaya sekarang*: whom to phone; whoever has a report and begins no other is asked if it is that one."""
    reports = added.about(turn, who)
    draft = drafts.of(turn.session, who.chat_id)
    if not reports or (draft is not None and not hiding.is_away(turn, draft)):
        gate(turn, who)
        return
    speech, knowledge = turn.speech(who.chat_id), turn.house.known.knowledge
    told = cases.content(turn.session, reports[0])
    phone, own = speech.word(knowledge.emergency_key(None)), told is not None and told.of_oneself
    words = speech.say("diri_gawat", telepon=phone) if own else speech.say("gawat", telepon=phone)
    several = len(reports) > 1
    asked = speech.say("bahaya_untuk_mana" if several else "bahaya_untuk", nomor=reports[0].number)
    keys = [Key(speech.word("b-ya-laporan", nomor=mine.number), b.DangerNow(mine.id, "ya")) for mine in reports]
    keys.append(Key(speech.word("b-laporan-lain"), b.Menu(Go.REPORT)))
    turn.say(who.chat_id, Message(f"{words}\n\n{asked}", column(keys)), kinds.DANGER)


def gate(turn: Turn, who: Who) -> None:
    """Whom to phone, and whether that was done."""
    speech = turn.speech(who.chat_id)
    phone = speech.word(turn.house.known.knowledge.emergency_key(None))
    keys = [
        Key(speech.word("b-sudah-telepon"), b.Menu(Go.PHONED)),
        Key(speech.word("b-tidak-bisa-telepon"), b.Menu(Go.CANNOT_PHONE)),
        Key(speech.word("b-lapor"), b.Menu(Go.REPORT)),
    ]
    turn.say(who.chat_id, Message(speech.say("gawat", telepon=phone), column(keys)), kinds.DANGER)
    draft = drafts.named(turn.session, (who.chat_id, REPORT.name))
    if draft is not None and draft.question_uid is not None:
        answers = {**drafts.answers_of(turn.session, draft), ASIDE: draft.shown}
        drafts.keep(turn.session, draft, answers, turn.now, draft.due_at)


def phoned(turn: Turn, who: Who) -> None:
    """Somebody was phoned."""
    _keep(turn, who, Go.PHONED)
    _go_on(turn, who, "gawat_sudah")


def cannot_phone(turn: Turn, who: Who) -> None:
    """Nobody could be phoned."""
    _keep(turn, who, Go.CANNOT_PHONE)
    _go_on(turn, who, "gawat_takbisa")


def _keep(turn: Turn, who: Who, answer: Go) -> None:
    """The answer is kept for the card, in a draft that lives an hour without consent."""
    draft = drafts.named(turn.session, (who.chat_id, REPORT.name))
    if draft is None:
        opening.begin(turn, who, REPORT, was_phoned(answer))
        return
    answers = {**drafts.answers_of(turn.session, draft), **was_phoned(answer)}
    drafts.keep(turn.session, draft, answers, turn.now, draft.due_at)


def _go_on(turn: Turn, who: Who, key: str) -> None:
    speech = turn.speech(who.chat_id)
    keys = (Key(speech.word("b-lanjut"), b.Menu(Go.REPORT)), Key(speech.word("b-cukup"), b.Menu(Go.DONE)))
    turn.say(who.chat_id, Message(speech.say(key), column(keys)), kinds.DANGER)
