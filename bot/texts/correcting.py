"""What a reporter corrects, as whoever has the case is asked about it (row 16)."""

from bot.core import buttons as b
from bot.texts.case_buttons import read_key
from bot.texts.case_facts import LAMPS, CaseFacts, Fact
from bot.texts.case_lines import bubble, line
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column


def shall_it(speech: Speech, case: CaseFacts, words: str, addition_id: str) -> Message:
    """Shall it be changed? The owner may know better than the reporter."""
    told = speech.say("w_betulkan", lampu=LAMPS[case.urgency], nomor=case.number, isi=words)
    amend = Key(speech.word("b-ubah-laporan"), b.Amend(case.case_id, case.round, addition_id))
    rows = column((amend, read_key(speech, case)))
    return bubble((line(told, Fact.URGENCY, Fact.NUMBER),), rows)
