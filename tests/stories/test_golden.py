"""Three whole stories as people read them: a case is taken and opened, a night, a case that is open again."""

from tests.support.resident import begin, go
from tests.support.transcript import Transcript, compare
from tests.support.world import MALANG, SINGOSARI, World


async def test_a_case_is_taken_and_opened_again(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk, "Koordinator": koordinator})
    await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    told.act("Siti melaporkan orang yang menyerang")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await w.passes(minutes=20)
    await w.say(tksk, "/tugas")
    told.act("TKSK mengetik /tugas")
    await w.press(tksk, tksk.last().labels[0])
    told.act("TKSK membuka laporannya lagi")
    await w.passes(minutes=11)
    told.act("tidak ada kabar dari TKSK")
    compare("diambil", told.text)


async def test_a_night(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk, "Koordinator": koordinator})
    w.telegram.turn(14 * 3600)
    await w.settle()
    await begin(w, siti, "kapan", jenis="odgj", bahaya="lapar")
    await go(w, siti, "")
    told.act("Siti melaporkan orang yang tidak makan")
    await w.passes(hours=7)
    told.act("pagi: petugas dihubungi")
    await w.passes(hours=1)
    told.act("satu jam tanpa jawaban")
    await w.passes(hours=1, minutes=1)
    told.act("dua jam tanpa jawaban")
    compare("malam", told.text)


async def test_a_case_is_open_again(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk, "Koordinator": koordinator})
    await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menangani")
    await w.press(tksk, "Kembalikan")
    await w.passes(minutes=6)
    told.act("TKSK mengembalikan, lima menit berlalu")
    await w.press(koordinator, "Saya tangani")
    await w.passes(minutes=6)
    told.act("koordinator menangani, lima menit berlalu")
    compare("terbuka-lagi", told.text)


async def test_a_leave_from_a_day_to_a_day(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await w.worker("deputy", SINGOSARI)
    told = Transcript(w, {"TKSK": tksk, "Koordinator": koordinator})
    await w.say(tksk, "cuti")
    told.act("TKSK mengetik cuti")
    await w.press(tksk, "Besok")
    told.act("TKSK menekan Besok")
    await w.press(tksk, "3 hari")
    told.act("TKSK menekan 3 hari")
    await w.press(tksk, "Wakil petugas")
    told.act("TKSK memilih wakilnya")
    await w.press(tksk, "Ya, cuti")
    told.act("TKSK menekan Ya, cuti")
    await w.say(tksk, "cuti")
    told.act("TKSK mengetik cuti lagi")
    await w.passes(hours=95)
    told.act("Jumat pagi")
    compare("cuti", told.text)


async def test_words_after_the_number(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk, "Koordinator": koordinator})
    await w.reports(siti, kind="Gangguan jiwa")
    told.act("Siti melaporkan orang dengan gangguan jiwa")
    await w.say(siti, "rumahnya cat hijau, sebelah kandang sapi")
    told.act("Siti menulis lagi")
    await w.passes(minutes=12)
    told.act("dua belas menit kemudian")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await w.say(siti, "dia lari ke sawah, bawa parang")
    told.act("Siti menulis tentang bahaya")
    await w.press(siti, "Ya, sekarang")
    told.act("Siti menekan Ya, sekarang")
    await w.say(siti, "kapan petugas datang?")
    told.act("Siti bertanya kapan petugas datang")
    await w.say(siti, "batal")
    told.act("Siti mengetik batal")
    await w.say(siti, "tidak")
    told.act("Siti menjawab tidak")
    compare("sesudah-nomor", told.text)
