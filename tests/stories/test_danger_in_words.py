"""Danger in words, at any moment: whom to phone at once; the words are kept, and it is asked, never decided (R4)."""

import pytest

from storage import cases
from storage.session import Session
from tests.support.length import each
from tests.support.resident import begin
from tests.support.world import SINGOSARI, World


async def story_of(w: World) -> str:
    case = await w.case()

    def told(session: Session) -> str:
        found = cases.content(session, cases.reports(session, case)[0])
        return found.story if found is not None else ""

    return str(await w.read(told))


@pytest.mark.parametrize(
    "text",
    each(
        ("ngamuk gowo arit", "ada yang bawa parang di rumah sebelah", "pak tolong", "bahaya"),
        "ngamuk gowo arit",
        "pak tolong",
    ),
)
async def test_out_of_the_blue_it_is_whom_to_phone_first(w: World, text: str) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.say(phone, text)
    last = phone.from_bot()[-1]
    assert "110" in last.text and "Apakah sekarang berbahaya" in last.text
    await w.press(phone, "Ya, sekarang")
    assert "Mohon telepon sekarang" in phone.from_bot()[-1].text
    await w.press(phone, "Tidak bisa telepon")
    assert phone.find("Kami catat bahwa polisi belum dihubungi")


async def test_no_danger_now_and_the_words_are_offered_for_a_report(w: World) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.say(phone, "tetangga ngamuk bawa parang")
    await w.press(phone, "Tidak")
    assert "Mau dijadikan laporan?" in phone.from_bot()[-1].text


@pytest.mark.parametrize(
    ("text", "words", "never"),
    [
        ("saya mau bunuh diri", "Mohon jangan sendirian dulu", ("mendekat", "Menjauh")),
        ("suami saya memukul saya", "Cari tempat aman", ("mendekat", "Menjauh")),
    ],
)
async def test_whoever_is_in_danger_themselves_reads_nothing_for_bystanders(
    w: World, text: str, words: str, never: tuple[str, ...]
) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    before = len(phone.from_bot())
    await w.say(phone, text)
    new = phone.from_bot()[before:]
    assert words in new[-1].text
    assert not [m.text for m in new for word in never if word in m.text]
    await w.press(phone, "Lanjut bercerita")
    assert phone.find("Apakah Bapak/Ibu setuju?")


async def test_a_cry_for_help_keeps_nothing_and_silences_no_later_danger(w: World) -> None:
    """A bare "tolong" began a report, and after it nothing else was asked about."""
    phone = w.person()
    await phone.start()
    await w.settle()
    for text, words in (("tolong", "Apakah sekarang berbahaya"), ("assalamualaikum", "Waalaikumsalam")):
        await w.say(phone, text)
        assert words in phone.from_bot()[-1].text
    await w.say(phone, "pak tolong anak saya kejang")
    assert "Apakah sekarang berbahaya" in phone.from_bot()[-1].text
    await phone.photo(caption="dia bawa parang")
    await w.settle()
    assert any("Apakah sekarang berbahaya" in m.text for m in phone.from_bot()[-2:]), "another danger"


async def test_a_dead_person_is_for_the_police(w: World) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.say(phone, "ada mayat di sungai")
    assert "polisi 110" in phone.from_bot()[-1].text


