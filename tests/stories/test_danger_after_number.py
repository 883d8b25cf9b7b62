"""Danger to whoever writes, said after the number: the numbers first, and the words reach the case (R2, R4)."""

import pytest
from sqlmodel import select

from bot.localtelegram.phones import Phone
from storage import drafts
from storage.tables import Draft
from tests.stories.test_additions import reported, screen, sounds
from tests.stories.test_after_end import ended
from tests.stories.test_hidden import sent
from tests.support.length import each
from tests.support.resident import begin, go
from tests.support.world import MALANG, SINGOSARI, World


async def new_on(w: World, phone: Phone, text: str) -> list[str]:
    """What the bot says to these words."""
    before = phone.last().message_id
    await w.say(phone, text)
    return [message.text for message in phone.from_bot() if message.message_id > before]


async def begun(w: World) -> int:
    return len(await w.read(lambda s: s.exec(select(Draft)).all()))


@pytest.mark.parametrize("text", ["dia memukul saya pakai kayu", *each(("saya diancam pakai pisau",))])
async def test_whoever_is_beaten_by_whom_they_reported_reaches_the_owner(on_server: World, text: str) -> None:
    w = on_server
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.press(tksk, "Saya tangani")
    numbers, asked = await new_on(w, siti, text)
    assert "110 (polisi)" in numbers and "129" in numbers and "Cari tempat aman" in numbers
    assert f"ke laporan {number}. Apakah Bapak/Ibu sekarang terancam atau terluka?" in asked
    assert text in screen(tksk), "at once"
    assert await begun(w) == 0, "no second report"
    rung = sounds(tksk)
    await w.press(siti, "Ya, sekarang")
    assert (await w.case()).urgency == "darurat" and sounds(tksk) > rung
    await w.say(siti, "sekarang dia bawa celurit")
    assert "sekarang dia bawa celurit" in screen(tksk) and await begun(w) == 0


async def test_while_nobody_has_it_yes_rings_everybody_awaited(w: World) -> None:
    tksk, siti, _ = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    boss = await w.worker("koordinator", MALANG)
    rung = sounds(tksk)
    await w.say(siti, "adik saya memukul saya")
    await w.say(siti, "ya")
    assert (await w.case()).urgency == "darurat"
    assert sounds(tksk) > rung and "🔴" in screen(boss)


