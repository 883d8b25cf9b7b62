"""Where the service has not begun: an honest sentence, a daily list for JSC, no rungs; darurat asks JSC at once."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from bot.actions import summary_report
from bot.config import ConfigError, Settings, load_settings
from bot.core.escalation import Rung
from bot.core.hours import WIB
from bot.core.service import of_the_province
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from bot.preflight import served
from storage.session import Session
from storage.tables import Ask, Case, Job, Outbox, Report
from tests.support.resident import TOYOMARTO, begin, go, press, step_asked
from tests.support.world import MALANG, SINGOSARI, World

SURABAYA = {"kabupaten": ["Kota Surabaya"]}
PIN = (-7.8910, 112.6650)
"""In Singosari."""


@pytest.fixture
async def o(w: World) -> World:
    """The service has begun in Kota Surabaya only."""
    await w.stop()
    await w.start(service=SURABAYA)
    return w


async def sends(w: World, phone: Phone, **plan: str) -> str:
    """A report from Singosari by buttons, sent although the service is not there; its number."""
    await begin(w, phone, "siapa")
    await go(w, phone, "", layanan="kirim", **plan)
    return (await w.case()).number


async def asks(w: World) -> list[str]:
    found: list[str] = await w.read(lambda s: list(s.exec(select(Ask.role).order_by(col(Ask.fired_at)))))
    return found


def lists(phone: Phone) -> list[Shown]:
    return [m for m in phone.from_bot() if "Di luar layanan" in m.text]


async def is_never_silent(w: World) -> None:
    """What holds of every case: a next due time, and of its reporter a next piece of news."""
    cases = await w.read(lambda s: list(s.exec(select(Case).where(Case.status == "open"))))
    assert cases and all(case.next_due_at is not None and case.next_due_at > w.now for case in cases)
    reports = await w.read(lambda s: list(s.exec(select(Report))))
    assert all(report.news_at is not None and report.news_at > w.now for report in reports)


# --- what the reporter reads --------------------------------------------------------------------------------


async def test_by_list_they_read_the_sentence_and_may_send_it_all_the_same(o: World) -> None:
    siti = o.person()
    await begin(o, siti, "siapa")
    await go(o, siti, "layanan")
    said = siti.last()
    assert "belum dibuka di Kab. Malang" in said.text and "110 (polisi), 119 (ambulans)" in said.text
    assert "JSC" in said.text
    assert [label for label in said.labels if "Kirim juga" in label or "Batal" in label]
    await o.press(siti, "Kirim juga")
    assert step_asked(siti) == "patokan"


async def test_cancelled_nothing_is_stored(o: World) -> None:
    siti = o.person()
    await begin(o, siti, "siapa")
    await go(o, siti, "layanan")
    await press(siti, "layanan", "batal")
    await o.settle()
    assert "Tidak ada yang kami kirim" in siti.last().text
    assert await o.read(lambda s: s.exec(select(Case)).all()) == []


@pytest.mark.parametrize("way", ["typed", "pinned", "unknown"])
async def test_by_every_way_to_name_a_place(o: World, way: str) -> None:
    siti = o.person()
    await begin(o, siti, "tempat")
    if way == "typed":
        await o.say(siti, "toyomarto singosari")
        await go(o, siti, "layanan")
    elif way == "pinned":
        await siti.pin(*PIN)
        await o.settle()
        await go(o, siti, "layanan")
    else:
        await o.press(siti, "Tidak tahu")
    assert (step_asked(siti) == "layanan") == (way != "unknown"), siti.last().text


async def test_on_the_quick_path_too(o: World) -> None:
    await o.worker("jsc", "35")
    siti = o.person()
    await siti.start()
    await o.settle()
    await o.press(siti, "Lapor cepat")
    await press(siti, "bahaya", "tidakada")
    await o.settle()
    await o.say(siti, "ada kakek sendirian di gubuk, tidak ada yang merawat")
    await siti.pin(*PIN)
    await o.settle()
    if step_asked(siti) == "tempat":
        await go(o, siti, "layanan")
    assert "belum dibuka di Kab. Malang" in siti.last().text
    await o.press(siti, "Kirim juga", "Kirim laporan")
    assert siti.find("daftar harian")


async def test_inside_nobody_reads_of_it(o: World) -> None:
    siti = o.person()
    await begin(o, siti, "siapa")
    await go(o, siti, "", place=("35.78", "35.78.04", "35.78.04.1001"))
    assert not siti.find("belum dibuka") and siti.find("Nomor laporan")


async def test_back_asks_again_whether_to_send_and_then_where_it_is(o: World) -> None:
    siti = o.person()
    await begin(o, siti, "siapa")
    await go(o, siti, "patokan", layanan="kirim")
    await o.press(siti, "Kembali")
    assert step_asked(siti) == "layanan"
    await o.press(siti, "Kembali")
    assert step_asked(siti) == "tempat"


async def test_another_place_forgets_what_was_said_of_the_first(o: World) -> None:
    siti = o.person()
    await begin(o, siti, "siapa")
    await go(o, siti, "tinjau", layanan="kirim")
    await o.press(siti, "Ubah", "Tempat")
    await go(o, siti, "layanan")
    assert "belum dibuka" in siti.last().text, "asked again of a place outside"
    await go(o, siti, "tinjau", layanan="kirim")
    await o.press(siti, "Ubah", "Tempat")
    await go(o, siti, "tinjau", place=("35.78", "35.78.04", "35.78.04.1001"))
    assert step_asked(siti) == "tinjau"


# --- what becomes of it -------------------------------------------------------------------------------------


async def test_a_calm_report_is_stored_listed_once_a_day_and_climbs_no_rung(o: World) -> None:
    tksk, jsc = await o.worker("tksk", SINGOSARI), await o.worker("jsc", "35")
    koordinator = await o.worker("koordinator", MALANG)
    siti = o.person()
    number = await sends(o, siti)
    assert siti.find(number) and siti.find("daftar harian", "Selasa 3/3 pukul 08.00")
    await is_never_silent(o)
    await o.passes(days=4)
    await is_never_silent(o)
    assert await asks(o) == [] and not tksk.find(number) and not koordinator.find(number)
    daily = lists(jsc)
    assert len(daily) == 4, "one message a day"
    line = next(text for text in daily[0].text.splitlines() if number in text)
    assert "🟢" in line and "Lansia" in line and "Singosari" in line and "Kab. Malang" in line
    assert "Dilaporkan Senin 2/3 pukul 09.0" in line
    assert siti.find(f"Laporan {number}", "belum dibuka di daerah itu", "membacanya")
    late = await o.read(lambda s: s.exec(select(Report.late_at)).all())
    assert late == [None], "news came as it was promised"


async def test_jsc_takes_one_from_the_list_and_gives_it_back_to_the_list(o: World) -> None:
    jsc, siti = await o.worker("jsc", "35"), o.person()
    number = await sends(o, siti)
    await o.passes(hours=23, minutes=1)
    await o.press(jsc, number)
    await o.press(jsc, "tangani")
    await o.passes(minutes=6)
    assert siti.find(f"Laporan {number}", "sudah ada petugas")
    await o.press(jsc, "Kembalikan")
    await o.passes(minutes=6)
    assert siti.last().text.startswith(f"Laporan {number}: layanan belum dibuka"), siti.last().text
    await is_never_silent(o)
    before = len(lists(jsc))
    await o.passes(days=1)
    assert len(lists(jsc)) == before + 1 and await asks(o) == []


async def test_darurat_asks_jsc_at_once_and_again(o: World) -> None:
    tksk, jsc = await o.worker("tksk", SINGOSARI), await o.worker("jsc", "35")
    siti = o.person()
    number = await sends(o, siti, jenis="odgj", bahaya="serang")
    assert jsc.find(number, "Menyerang") and not tksk.find(number)
    assert siti.find("110 (polisi)") and siti.find("jangan menunggu kami")
    before = len(jsc.from_bot())
    await o.passes(hours=1)
    assert [m for m in jsc.from_bot()[before:] if number in m.text], "it repeats"
    assert set(await asks(o)) == {"jsc"}
    assert lists(jsc) == []


async def test_calm_that_becomes_grave_asks_jsc_at_once(o: World) -> None:
    jsc, siti = await o.worker("jsc", "35"), o.person()
    number = await sends(o, siti)
    await o.say(siti, "dia ngamuk bawa parang")
    await o.press(siti, "Ya, sekarang")
    assert jsc.find(number, "DARURAT") and await asks(o) == ["jsc"]


async def test_nobody_at_jsc_is_said_as_it_is_and_mended_when_somebody_comes(o: World) -> None:
    admin, siti = await o.worker("admin", "35"), o.person()
    number = await sends(o, siti)
    assert siti.find("Belum ada petugas yang bisa dihubungi") and admin.find(number, "tidak seorang pun")
    jsc = await o.worker("jsc", "35")
    await o.passes(minutes=6)
    assert siti.find(f"Laporan {number}", "layanan belum dibuka")
    await o.passes(days=1)
    assert number in lists(jsc)[0].text


async def test_jsc_does_not_read_its_own_reports_in_the_list(o: World) -> None:
    mine, other = await o.worker("jsc", "35"), await o.worker("jsc", "35")
    number = await sends(o, mine)
    await o.passes(days=1)
    assert not lists(mine) and number in lists(other)[0].text


async def test_a_list_that_was_missed_is_made_up_for_once(o: World) -> None:
    jsc, siti = await o.worker("jsc", "35"), o.person()
    await sends(o, siti)
    await o.stop()
    o.telegram.turn(set=(o.now + timedelta(hours=25)).isoformat())
    await o.start(service=SURABAYA)
    await o.passes(minutes=5)
    assert len(lists(jsc)) == 1
    await o.stop()
    await o.start(service=SURABAYA)
    await o.passes(minutes=5)
    assert len(lists(jsc)) == 1
    days = await o.read(lambda s: s.exec(select(Job.period).where(Job.kind == "listing")).all())
    assert days == ["2026-03-03"]


# --- the place put right, the setting widened ---------------------------------------------------------------


async def test_a_report_put_right_to_a_place_outside_leaves_the_ladder(o: World) -> None:
    tksk, jsc = await o.worker("tksk", "35.78.04"), await o.worker("jsc", "35")
    siti = o.person()
    await begin(o, siti, "siapa")
    await go(o, siti, "", place=("35.78", "35.78.04", "35.78.04.1001"))
    number = (await o.case()).number
    assert tksk.find(number)
    await o.press(siti, "Lihat laporan", "Salah tempat")
    await go(o, siti, "layanan", TOYOMARTO)
    assert "belum dibuka di Kab. Malang" in siti.last().text
    await o.press(siti, "Kirim juga")
    await o.passes(minutes=6)
    assert siti.find(f"Laporan {number}", "layanan belum dibuka") and not siti.find("kami hubungi dari awal")
    await is_never_silent(o)
    await o.passes(days=1)
    assert number in lists(jsc)[0].text


async def test_where_the_service_comes_later_calm_cases_begin_their_ladder(o: World) -> None:
    tksk, siti = await o.worker("tksk", SINGOSARI), o.person()
    jsc, koordinator = await o.worker("jsc", "35"), await o.worker("koordinator", MALANG)
    number = await sends(o, siti)
    await o.passes(days=1, hours=2)
    assert not tksk.find(number)
    listed = len(lists(jsc))
    await o.stop()
    await o.start(service={"kabupaten": ["Kota Surabaya", "35.07"]})
    await o.passes(minutes=6)
    assert tksk.find(number), "at the start, not next morning"
    assert siti.find(f"Laporan {number}", "petugas sosial sedang dihubungi")
    assert not koordinator.find(number)
    await o.passes(hours=24, minutes=1)
    assert koordinator.find(number), "with the whole gap of its ladder"
    assert len(lists(jsc)) == listed


async def test_where_the_service_goes_away_a_ladder_that_began_goes_on(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    koordinator = await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.stop()
    await w.start(service=SURABAYA)
    await w.passes(hours=24, minutes=1)
    assert koordinator.find(number)


# --- the figures and the setting ----------------------------------------------------------------------------


async def test_kecamatan_outside_are_said_apart_and_are_no_holes(o: World) -> None:
    jsc, siti = await o.worker("jsc", "35"), o.person()
    await sends(o, siti)
    await o.say(jsc, "/ringkasan")
    assert "Kecamatan kosong: 31" in jsc.last().text
    assert "Di luar layanan: 635 kecamatan, 1 laporan" in jsc.last().text
    assert "tanpa piket: 1" in jsc.last().text
    figures = await o.read(lambda s: summary_report.figures(o.turn(s), "35"))
    assert (figures["empty"], figures["beyond"], figures["listed"]) == (31, 635, 1)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Kab. Malnag", '"Kab. Malang" meant'),
        ("Malang", '"Kab. Malang" or "Kota Malang"'),
        ("35.99", "is no kabupaten"),
    ],
)
async def test_a_wrong_name_is_refused_with_key_line_and_the_nearest_right_one(
    tmp_path: Path, name: str, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[service]\n\nkabupaten = ["Kota Surabaya", "{name}"]\n')
    with pytest.raises(ConfigError) as error:
        served(load_settings(path))
    assert f"{path}, line 3" in str(error.value) and "[service] kabupaten" in str(error.value)
    assert said in str(error.value) and name in str(error.value)


def test_names_and_codes_are_read_and_nothing_is_everywhere() -> None:
    known = served(Settings(service={"kabupaten": ["kab. malang", "Kabupaten Kediri", "Sidoarjo", "35.78"]}))
    assert known.kabupaten == {"35.07", "35.06", "35.15", "35.78"}
    assert known.has_begun("35.07.24.2016") and not known.has_begun("35.73") and known.has_begun(None)
    everywhere = served(Settings())
    assert everywhere.whole and everywhere.has_begun("35.73")


def test_the_ladder_of_the_province_keeps_its_own_rungs() -> None:
    policy = of_the_province(Settings().escalation.policy("darurat"))
    assert policy.rungs == (
        Rung(timedelta(0), ("jsc",)),
        Rung(timedelta(minutes=10), ("jsc", "jsc2"), again=True),
        Rung(timedelta(minutes=25), ("jsc", "jsc2"), again=True),
    )
    assert policy.turns == (("jsc2",), ("jsc",))


async def test_at_night_nothing_of_the_list_is_said(o: World) -> None:
    jsc, siti = await o.worker("jsc", "35"), o.person()
    await sends(o, siti)
    await o.passes(days=3)

    def hours(s: Session) -> set[int]:
        sent = s.exec(select(Outbox.sent_at).where(Outbox.kind == "listed")).all()
        return {at.astimezone(WIB).hour for at in sent if at is not None}

    assert await o.read(hours) == {8} and lists(jsc)
