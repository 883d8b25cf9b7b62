"""A worker's list as they read it: how many in each group, then a page of cases with a button each; pure (row 161)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core import buttons as b
from bot.core.task_groups import Group, Item, Tally
from bot.texts import case_lists
from bot.texts.case_facts import LAMPS, CaseFacts, Fact
from bot.texts.case_lines import Line, bubble, line
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column

PAGE = 5
"""Cases on one page: so many buttons somebody sees at once (rule of five)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One case of a page; `due`: until when something is expected."""

    item: Item
    case: CaseFacts
    due: datetime | None


def task_list(
    speech: Speech, counts: Mapping[Group, Tally], shown: Sequence[Entry], page: int, more: Sequence[Key]
) -> Message:
    """One page of the list, and below it the way to the pages beside it and the buttons `more`."""
    total = sum(tally.count for tally in counts.values())
    if not total:
        return Message(speech.say("w_kosong"), column(more))
    lines = [line(speech.say("w_daftar", jumlah=str(total)))]
    for group, tally in counts.items():
        if tally.count:
            lines += [_head(speech, group, tally)]
            lines += [_entry(speech, entry) for entry in shown if entry.item.group is group]
    keys = [case_key(entry.case) for entry in shown]
    if (page + 1) * PAGE < total:
        keys.append(Key(speech.word("b-halaman-sesudah"), b.Tasks(page + 1)))
    if page:
        keys.append(Key(speech.word("b-halaman-sebelum"), b.Tasks(page - 1)))
    return bubble(lines, column((*keys, *more)))


def which_one(speech: Speech, cases: Sequence[CaseFacts], more: Sequence[Key]) -> Message:
    """Several cases that somebody may mean."""
    lines = [line(speech.say("w_yang_mana")), *(case_lists.entry(speech, case, None) for case in cases)]
    return bubble(lines, column((*(case_key(case) for case in cases), *more)))


def case_key(case: CaseFacts) -> Key:
    """The button that opens a case: its lamp, its number and the smallest place known."""
    place = case.desa or case.kecamatan or case.kabupaten
    label = f"{LAMPS[case.urgency]} {case.number}"
    return Key(f"{label} · {place}" if place else label, b.Read(case.case_id, case.round))


def _head(speech: Speech, group: Group, tally: Tally) -> Line:
    """The name of a group with its figures: all of it, also what stands on other pages."""
    figures = [speech.say("w_darurat", jumlah=str(tally.grave))] if tally.grave else []
    figures += [speech.say("w_lewat_jumlah", jumlah=str(tally.late))] if tally.late else []
    named = speech.say(f"w_kelompok-{group}", jumlah=str(tally.count))
    return line("\n" + f"<b>{named}</b>" + (f" ({', '.join(figures)})" if figures else ""))


def _entry(speech: Speech, entry: Entry) -> Line:
    told = case_lists.entry(speech, entry.case, entry.due)
    return Line(f"{told.text} · {speech.say('w_lewat')}", told.shows | {Fact.DEADLINE}) if entry.item.late else told
