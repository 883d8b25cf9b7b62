"""A report is taken back: asked once, ended where that is safe, else noted, and its workers know (row 158)."""

from typing import Any

import pytest
from sqlmodel import col, select

from bot.core import buttons as b
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from storage import cases, drafts, timeline
from storage.session import Session
from storage.tables import Addition, Report
from tests.stories.test_additions import HIDDEN, reported, screen, sounds
from tests.stories.test_fixed_clock import second_reporter
from tests.support import told as answers
from tests.support.references import chat_of
from tests.support.world import DAY, World

DOUBT = "Dicabut dari HP pelapor Senin 2/3 pukul 09.0"


async def take_back(w: World, phone: Phone, number: str) -> None:
    """By the buttons: my reports, this one, *Tarik laporan*, yes."""
    await w.say(phone, number)
    await w.press(phone, "Tarik laporan", f"Ya, tarik {number}")


async def test_a_report_that_nobody_has_ends_and_whoever_was_asked_is_told(on_server: World) -> None:
    w = on_server
    tksk, siti, number = await reported(w)
    await w.say(siti, number)
    await w.press(siti, "Tarik laporan")
    assert siti.last().words == f"Laporan {number} sudah terkirim. Orangnya sudah tidak perlu ditolong?"
    assert (await w.case()).status == "open", "not done by itself"
    await w.press(siti, f"Ya, tarik {number}")
    case = await w.case()
    assert (case.status, case.next_due_at) == ("withdrawn", None)
    assert siti.find(f"laporan {number} ditarik")
    assert tksk.find("Laporan ini ditarik pelapornya") and tksk.find(f"Laporan {number} ditarik pelapornya")
    assert "Saya tangani" not in " ".join(tksk.buttons())
    before, read = sounds(tksk), len(siti.from_bot())
    await w.passes(hours=60)
    assert sounds(tksk) == before and len(siti.from_bot()) == read, "nobody is rung, and no news comes"
    await w.say(siti, number)
    assert siti.last().words.startswith(f"Laporan {number}: Ditarik")
    assert not [key for key in siti.last().buttons if "Tarik" in key.label]
    assert await w.read(lambda s: timeline.broken_at(s, case.id)) is None


async def test_batal_leaves_it_as_it_is(w: World) -> None:
    _, siti, number = await reported(w)
    await w.say(siti, number)
    await w.press(siti, "Tarik laporan", "Batal, jangan ditarik")
    assert siti.last().words == f"Baik. Laporan {number} tetap berjalan."
    assert (await w.case()).status == "open"
    await siti.say("/batal")
    await w.settle()
    await w.say(siti, "tidak")
    assert (await w.case()).status == "open"


async def test_somebody_has_it_and_it_goes_on(w: World) -> None:
    tksk, siti, number = await reported(w)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, "batal")
    await w.say(siti, "ya")
    assert siti.last().words.startswith(f"Permintaan untuk {number} kami catat")
    assert tksk.find("dicabut dari HP pelapor, bisa terpaksa")
    case = await w.case()
    assert case.status == "acknowledged" and case.next_due_at is not None
    await w.press(tksk, "Buka rincian")
    assert DOUBT in tksk.last().words
    heard = sounds(tksk)
    await take_back_again(w, siti, number)
    assert sounds(tksk) == heard, "once more tells nobody anew"


async def take_back_again(w: World, siti: Phone, number: str) -> None:
    await w.say(siti, f"batalkan laporan {number}")
    await w.press(siti, f"Ya, tarik {number}")


@pytest.mark.parametrize(
    "what",
    [
        {"kind": "Dipukul", "danger": "Tidak ada"},
        {"kind": "Gangguan jiwa", "danger": "Dirantai"},
        {"kind": "Anak", "danger": "Tidak makan"},
    ],
)
async def test_who_may_be_forced_reads_neutral_words_and_the_workers_are_warned(w: World, what: dict[str, str]) -> None:
    tksk, siti, number = await reported(w, **what)
    before = sounds(tksk)
    await take_back(w, siti, number)
    assert siti.last().words == "Permintaan kami catat. Terima kasih."
    assert (await w.case()).status == "open"
    assert sounds(tksk) == before + 1 and tksk.find("dicabut dari HP pelapor, bisa terpaksa. Laporan tetap berjalan")
    card = tksk.find(DOUBT)
    assert card is not None and number in card.words
    await w.press(tksk, "Saya tangani")
    owned = tksk.find("sekarang Bapak/Ibu tangani")
    assert owned is not None and DOUBT in owned.words, "every card of it says so from then on"
    neutral = siti.last().words
    await take_back_again(w, siti, number)
    assert siti.last().words == neutral, "and the same words tell nothing of who has it"


