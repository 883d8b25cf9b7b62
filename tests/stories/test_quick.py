"""The quick path (row 9): danger, one picture or recording, a pin, Kirim; what nobody asked stands on the card."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest

from bot.core.flow import Answers
from bot.core.inputs import Media, Picked, Pin
from bot.core.knowledge import NONE, UNKNOWN
from bot.core.media import Look
from bot.core.question import Answered
from bot.core.quick_steps import QUICKLY
from bot.core.report_flow import CONSENT_VERSION, REPORT
from bot.core.walk import apply, current
from bot.localtelegram.phones import Phone
from bot.texts.catalog import LANGUAGES, Texts
from handlers.questions import body
from storage import cases, chats, drafts
from storage.session import Session
from tests.stories.test_media_kinds import draft, files
from tests.support.case_views import FIELD, KNOWN
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.resident import go, numbers, step_asked, words
from tests.support.world import SINGOSARI, World

SURE, BORDER, OUTSIDE = (-7.8925, 112.6650), (-7.9150, 112.6500), (-6.2, 106.8)
"""A pin well within Kec. Singosari, one near three kecamatan, one in Jakarta."""
PINS = {"pin": SURE, "batas": BORDER, "luar": OUTSIDE}
MOST, MOST_LATER = 8, 6
"""Updates from /start to the number, and of somebody who reported before."""
QUICK, SEND = "⚡ Lapor cepat", "Kirim laporan"


async def does(w: World, phone: Phone, *acts: str) -> None:
    """What somebody does, one after the other: press this label, or send what is named."""
    for act in acts:
        match act:
            case "foto":
                await phone.photo()
            case "suara":
                await phone.voice()
            case "/start":
                await phone.start()
            case _ if act in PINS:
                await phone.pin(*PINS[act])
            case _ if act.startswith("ketik "):
                await phone.say(act.removeprefix("ketik "))
            case _:
                await phone.press(act)
        await w.settle()


def updates(w: World) -> int:
    """How many updates the bot got so far."""
    return len({one.update_id for one in w.telegram.state.updates.deliveries})


async def consent(w: World, phone: Phone) -> str | None:
    found: str | None = await w.read(lambda s: chats.consented(s, chat_of(s, phone)))
    return found


async def told(w: World, phone: Phone) -> Any:
    """The newest report, as it is stored."""

    def read(session: Session) -> Any:
        return cases.content(session, cases.reports_of(session, chat_of(session, phone))[0][0])

    return await w.read(read)


# --- to the number ------------------------------------------------------------------------------------------

WAYS: dict[str, tuple[str, ...]] = {
    "a photo": ("Tidak ada", "foto", "pin", SEND),
    "a voice": ("Tidak makan", "suara", "pin", SEND),
    "words": ("Tidak ada", "ketik kakek tidur di emperan toko, kurus sekali", "pin", SEND),
    "near a border": ("Tidak tahu", "foto", "batas", "(terdekat)", SEND),
    "in danger, near a border": ("Pingsan", "Tidak bisa telepon", "batas", "(terdekat)", SEND),
    "dead": ("Sudah meninggal", "Ya, lapor", "suara", "pin", SEND),
    "the whole consent is read": ("Tidak ada", "foto", "pin", "Baca lengkap", "Setuju, kirim"),
}


@pytest.mark.parametrize("way", each(WAYS, "a voice", "in danger, near a border", "dead", "the whole consent is read"))
async def test_a_passer_by_reaches_a_number_in_few_updates(w: World, way: str) -> None:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    before = updates(w) - 1
    await does(w, siti, QUICK, *WAYS[way])
    assert siti.find("Nomor laporan: TS-")
    assert updates(w) - before <= MOST
    assert await consent(w, siti) == CONSENT_VERSION
    before, again = updates(w), [act for act in WAYS[way] if act not in (SEND, "Baca lengkap", "Setuju, kirim")]
    await does(w, siti, "ketik /cepat" if way == "a voice" else "ketik lapor cepat", *again, SEND)
    assert len(await numbers(w, siti)) == 2
    assert updates(w) - before <= MOST_LATER


@pytest.mark.parametrize("pin", [SURE, BORDER])
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_danger_is_asked_little(language: str, pin: tuple[float, float]) -> None:
    """The same for every line of the danger list, played on the flow itself.

    Of the dead and the missing the police are named first and a story is asked for too: near a border it is one more.
    """
    speech, quick = Texts().of(language), FIELD.defaults.quick
    items = (*(danger.item for danger in FIELD.categories[quick].dangers), NONE, UNKNOWN)
    for item, agreed in ((item, agreed) for item in items for agreed in (False, True)):
        answers: Answers = {**QUICKLY, **({"setuju": CONSENT_VERSION} if agreed else {})}
        count = 1 if agreed else 2  # the button, and /start before it
        seen: list[str] = []
        while (step := current(REPORT, answers)) is not None:
            question = step.ask(answers, KNOWN)
            seen.append(step.name)
            assert words(body(speech, question).split("\n")[0]) <= 25, question
            given: Any = Picked({"bahaya": item, "gawat": "takbisa", "meninggal": "lapor"}.get(step.name, "kirim"))
            if step.name == "rekam":
                given = Media("voice", "F1", "U1", look=Look.SOUND)
            elif step.name == "tempat":
                found = (answers.get("_tempat") or {}).get("found")
                given = Picked(found[0]) if found else Pin(*pin)
            result = step.read(answers, given, KNOWN)
            assert isinstance(result, Answered), (step.name, result)
            answers = apply(REPORT, answers, result.updates)
            count += 1
        more = agreed and pin == BORDER and item in ("meninggal", "hilang")
        assert count <= (MOST_LATER if agreed else MOST) + more, (item, seen)
        grave = FIELD.urgency(quick, item) == "darurat"
        assert grave == ("rekam" not in seen), "whoever is in danger is not asked for a photo"
        assert (FIELD.gate(quick, item, own=False) is not None) == ("gawat" in seen)
        assert seen[0] == "bahaya" and seen[-1] == "tinjau", "danger is asked before consent and before all else"


# --- what the workers read ----------------------------------------------------------------------------------


@pytest.mark.parametrize("sent", ["foto", "suara"])
async def test_the_card_says_that_it_is_quick_and_what_nobody_asked(w: World, sent: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak makan", sent, "pin", SEND)
    (number,) = await numbers(w, siti)
    unknown = "⚡ Laporan cepat: jenis keadaan, siapa orangnya, dan kapan terlihat tidak ditanyakan."
    card = tksk.find(number, unknown, "Lainnya / tidak tahu", "Tidak makan", "Kec. Singosari", "📎 1 foto")
    assert card is not None and ("bercerita lewat rekaman" in card.text) == (sent == "suara")
    assert "Orangnya di jalan" not in card.text and "Terakhir dilihat" not in card.text
    await w.press(tksk, "Saya tangani")
    assert tksk.find("Laporan " + number, unknown)
    assert files(tksk) == ["photo" if sent == "foto" else "voice"]
    assert tksk.find("Titik kira-kira: -7.892, 112.665") or tksk.find("Titik kira-kira: -7.893, 112.665")
    report = await told(w, siti)
    assert (report.quick, report.category, report.danger, report.phone) == (True, "lain", "lapar", None)


@pytest.mark.parametrize(("danger", "urgency"), [("Tidak tahu", "mendesak"), ("Tidak ada", "biasa")])
async def test_nobody_knows_is_never_nothing(w: World, danger: str, urgency: str) -> None:
    await w.worker("tksk", SINGOSARI)
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, danger, "foto", "pin", SEND)
    assert (await w.case()).urgency == urgency
    await w.reports(w.person("Ani"), kind="Lainnya", danger="Tidak tahu")
    assert (await w.case()).urgency == "biasa", "whoever answered all of the questions is believed"


async def test_in_danger_whom_to_phone_is_said_first_and_no_consent_stands_before_it(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await does(w, siti, "/start", QUICK, "Ada yang menyerang")
    assert "110 (polisi) atau 119 (ambulans)" in siti.last().text and step_asked(siti) == "gawat"
    assert not siti.find("setuju laporan dibaca")
    await does(w, siti, "Sudah telepon")
    assert not siti.find("Mohon kirim satu foto"), "nobody goes near to take a photo"
    await does(w, siti, "pin", SEND)
    assert tksk.find("DARURAT", "⚡ Laporan cepat", "Pelapor sudah menelepon")


async def test_more_can_be_told_after_the_number(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak ada", "foto", "pin", SEND)
    assert "Kalau ada keterangan lain, silakan tulis" in siti.last().text
    await w.press(tksk, "Saya tangani")
    await does(w, siti, "ketik pakai baju merah, di depan toko emas", "Tambahkan")
    assert tksk.find("pakai baju merah, di depan toko emas")


async def test_before_it_is_sent_only_a_draft_lives_and_for_an_hour(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak ada", "foto", "pin")
    assert "Dengan menekan Kirim, Bapak/Ibu setuju" in siti.last().text
    assert await consent(w, siti) is None
    await w.passes(minutes=61)
    assert await draft(w, siti) == {}


async def test_whoever_agreed_before_is_reminded_of_one_that_lies_unfinished(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak ada", "foto", "pin", SEND, QUICK, "Tidak ada", "foto")
    await w.passes(hours=4)
    assert siti.find("belum terkirim")
    await does(w, siti, "Lanjutkan", "pin")
    assert "Mohon diperiksa dulu" in siti.last().text and "setuju" not in siti.last().text
    await does(w, siti, SEND)
    assert len(await numbers(w, siti)) == 2


# --- the place ----------------------------------------------------------------------------------------------


async def test_a_pin_is_seen_before_it_is_sent_and_can_be_changed(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak ada", "foto")
    assert "📍 Kirim lokasi" in siti.keyboard(), "the button for it is on the phone at once"
    await does(w, siti, "pin")
    assert "Tempat: Kec. Singosari, Kab. Malang" in siti.last().text
    await does(w, siti, "Ubah", "Tempat", "batas")
    assert siti.find("Kecamatannya yang mana?")
    await does(w, siti, "Kec. Lowokwaru")
    assert "Tempat: Kec. Lowokwaru, Kota Malang" in siti.last().text
    await does(w, siti, SEND)
    report = await told(w, siti)
    assert (report.kecamatan, report.point) == ("35.73.05", BORDER)


async def test_a_pin_outside_is_refused_as_on_the_long_way(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak ada", "foto", "luar")
    assert "kami hanya melayani Jawa Timur" in siti.last().text
    await does(w, siti, "Pilih tempat lain", "pin", SEND)
    assert len(await numbers(w, siti)) == 1


async def test_a_pin_before_it_is_asked_for_is_the_place(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "pin")
    assert step_asked(siti) == "bahaya" and siti.find("Sudah kami terima dan kami tambahkan")
    await does(w, siti, "Tidak ada", "foto", SEND)
    assert (await told(w, siti)).kecamatan == SINGOSARI


@pytest.mark.parametrize("place", [("ketik singosari malang", "Singosari"), ("Pilih dari daftar", "Kab. Malang")])
async def test_without_a_pin_a_landmark_is_asked_for(w: World, place: tuple[str, ...]) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak ada", "foto", *place)
    await go(w, siti, "patokan")
    await w.say(siti, "depan toko emas")
    await does(w, siti, SEND)
    report = await told(w, siti)
    assert (report.kabupaten, report.landmark) == ("35.07", "depan toko emas")


# --- nothing is lost ----------------------------------------------------------------------------------------

STOPS = ((), ("Tidak ada",), ("Tidak ada", "foto"), ("Tidak ada", "foto", "pin"))
"""How far somebody came: at danger, at the picture, at the place, at the review."""


@pytest.mark.parametrize("first", ["foto", "suara", "ketik kakek tua tidur di emperan toko"])
async def test_what_came_before_is_not_asked_for_again(w: World, first: str) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", first)
    assert QUICK in siti.last().labels, "the offer leads there"
    await does(w, siti, QUICK, "Tidak ada", "pin")
    assert "Sudah lengkap" in siti.last().text
    row = {"foto": "Foto: 📷", "suara": "Cerita: 🎙️"}.get(first, "Cerita: kakek tua tidur")
    assert row in siti.last().text
    await does(w, siti, SEND)
    report = await told(w, siti)
    assert len(report.media) == (not first.startswith("ketik")) and report.story in first


@pytest.mark.parametrize("at", each(STOPS, STOPS[0], STOPS[2]))
async def test_words_and_files_at_any_question_reach_whoever_has_the_case(w: World, at: tuple[str, ...]) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await does(w, siti, "/start", QUICK, *at)
    await w.say(siti, "orangnya memakai sarung hijau lusuh")
    await siti.voice(caption="suaranya juga terdengar")
    await w.settle()
    if step_asked(siti) == "bahaya":
        await does(w, siti, "Tidak ada")
    if siti.keyboard():
        await does(w, siti, "pin")
    await does(w, siti, SEND)
    assert siti.find("Nomor laporan")
    await w.press(tksk, "Saya tangani")
    assert tksk.find("orangnya memakai sarung hijau lusuh") and tksk.find("suaranya juga terdengar")
    assert "voice" in files(tksk)


@pytest.mark.parametrize("at", each(STOPS, STOPS[0], STOPS[2]))
async def test_words_of_danger_ask_whether_it_is_so_and_are_in_the_report(w: World, at: tuple[str, ...]) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, *at, "ketik dia bawa parang")
    assert siti.find("Apakah sekarang berbahaya" if at else "Mohon telepon sekarang"), "picked at the list it is said"
    for step, act in (("bahaya", "Tidak ada"), ("gawat", "Tidak bisa telepon"), ("rekam", "foto")):
        if step_asked(siti) == step:
            await does(w, siti, act)
    if siti.keyboard() or step_asked(siti) == "tempat":  # "parang" is also the name of a kecamatan
        await does(w, siti, "pin")
    await does(w, siti, SEND)
    assert "dia bawa parang" in (await told(w, siti)).story


async def test_few_words_before_the_quick_path_are_in_the_report(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", "📝 Lapor")
    await w.say(siti, "orangnya tidur di kandang sapi")
    assert (await draft(w, siti))["_kata"]
    await does(w, siti, QUICK, "Tidak ada", "pin")
    assert "Cerita: orangnya tidur di kandang sapi" in siti.last().text


async def test_who_has_time_after_all_answers_all_of_the_questions(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Tidak makan", "Isi lengkap")
    assert step_asked(siti) == "setuju"
    await siti.photo()
    await w.settle()
    await go(w, siti, "")
    report = await told(w, siti)
    assert (report.quick, report.category, report.danger) == (False, "lansia", "tidakada")
    assert len(report.media) == 1


async def test_the_other_button_begins_anew_while_nothing_is_answered(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "📝 Lapor")
    assert step_asked(siti) == "setuju"
    await does(w, siti, QUICK)
    assert step_asked(siti) == "bahaya"
    await does(w, siti, "Tidak ada", "📝 Lapor")
    assert "belum terkirim" in siti.last().text, "what was answered is not thrown away"
    await does(w, siti, "Lanjutkan")
    assert step_asked(siti) == "rekam"


# --- back, change, restart, cancel --------------------------------------------------------------------------


async def test_back_from_every_step_and_on_again(w: World) -> None:
    siti = w.person("Siti")
    await does(w, siti, "/start", QUICK, "Pingsan", "Sudah telepon", "pin")
    for step in ("tempat", "gawat", "bahaya"):
        await w.say(siti, "kembali")
        assert step_asked(siti) == step or (step == "tempat" and siti.keyboard())
    await w.say(siti, "kembali")
    assert siti.find("Ini pertanyaan pertama")
    await does(w, siti, "Tidak ada", "foto", "pin")
    await does(w, siti, "Kembali", "ketik kembali")
    assert step_asked(siti) == "rekam" and (await draft(w, siti))["_media"] == [], "another photo takes its place"
    await does(w, siti, "suara", "pin", SEND)
    assert [medium.kind for medium in (await told(w, siti)).media] == ["voice"]


@pytest.mark.parametrize("row", ["Bahaya", "Yang dilihat", "Foto", "Cerita"])
async def test_every_row_of_the_review_can_be_changed(w: World, row: str) -> None:
    siti = w.person("Siti")
    first = {"Foto": ("foto", QUICK), "Cerita": ("suara", QUICK)}.get(row, (QUICK,))
    await does(w, siti, "/start", *first, "Tidak ada")
    await does(w, siti, *(("foto",) if row in ("Bahaya", "Yang dilihat") else ()), "pin", "Ubah", row)
    match row:
        case "Bahaya":
            await does(w, siti, "Tidak makan")
        case "Cerita":
            assert step_asked(siti) == "cerita"
            await does(w, siti, "ketik kakek di emperan")
        case _:
            assert step_asked(siti) == "rekam"
            await does(w, siti, "suara")
    await does(w, siti, SEND)
    report = await told(w, siti)
    kinds = [medium.kind for medium in report.media]
    assert (report.danger, kinds, report.story) == {
        "Bahaya": ("lapar", ["photo"], ""),
        "Yang dilihat": ("tidakada", ["voice"], ""),
        "Foto": ("tidakada", ["voice"], ""),
        "Cerita": ("tidakada", ["voice"], "kakek di emperan"),
    }[row]


STANDS: Mapping[str, tuple[str, ...]] = {
    "bahaya": (),
    "gawat": ("Pingsan",),
    "rekam": ("Tidak ada",),
    "tempat": ("Tidak ada", "foto", "batas"),
    "tinjau": ("Tidak ada", "foto", "pin"),
}


async def test_a_restart_at_any_step_goes_on_and_cancel_forgets(w: World) -> None:
    people = {step: w.person("Siti") for step in STANDS}
    for step, siti in people.items():
        await does(w, siti, "/start", QUICK, *STANDS[step])
    await w.stop()
    await w.start()
    await w.settle()
    for step, siti in people.items():
        assert step_asked(siti) == step
        await w.say(siti, "batal")
        assert not await w.read(partial(_drafts, siti)) and "dibatalkan" in siti.last().text


def _drafts(phone: Phone, session: Session) -> Any:
    return drafts.all_of(session, chat_of(session, phone))
