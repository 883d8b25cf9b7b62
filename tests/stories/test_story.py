from tests.support.world import MALANG, SINGOSARI, World


async def test_a_report_is_taken_and_the_reporter_hears_it(both: World) -> None:
    w = both
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person("Siti")
    number = await w.reports_by_buttons(siti)
    assert siti.find("Nomor laporan", number)
    assert tksk.find(number, "Kec. Singosari")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("sekarang Bapak/Ibu tangani", number)
    assert siti.find(f"Laporan {number}: sudah ada petugas sosial")


async def test_an_unanswered_report_climbs(both: World) -> None:
    w = both
    tksk = await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    jsc = await w.worker("jsc", "35")
    siti = w.person("Siti")
    number = await w.reports_by_buttons(siti)
    await w.passes(hours=23)
    assert len([m for m in tksk.from_bot() if number in m.text]) == 3  # the card and two reminders
    assert not [m for m in koordinator.from_bot() if number in m.text]
    await w.passes(hours=2)
    assert koordinator.find(number)
    assert siti.find(number, "petugas kabupaten")
    await w.passes(hours=49)
    assert jsc.find(number)
    assert siti.find(number, "tim provinsi")
    await w.press(jsc, "Saya tangani")
    assert siti.find("sudah ada petugas")
    assert tksk.find(number, "Sudah ditangani")
