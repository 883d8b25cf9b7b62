"""A report that its reporter takes back, as the workers read it: whoever wrote may have been forced to (row 158)."""

from bot.texts.case_buttons import owner_rows, take_key
from bot.texts.case_facts import LAMPS, CaseFacts, Fact
from bot.texts.case_lines import bubble, line
from bot.texts.catalog import Speech
from bot.texts.message import Message, column


def to_owner(speech: Speech, case: CaseFacts) -> Message:
    """To whoever has the case."""
    head = line(speech.say("w_tarik", lampu=LAMPS[case.urgency], nomor=case.number), Fact.URGENCY, Fact.NUMBER)
    return bubble((head,), owner_rows(speech, case))


def to_asked(speech: Speech, case: CaseFacts) -> Message:
    """One line under the card of whoever may answer; no group reads it."""
    told = line(speech.say("l_tarik", lampu=LAMPS[case.urgency], nomor=case.number), Fact.URGENCY, Fact.NUMBER)
    return bubble((told,), column((take_key(speech, case, "b-saya-tangani"),)))