async def test_at_a_question_it_is_asked_once_and_the_story_is_still_asked_for(on_server: World) -> None:
    w = on_server
    phone = w.person()
    await begin(w, phone, "siapa")
    await w.say(phone, "dia bawa parang")
    assert "Apakah sekarang berbahaya" in phone.from_bot()[-2].text, "danger first"
    assert "kami tambahkan ke laporan ini" in phone.from_bot()[-1].text, "and then the question"
    before = len(phone.from_bot())
    await w.say(phone, "bawa parang besar")
    assert not any("Apakah sekarang berbahaya" in m.text for m in phone.from_bot()[before:]), "once is enough"
    await w.press(phone, "Tidak", "Tetangga", "Lansia", "Tidak ada")
    await w.press(phone, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Tidak tahu", "Lewati", "Hari ini")
    assert "ceritakan" in phone.from_bot()[-1].text.lower(), "what was said is no whole story"
    await w.say(phone, "orangnya sudah tua")
    await w.press(phone, "Tanpa foto", "Tidak usah menelepon", "Kirim laporan")
    story = await story_of(w)
    assert "dia bawa parang" in story and "orangnya sudah tua" in story


async def test_a_report_in_danger_tells_them_though_no_story_is_asked_for(w: World) -> None:
    phone = w.person()
    await begin(w, phone, "siapa")
    await w.say(phone, "dia bawa parang")
    await w.press(phone, "Tidak", "Tetangga", "Gangguan jiwa", "Menyerang", "Tidak bisa telepon")
    await w.press(phone, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Tidak tahu", "Lewati")
    await w.press(phone, "Tidak usah menelepon", "Lewati", "Kirim laporan")
    assert "dia bawa parang" in await story_of(w)


async def test_whoever_named_a_danger_by_button_is_not_asked_again(w: World) -> None:
    phone = w.person()
    await begin(w, phone, "jenis")
    await w.press(phone, "Gangguan jiwa", "Menyerang", "Tidak bisa telepon")
    await w.say(phone, "dia bawa parang")
    assert not phone.find("Apakah sekarang berbahaya")
    await w.press(phone, "Bukan semua", "Kab. Malang", "Kec. Singosari", "Tidak tahu", "Lewati")
    await w.press(phone, "Tidak usah menelepon", "Kirim laporan")
    assert "dia bawa parang" in await story_of(w), "and what they said is on the card all the same"


RAGES = "tetanggaku ngamuk bawa parang di depan rumah"


@pytest.mark.parametrize("yes", each(("ya", "yo", "iya pak sekarang", "sekarang", "skrg pak"), "yo", "skrg pak"))
async def test_whoever_types_that_it_is_so_now_reads_whom_to_phone(w: World, yes: str) -> None:
    """Typed, the "yes" was heard as a wish to report, and nobody read whom to phone."""
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.say(phone, RAGES)
    await w.say(phone, yes)
    assert "Mohon telepon sekarang" in phone.last().text, phone.last().text
    await w.press(phone, "Tidak bisa telepon", "Lanjut", "Setuju")
    assert "Siapa yang perlu ditolong?" in phone.last().text


@pytest.mark.parametrize("no", ["tidak", "gak saiki", "sudah tenang pak", *each(("kadang",))])
async def test_whoever_types_that_it_is_not_so_now_goes_on_where_they_were(w: World, no: str) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju", "Tetangga", "Gangguan jiwa")
    await w.say(phone, "kadang nek kumat bawa arit")
    await w.say(phone, no)
    assert "Adakah yang seperti ini sekarang?" in phone.last().text
    assert "belum paham" not in phone.last().text
    await w.say(phone, "tidak ada")
    assert "Di mana orangnya sekarang?" in phone.last().text, "that was an answer to the question"


async def test_a_later_yes_is_not_about_danger(w: World) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.say(phone, RAGES)
    await w.say(phone, "rumahnya di belakang balai desa itu pak")
    await w.say(phone, "ya pak")
    assert "setuju" in phone.last().text, "the offer to report"


@pytest.mark.parametrize("yes", [*each(("yo",)), "iya pak", "sekarang"])
async def test_after_the_number_yes_has_many_words(w: World, yes: str) -> None:
    await w.worker("tksk", SINGOSARI)
    phone = w.person()
    await w.reports(phone)
    await w.say(phone, "tonggoku ngamuk maneh gowo arit")
    assert "Apakah sekarang ada yang terancam" in phone.last().text
    await w.say(phone, yes)
    assert (await w.case()).urgency == "darurat"


async def test_whoever_goes_there_reads_what_the_words_were_about(w: World) -> None:
    """*Tidak ada* was picked, and the card said "tidak ada bahaya yang disebut" of somebody with a sickle."""
    tksk, phone = await w.worker("tksk", SINGOSARI), w.person()
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju", "Tetangga", "Gangguan jiwa")
    await w.say(phone, "kadang nek kumat bawa arit")
    await w.say(phone, "gak saiki")
    await w.press(phone, "Tidak ada", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", "Desa Toyomarto", "Lewati")
    await w.press(phone, "Hari ini", "Lewati", "Tanpa foto", "Tidak usah", "Kirim laporan")
    asked = tksk.last()
    await w.press(tksk, "Saya tangani")
    for card in (asked, tksk.find("sekarang Bapak/Ibu tangani")):
        assert card is not None
        assert "disebut amukan atau senjata. Mohon hati-hati." in card.text
        assert "menurut pelapor sekarang tidak ada bahaya" in card.text
        assert "tidak ada bahaya yang disebut" not in card.text


async def test_whoever_names_the_kind_is_asked_about_danger_once(w: World) -> None:
    """ "dipukul" at the question what it is was asked about twice, by two questions with two answers."""
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju", "Tetangga")
    await w.say(phone, "dipukul")
    assert not phone.find("Apakah sekarang berbahaya")
    assert "Adakah yang seperti ini sekarang?" in phone.last().text


@pytest.mark.parametrize("cry", [*each(("tolong pak",)), "tolong cepat", "ada mayat"])
async def test_a_cry_for_help_at_the_question_what_it_is_reads_whom_to_phone(w: World, cry: str) -> None:
    phone = w.person()
    await phone.start()
    await w.settle()
    await w.press(phone, "Lapor", "Setuju", "Tetangga")
    before = phone.last().message_id
    await w.say(phone, cry)
    assert any("110" in message.text for message in phone.from_bot() if message.message_id > before)
