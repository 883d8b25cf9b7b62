"""A worker's list: what waits for them and what they have, the gravest first."""

from bot.actions import deadlines, summary
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.keeping import KEEPERS
from bot.core.knowledge import URGENCIES
from bot.core.moves import Status
from bot.core.roles import LADDER_ROLES
from bot.texts import case_lists
from bot.texts.case_facts import LAMPS
from bot.texts.case_lines import Line, bubble, line
from bot.texts.catalog import Speech
from bot.texts.message import Key, column
from handlers.acts import Who
from storage import cases, register, roster
from storage.tables import Case

SHOWN = 15
"""Cases of a worker's list that have a line and a button; the rest is counted."""


def show(turn: Turn, who: Who) -> bool:
    """The list, each case with its button; False for somebody without a role."""
    speech = turn.speech(who.chat_id)
    roles = roster.roles_of(turn.session, who.chat_id)
    if not roles:
        return False
    register.seen(turn.session, roles, turn.now)
    waiting, owned = cases.waiting_for(turn.session, who.chat_id), cases.owned_by(turn.session, who.chat_id)
    lines = [line(speech.say("t_tugas", menunggu=str(len(waiting)), dipegang=str(len(owned))))]
    shown = sorted((*waiting, *owned), key=lambda case: URGENCIES.index(case.urgency))[:SHOWN]
    lines += [_line(turn, speech, case) for case in shown]
    if more := len(waiting) + len(owned) - len(shown):
        lines.append(line(speech.say("r_lagi", jumlah=str(more))))
    keys = [Key(f"{LAMPS[case.urgency]} {case.number}", b.Read(case.id, case.round)) for case in shown]
    if summary.scope_of(roles) is not None:
        keys.append(Key(speech.word("b-ringkasan"), b.Menu(Go.SUMMARY)))
    if any(member.role in KEEPERS for member in roles):
        keys.append(Key(speech.word("b-petugas"), b.Menu(Go.STAFF)))
    if any(member.role in LADDER_ROLES for member in roles):
        keys.append(Key(speech.word("b-cuti"), b.Menu(Go.LEAVE)))
    keys += [Key(speech.word("b-lapor"), b.Menu(Go.REPORT)), Key(speech.word("b-bahasa"), b.Menu(Go.LANGUAGE))]
    turn.say(who.chat_id, bubble(lines, column(keys)))
    return True


def _line(turn: Turn, speech: Speech, case: Case) -> Line:
    """One case of the list: who has it is expected to say a word by then, who is asked to answer by then."""
    due = case.next_due_at if case.status != Status.OPEN else deadlines.answer_by(turn, case)
    return case_lists.entry(speech, CaseFile(turn, case).facts, due)
