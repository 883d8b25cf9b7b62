"""A resident who reports by buttons only, in any language: what they press follows from what they are asked."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from bot.core import buttons as b
from bot.core.inputs import Picked
from bot.core.question import Answered
from bot.core.report_flow import REPORT
from bot.core.walk import apply, current
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from storage import cases, chats, drafts
from storage.session import Session
from tests.support.references import chat_of
from tests.support.world import World

WONOKROMO = ("35.78", "35.78.04", "35.78.04.1001")
"""Kota Surabaya on the second page, its 31st kecamatan on the second page: the longest way by list."""
TOYOMARTO = ("35.07", "35.07.24", "35.07.24.2016")
QUIET = {
    "setuju": "ya",
    "siapa": "tetangga",
    "jenis": "lansia",
    "bahaya": "tidakada",
    "gawat": "takbisa",
    "disapa": "tidak",
    "meninggal": "lapor",
    "layanan": "kirim",
    "patokan": "lewati",
    "kapan": "hariini",
    "cerita": "lewati",
    "foto": "lewati",
    "kontak": "bot",
    "aman": "jangan",
    "cara": "lewati",
    "ditemukan": "lewati",
    "tinjau": "kirim",
}
"""The shortest answer to every question; the place is chosen from the list."""


def words(text: str) -> int:
    """How many words a text has; icons and lone punctuation are none."""
    return sum(any(char.isalnum() for char in token) for token in text.split())


def picks(message: Shown) -> dict[tuple[str, str], str]:
    """The answers a bubble offers: (step, value) -> callback data."""
    found = {}
    for button in message.buttons:
        if isinstance(pick := b.unpack(button.data or ""), b.Pick):
            found[pick.step, pick.value] = button.data or ""
    return found


def asked(phone: Phone) -> Shown | None:
    """The newest bubble that asks something of a report."""
    return next((message for message in reversed(phone.from_bot()) if picks(message)), None)


def step_asked(phone: Phone) -> str:
    """The step the person is at, as their screen shows it; "" when nothing is asked by buttons."""
    message = asked(phone)
    return next(iter(picks(message)))[0] if message else ""


def next_press(phone: Phone, plan: Mapping[str, str], place: Iterable[str]) -> tuple[Shown, str] | None:
    """The bubble and the data of the button that follows `plan`; None when nothing is asked any more."""
    message = asked(phone)
    if message is None:
        return None
    offered = picks(message)
    for code in (*place, "daftar"):
        if ("tempat", code) in offered:
            return message, offered["tempat", code]
    for (step, value), data in offered.items():
        if step == "tempat" and value.startswith("hal-") and value != "hal-0":
            return message, data
        if plan.get(step) == value:
            return message, data
    if ("tempat", "tidaktahu") in offered:
        return message, offered["tempat", "tidaktahu"]
    raise AssertionError(f"nothing planned for {list(offered)}")


async def press(phone: Phone, step: str, value: str) -> None:
    """Press the newest button with this answer."""
    for message in reversed(phone.from_bot()):
        if (data := picks(message).get((step, value))) is not None:
            await phone.forge(data, message_id=message.message_id)
            return
    raise AssertionError(f"no button {step}={value} in {phone.buttons()}")


PLAIN = ("tempat", "patokan", "kapan", "cerita", "foto")
"""Questions that ask the same of everybody; of several in a row only the last is answered by a press."""


async def go(w: World, phone: Phone, until: str, place: Iterable[str] = TOYOMARTO, **plan: str) -> None:
    """Answer by buttons until `until` is asked ("" = to the end), the plain questions by one press.

    That a press at each of them leads to the same is told in tests/stories/test_report_flow.py.
    """
    planned, place = {**QUIET, **plan}, tuple(place)
    for _ in range(40):
        if step_asked(phone) == until or (found := next_press(phone, planned, place)) is None:
            return
        last = await w.read(partial(_leap, w, phone, until, place, planned))
        await (phone.forge(found[1], message_id=found[0].message_id) if last is None else phone.forge(last))
        await w.settle()
    raise AssertionError("the conversation goes in circles")


async def go_each(w: World, phone: Phone, until: str, place: Iterable[str] = TOYOMARTO, **plan: str) -> None:
    """The same with a press at each question, for whoever reads all of them."""
    await go_together(w, {phone: (until, plan)}, place)


def _leap(
    w: World, phone: Phone, until: str, place: Sequence[str], plan: Mapping[str, str], session: Session
) -> str | None:
    """Answer all but the last of the plain questions that come now; what the press that is left sends."""
    draft = drafts.of(session, chat_of(session, phone))
    if draft is None or draft.flow != REPORT.name or draft.step not in PLAIN:
        return None
    known, presses = w.app.house.known, list[tuple[dict[str, Any], Picked]]()
    answers = drafts.answers_of(session, draft)
    while (step := current(REPORT, answers)) is not None and step.name in PLAIN and step.name != until:
        offered = [choice.value for choice in step.ask(answers, known).choices]
        pages = [value for value in offered if value.startswith("hal-") and value != "hal-0"]
        wanted = (*place, "daftar", *pages, "tidaktahu") if step.name == "tempat" else (plan[step.name],)
        value = next((value for value in wanted if value in offered), None)
        given = None if value is None else step.read(answers, Picked(value), known)
        if value is None or not isinstance(given, Answered):
            return None
        presses.append((answers, Picked(value)))
        answers = apply(REPORT, answers, given.updates)
        last = step.name
    if len(presses) < 2:
        return None
    drafts.keep(session, draft, presses[-1][0], w.now, draft.due_at)
    return b.Pick(draft.id, 0, last, presses[-1][1].value).pack()


async def go_together(
    w: World, people: Mapping[Phone, tuple[str, Mapping[str, str]]], place: Iterable[str] = TOYOMARTO
) -> dict[Phone, int]:
    """The same for many at once, each until their own question by their own plan; returns the presses of each."""
    counts = dict.fromkeys(people, 0)
    while True:
        moved = False
        for phone, (until, plan) in people.items():
            if step_asked(phone) == until or (found := next_press(phone, {**QUIET, **plan}, place)) is None:
                continue
            await phone.forge(found[1], message_id=found[0].message_id)
            counts[phone] += 1
            moved = True
        if not moved:
            return counts
        assert max(counts.values()) < 40, "somebody goes in circles"
        await w.settle()


async def begin_together(w: World, people: Mapping[Phone, tuple[str, Mapping[str, str]]]) -> None:
    """From /start to the question each is to stand at."""
    for phone in people:
        await phone.start()
    await w.settle()
    for phone in people:
        await phone.press("📝")
    await w.settle()
    await go_together(w, people)


async def begin(w: World, phone: Phone, until: str = "siapa", **plan: str) -> None:
    """From /start to the question `until`."""
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor")
    await go(w, phone, until, **plan)


async def speaks(w: World, phone: Phone, language: str) -> None:
    """This person has chosen a language."""

    def choose(session: Session) -> None:
        chats.speak(session, chat_of(session, phone), language)

    await w.read(choose)


async def numbers(w: World, phone: Phone) -> list[str]:
    """The numbers of this person's reports, newest first."""
    found: list[str] = await w.read(
        lambda s: [report.number for report, _ in cases.reports_of(s, chat_of(s, phone), 1000)]
    )
    return found
