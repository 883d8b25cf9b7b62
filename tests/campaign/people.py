"""Residents who press what their phone shows until they have a number, and workers who press together."""

import asyncio
import random
import re
from dataclasses import dataclass, field

from bot.core import buttons as b
from bot.demo.phones import Phone
from bot.demo.refused import NoSuchThing

WAY = (
    "Kirim laporan",
    "Lewat bot saja",
    "Tanpa foto",
    "Lewati",
    "Hari ini",
    "Kec. Singosari",
    "Kab. Malang",
    "Pilih dari daftar",
    "{danger}",
    "{kind}",
    "Tetangga",
    "Setuju, lanjut",
    "Tidak bisa telepon",
    "Lanjutkan",
    "📝 Lapor",
)
NUMBER = re.compile(r"TS-[0-9A-Z]{6}")
PATIENCE = 6.0
"""Seconds without a new question after which a person presses again."""
END = 120.0


@dataclass(slots=True)
class Told:
    """What people did and saw, for the audit."""

    numbers: dict[int, str] = field(default_factory=dict)
    presses: list[tuple[Phone, str]] = field(default_factory=list)
    given_up: list[int] = field(default_factory=list)


async def report(phone: Phone, told: Told, chance: random.Random) -> str | None:
    """Go from /start to a number as a patient person does."""
    grave = chance.random() < 0.5
    words = {"kind": "Gangguan jiwa", "danger": "Menyerang" if grave else "Dirantai"}
    await phone.start()
    until = asyncio.get_running_loop().time() + END
    pressed: tuple[int, str] | None = None
    since = 0.0
    while (now := asyncio.get_running_loop().time()) < until:
        for shown in phone.from_bot():
            if "Nomor laporan" in shown.text:
                found = NUMBER.search(shown.text)
                assert found is not None
                told.numbers[phone.id] = found[0]
                return found[0]
        choice = _choice(phone, words)
        if choice is None:
            if now - since > PATIENCE and since:
                await phone.start()
                since = now
        elif choice != pressed or now - since > PATIENCE:
            try:
                await phone.press(choice[1], choice[0])
            except NoSuchThing:
                continue  # the question changed under the finger
            pressed, since = choice, now
        await asyncio.sleep(0.03)
    told.given_up.append(phone.id)
    return None


def _choice(phone: Phone, words: dict[str, str]) -> tuple[int, str] | None:
    """The button a person would press: on the newest question, the first of the way that is there."""
    for shown in reversed(phone.from_bot()):
        labels = [button.label for button in shown.buttons]
        if not labels:
            continue
        if any("Desa Ardimulyo" in label for label in labels):
            return shown.message_id, "❓ Tidak tahu"
        for step in WAY:
            wanted = step.format(**words)
            if found := next((label for label in labels if wanted in label), None):
                return shown.message_id, found
    return None


async def take(number: str, workers: list[Phone], told: Told, chance: random.Random, all_together: bool) -> None:
    """The TKSK presses his card; often three others press the same case at the same moment."""
    tksk, *others = workers
    data, card = await _button(tksk, number)
    if data is None:
        return
    pressers = [tksk, *others] if all_together else [tksk]
    chance.shuffle(pressers)
    for phone in pressers:
        told.presses.append((phone, number))
    await asyncio.gather(*(phone.forge(data, message_id=card if phone is tksk else None) for phone in pressers))


async def _button(tksk: Phone, number: str) -> tuple[str | None, int | None]:
    for _ in range(1500):
        for shown in reversed(tksk.from_bot()):
            if number in shown.text:
                for button in shown.buttons:
                    if isinstance(b.unpack(button.data or ""), b.Take):
                        return button.data, shown.message_id
        await asyncio.sleep(0.04)
    return None, None


def answered(phone: Phone, number: str) -> bool:
    """Whether this presser reads what became of his press."""
    words = ("sekarang Bapak/Ibu tangani", "sudah ditangani", "sudah Bapak/Ibu tangani")
    return any(number in shown.text and any(word in shown.text for word in words) for shown in phone.from_bot())
