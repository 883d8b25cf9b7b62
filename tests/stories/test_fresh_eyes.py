"""What people stumbled over who saw the bot for the first time: each story holds the words that they read."""

from bot.localtelegram.phones import Phone
from tests.support.world import SINGOSARI, World


async def told(w: World, siti: Phone, *words: str) -> None:
    """From the first word on, typed one after the other."""
    await siti.start()
    await w.settle()
    for said in words:
        await w.say(siti, said)


async def test_quiet_is_not_promised_before_its_reason_is_chosen(w: World) -> None:
    jsc = await w.worker("jsc", "35")
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.passes(minutes=20)
    await w.press(jsc, "Tenang 1 jam")
    assert (
        jsc.last().text == f"Laporan {number}: apa alasannya, Bapak/Ibu? Sebelum dipilih, pengingatnya tetap berbunyi."
    )
    before = len(jsc.from_bot())
    await w.passes(minutes=40)
    assert any(f"{number} masih tanpa petugas" in message.text for message in jsc.from_bot()[before:]), "and so it is"
