"""What a second look by people who saw the bot for the first time stumbled over, with the words that they read."""

import pytest

from bot.localtelegram.phones import Phone
from tests.stories.test_fresh_eyes import AT_THE_CONTACT, told
from tests.stories.test_news_is_rare import told as news
from tests.support.world import MALANG, SINGOSARI, World

ANSWERS = {
    "Lanjut": "lanjut",
    "Desa Ardimulyo": "ya",
    "Pilih dari daftar": "desa ardimulyo singosari",
    "Kemarin": "kemarin",
    "Lewati": "lewati",
    "Tanpa foto": "lewati",
    "Tidak usah menelepon": "tidak",
    "Kirim laporan": "kirim",
}
"""What is typed to a question that has this button."""


async def to_the_number(w: World, siti: Phone) -> None:
    """The shortest typed answers to all that is still asked."""
    for _ in range(12):
        buttons = " ".join(siti.last().labels)
        answer = next((typed for label, typed in ANSWERS.items() if label in buttons), None)
        if answer is None:
            return
        await w.say(siti, answer)


GRAVE = {"kind": "Gangguan jiwa", "danger": "Menyerang"}


@pytest.mark.parametrize("let_go", ["Salah pencet", "Kembalikan"])
async def test_in_darurat_it_is_said_at_once_that_nobody_has_it_any_more(w: World, let_go: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.worker("koordinator", MALANG)
    number = await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    assert "sudah ada petugas" in news(siti, number)[-1][1]
    await w.press(tksk, let_go)
    last = siti.last()
    assert last.text.startswith(f"Laporan {number} berubah: saat ini belum ada petugas yang menangani."), last.text
    assert "Jangan menunggu, telepon 110 (polisi) atau 119 (ambulans) sekarang." in last.text
    assert last.labels[:2] == ["✅ Sudah telepon", "📵 Tidak bisa telepon"]
    await w.press(tksk, "aya tangani")
    assert siti.last().text == last.text, "a comfort waits for its five minutes"
    await w.passes(minutes=6)
    assert "sudah ada petugas" in siti.last().text


BEHIND = "sekarang orangnya ada di belakang rumah pak lurah"


async def test_in_darurat_calm_words_reach_the_worker_within_a_minute(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, BEHIND)
    assert siti.last().text == f"Untuk laporan {number}? Kalau tidak dijawab, kami tambahkan sendiri dalam 1 menit."
    assert not tksk.find(BEHIND)
    await w.passes(minutes=1)
    assert tksk.find(BEHIND), "whoever has it reads it, though nobody pressed"
    newer = await w.reports(siti, **GRAVE)
    await w.say(siti, "pintunya warna biru")
    assert siti.last().text.endswith(f"kami tambahkan ke {newer} dalam 1 menit.")


async def test_in_darurat_bukan_still_takes_calm_words_back(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti, **GRAVE)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, BEHIND)
    await w.press(siti, "Bukan laporan")
    await w.passes(minutes=12)
    assert not tksk.find(BEHIND)


