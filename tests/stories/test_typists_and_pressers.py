"""Ten who write and press nothing, ten who press: each reaches a number, and whoever takes the case reads it all.

A line is what somebody does: `[a label]` is pressed, `(foto)` is sent, the rest is typed. Behind ` = ` stands what the
worker reads of it; a line that ends with ` =` is read as it was typed.
"""

import pytest

from bot.localtelegram.phones import Phone
from tests.stories.test_media_kinds import files
from tests.support.length import each
from tests.support.world import SINGOSARI, World

TYPISTS: dict[str, str] = {
    "a farmer about a neighbour who talks alone": """
        lapor
        ya
        tonggo kulo
        wonge sering ngomong dhewe =
        ya = Gangguan jiwa
        gak ada = tidak ada bahaya yang disebut
        singosari
        1 = Kec. Singosari
        lewati
        cedhak langgar sebelah kulon =
        wingi = Minggu 1/3
        wis suwe gak adus, melas =
        gak ada
        1
        kirim""",
    "for a brother in chains": """
        mau lapor adik saya dirantai di belakang rumah =
        ya
        ya
        adik saya = keluarganya
        ya = Gangguan jiwa
        dipasung = Dirantai
        singosari malang = Kec. Singosari
        1
        tidak tahu
        rumah nomor dua dari masjid =
        hari ini = Senin 2/3
        tanpa foto
        1
        kirim laporan""",
    "an old woman alone": """
        lapor
        setuju
        1
        mbah dhewekan
        ya = Lansia
        tidak ada = tidak ada bahaya yang disebut
        singosari = Kec. Singosari
        1
        tidak tahu
        lewati
        kemarin = Minggu 1/3
        mboten wonten sing ngopeni =
        gak ada
        1
        kirim""",
    "numbers, and one line": """
        lapor
        1
        1
        2 = Lansia
        6 = tidak ada bahaya yang disebut
        singosari = Kec. Singosari
        1
        tidak tahu
        lewati
        1 = Senin 2/3
        tinggal sendiri di gubuk =
        1
        1
        1""",
    "telling at the wrong question": """
        lapor
        ya
        orangnya sudah tua sekali pak =
        tetangga saya
        lansia = Lansia
        tidak ada = tidak ada bahaya yang disebut
        singosari = Kec. Singosari
        1
        tidak tahu
        lewati
        kemarin sore = Minggu 1/3
        kasihan tidak ada yang mengurus =
        gak ada
        1
        kirim""",
    "a beaten wife": """
        lapor
        ya
        saya sendiri = orangnya sendiri
        suami saya sering mukul saya pakai tangan =
        ya = Dipukul
        tidak ada = tidak ada bahaya yang disebut
        singosari
        1 = Kec. Singosari
        tidak tahu
        tadi malam saya dipukul lagi sampai biru =
        jangan telepon
        tanya bu Sri di polindes =
        kirim""",
    "who wants to die": """
        lapor
        ya
        saya sendiri = orangnya sendiri
        pengen mati wae aku wis ora kuat =
        ya = Gangguan jiwa
        bunuh diri = Mau bunuh diri
        gak ada pulsa
        tidak usah
        singosari
        1 = Kec. Singosari
        tidak tahu
        lewati
        1
        lewati
        kirim""",
    "a neighbour's child": """
        lapor
        ya
        anak tetangga
        ada anak kecil ditinggal ibunya sendirian =
        ya = Anak
        lapar = Tidak makan
        singosari
        1 = Kec. Singosari
        tidak tahu
        sebelah warung bu Tin =
        hari ini jam 8 = Senin 2/3
        sudah dua hari tidak makan nasi =
        tidak usah
        kirim""",
    "a stranded family": """
        lapor
        ya
        saya
        kehabisan bekal pulang dari malaysia, anak dua masih kecil =
        ya = Terlantar
        bawa anak = anak kecil
        singosari
        1 = Kec. Singosari
        tidak tahu
        di teras masjid dekat pasar =
        lewati
        tidak usah
        kirim""",
    "a beggar at the market": """
        lapor
        ya
        pengemis di pasar = Orangnya di jalan
        sakit kakinya busuk tidak bisa jalan =
        ya = Sakit
        tidak bisa jalan = Tidak bisa bangun
        singosari
        1 = Kec. Singosari
        tidak tahu
        depan toko emas =
        barusan = Senin 2/3
        tidak usah
        gak ada
        tidak usah
        kirim""",
}
PRESSERS: dict[str, str] = {
    "a chained man next door": """
        [Lapor]
        [Setuju]
        [Tetangga]
        [Gangguan jiwa] = Gangguan jiwa
        [Dirantai] = Dirantai
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        belakang balai desa =
        [Sekarang] = Senin 2/3
        kakinya luka karena rantai =
        (foto)
        [Tidak usah]
        [Kirim laporan]""",
    "an old man, by voice": """
        [Lapor]
        [Setuju]
        [Orang di jalan] = Orangnya di jalan
        [Lansia] = Lansia
        [Tidak makan] = Tidak makan
        [kirim lokasi]
        (lokasi) = Kec. Singosari
        [Kec. Singosari]
        [Tidak tahu]
        [Lewati]
        [Sekarang] = Senin 2/3
        (suara)
        [Tanpa foto]
        [Tidak usah]
        [Kirim laporan]""",
    "a beaten child": """
        [Lapor]
        [Setuju]
        [Tetangga]
        [Anak] = Anak
        [Sedang disakiti] = disakiti
        [Tidak bisa telepon] = Polisi mungkin belum tahu
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        [Lewati]
        [Tidak usah]
        [Kirim laporan]""",
    "one's own father, ill": """
        [Lapor]
        [Setuju]
        [Keluarga saya] = keluarganya
        [Sakit] = Sakit
        [Tidak bisa bangun] = Tidak bisa bangun
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        sebelah pos kamling =
        [Kemarin] = Minggu 1/3
        [Lewati]
        (foto)
        [Boleh, kirim nomor saya]
        (nomor) = 62
        [Kirim laporan]""",
    "a blind woman": """
        [Lapor]
        [Setuju]
        [Tetangga]
        [Disabilitas] = Disabilitas
        [Tidak ada] = tidak ada bahaya yang disebut
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Tidak tahu]
        depan sekolah =
        [Lebih lama]
        tidak bisa melihat, hidup sendiri =
        [Tanpa foto]
        [Tidak usah]
        [Kirim laporan]""",
    "stranded at night": """
        [Lapor]
        [Setuju]
        [Saya sendiri] = orangnya sendiri
        [Terlantar] = Terlantar
        [Malam ini] = Malam ini
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        di teras masjid besar =
        uang habis, anak saya demam =
        [Tidak usah]
        [Kirim laporan]""",
    "a beaten wife": """
        [Lapor]
        [Setuju]
        [Saya sendiri] = orangnya sendiri
        [Dipukul] = Dipukul
        [Ada anak] = Ada anak
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto]
        suami marah kalau mabuk =
        [Saya yang menghubungi]
        [Kirim laporan]""",
    "who wants to die": """
        [Lapor]
        [Setuju]
        [Saya sendiri] = orangnya sendiri
        [Gangguan jiwa] = Gangguan jiwa
        [Mau bunuh diri] = Mau bunuh diri
        [Tidak bisa telepon] = Polisi mungkin belum tahu
        [Tidak usah]
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        [Lewati]
        [Lewati]
        [Tidak usah]
        [Kirim laporan]""",
    "somebody missing": """
        [Lapor]
        [Setuju]
        [Keluarga saya] = keluarganya
        [Lainnya] = Lainnya
        [Orang hilang] = Orang hilang
        [Sudah telepon]
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        pergi ke arah hutan =
        [Kemarin] = Minggu 1/3
        pakai baju merah, pikun =
        (foto)
        [Tidak usah]
        [Kirim laporan]""",
    "in danger, before anything else": """
        [Ada bahaya sekarang]
        [Sudah telepon]
        [Lanjut]
        [Setuju]
        [Tetangga]
        [Gangguan jiwa] = Gangguan jiwa
        [Menyerang] = Menyerang
        [Pilih dari daftar]
        [Kab. Malang]
        [Kec. Singosari]
        [Desa Toyomarto] = Desa Toyomarto
        [Lewati]
        [Tidak usah]
        [Kirim laporan]""",
}
ANSWERS = 4
"""Fewer words are an answer, and need not be read as they were typed."""
MOST_MESSAGES, MOST_UPDATES = 20, 18
"""From /start to the number."""


