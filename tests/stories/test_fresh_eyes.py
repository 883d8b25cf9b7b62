"""What people stumbled over who saw the bot for the first time: each story holds the words that they read."""

import pytest

from bot.localtelegram.phones import Phone
from tests.support.world import MALANG, SINGOSARI, World


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


async def test_a_bare_yes_or_no_is_no_story(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await told(w, siti, "mbah Karto sendirian tidak ada yang merawat", "iya", "nggih", "tetangga", "njih")
    await w.say(siti, "tidak ada")
    for said in ("singosari malang", "betul", "embuh", "lewati", "hari ini", "lewati", "ora ono foto", "ora usah"):
        await w.say(siti, said)
    await w.say(siti, "kirim")
    await w.press(tksk, "Saya tangani")
    details = tksk.find("Rincian", "mbah Karto sendirian")
    assert details is not None
    lines = set(details.text.splitlines())
    assert not {"betul", "iya", "nggih", "njih", "embuh", "mbuh"} & lines, lines


async def test_who_does_not_know_which_of_two_in_one_kecamatan_is_still_in_it(w: World) -> None:
    lawang, siti = await w.worker("tksk", "35.07.25"), w.person()
    await told(w, siti, "mbah Karto sendirian tidak ada yang merawat", "iya", "nggih", "tetangga", "iya", "tidak ada")
    await w.say(siti, "lawang")
    assert siti.last().labels[:2] == ["Kec. Lawang · Kab. Malang", "Kelurahan Lawang · Kec. Lawang · Kab. Malang"]
    await w.say(siti, "mbuh")
    assert siti.find("☑️ Kec. Lawang · Kab. Malang"), "and they read that it is known"
    for said in ("lewati", "hari ini", "lewati", "lewati", "ora usah", "kirim"):
        await w.say(siti, said)
    assert lawang.find("Kec. Lawang", "Lansia"), "the kecamatan they named is asked, and not the province"


async def test_a_danger_picked_in_words_is_not_asked_about_once_more(w: World) -> None:
    siti = w.person()
    await told(w, siti, "suami saya mukul saya tadi malam", "lanjut", "ya", "saya sendiri", "ya")
    before = len(siti.from_bot())
    await w.say(siti, "diancam dibunuh")
    new = [message.text for message in siti.from_bot()[before:]]
    assert len(new) == 1 and "110 (polisi)" in new[0] and "Apakah sekarang berbahaya" not in new[0], new


async def test_that_somebody_threatens_to_kill_her_is_the_danger_of_the_list(w: World) -> None:
    siti = w.person()
    await told(w, siti, "suami saya mukul saya tadi malam", "lanjut", "ya", "saya sendiri", "ya")
    await w.say(siti, "dia mengancam mau bunuh saya")
    assert siti.last().labels[:2] == ["✅ Sudah telepon", "📵 Tidak bisa telepon"]


async def test_no_to_a_guess_is_heard(w: World) -> None:
    siti = w.person()
    await told(w, siti, "kakak saya dipasung di rumah", "iya", "ya", "keluarga")
    assert siti.last().text.startswith("Sepertinya ini tentang: 🧠")
    await w.say(siti, "bukan")
    assert siti.last().text == "Keadaannya seperti apa? Pilih yang paling mirip."
    await w.say(siti, "lansia")
    assert siti.last().text.startswith("Adakah yang seperti ini sekarang?")


@pytest.mark.parametrize("said", ["mboten ngertos", "mbuh", "gak tau"])
async def test_not_knowing_the_kind_is_a_kind_of_the_list(w: World, said: str) -> None:
    siti = w.person()
    await told(w, siti, "lapor", "njih", "tonggoku", said)
    assert siti.find("Keadaannya seperti apa?", "☑️ ❓ Lainnya / tidak tahu")
    assert siti.last().text.startswith("Adakah yang seperti ini sekarang?")


async def test_the_numbers_are_not_said_to_be_the_last_question(w: World) -> None:
    siti = w.person()
    await told(w, siti, "lapor", "ya", "tetangga", "lha piye iki", "tulung ditiliki wonge mesakake tenan")
    await w.say(siti, "wonge ora duwe sanak sedulur blas")
    assert any("Sekarang jawab yang ini dulu" in message.text for message in siti.from_bot())
    assert not any("Tinggal satu" in message.text for message in siti.from_bot())


async def test_two_who_declined_are_one_line(w: World) -> None:
    one, two = await w.worker("tksk", SINGOSARI), await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person(), danger="Tidak makan")
    await w.press(one, "Tidak bisa")
    await w.press(two, "Tidak bisa")
    card = koordinator.find(number, "belum ada yang menangani")
    assert card is not None
    assert [said for said in card.text.splitlines() if "tidak bisa" in said] == [
        "↩️ petugas kecamatan (TKSK) tidak bisa."
    ]


