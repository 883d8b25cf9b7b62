"""On every screen that whoever has a case can reach the whole case stands, or is one press away (C1)."""

import re
from collections.abc import Awaitable, Callable

import pytest

from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from tests.support.world import SINGOSARI, World

NUMBER = re.compile(r"TS-[0-9A-Z]{6}")
KNOWN_OF_IT = (
    "Gangguan jiwa",
    "Menyerang",
    "Jangan datang sendiri",
    "Polisi mungkin belum tahu",
    "Kec. Singosari",
    "Bapak/Ibu tangani",
)
"""Category, danger, warnings, place and who has it; the deadline is asked for apart."""
DEADLINE = re.compile(r"(ditunggu|sebelum|sampai) \w+ \d+/\d")
Act = Callable[[World, Phone], Awaitable[None]]


def presses(*labels: str) -> Act:
    async def act(w: World, phone: Phone) -> None:
        await w.press(phone, *labels)

    return act


def types(text: str) -> Act:
    async def act(w: World, phone: Phone) -> None:
        await w.say(phone, text.format(number=NUMBER.findall("\n".join(m.text for m in phone.from_bot()))[-1]))

    return act


def forges(data: str) -> Act:
    async def act(w: World, phone: Phone) -> None:
        await phone.forge(data.format(case=(await w.case()).id))
        await w.settle()

    return act


async def is_silent(w: World, _: Phone) -> None:
    await w.passes(minutes=31)


async def opens_the_list(w: World, phone: Phone) -> None:
    await w.say(phone, "/tugas")
    await w.press(phone, phone.last().labels[0])


SCREENS: dict[str, tuple[Act, ...]] = {
    "the answer to taking it": (),
    "Buka rincian": (forges("r:{case}:1"),),
    "the list of tasks": (types("/tugas"),),
    "a case of that list": (opens_the_list,),
    "its number typed": (types("{number}"),),
    "words out of the blue": (types("bagaimana dengan kasus tadi"),),
    "the summary": (types("/ringkasan"),),
    "a follow-up": (is_silent,),
    "Sedang dikerjakan": (presses("Sedang dikerjakan"),),
    "Menunggu: for what": (presses("Menunggu …"),),
    "Menunggu: for how long": (presses("Menunggu …", "Kamar RSJ"),),
    "Menunggu: back": (presses("Menunggu …", "Kamar RSJ", "Kembali"),),
    "Menunggu: not after all": (presses("Menunggu …", "Tidak jadi"),),
    "Menunggu: done": (presses("Menunggu …", "Kamar RSJ", "3 hari"),),
    "the list while it waits": (presses("Menunggu …", "Kamar RSJ", "3 hari"), types("/tugas")),
    "Selesai: how": (presses("Selesai"),),
    "an old Saya tangani": (forges("t:{case}:1"),),
    "an old Tidak bisa": (forges("d:{case}:1"),),
    "an old reason for it": (forges("e:{case}:1:lain"),),
    "an old Eskalasi": (forges("x:{case}:1"),),
    "Salah pencet too late": (is_silent, forges("u:{case}:1")),
}
"""Every screen that whoever has a case can come to, by what they do after they took it."""


@pytest.mark.parametrize("screen", SCREENS)
async def test_on_every_screen_of_an_owner_the_whole_case_is_there_or_one_press_away(w: World, screen: str) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    before = len(tksk.from_bot())
    await w.press(tksk, "Saya tangani")
    for act in SCREENS[screen]:
        before = len(tksk.from_bot())
        await act(w, tksk)
    shown = tksk.from_bot()[before:]
    assert shown, "the screen answers"
    text = "\n".join(message.text for message in shown)
    if not whole(text):
        opening = [
            button.data
            for message in shown
            for button in message.buttons
            if isinstance(b.unpack(button.data or ""), b.Read)
        ]
        assert opening, f"no button opens the case: {text}"
        before = len(tksk.from_bot())
        await tksk.forge(opening[0] or "")
        await w.settle()
        text = "\n".join(message.text for message in tksk.from_bot()[before:])
    assert whole(text), text


def whole(text: str) -> bool:
    return all(words in text for words in KNOWN_OF_IT) and DEADLINE.search(text) is not None