WALKS = [*(("typed", name) for name in TYPISTS), *(("pressed", name) for name in PRESSERS)]
SOME = (
    ("typed", "a farmer about a neighbour who talks alone"),
    ("typed", "for a brother in chains"),
    ("typed", "numbers, and one line"),
    ("typed", "who wants to die"),
    ("pressed", "an old man, by voice"),
    ("pressed", "one's own father, ill"),
    ("pressed", "a beaten wife"),
    ("pressed", "somebody missing"),
    ("pressed", "in danger, before anything else"),
)
"""Those that differ most in what is asked and in how it is answered."""


@pytest.mark.parametrize(("how", "who"), each(WALKS, *SOME))
async def test_each_reaches_a_number_and_the_worker_reads_all_they_said(w: World, how: str, who: str) -> None:
    script, most = (TYPISTS[who], MOST_MESSAGES) if how == "typed" else (PRESSERS[who], MOST_UPDATES)
    lines = [line.strip().partition(" =") for line in script.strip().splitlines()]
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await siti.start()
    await w.settle()
    for act, *_ in lines:
        await _does(siti, act)
        await w.settle()
    assert siti.find("Nomor laporan: TS-") is not None, siti.last().text
    assert 1 + len(lines) <= most
    await w.press(tksk, "Saya tangani")
    for label in ("Foto", "Suara", "Lihat foto"):
        if label in " ".join(tksk.buttons()):
            await w.press(tksk, label)
    read = "\n".join(message.words for message in tksk.from_bot())
    assert len(files(tksk)) == sum(act in ("(foto)", "(suara)") for act, *_ in lines), tksk.buttons()
    lost = [act for act, told, meant in lines if told and (meant.strip() or act) not in read]
    assert not lost, f"{lost} is not in:\n{read}"
    unread = [act for act, told, _ in lines if not told and len(act.split()) >= ANSWERS and act[0] not in "[("]
    assert not unread, "say what the worker reads of it"


async def _does(phone: Phone, act: str) -> None:
    match act:
        case "(foto)":
            await phone.photo()
        case "(suara)":
            await phone.voice()
        case "(lokasi)":
            await phone.pin(-7.8925, 112.6650)
        case "(nomor)":
            await phone.contact()
        case _ if act.startswith("["):
            await phone.press(act.strip("[]"))
        case _:
            await phone.say(act)