async def test_whoever_was_not_found_has_no_landmark_to_look_up(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    await w.press(tksk, "Saya tangani", "Tidak ketemu")
    assert "Patokan" not in tksk.last().text
    assert tksk.last().text.endswith("Coba tanya pamong desa, tanpa menyebut ada pelapor.")


async def test_a_worker_is_told_that_a_sentence_of_no_case_is_kept_nowhere(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    await w.press(tksk, "Tidak bisa")
    await w.say(tksk, "ibu saya meninggal")
    kept = tksk.find("Tulisan tadi tidak kami simpan di laporan mana pun.")
    assert kept is not None and kept.labels == ["📝 Lapor"]
    assert tksk.last().text.startswith("Tidak ada laporan"), "and the list as before"
    await w.say(tksk, "tugas saya")
    assert len([1 for message in tksk.from_bot() if "tidak kami simpan" in message.text]) == 1


@pytest.mark.parametrize("asked", ["berapa lama nunggunya", "kapan dibawa", "gimana keadaannya"])
async def test_how_long_is_a_question_and_no_addition(w: World, asked: str) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = w.person()
    number = await w.reports(siti)
    await w.say(siti, asked)
    assert siti.last().text.startswith(f"Laporan {number}: Petugas sedang dihubungi.")


async def test_whoever_is_not_to_wait_is_not_told_what_to_do_while_waiting(w: World) -> None:
    siti = w.person()
    await w.worker("tksk", SINGOSARI)
    await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    assert siti.find("mohon jangan menunggu kami")
    assert siti.find("Mohon jangan dikerumuni") and not siti.find("Sambil menunggu")


async def test_a_note_that_is_a_picture_says_so(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.reports(w.person())
    await w.press(tksk, "Saya tangani")
    await tksk.photo()
    await w.settle()
    await w.say(tksk, "ya")
    await w.press(tksk, "Buka rincian")
    details = tksk.find("Rincian", "📝 Catatan petugas kecamatan (TKSK)")
    assert details is not None and "📎 1 foto, video, atau rekaman." in details.text


@pytest.mark.parametrize(
    ("said", "back"), [("seminggu", "Selasa 10/3"), ("rong dina", "Kamis 5/3"), ("2 minggu", "17/3")]
)
async def test_how_long_a_leave_is_may_be_said_in_words(w: World, said: str, back: str) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    for words in ("cuti", "besok", said):
        await w.say(tksk, words)
    assert tksk.last().text.startswith("Siapa yang menggantikan")
    assert any(back in message.text for message in tksk.from_bot())


AT_THE_CONTACT = ("lansia", "tidak makan", "desa ardimulyo singosari", "iya", "lewati", "kemarin", "lewati", "lewati")


async def test_a_number_of_a_resident_is_asked_for_if_they_agree(w: World) -> None:
    siti = w.person()
    await told(w, siti, "lapor", "ya", "kader", *AT_THE_CONTACT)
    assert siti.last().text.startswith("Siapa yang boleh ditelepon")
    await w.say(siti, "0812 3456 7890")
    assert siti.last().text == "Mohon ketik nomor HP warga itu, kalau orangnya setuju."
    await w.say(siti, "0812 3456 7890")
    assert "Kontak: 📞 Warga itu" in siti.last().text


async def test_a_neighbour_types_their_number_without_a_yes(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await told(w, siti, "lapor", "ya", "tetangga", *AT_THE_CONTACT, "081234567890", "kirim")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("📞 Pelapor boleh ditelepon: +6281234567890")


async def test_the_resident_and_oneself_are_chosen_in_words(w: World) -> None:
    siti = w.person()
    await told(w, siti, "lapor", "ya", "kader", *AT_THE_CONTACT, "nomor warga")
    assert siti.last().text.startswith("Mohon ketik nomor HP warga itu")
