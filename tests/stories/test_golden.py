"""Whole stories as people read them: a case is taken and opened, a night, a case that is open again, a passer-by."""

from tests.stories.test_tasks import twelve
from tests.support.resident import begin, go_each
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
    await begin(w, siti, "tempat", jenis="odgj", bahaya="lapar")
    await go_each(w, siti, "")
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


async def test_a_case_is_taken_back(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    told = Transcript(w, {"TKSK": tksk, "Koordinator": koordinator})
    await w.reports(w.person("Siti"), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani", "Sedang dikerjakan")
    told.act("TKSK menangani dan mengabari")
    await w.passes(hours=24, minutes=1)
    told.act("sehari tanpa kunjungan")
    await w.press(tksk, "Sedang dikerjakan")
    told.act("TKSK mengabari lagi, tanpa kunjungan")
    await w.passes(hours=12, minutes=1)
    told.act("dua belas jam tanpa kabar")
    await w.press(tksk, "Saya ambil lagi")
    told.act("TKSK mengambil lagi")
    compare("diambil-lagi", told.text)


async def test_a_darurat_climbs_to_jsc_at_night(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    ani, rina = await w.worker("jsc", "35", "Ani"), await w.worker("jsc", "35", "Rina")
    w.telegram.turn(14 * 3600)
    told = Transcript(w, {"TKSK": tksk, "Koordinator": koordinator, "JSC, Ani": ani, "JSC, Rina": rina})
    await w.reports(w.person("Siti"), kind="Gangguan jiwa", danger="Menyerang")
    told.act("dilaporkan orang yang menyerang")
    await w.passes(minutes=16)
    told.act("lima belas menit tanpa jawaban")
    await w.press(ani if ani.find("Untuk JSC") else rina, "Sudah saya telepon")
    told.act("JSC menelepon")
    await w.passes(hours=2, minutes=30)
    told.act("dua setengah jam lagi")
    compare("jsc-malam", told.text)


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


async def test_a_morning_with_twelve_cases(w: World) -> None:
    tksk, numbers = await twelve(w)
    told = Transcript(w, {"TKSK": tksk})
    await w.passes(hours=22, minutes=30)
    told.act("pagi")
    await w.say(tksk, "/tugas")
    told.act("TKSK mengetik /tugas")
    await w.press(tksk, "Berikutnya")
    told.act("TKSK menekan Berikutnya")
    await w.say(tksk, "toyo")
    told.act("TKSK mengetik toyo")
    await w.press(tksk, numbers[4])
    await w.press(tksk, "Saya tangani", "Kontak setempat")
    told.act("TKSK menekan nomornya, Saya tangani, Kontak setempat")
    await w.say(tksk, "sudah saya telepon pamong, orangnya di balai desa")
    told.act("TKSK menulis apa yang sudah dikerjakan")
    await w.press(tksk, "Ya, ")
    told.act("TKSK menekan Ya")
    compare("dua-belas", told.text)


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


async def test_a_passer_by_in_a_hurry(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk})
    await siti.start()
    await w.settle()
    told.act("Siti membuka bot")
    await w.press(siti, "Lapor cepat")
    told.act("Siti menekan Lapor cepat")
    await w.press(siti, "Tidak makan")
    told.act("Siti menekan Tidak makan")
    await siti.voice()
    await w.settle()
    told.act("Siti merekam suara")
    await siti.pin(-7.8925, 112.6650)
    await w.settle()
    told.act("Siti mengirim lokasi")
    await w.press(siti, "Kirim laporan")
    told.act("Siti menekan Kirim laporan")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await siti.photo(caption="bajunya merah, di depan toko emas")
    await w.settle()
    await w.press(siti, "Tambahkan")
    told.act("Siti mengirim foto dan menekan Tambahkan")
    compare("lapor-cepat", told.text)


async def test_a_wife_who_is_beaten(w: World) -> None:
    """R5: whoever beats Siti may read the phone. Siti reports, hides, looks when it is safe."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk})
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Dipukul, diancam", "Orangnya masih di dekat")
    told.act("Siti menekan: saya sendiri, dipukul, orangnya masih di dekat")
    await w.press(siti, "Tidak bisa telepon")
    told.act("Siti menekan Tidak bisa telepon")
    await w.say(siti, "toyomarto")
    await w.press(siti, "Desa Toyomarto")
    told.act("Siti mengetik desanya dan menekan namanya")
    await w.say(siti, "suami saya sering memukul kalau mabuk")
    told.act("Siti bercerita")
    await w.press(siti, "Lewat bidan")
    told.act("Siti menekan Lewat bidan atau kader")
    await w.say(siti, "Bu Sri, bidan polindes")
    await w.press(siti, "Kirim laporan")
    told.act("Siti menyebut bidannya dan menekan Kirim laporan")
    await w.press(siti, "Sembunyikan")
    told.act("Siti menekan Sembunyikan")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await w.passes(minutes=20)
    told.act("dua puluh menit kemudian")
    await w.press(siti, "Buka")
    told.act("suaminya pergi, Siti menekan Buka")
    await w.say(siti, "hapus")
    told.act("Siti mengetik hapus")
    compare("istri", told.text)


async def test_somebody_who_wants_to_die(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    told = Transcript(w, {"Siti (warga)": siti, "TKSK": tksk})
    w.telegram.turn(13 * 3600)  # 22.00
    await siti.start()
    await w.say(siti, "aku wis ora kuat urip, pengen mati wae")
    told.act("Siti mengetik bahwa ia ingin mati")
    await w.press(siti, "Boleh, sapa saya")
    told.act("Siti menekan Boleh, sapa saya")
    await w.passes(minutes=61)
    told.act("satu jam kemudian")
    await w.press(siti, "Mau bercerita", "Setuju", "Saya sendiri", "Gangguan jiwa", "Mau bunuh diri")
    told.act("Siti bercerita: saya sendiri, gangguan jiwa, mau bunuh diri")
    await w.press(siti, "Lanjut bercerita", "Boleh, sapa saya")
    await w.say(siti, "ardimulyo")
    await w.press(siti, "Desa Ardimulyo", "Lewati", "Tidak usah menelepon")
    told.act("Siti menjawab sampai pertanyaan terakhir")
    await w.press(siti, "Kirim laporan")
    told.act("Siti menekan Kirim laporan")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await w.passes(hours=10)
    told.act("pagi")
    compare("putus-asa", told.text)


async def test_a_child_who_reports(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Dik Ani")
    told = Transcript(w, {"Ani (anak)": siti, "TKSK": tksk})
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Anak terlantar", "Dilecehkan")
    told.act("Ani menekan: saya sendiri, anak, dilecehkan")
    await w.press(siti, "Lanjut bercerita")
    await w.say(siti, "toyomarto")
    await w.press(siti, "Desa Toyomarto")
    told.act("Ani mengetik desanya dan menekan namanya")
    await w.say(siti, "aku takut pulang, paman suka masuk kamarku")
    told.act("Ani bercerita")
    await w.press(siti, "Saya yang menghubungi")
    told.act("Ani menekan Saya yang menghubungi")
    await w.press(siti, "Kirim laporan")
    told.act("Ani menekan Kirim laporan")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await w.passes(days=1)
    await w.say(siti, "kabar")
    told.act("besoknya Ani mengetik kabar")
    compare("anak", told.text)


async def test_somebody_who_only_types(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Pak Min")
    told = Transcript(w, {"Pak Min (warga)": siti, "TKSK": tksk})
    await siti.start()
    for words in (
        "lapor",
        "setuju",
        "tetangga",
        "wonge ngomong dhewe karo bengok bengok",
        "ya",
        "ora mangan",
        "toyomarto singosari",
        "ya",
        "dekat masjid",
        "wingi",
        "sampun telung dinten mboten nedha, tilem wonten emper",
        "gak ono foto",
        "gak usah",
        "ya",
    ):
        await w.say(siti, words)
        told.act(f"Pak Min mengetik: {words}")
    await w.press(tksk, "Saya tangani")
    told.act("TKSK menekan Saya tangani")
    await w.say(siti, "suwun nggih")
    told.act("Pak Min mengetik: suwun nggih")
    compare("hanya-mengetik", told.text)
