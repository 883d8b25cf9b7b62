"""Whole reports by buttons, many at once, and what must be true of them afterwards: in order, once, and all."""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from time import monotonic

from bot.localtelegram.phones import Phone
from bot.localtelegram.records import Call
from bot.localtelegram.server import LocalTelegram
from tests.bench.bots import Missing
from tests.bench.street import NOTHING, Street
from tests.bench.way import STEPS, UPDATES

QUIET = 5.0
"""Seconds in which the bot calls nobody, after which what somebody waits for is lost."""
LABELS = [label for label, _ in STEPS]
COMMON = "❓ Tidak tahu"
"""It stands in the keyboards of other questions too."""
FIRST = 5_000_000_001
RECEIPT = "Nomor laporan"


@dataclass(slots=True)
class Crowd:
    """What became of some residents: the updates that were answered, what is missing, and the seconds of work."""

    answered: int = 0
    finished: int = 0
    lost: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


async def reports(here: Street, count: int, at_once: int, first: int = FIRST, quiet: float = QUIET) -> Crowd:
    """So many residents, each from /start to the number; who gets no answer gives up, and the next one begins.

    The seconds in which nothing moved because an answer was lost are no seconds of work.
    """
    crowd, gate, begun = Crowd(), asyncio.Semaphore(at_once), monotonic()
    state, stood, until = here.telegram.state, 0.0, begun

    async def one(n: int) -> None:
        nonlocal stood, until
        async with gate:
            try:
                await _walk(here, here.telegram.phone(first + n, f"Warga {n}"), crowd, quiet)
                crowd.finished += 1
            except Missing as missing:
                crowd.lost[str(missing).rpartition(" of ")[0]] += 1
                stood += monotonic() - max(state.last_call, until)
                until = monotonic()

    await asyncio.gather(*(one(n) for n in range(count)))
    crowd.seconds = max(state.last_call - begun - stood, 0.001)
    return crowd


async def _walk(here: Street, phone: Phone, crowd: Crowd, quiet: float) -> None:
    await phone.start()
    last = NOTHING
    for label, _ in STEPS:
        key, last = await here.key(phone, label, quiet, last)
        crowd.answered += 1
        await phone.press(key.label, last.message_id)
    await here.says(phone, RECEIPT, quiet)
    crowd.answered += 1


def faults(telegram: LocalTelegram, count: int, stored: int) -> list[str]:
    """What is not as promised: each person was asked in order and each question once, each got one number of their own.

    `stored` reports are in the database.
    """
    found: list[str] = []
    numbers: Counter[str] = Counter()
    calls = _calls(telegram)
    for chat in range(FIRST, FIRST + count):
        asked, receipts = _told(calls[chat])
        if asked != LABELS:
            found.append(f"{chat} was asked {_differs(asked)}")
        if len(receipts) != 1:
            found.append(f"{chat} got {len(receipts)} numbers")
        numbers.update(receipts)
    found += [f"{text[:40]!r} was given twice" for text, times in numbers.items() if times > 1]
    if stored != count:
        found.append(f"{stored} of {count} reports are stored")
    return found


def _differs(asked: Sequence[str]) -> str:
    """Where the questions of a person leave the order of the conversation."""
    for at, (label, expected) in enumerate(zip_longest(asked, LABELS)):
        if label != expected:
            return f"{label!r} as question {at + 1}, where {expected!r} follows"
    return "in order"


def _calls(telegram: LocalTelegram) -> dict[int, list[Call]]:
    """The calls that took effect in each private chat, in their order."""
    found: dict[int, list[Call]] = defaultdict(list)
    for call in telegram.state.calls:
        if call.performed and str(chat := call.params.get("chat_id", "")).isdecimal():
            found[int(chat)].append(call)
    return found


def _told(calls: Sequence[Call]) -> tuple[list[str], list[str]]:
    """The labels of the questions that were asked in a chat, in order, and its receipts."""
    asked: list[str] = []
    receipts: list[str] = []
    for call in calls:
        if RECEIPT in str(call.params.get("text")):
            receipts.append(call.params["text"])
        markup = call.params.get("reply_markup") or {}
        markup = json.loads(markup) if isinstance(markup, str) else markup
        shown = {key["text"] for row in markup.get("inline_keyboard", ()) for key in row}
        found = shown.intersection(LABELS)
        if len(asked) < len(LABELS) and LABELS[len(asked)] in found:
            asked.append(LABELS[len(asked)])
        else:
            asked += sorted(found - {COMMON})
    return asked, receipts


def calls_a_press(telegram: LocalTelegram, count: int) -> float:
    """Bot API calls for a press of a resident; what the worker reads, and polls, are none."""
    calls = _calls(telegram)
    theirs = sum(len(calls[chat]) for chat in range(FIRST, FIRST + count))
    return (theirs + len(telegram.calls("answerCallbackQuery"))) / (count * UPDATES)