async def test_despair_after_the_number_reaches_the_owner_as_despair(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await begin(w, siti, "siapa")
    await go(w, siti, "", siapa="sendiri", jenis="odgj", bahaya="tidakada")
    await w.press(tksk, "Saya tangani")
    numbers, asked = await new_on(w, siti, "saya mau bunuh diri sekarang")
    assert "119" in numbers and "Mohon jangan sendirian dulu" in numbers and "110" not in numbers
    assert "Apakah Bapak/Ibu sekarang dalam bahaya?" in asked and "110" not in asked
    card = tksk.last().text
    assert "saya mau bunuh diri sekarang" in card and "disebut keinginan mengakhiri hidup" in card and "119" in card
    assert await begun(w) == 0
    await w.say(siti, "iya")
    assert (await w.case()).urgency == "darurat"
    assert "sekarang ada bahaya" in tksk.last().text and "119" in tksk.last().text
    await w.press(siti, "Boleh, sapa saya")
    assert "Kami sapa lagi" in siti.last().text


async def test_whoever_is_asked_later_reads_on_the_card_that_it_is_despair(w: World) -> None:
    tksk, siti, _ = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.say(siti, "saya ingin mati rasanya")
    (card,) = [message for message in tksk.from_bot() if "Pelapor menambah keterangan" in message.text]
    assert "disebut keinginan mengakhiri hidup" in card.text and "bahayanya belum jelas" in card.text
    assert "tidak ada bahaya" not in card.text


async def test_the_despair_of_who_is_beaten_reads_as_despair(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await sent(w, siti)
    await w.press(tksk, "Saya tangani")
    numbers, asked = await new_on(w, siti, "saya mau bunuh diri saja")
    assert "119" in numbers and "terancam" not in asked
    assert "Sembunyikan" in " ".join(siti.last().labels)
    assert "keinginan mengakhiri hidup" in tksk.last().text and "119" in tksk.last().text


async def test_it_may_be_a_report_of_its_own(w: World) -> None:
    _, siti, _ = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.say(siti, "saya dipukul suami")
    await w.press(siti, "Laporan lain")
    assert siti.find("Apakah Bapak/Ibu setuju?")
    assert (await w.case()).urgency == "biasa"


async def test_who_is_asked_what_is_missing_reads_the_numbers_too(w: World) -> None:
    """Their words began a report that nobody read, while the case waited for them."""
    _, boss, siti, _ = await ended(w)
    await w.press(siti, "👎 Belum")
    said = await new_on(w, siti, "dia memukul saya lagi")
    assert "129" in said[0] and any("Apakah sekarang berbahaya" in text for text in said)
    assert "dia memukul saya lagi" in screen(boss) and await begun(w) == 0
    await w.press(siti, "Ya, sekarang")
    assert (await w.case()).urgency == "darurat"


async def test_danger_below_a_picture_reaches_the_owner_at_once_with_the_picture(w: World) -> None:
    """It waited ten minutes as something calm."""
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.press(tksk, "Saya tangani")
    await siti.photo(caption="dia ngamuk bawa parang")
    await w.settle()
    assert f"ke laporan {number}. Apakah sekarang ada yang terancam" in siti.last().text
    assert "dia ngamuk bawa parang" in screen(tksk)
    assert len([message for message in tksk.from_bot() if message.media]) == 1
    await w.say(siti, "ya")
    assert (await w.case()).urgency == "darurat"


async def test_the_rest_of_an_album_leaves_the_question_open(w: World) -> None:
    tksk, siti, _ = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.press(tksk, "Saya tangani")
    await siti.album(3, caption="dia bawa parang")
    await w.settle()
    assert "Apakah sekarang ada yang terancam" in siti.last().text
    assert len([message for message in tksk.from_bot() if message.media]) == 3
    await w.say(siti, "ya")
    assert (await w.case()).urgency == "darurat"


async def test_where_no_picture_may_be_kept_the_words_of_danger_are(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await sent(w, siti, danger="Dilecehkan")
    await w.press(tksk, "Saya tangani")
    await siti.photo(caption="dia memukul saya lagi")
    await w.settle()
    assert siti.find("sekarang terancam atau terluka") and siti.find("gambarnya tidak")
    assert "dia memukul saya lagi" in screen(tksk)
    assert not [message for message in tksk.from_bot() if message.media]


@pytest.mark.parametrize(
    ("caption", "said"),
    [("saya mau bunuh diri", "Telepon 119 sekarang"), ("dia ngamuk bawa parang", "Apakah sekarang berbahaya")],
)
async def test_danger_below_the_very_first_picture_is_answered(w: World, caption: str, said: str) -> None:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    await siti.photo(caption=caption)
    await w.settle()
    assert siti.find("Mau dijadikan laporan?") and siti.find(said)
    (answers,) = await w.read(lambda s: [drafts.answers_of(s, draft) for draft in s.exec(select(Draft))])
    assert answers["cerita"]["teks"].count(caption) == 1 and answers["_media"]


async def test_the_button_for_danger_asks_whether_it_is_the_report_they_have(w: World) -> None:
    """It led to a second report, and the first one stayed as it was."""
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.press(tksk, "Saya tangani")
    await siti.start()
    await w.settle()
    await w.press(siti, "Ada bahaya sekarang")
    assert "110 (polisi)" in siti.last().text and f"Untuk laporan {number}?" in siti.last().text
    rung = sounds(tksk)
    await w.press(siti, f"Ya, {number}")
    assert (await w.case()).urgency == "darurat" and sounds(tksk) > rung
    assert await begun(w) == 0
    await w.press(siti, "Sudah telepon")
    assert siti.find(f"kami catat pada laporan {number}") and await begun(w) == 0


async def test_it_may_be_another_report_than_theirs_or_a_first_one(w: World) -> None:
    _, siti, _ = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await siti.start()
    await w.settle()
    await w.press(siti, "Ada bahaya sekarang", "Laporan lain")
    assert "setuju" in siti.last().text and (await w.case()).urgency == "biasa"
    await w.press(siti, "Ada bahaya sekarang")
    assert "Untuk laporan" not in siti.last().text, "another one is begun: it is about that"


async def test_the_status_of_an_own_report_has_the_button(w: World) -> None:
    _, siti, number = await reported(w, kind="Gangguan jiwa", danger="Tidak ada")
    await w.say(siti, number)
    assert "Ada bahaya sekarang" in siti.last().labels[0]
    await siti.forge(next(key.data or "" for key in siti.last().buttons if "bahaya" in key.label))
    await w.settle()
    assert (await w.case()).urgency == "darurat" and siti.find(f"Laporan {number} sekarang darurat")