async def test_in_darurat_it_goes_on(w: World) -> None:
    tksk, siti, number = await reported(w, kind="Gangguan jiwa", danger="Menyerang")
    await take_back(w, siti, number)
    case = await w.case()
    assert (case.status, case.urgency) == ("open", "darurat")
    assert siti.find(f"Permintaan untuk {number} kami catat")
    assert tksk.find("dicabut dari HP pelapor, bisa terpaksa")


async def test_for_oneself_it_is_noted(w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    labels = ("Setuju", "Saya sendiri", "Lansia", "Tidak ada", "Pilih dari daftar", "Kab. Malang", "Kec. Singosari")
    said: Any = answers.told(*labels)
    assert said["siapa"] == "sendiri"
    draft: Any = await w.read(lambda s: drafts.begin(s, chat_of(s, siti), REPORT.name, said, w.now, w.now + DAY))
    await siti.forge(b.Pick(draft.id, 0, answers.REVIEW, "kirim").pack())
    await w.settle()
    await take_back(w, siti, await w._newest_number(siti))
    assert siti.last().words == "Permintaan kami catat. Terima kasih."
    assert (await w.case()).status == "open"


async def test_a_case_that_others_reported_goes_on_and_only_this_report_is_over(w: World) -> None:
    tksk, siti, number = await reported(w)
    other, theirs = await second_reporter(w, "Pak Slamet")
    await w.read(told_the_same)
    await take_back(w, siti, number)
    assert siti.find(f"laporan {number} ditarik"), "the same words as for the only one"
    assert (await w.case()).status == "open" and tksk.find(DOUBT)
    read = len(siti.from_bot())
    await w.passes(hours=26)
    assert len(siti.from_bot()) == read and any(theirs in message.text for message in other.from_bot())
    await take_back(w, other, theirs)
    assert (await w.case()).status == "withdrawn", "the last one ends it"


def told_the_same(session: Session) -> None:
    first, second = session.exec(select(Report).order_by(col(Report.body_sealed).is_(None))).all()
    content = cases.content(session, first)
    assert content is not None
    cases.keep_content(session, second, content)


async def test_words_that_sound_so_are_offered_and_never_lost(w: World) -> None:
    tksk, siti, number = await reported(w)
    await w.say(siti, "orangnya sudah pulang pak")
    assert siti.last().words == f"Laporan {number} sudah terkirim. Orangnya sudah tidak perlu ditolong?"
    await w.passes(minutes=15)
    assert (await w.case()).status == "open", "silence takes nothing back"
    await w.press(tksk, "Buka rincian")
    assert "orangnya sudah pulang pak" in screen(tksk), "and the words are there"
    await w.say(siti, "orangnya sudah pulang")
    await w.press(siti, f"Ya, tarik {number}")
    assert (await w.case()).status == "withdrawn"
    assert len(await w.read(lambda s: s.exec(select(Addition)).all())) == 1


async def test_a_number_among_the_words_says_which_one(w: World) -> None:
    _, siti, first = await reported(w)
    second = await w.reports(siti, kind="Gangguan jiwa")
    await w.say(siti, f"tolong batalkan laporan {first.lower()}")
    assert first in siti.last().words and second not in " ".join(siti.buttons())
    await w.press(siti, f"Ya, tarik {first}")
    states = await w.read(lambda s: {r.number: r.told for r in s.exec(select(Report)).all()})
    assert states[first] == "taken back" != states[second]


async def test_nobody_else_takes_it_back(w: World) -> None:
    _, siti, number = await reported(w)
    await w.say(siti, number)
    data = next(key.data for key in siti.last().buttons if "Tarik" in key.label)
    assert data is not None
    budi = w.person("Budi")
    await budi.start()
    await w.settle()
    await budi.forge(data)
    await w.settle()
    assert not budi.find(number) and (await w.case()).status == "open"


async def test_danger_after_all_is_heard_and_news_comes_again(w: World) -> None:
    tksk, siti, number = await reported(w)
    await second_reporter(w, "Pak Slamet")
    await take_back(w, siti, number)
    await w.say(siti, "dia ngamuk bawa parang")
    await w.press(siti, "Ya, sekarang")
    assert (await w.case()).urgency == "darurat" and tksk.find("sekarang ada bahaya")
    read = len(siti.from_bot())
    await w.passes(hours=2)
    assert len(siti.from_bot()) > read
    assert HIDDEN not in screen(tksk)
