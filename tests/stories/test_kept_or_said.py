"""What is said is kept or refused in words, also where the bot was about to thank, to greet, or to forget (R1, R2)."""

import pytest
from sqlmodel import select

from bot.core.story_step import MAX_MEDIA, MAX_TEXT
from bot.localtelegram.phones import Phone
from storage import additions
from storage.session import Session
from storage.tables import Addition
from tests.stories.test_anything import answers
from tests.support.references import chat_of
from tests.support.resident import begin, go, step_asked
from tests.support.world import SINGOSARI, World

LATER = "belum menjadi laporan"


async def kept(w: World, phone: Phone) -> list[str]:
    """The words that lie with the case or wait for it, the oldest first."""

    def texts(session: Session) -> list[str]:
        rows = session.exec(select(Addition).where(Addition.chat_id == chat_of(session, phone))).all()
        return [additions.content(session, row).text for row in sorted(rows, key=lambda row: row.created_at)]

    found: list[str] = await w.read(texts)
    return found


@pytest.mark.parametrize("more", ["di pasar singosari", "namanya Karjo"])
async def test_few_words_after_a_photo_belong_to_what_is_offered(w: World, more: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await siti.start()
    await siti.photo()
    await w.settle()
    await w.say(siti, more)
    assert siti.last().text.startswith("Sudah kami terima")
    await w.say(siti, "ya")
    await go(w, siti, "tinjau")
    await w.press(siti, "Kirim laporan")
    await w.press(tksk, "Saya tangani")
    assert more in " ".join(message.text for message in tksk.from_bot())


async def test_what_nobody_took_up_is_not_forgotten_in_silence(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.say(siti, "orang tua di gubuk belakang masjid sudah tidak makan")
    await w.passes(minutes=62)
    assert LATER in siti.last().text and "Lapor" in " ".join(siti.last().labels)
    assert not [message for message in siti.from_bot() if "Ya, lapor" in " ".join(message.labels)]
    assert await answers(w, siti) == {}
    await w.passes(hours=30)
    assert sum(LATER in message.text for message in siti.from_bot()) == 1


async def test_where_nothing_was_said_nothing_is_said_at_the_end(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "setuju")
    await w.passes(hours=2)
    assert not siti.find(LATER)


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("terima kasih, dia kabur", "Sama-sama"),
        ("suwun, wonge pindah", "Sama-sama"),
        ("halo orangnya pindah", "Selamat pagi"),
        ("kapan petugas datang dia jatuh", "TS-"),
    ],
)
async def test_news_beside_a_courtesy_reaches_the_case(w: World, said: str, answer: str) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    before = len(siti.from_bot())
    await w.say(siti, said)
    told = [message.text for message in siti.from_bot()[before:]]
    assert answer in told[0] and "Untuk laporan" in told[-1]
    await w.passes(minutes=12)
    assert await kept(w, siti) == [said]
    assert tksk.find(said), "its owner reads it"


@pytest.mark.parametrize(
    "said",
    [
        "terima kasih banyak bapak",
        "terima kasih semoga berkah",
        "assalamualaikum pak",
        "selamat pagi bapak ibu",
        "kapan datang ke rumah mbah",
        "mbah nya gimana ya",
        "sudah sampai mana laporan saya",
    ],
)
async def test_a_courtesy_alone_is_no_news(w: World, said: str) -> None:
    siti = w.person()
    await w.reports(siti)
    await w.say(siti, said)
    assert await kept(w, siti) == [] and not siti.find("Untuk laporan TS")


@pytest.mark.parametrize(
    ("said", "answer"), [("assalamualaikum", "Waalaikumsalam"), ("terima kasih pak", "Sama-sama"), ("halo", "Selamat")]
)
async def test_a_courtesy_is_no_story(w: World, said: str, answer: str) -> None:
    siti = w.person()
    await begin(w, siti, "cerita")
    await w.say(siti, said)
    assert siti.last().text.startswith(answer) and step_asked(siti) == "cerita"
    assert "cerita" not in await answers(w, siti)


async def test_a_courtesy_at_another_question_or_an_offer_is_answered(w: World) -> None:
    siti = w.person()
    await begin(w, siti, "jenis")
    await w.say(siti, "assalamualaikum")
    assert siti.last().text.startswith("Waalaikumsalam") and step_asked(siti) == "jenis"
    rini = w.person()
    await rini.start()
    await rini.photo()
    await w.settle()
    await w.say(rini, "suwun")
    assert "Sama-sama" in rini.from_bot()[-2].text and "Mau dijadikan laporan" in rini.last().text


async def test_what_is_too_long_for_one_addition_becomes_another(w: World) -> None:
    siti = w.person()
    await w.reports(siti)
    long = "Dia tidak makan. " * 200
    await w.say(siti, long)
    await w.say(siti, long + "Akhir cerita.")
    await w.passes(minutes=12)
    assert [len(text) <= MAX_TEXT for text in await kept(w, siti)] == [True, True]
    assert "".join(await kept(w, siti)).endswith("Akhir cerita.")


async def test_no_picture_beyond_the_tenth_is_lost_after_the_number(w: World) -> None:
    siti = w.person()
    await w.reports(siti)
    for _ in range(MAX_MEDIA + 2):
        await siti.photo()
        await w.settle()
    await w.passes(minutes=12)

    def pictures(session: Session) -> int:
        return sum(len(additions.content(session, row).media) for row in session.exec(select(Addition)).all())

    assert await w.read(pictures) == MAX_MEDIA + 2


async def test_a_message_changed_after_the_number_is_refused_in_words(w: World) -> None:
    siti = w.person()
    await w.reports(siti)
    said = await siti.say("terima kasih")
    await w.settle()
    await siti.edit(said["message_id"], "dia pindah ke pasar")
    await w.settle()
    assert siti.last().text.startswith("Pesan yang diubah tidak terbaca di sini. Mohon kirim lagi")


@pytest.mark.parametrize("said", ["saya mau bunuh diri", "suami saya memukul saya"])
async def test_who_wrote_of_harm_to_themselves_is_not_turned_away(w: World, said: str) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.say(siti, said)
    await w.passes(hours=3)
    assert not siti.find(LATER)
