"""News by a fixed clock: whoever lives with the person learns from its times nothing of the case (row 134)."""

from functools import partial
from typing import Any

import pytest
from sqlmodel import select

from bot.core import buttons as b
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from storage import drafts
from storage.session import Session
from storage.tables import Report
from storage.types import new_id, new_number
from tests.stories.test_news_is_rare import everybody, told
from tests.support import told as answers
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.world import DAY, World

CHAINED = {"kind": "Gangguan jiwa", "danger": "Dirantai"}


def times(phone: Phone, number: str) -> list[str]:
    return [f"{at:%d %H.%M}" for at, _ in told(phone, number)]


def words(phone: Phone, number: str) -> list[str]:
    return [text.replace(number, "TS") for _, text in told(phone, number)]


async def second_reporter(w: World, name: str) -> tuple[Phone, str]:
    """Somebody else reported the same person in the same second: their report belongs to the same case."""
    phone = w.person(name)
    await phone.start()
    await w.settle()

    def join(session: Session) -> str:
        first = session.exec(select(Report).order_by(Report.created_at)).first()  # type: ignore[arg-type]
        assert first is not None
        number = new_number()
        body = {"id": new_id(), "number": number, "origin": number, "body_sealed": None}
        session.add(Report(**{**first.model_dump(), **body, "chat_id": chat_of(session, phone)}))
        return number

    return phone, await w.read(join)


async def test_two_reporters_of_one_case_read_the_same_at_the_same_times(w: World) -> None:
    tksk, _ = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **CHAINED)
    other, theirs = await second_reporter(w, "Pak Slamet")
    await w.passes(minutes=40)
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=3)
    await w.press(tksk, "Kembalikan")
    await w.passes(hours=90)
    assert len(told(siti, number)) >= 4
    assert times(siti, number) == times(other, theirs)
    assert words(siti, number) == words(other, theirs)


@pytest.mark.parametrize("what", each(("nothing", "taken", "closed", "escalated"), "taken", "closed"))
async def test_what_happens_to_a_case_changes_no_time_of_its_news(w: World, what: str) -> None:
    tksk, _ = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **CHAINED)
    await w.passes(minutes=30)
    acts: dict[str, tuple[str, ...]] = {
        "nothing": (),
        "taken": ("Saya tangani",),
        "closed": ("Saya tangani", "Selesai", "Tertolong"),
        "escalated": ("Eskalasi sekarang",),
    }
    await w.press(tksk, *acts[what])
    assert times(siti, number) == []
    await w.passes(hours=1)
    assert times(siti, number) == []
    await w.passes(hours=70)
    clock = ["02 11.01", "03 08.00", "04 08.00", "05 08.00"]
    assert times(siti, number) == (clock[:1] if what == "closed" else clock)
    status = {"taken": "Sudah ada petugas", "closed": "Selesai"}.get(what, "Petugas sedang dihubungi")
    assert words(siti, number)[0].startswith(f"Laporan TS: {status}.")
    assert what == "closed" or words(siti, number)[0].endswith("Kabar berikutnya paling lambat Selasa 3/3 pukul 08.00.")


async def test_looking_shows_no_more_than_was_told(w: World) -> None:
    """Else whoever looks often would see at once that somebody took a case on which they sent nothing new."""
    tksk, _ = await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **CHAINED)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, number)
    assert "Petugas sedang dihubungi" in siti.last().text and "pukul 11.01" in siti.last().text
    await w.passes(hours=3)
    await w.say(siti, number)
    assert "Sudah ada petugas" in siti.last().text


async def test_in_darurat_the_fixed_clock_says_not_to_wait(w: World) -> None:
    await everybody(w)
    siti = w.person()
    number = await _family(w, siti, "Menyerang")
    await w.passes(hours=4)
    w.telegram.turn(18.9 * 3600)  # to 07.54: the ladder rings hour by hour, which is told elsewhere
    await w.passes(hours=1)
    assert times(siti, number) == ["02 09.16", "02 10.01", "02 12.01", "03 08.00"]
    assert all("jangan menunggu. Telepon 110" in text for text in words(siti, number))
    await w.press(siti, "Sudah telepon")
    assert siti.find("kami catat", number)


async def test_family_hears_by_the_clock_whatever_the_kind(w: World) -> None:
    await everybody(w)
    siti = w.person()
    number = await _family(w, siti, "Tidak makan")
    await w.passes(hours=5)
    assert times(siti, number) == ["02 11.01"], "the ladder climbed twice meanwhile"


async def test_a_fixed_clock_that_stood_still_says_sorry_and_goes_on(w: World) -> None:
    await everybody(w)
    siti = w.person()
    number = await w.reports(siti, **CHAINED)
    await w.stop()
    w.telegram.turn(3 * 3600)
    await w.start()
    await w.settle()
    assert siti.find(number, "layanan terputus pukul 09.00")
    await w.passes(hours=21)
    assert words(siti, number)[-1].startswith("Laporan TS: ") and times(siti, number)[-1] == "03 08.00"
    w.telegram.turn(26 * 3600)  # the machine slept, and nobody was started anew
    await w.settle()
    assert words(siti, number)[-1].startswith("Mohon maaf, kabar laporan TS terlambat: ")


async def test_at_night_too(w: World) -> None:
    await everybody(w)
    w.telegram.turn(14 * 3600)  # 23.00
    siti = w.person()
    number = await w.reports(siti, **CHAINED)
    await w.passes(hours=12)
    assert times(siti, number) == ["03 08.00"]


async def _family(w: World, siti: Phone, danger: str) -> str:
    """A report of the own family."""
    await siti.start()
    await w.settle()
    labels = ("Setuju", "Keluarga", "Gangguan jiwa", danger, "Tidak bisa telepon", "Pilih dari daftar")
    said: Any = answers.told(*labels, "Kab. Malang", "Kec. Singosari")
    assert said["siapa"] == "keluarga"
    begin = partial(_begin, w, siti, REPORT.name, said)
    draft = await w.read(begin)
    await siti.forge(b.Pick(draft.id, 0, answers.REVIEW, "kirim").pack())
    await w.settle()
    return await w._newest_number(siti)


def _begin(w: World, siti: Phone, flow: str, said: Any, session: Session) -> Any:
    return drafts.begin(session, chat_of(session, siti), flow, said, w.now, w.now + DAY)
