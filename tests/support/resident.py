"""A resident who reports by buttons only, in any language: what they press follows from what they are asked."""

from collections.abc import Iterable, Mapping

from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from storage import cases, chats
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


async def go(w: World, phone: Phone, until: str, place: Iterable[str] = TOYOMARTO, **plan: str) -> int:
    """Answer by buttons until `until` is asked ("" = to the end); returns how many presses it took."""
    count = 0
    while step_asked(phone) != until and (found := next_press(phone, {**QUIET, **plan}, place)) is not None:
        message, data = found
        await phone.forge(data, message_id=message.message_id)
        await w.settle()
        count += 1
        assert count < 40, "the conversation goes in circles"
    return count


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