async def test_of_a_fixed_clock_the_minute_follows_from_its_own_words(w: World) -> None:
    """Else whoever harms would read from it that somebody else told of danger, or what a worker thinks of it."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti, kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani", "Lainnya", "Ubah gawat", "arurat")
    assert (await w.case()).urgency == "darurat"
    await w.say(siti, BEHIND)
    assert "kami tambahkan sendiri pukul" in siti.last().text


@pytest.mark.parametrize(
    ("kind", "said", "meant"),
    [
        ("lansia", "ora iso tangi", "🛏️ Tidak bisa bangun, sendirian"),
        ("lansia", "ndak mau makan sudah 3 hari", "🍚 Tidak makan"),
        ("gangguan jiwa", "orangnya bawa parang dan ngamuk", "🔪 Menyerang / bawa senjata"),
        ("gangguan jiwa", "wonge wis rong dina ora gelem mangan blas", "🍚 Tidak makan / sakit berat"),
    ],
)
async def test_a_sentence_at_the_dangers_proposes_one(w: World, kind: str, said: str, meant: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await told(w, siti, "lapor", "ya", "tetangga", kind)
    before = len(siti.from_bot())
    await w.say(siti, said)
    assert len(siti.from_bot()) == before + 1, "one voice"
    assert siti.last().text.startswith(f"Sepertinya: {meant}. Betul?"), siti.last().text
    assert ("telepon 110" in siti.last().text) == ("parang" in said)
    assert siti.last().labels[:2] == ["✅ Ya, betul", "❌ Tidak"]
    await w.say(siti, "ya")
    assert any(f"☑️ {meant}" in message.text for message in siti.from_bot())
    await to_the_number(w, siti)
    await w.press(tksk, "Saya tangani")
    assert tksk.find("Rincian", said), "and the words are read"


async def test_no_to_a_proposed_danger_shows_the_list_again(w: World) -> None:
    siti = w.person()
    await told(w, siti, "lapor", "ya", "tetangga", "lansia", "mbahe ora iso tangi pak")
    await w.say(siti, "bukan")
    assert siti.last().text.startswith("Adakah yang seperti ini sekarang?")
    await w.say(siti, "tidak ada")
    assert siti.find("☑️ Tidak ada") or siti.find("Tidak ada satu pun"), siti.last().text


async def test_a_danger_that_may_come_or_was_long_ago_is_not_proposed_and_kept(w: World) -> None:
    siti = w.person()
    await told(w, siti, "lapor", "ya", "tetangga", "lansia")
    for said in ("takut nanti dia tidak makan lagi", "dulu pernah tidak bisa bangun", "tetangganya tidak mau tahu"):
        await w.say(siti, said)
        assert "Sepertinya" not in siti.last().text, said
        assert (
            siti.last().text.endswith("Pilih yang paling gawat.")
            and "kami tambahkan ke laporan ini" in siti.last().text
        )


AT_THE_PLACE = ("lapor", "ya", "tetangga", "lansia", "tidak ada")


async def test_few_words_that_fit_no_label_are_kept_and_said_so(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await told(w, siti, "lapor", "ya")
    for said, again in (("cucune pojok", "Siapa yang perlu ditolong"), ("tetangga", ""), ("rumah reyot", "Keadaannya")):
        await w.say(siti, said)
        assert again in siti.last().text
        assert not again or "kami tambahkan ke laporan ini" in siti.last().text, said
    await w.say(siti, "lansia")
    await w.say(siti, "tidak ada")
    await w.say(siti, "mbah saya di gubuk")
    assert "kami tambahkan ke laporan ini" in siti.last().text and "tempat itu belum ketemu" in siti.last().text
    await to_the_number(w, siti)
    await w.press(tksk, "Saya tangani")
    for said in ("cucune pojok", "rumah reyot", "mbah saya di gubuk"):
        assert tksk.find("Rincian", said), said


@pytest.mark.parametrize("said", ["apa ya", "matur nuwun", "ora ngerti", "iya pak", "maksudnya apa"])
async def test_small_talk_at_a_list_is_no_part_of_the_story(w: World, said: str) -> None:
    siti = w.person()
    await told(w, siti, *AT_THE_PLACE[:3], said)
    assert "kami tambahkan" not in siti.last().text


CONTACT = "Siapa yang boleh ditelepon", "Bolehkah petugas menelepon?"


async def at_the_contact(w: World, who: str = "tetangga") -> Phone:
    siti = w.person()
    await told(w, siti, "lapor", "ya", who, *AT_THE_CONTACT)
    assert any(asked in siti.last().text for asked in CONTACT), siti.last().text
    return siti


async def test_a_number_in_the_yes_is_not_asked_for_again(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), await at_the_contact(w)
    await w.say(siti, "boleh, 0812 3456 7890 tapi jangan malam malam")
    assert "Kontak: 📞 Boleh" in siti.last().text, siti.last().text
    await w.say(siti, "kirim")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("📞 Pelapor boleh ditelepon: +6281234567890")
    assert tksk.find("Rincian", "tapi jangan malam malam")


async def test_a_refusal_with_its_reason_is_one(w: World) -> None:
    siti = await at_the_contact(w)
    await w.say(siti, "jangan, sinyal saya jelek")
    assert "Kontak: 🤫 Tidak usah menelepon" in siti.last().text
    assert "sinyal" not in siti.last().text, "and no story"


async def test_who_is_afraid_that_the_family_learns_of_it_is_asked_how_they_may_be_reached(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), await at_the_contact(w, "keluarga")
    await w.say(siti, "jangan, nanti bapak tahu")
    assert siti.last().text.endswith("Lewat apa Bapak/Ibu aman dihubungi?"), siti.last().text
    await w.say(siti, "jangan telepon")
    await w.say(siti, "kirim")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("🤫 Jangan menelepon pelapor.")
    await w.passes(hours=24)
    after = [message.text for message in siti.from_bot()][-1]
    assert "Laporan TS" not in after, after


async def test_kirim_is_no_number_of_a_resident(w: World) -> None:
    siti = await at_the_contact(w, "kader")
    await w.say(siti, "nomor warga")
    await w.say(siti, "kirim")
    assert siti.last().text.startswith("Nomornya belum ada.")


async def test_after_the_end_how_somebody_is_gets_how_it_stands(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await w.reports(siti)
    await w.say(siti, "mbah nya gimana ya")
    assert siti.last().text.startswith(f"Laporan {number}: Petugas sedang dihubungi.")
    await w.press(tksk, "Saya tangani", "Selesai", "Tertolong")
    await w.passes(minutes=12)
    for asked in ("mbah nya gimana ya", "kapan petugas datang"):
        await w.say(siti, asked)
        assert siti.last().text == f"Laporan {number}: Selesai."
    slamet = w.person("Pak Slamet")
    await told(w, slamet, "mbah saya gimana")
    assert "Mau dijadikan laporan?" in slamet.last().text, "of whoever has none it is the beginning of one"


async def test_selesai_can_be_left(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person())
    await w.press(tksk, "Saya tangani", "Selesai", "Tidak jadi")
    assert tksk.last().text == f"Baik, tidak ada yang berubah. Laporan {number} tetap bersama Bapak/Ibu."
    assert (await w.case()).status == "acknowledged"


async def test_salah_pencet_is_drawn_only_while_it_may_be_pressed(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person()
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    assert "↩️ Salah pencet" in tksk.buttons()
    await w.passes(hours=3)
    await w.press(tksk, "Salah pencet")
    assert tksk.find(f"{number} sudah Bapak/Ibu tangani") or number in tksk.last().text
    cards = [message for message in tksk.from_bot() if "↩️ Salah pencet" in message.labels]
    assert not cards, [message.text for message in cards]


async def test_whoever_is_asked_to_look_in_is_not_told_to_keep_away(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti, danger="Tidak makan")
    assert siti.find("mohon ditengok sebentar")
    await w.passes(minutes=6)
    await w.press(tksk, "Saya tangani")
    assert siti.last().text.endswith("sudah ada petugas sosial yang menangani. Semua gratis.")


async def test_in_danger_nobody_is_sent_near_nor_gives_a_drink(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = w.person()
    await w.reports(siti, danger="Pingsan")
    assert not siti.find("mohon ditengok") and siti.find("mohon jangan diberi makan atau minum")


async def test_of_two_reports_hidden_on_one_phone_both_come_back(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    first = ("keluarga", "lansia", "tidak makan", "simbah dikunci di dapur belakang")
    second = ("tetangga", "gangguan jiwa", "tidak berpakaian", "orangnya suka tidur di pos ronda")
    await told(w, siti, "lapor", "ya", *first, "hapus")
    await w.press(siti, "Mulai")
    await told(w, siti, "lapor", *second, "hapus")
    for beginning, other in ((first, second), (second, first)):
        await w.press(siti, "Mulai")
        await told(w, siti, "lapor", *beginning[:3])
        await to_the_number(w, siti)
        await w.press(tksk, "Saya tangani")
        assert tksk.find("Rincian", beginning[3])
        if beginning is first:
            assert not tksk.find(other[3])
            await w.say(siti, "hapus")


async def test_the_wrong_place_of_one_of_several_reports_is_offered(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = w.person()
    older = await w.reports(siti)
    newer = await w.reports(siti)
    await w.say(siti, "maaf salah desa, harusnya desa toyomarto")
    assert [label for label in siti.last().labels if "Salah tempat" in label] == [
        f"📍 Salah tempat {newer}",
        f"📍 Salah tempat {older}",
    ]
    await w.press(siti, f"Salah tempat {older}")
    assert "Desa Toyomarto · Kec. Singosari · Kab. Malang" in siti.last().labels
    await w.say(siti, "ya")
    assert siti.find(f"Laporan {older} sudah dibetulkan.")


async def test_words_within_a_correction_go_to_the_worker_with_it(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    await w.press(siti, "Lihat laporan", "Salah jenis")
    await w.say(siti, "soalnya kemarin saya bingung milihnya")
    assert siti.last().text.startswith("Kami catat, ikut dikirim kepada petugas"), siti.last().text
    await w.press(siti, "Sakit", "Tidak ada")
    assert tksk.find("soalnya kemarin saya bingung milihnya")
