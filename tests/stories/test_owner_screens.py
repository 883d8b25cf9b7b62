"""On every screen that whoever has a case can reach the whole case stands, or is one press away (C1)."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.core import buttons as b
from bot.core.places import Place
from bot.localtelegram.phones import Phone
from tests.support.world import MALANG, World

NUMBER = re.compile(r"TS-[0-9A-Z]{6}")
KNOWN_OF_IT = (
    "Gangguan jiwa",
    "Menyerang",
    "Jangan datang sendiri",
    "Polisi mungkin belum tahu",
    "Bapak/Ibu tangani",
)
"""Category, danger, warnings and who has it; the place and the deadline are asked for apart."""
DEADLINE = re.compile(r"(ditunggu|sebelum|sampai) \w+ \d+/\d")


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who has a case, in a kecamatan of their own."""

    phone: Phone
    case: str
    place: str


Act = Callable[[World, Owner], Awaitable[None]]


def presses(*labels: str) -> Act:
    async def act(w: World, owner: Owner) -> None:
        await w.press(owner.phone, *labels)

    return act


def types(text: str) -> Act:
    async def act(w: World, owner: Owner) -> None:
        read = "\n".join(message.text for message in owner.phone.from_bot())
        await w.say(owner.phone, text.format(number=NUMBER.findall(read)[-1]))

    return act


def forges(data: str) -> Act:
    async def act(w: World, owner: Owner) -> None:
        await owner.phone.forge(data.format(case=owner.case))
        await w.settle()

    return act


async def is_silent(w: World, _: Owner) -> None:
    await w.passes(minutes=31)


async def opens_the_list(w: World, owner: Owner) -> None:
    await w.say(owner.phone, "/tugas")
    await w.press(owner.phone, owner.phone.last().labels[0])


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


AT_ONCE = [screen for screen, acts in SCREENS.items() if is_silent not in acts]
"""Screens on which nobody waits for the clock: each owner comes to theirs while the others come to their own."""


@pytest.mark.parametrize("screens", [AT_ONCE, *([screen] for screen in SCREENS if screen not in AT_ONCE)])
async def test_on_every_screen_of_an_owner_the_whole_case_is_there_or_one_press_away(
    w: World, screens: list[str]
) -> None:
    owners = [await owner(w, place) for place in w.app.house.known.places.children(MALANG)[: len(screens)]]
    await asyncio.gather(*(looks(w, one, screen) for one, screen in zip(owners, screens, strict=True)))


async def owner(w: World, place: Place) -> Owner:
    """Somebody who is asked about a case in their kecamatan."""
    phone = await w.worker("tksk", place.code)
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang", place=f"Kab. Malang, {place.label}")
    return Owner(phone, (await w.case()).id, place.label)


async def looks(w: World, owner: Owner, screen: str) -> None:
    """They take it and come to this screen: all is there, or behind one button."""
    tksk = owner.phone
    before = len(tksk.from_bot())
    await w.press(tksk, "Saya tangani")
    for act in SCREENS[screen]:
        before = len(tksk.from_bot())
        await act(w, owner)
    shown = tksk.from_bot()[before:]
    assert shown, f"{screen}: it answers"
    text = "\n".join(message.text for message in shown)
    if not whole(text, owner):
        opening = [
            button.data
            for message in shown
            for button in message.buttons
            if isinstance(b.unpack(button.data or ""), b.Read)
        ]
        assert opening, f"{screen}: no button opens the case: {text}"
        before = len(tksk.from_bot())
        await tksk.forge(opening[0] or "")
        await w.settle()
        text = "\n".join(message.text for message in tksk.from_bot()[before:])
    assert whole(text, owner), f"{screen}: {text}"


def whole(text: str, owner: Owner) -> bool:
    return all(words in text for words in (*KNOWN_OF_IT, owner.place)) and DEADLINE.search(text) is not None
