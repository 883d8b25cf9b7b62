"""A complaint about the work on a case, as whoever is above those who did it reads it (row 78)."""

from collections.abc import Iterator
from dataclasses import replace

from bot.core.addition import Addition
from bot.texts.case_buttons import read_key
from bot.texts.case_facts import LAMPS, CaseFacts, Fact
from bot.texts.case_lines import bubble, line
from bot.texts.catalog import Speech
from bot.texts.clean import clean, cut, escape
from bot.texts.message import File, Message, column

LONGEST = 1200
"""Characters of one text that are shown."""


def to_superior(
    speech: Speech, case: CaseFacts, told: Addition, *, other: bool, silent: bool = False
) -> Iterator[Message]:
    """What was said, and each picture and recording; `other`: the reporter wants somebody else."""
    key = "w_minta_lain" if other else "w_keluhan"
    lines = [line(speech.say(key, lampu=LAMPS[case.urgency], nomor=case.number), Fact.URGENCY, Fact.NUMBER)]
    if told.text:
        lines.append(line(f"<blockquote>{escape(cut(clean(told.text), LONGEST))}</blockquote>"))
    rows = column((read_key(speech, case),))
    yield replace(bubble(lines, rows, silent=silent), protected=True)
    for medium in told.media:
        yield Message("", file=File(medium.kind, medium.file_id), protected=True, silent=True)
