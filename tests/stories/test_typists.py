"""People who write and press nothing: each reaches a number, and all they wrote is read by whoever takes the case."""

import pytest

from bot.localtelegram.phones import Phone
from tests.support.world import SINGOSARI, World

WALKS: dict[str, tuple[str, ...]] = {
    "a farmer about a neighbour who talks alone": (
        "lapor", "ya", "tonggo kulo", "wonge sering ngomong dhewe", "ya", "gak ada", "singosari", "1", "lewati",
        "cedhak langgar sebelah kulon", "wingi", "wis suwe gak adus, melas", "gak ada", "1", "kirim",
    ),
    "for a brother in chains": (
        "mau lapor adik saya dirantai di belakang rumah", "ya", "ya", "adik saya", "ya", "dipasung", "singosari malang",
        "1", "tidak tahu", "rumah nomor dua dari masjid", "hari ini", "tanpa foto", "1", "kirim laporan",
    ),
    "an old woman alone": (
        "lapor", "setuju", "1", "mbah dhewekan", "ya", "tidak ada", "singosari", "1", "tidak tahu", "lewati", "kemarin",
        "mboten wonten sing ngopeni", "gak ada", "1", "kirim",
    ),
    "numbers, and one line": (
        "lapor", "1", "1", "2", "6", "singosari", "1", "tidak tahu", "lewati", "1", "tinggal sendiri di gubuk", "1",
        "1", "1",
    ),
    "telling at the wrong question": (
        "lapor", "ya", "orangnya sudah tua sekali pak", "tetangga", "lansia", "tidak ada", "singosari", "1",
        "tidak tahu", "lewati", "kemarin", "kasihan tidak ada yang mengurus", "gak ada", "1", "kirim",
    ),
}  # fmt: skip
"""Each as typed, in order; a text that only answers is not looked for."""
ANSWERS = 4
"""A text of fewer words is an answer."""


@pytest.mark.parametrize("walk", WALKS)
async def test_whoever_only_writes_reaches_a_number_and_loses_no_word(w: World, walk: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await siti.start()
    await w.settle()
    for text in WALKS[walk]:
        if number(siti):
            break
        await w.say(siti, text)
    assert number(siti), siti.last().text
    assert len([m for m in siti.screen() if m.sender == "user"]) <= 20
    await w.press(tksk, "Saya tangani")
    read = "\n".join(message.words for message in tksk.from_bot())
    lost = [text for text in WALKS[walk] if len(text.split()) >= ANSWERS and text not in read]
    assert not lost, read


def number(phone: Phone) -> bool:
    return phone.find("Nomor laporan: TS-") is not None
