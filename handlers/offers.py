"""Offers: to make a report of what came unasked, to go on with what lies unfinished (rows 3, 5)."""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.put_away import was_put_away
from bot.core.report_facts import TO_SELF
from bot.core.words import Words
from bot.texts.message import Key, Message, column
from handlers import greeting
from handlers.asking import keep, put
from handlers.closing import close, close_offer, flow_of, proposal, speech_of, standing, take_offer
from storage import drafts
from storage.drafts import Name
from storage.tables import Draft


def offer(turn: Turn, draft: Draft) -> None:
    """Something came before the first question: shall it begin one?"""
    speech, script = speech_of(turn, draft), flow_of(draft).script
    keys = [Key(speech.label(script.begin or Words("b-lanjutkan")), b.Nav(draft.id, 0, "lanjut"))]
    if script.quick:
        keys.append(Key(speech.word("b-lapor-cepat"), b.Menu(Go.QUICK)))
    if script.danger:
        keys.append(Key(speech.word("b-bahaya"), b.Menu(Go.DANGER)))
    keys.append(Key(speech.word("b-hapus"), b.Nav(draft.id, 0, "buang")))
    _propose(turn, draft, keys)


def nudge(turn: Turn, draft: Draft) -> None:
    """An unfinished conversation is mentioned."""
    speech = speech_of(turn, draft)
    go_on = Key(speech.word("b-lanjutkan"), b.Nav(draft.id, 0, "lanjut"))
    _propose(turn, draft, [go_on, Key(speech.word("b-buang"), b.Nav(draft.id, 0, "buang"))])


def later(turn: Turn, draft: Draft) -> None:
    """Whoever is offered to go on does not want to now: nothing is answered by that, and it stays as it is."""
    speech = speech_of(turn, draft)
    go_on = Key(speech.word("b-lanjutkan"), b.Nav(draft.id, 0, "lanjut"))
    keys = column((go_on, Key(speech.word("b-buang"), b.Nav(draft.id, 0, "buang"))))
    turn.say(draft.chat_id, Message(speech.say("lanjut_nanti"), keys))


def stalled(turn: Turn, name: Name) -> None:
    """Time is up: without consent a draft is forgotten, else mentioned once and forgotten later (row 3).

    What was said before it was asked for is not forgotten in silence: its person read that it had come.
    """
    draft = drafts.hold(turn.session, name)
    if draft is None or draft.due_at > turn.now:
        return
    answers = drafts.answers_of(turn.session, draft)
    if draft.nudged or not flow_of(draft).agreed(answers):
        _forget(turn, draft)
        return
    draft.nudged = True
    if flow_of(draft).hidden(answers) or was_put_away(answers):
        keep(turn, draft, answers)
        return
    nudge(turn, draft)


def _forget(turn: Turn, draft: Draft) -> None:
    answers, flow, speech = drafts.answers_of(turn.session, draft), flow_of(draft), speech_of(turn, draft)
    # Who wrote of harm to themselves is not turned away, and others may read their phone.
    silent = draft.nudged or flow.hidden(answers) or was_put_away(answers) or TO_SELF in answers
    words = None if silent else flow.script.lapsed
    was, old = standing(draft, answers), take_offer(turn, draft)
    drafts.drop(turn.session, draft)
    if words is None or not flow.holds(answers):
        return
    turn.say(draft.chat_id, Message(speech.html(words), column(greeting.keys(speech, (Go.REPORT, Go.DANGER)))))
    close(turn, draft, was, None)
    close_offer(turn, draft.chat_id, old)


def _propose(turn: Turn, draft: Draft, keys: list[Key]) -> None:
    old, message = take_offer(turn, draft), Message(proposal(turn, draft), column(keys))
    draft.offer_uid = put(turn, draft.chat_id, message, f"{draft.id}:offer")
    close_offer(turn, draft.chat_id, old)
    keep(turn, draft, drafts.answers_of(turn.session, draft))
