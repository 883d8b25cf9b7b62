"""What people in danger read: the number first, nothing that is untrue, nothing that does not fit who they are."""

import pytest

from bot.localtelegram.phones import Phone
from storage.session import Session
from storage.tables import Chat
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.resident import begin
from tests.support.world import MALANG, SINGOSARI, World

NOT_TO_ONESELF = ("jangan mendekat", "tidak perlu mendekat", "di mana orangnya", "jangan dikerumuni", "melihatnya")
NUMBERS = ("110", "119")
SKIPS = ("Lewati", "Tanpa foto", "Tidak usah menelepon", "Jangan telepon", "Tidak usah")


def read_by(phone: Phone) -> str:
    """Everything on this phone, every earlier wording too."""
    return "\n".join(message.text for message in phone.from_bot())


async def report_oneself(w: World, phone: Phone, kind: str, danger: str) -> None:
    """Report for oneself by buttons, from /start to the number."""
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju", "Saya sendiri", kind, danger)
    if "Tidak bisa telepon" in " ".join(phone.buttons()):
        await w.press(phone, "Tidak bisa telepon")
    assert "Bapak/Ibu sekarang di desa atau kecamatan mana" in phone.last().text
    await w.press(phone, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Tidak tahu")
    await skip_the_rest(w, phone)


async def skip_the_rest(w: World, phone: Phone) -> None:
    """Leave out what may be left out, and send."""
    while "Kirim laporan" not in " ".join(phone.buttons()):
        labels = " ".join(phone.last().labels)
        await w.press(phone, next(one for one in SKIPS if one in labels))
    await w.press(phone, "Kirim laporan")


async def test_who_wants_to_die_reads_the_number_first_and_nothing_about_somebody_else(w: World) -> None:
    """R5, R11: read aloud, sentence by sentence, from /start to the news that somebody has it."""
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person()
    await siti.start()
    await w.settle()
    assert all(number in siti.last().text for number in NUMBERS), "the greeting"
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Gangguan jiwa", "Mau bunuh diri")
    gate = siti.last().text
    assert "Mohon jangan sendirian dulu" in gate
    assert "Telepon 119 sekarang" in gate
    await w.press(siti, "Lanjut bercerita", "Tidak usah", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari")
    await w.press(siti, "Tidak tahu")
    await skip_the_rest(w, siti)
    assert siti.find("Mohon tidak sendirian dulu")
    await w.press(tksk, "Saya tangani")
    assert siti.find("sudah ada petugas sosial yang menangani")
    said = read_by(siti).casefold()
    assert not [words for words in NOT_TO_ONESELF if words in said]


@pytest.mark.parametrize(
    ("kind", "danger"),
    [
        ("Dipukul, diancam", "Orangnya masih di dekat"),
        *each((("Dipukul, diancam", "Luka / berdarah"),)),
        ("Dipukul, diancam", "Dilecehkan"),
        ("Anak terlantar", "Sedang disakiti"),
        ("Sakit, tidak ada", "Tidak ada"),
        ("Gangguan jiwa", "Tidak tahu"),
    ],
)
async def test_whoever_reports_for_themselves_reads_nothing_about_somebody_else(
    w: World, kind: str, danger: str
) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person()
    await report_oneself(w, siti, kind, danger)
    await w.passes(minutes=20)
    for phone, label in ((siti, "Sudah telepon"), (tksk, "Saya tangani")):
        if label in " ".join(phone.buttons()):
            await w.press(phone, label)
    said = read_by(siti).casefold()
    assert not [words for words in NOT_TO_ONESELF if words in said]


@pytest.mark.parametrize(
    ("kind", "danger", "numbers"),
    [
        ("Lainnya", "Orang hilang", ("110",)),
        ("Dipukul, diancam", "Dilecehkan", ("110", "129")),
        ("Anak terlantar", "Dilecehkan", ("110", "129")),
        ("Disabilitas", "Dipukul / dilecehkan", ("110", "129")),
        ("Anak terlantar", "Sedang disakiti", ("110", "119", "129")),
        ("Anak terlantar", "Bayi atau balita", ("110", "119", "129")),
        ("Gangguan jiwa", "Menyerang", ("110", "119")),
        ("Lainnya", "Sudah meninggal", ("110",)),
    ],
)
async def test_whom_to_phone_is_said_before_anything_else_is_asked(
    w: World, kind: str, danger: str, numbers: tuple[str, ...]
) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Tetangga", kind, danger)
    assert all(number in siti.last().text for number in numbers), siti.last().text
    assert siti.last().labels[:2] != [], "and it can be answered"


async def test_whoever_sends_the_own_place_is_nowhere_near_it(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "tempat", siapa="sendiri")
    await w.press(siti, "Kirim lokasi saya")
    assert siti.find("☑️ 📍 Kirim lokasi saya")
    assert "di dekatnya" not in read_by(siti)


@pytest.mark.parametrize(
    ("who", "kind", "danger", "said"),
    [
        ("Saya sendiri", "Gangguan jiwa", "Mau bunuh diri", "Mohon jangan sendirian dulu"),
        ("Saya sendiri", "Dipukul, diancam", "Luka / berdarah", "129"),
        ("Tetangga", "Anak terlantar", "Sedang disakiti", "129"),
        ("Tetangga", "Gangguan jiwa", "Menyerang", "Di mana orangnya"),
    ],
)
async def test_whoever_pressed_danger_first_still_reads_whom_to_phone(
    w: World, who: str, kind: str, danger: str, said: str
) -> None:
    """What was answered to the lobby's danger stood for every other: the words for despair were never shown."""
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Ada bahaya", "Tidak bisa telepon", "Lanjut melapor", "Setuju", who, kind, danger)
    assert said in siti.last().text


@pytest.mark.parametrize(
    "danger",
    ["Orangnya masih di dekat", "Diancam dibunuh", *each(("Luka / berdarah",))],  # told above as well
)
async def test_whoever_is_beaten_reads_the_number_for_women_and_children(w: World, danger: str) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju", "Saya sendiri", "Dipukul, diancam", danger)
    assert all(number in siti.last().text for number in (*NUMBERS, "129")), siti.last().text


@pytest.mark.parametrize("danger", ["Ada anak di rumah", *each(("Tidak ada",)), "Tidak tahu"])
async def test_whoever_is_beaten_reads_a_number_with_less_danger_too(w: World, danger: str) -> None:
    siti = w.person()
    await report_oneself(w, siti, "Dipukul, diancam", danger)
    assert all(number in siti.last().text for number in ("110", "129")), siti.last().text
    await w.say(siti, "/status")
    assert "sedang dihubungi" in siti.last().text or "Tersimpan" in siti.last().text, "the report stays"


async def test_whoever_phoned_129_is_not_said_to_have_phoned_the_police(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    siti = w.person()
    await begin(w, siti, "gawat", jenis="anak", bahaya="sakiti")
    await w.press(siti, "Sudah telepon", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Tidak tahu")
    await skip_the_rest(w, siti)
    assert tksk.find("Pelapor sudah menelepon polisi, ambulans, atau 129")


async def test_a_deputy_does_not_read_that_nobody_answered_when_somebody_did(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    deputy = await w.worker("deputy", SINGOSARI)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    card = deputy.find(number)
    assert card is not None
    assert "belum ada yang menangani" in card.text
    assert "belum dijawab" not in card.text
    await w.press(deputy, "Saya tangani")
    assert (await w.case()).status == "acknowledged"


async def test_a_flood_names_who_helps_in_a_flood(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "jenis")
    await w.press(siti, "Bencana")
    assert all(words in siti.last().text for words in ("BPBD", "balai desa", *NUMBERS))


async def test_every_greeting_and_every_offer_names_a_number(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    greeting = siti.last().text
    await w.say(siti, "halo")
    answer = siti.last().text
    await siti.photo()
    await w.settle()
    offer = siti.last().text
    assert "Mau dijadikan laporan?" in offer
    await w.press(siti, "Ya, lapor", "Setuju", "Tetangga")
    await w.passes(hours=4)
    nudge = siti.last().text
    assert "belum terkirim" in nudge
    for text in (greeting, answer, offer, nudge):
        assert all(number in text for number in NUMBERS), text


async def test_a_card_tells_before_it_is_taken_whether_the_reporter_may_be_phoned(w: World) -> None:
    """R6: "Pelapor tidak membuka nomornya" stood there although the reporter had."""
    tksk = await w.worker("tksk", SINGOSARI)
    open_, shut = w.person("Siti", phone_number="+6281234567890"), w.person("Ani")
    for phone in (open_, shut):
        await begin(w, phone, "kontak")
        if phone is open_:
            await w.press(phone, "Boleh, kirim nomor saya")
            await phone.press("Kirim nomor saya")
            await w.settle()
            await w.press(phone, "Kirim laporan")
        else:
            await w.press(phone, "Tidak usah menelepon", "Kirim laporan")
        await w.press(tksk, "Buka rincian")
        shown = next(m.text for m in reversed(tksk.from_bot()) if "Rincian" in m.text)
        assert ("Nomornya terbuka" in shown) is (phone is open_)
        assert ("tidak memberikan nomor" in shown) is (phone is shut)
        assert "812" not in shown


async def test_nobody_at_all_is_said_without_an_admin_who_does_not_exist(w: World) -> None:
    siti = w.person()
    await w.reports(siti)
    receipt = siti.find("Nomor laporan")
    assert receipt is not None
    assert "Pengelola" not in receipt.text
    assert "110 (polisi), 119 (ambulans), atau balai desa" in receipt.text


async def test_past_the_kecamatan_means_the_kabupaten(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    siti = w.person()
    await begin(w, siti, "tinjau")
    await w.press(siti, "Jangan lewat petugas kecamatan", "Kirim laporan")
    assert siti.find("langsung ke petugas kabupaten")


async def test_an_answer_has_one_mark(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor", "Setuju")
    assert siti.find("✅ Setuju, lanjut")


async def test_a_question_fits_a_small_phone(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "jenis")
    assert len(siti.last().rows) <= 10


async def agreed_to_an_older_text(w: World, phone: Phone) -> None:
    """They agreed once, and the consent text has changed since."""
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju", "Batal")

    def age(session: Session) -> None:
        chat = session.get(Chat, chat_of(session, phone))
        assert chat is not None
        chat.consent_version, chat.consent_at = "2025-01", w.now
        session.add(chat)

    await w.read(age)


async def test_a_new_consent_text_waits_for_a_calm_report(w: World) -> None:
    """R4: nobody in danger reads it first; who agreed to the older text is asked at the next calm report."""
    siti = w.person()
    await agreed_to_an_older_text(w, siti)
    await w.press(siti, "Ada bahaya", "Tidak bisa telepon", "Lanjut melapor")
    assert "Siapa yang perlu ditolong" in siti.last().text
    await w.press(siti, "Batal")
    await w.press(siti, "Lapor")
    assert "Setuju" in " ".join(siti.last().labels)


async def test_words_of_danger_put_it_off_too_and_who_never_agreed_is_asked(w: World) -> None:
    siti, ani = w.person(), w.person("Ani")
    await agreed_to_an_older_text(w, siti)
    await ani.start()
    for phone in (siti, ani):
        await w.say(phone, "tolong ada orang ngamuk bawa parang di jalan")
        await w.press(phone, "Ya, sekarang", "Tidak bisa telepon", "Lanjut melapor")
    assert "Siapa yang perlu ditolong" in siti.last().text
    assert "Setuju" in " ".join(ani.last().labels)


async def test_the_family_is_asked_as_people_who_live_there(w: World) -> None:
    """They may name their own house, did not "last see" the person there, and cannot keep away."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await begin(w, siti, "patokan", siapa="keluarga")
    assert "Patokan tempatnya apa?" in siti.last().text
    await w.say(siti, "dekat pos kamling, cat hijau")
    assert "terakhir melihat keadaannya seperti itu" in siti.last().text
    await w.press(siti, "Hari ini")
    await skip_the_rest(w, siti)
    await w.press(tksk, "Saya tangani")
    assert not [words for words in ("rumah Bapak/Ibu sendiri", "melihatnya di sana", "mendekat") if siti.find(words)]


async def test_a_quick_reporter_of_whom_nothing_is_known_is_not_told_to_keep_away(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await siti.start()
    await w.settle()
    await w.press(siti, "Lapor cepat", "Tidak ada")
    await siti.voice()
    await w.settle()
    await siti.pin(-7.8925, 112.6650)
    await w.settle()
    await w.press(siti, "Kirim laporan")
    await w.press(tksk, "Saya tangani")
    assert siti.find("sudah ada petugas sosial yang menangani") and not siti.find("tidak perlu mendekat")


async def test_the_family_of_a_chained_man_is_not_told_to_spare_itself(w: World) -> None:
    """They read "jangan memarahi keluarganya" of themselves."""
    await w.worker("tksk", SINGOSARI)
    kin, neighbour = w.person("Kakak"), w.person("Tetangga")
    for phone, who in ((kin, "keluarga"), (neighbour, "tetangga")):
        await begin(w, phone, "", siapa=who, jenis="odgj", bahaya="pasung")
    assert kin.find("Merawat sendirian itu berat") and not kin.find("memarahi keluarganya")
    assert neighbour.find("jangan memarahi keluarganya")
