"""The morning summary: whose it is, what it says, what its buttons open (row 84)."""

import random
from collections.abc import AsyncIterator
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.actions import summary
from bot.actions.turn import Turn
from bot.core.figures import Counts, today
from bot.core.hours import WIB
from storage import figures, roster
from storage.session import Session
from storage.tables import Case, Inbox, Member, Summary
from tests.support import resident
from tests.support.morning import (
    SEVEN,
    SURABAYA,
    WONOKROMO,
    a_case,
    anything,
    lines,
    morning,
    summaries,
    taken,
    until_seven,
    wib,
)
from tests.support.world import MALANG, SINGOSARI, World

LAWANG = "35.07.25"


@pytest.fixture
async def m(tmp_path: Path) -> AsyncIterator[World]:
    """A world on SQLite in which summaries are sent."""
    async with morning(tmp_path) as made:
        yield made


async def member_id(w: World, role: str) -> str:
    found: str = await w.read(lambda s: s.exec(select(Member.id).where(Member.role == role)).first())
    return found


async def a_province(w: World) -> dict[str, str]:
    """Cases in every state in Malang, one in Surabaya, one of unknown place; the numbers by what they are."""
    owner = await member_id(w, "tksk")

    def make(s: Session) -> dict[str, str]:
        made = {
            "gravest": a_case(s, w, urgency="darurat", created_at=wib(2, 22)),
            "younger": a_case(s, w, urgency="darurat", created_at=wib(2, 23)),
            "oldest": a_case(s, w, LAWANG, created_at=wib(1, 8)),
            "at the end": a_case(s, w, rung=3, created_at=wib(1, 9)),
            "stuck": a_case(s, w, stuck=True, created_at=wib(1, 10)),
            "promise broken": a_case(s, w, created_at=wib(1, 11), promised=wib(3, 6)),
            "promise kept": a_case(s, w, created_at=wib(1, 12), promised=wib(3, 8)),
            "silent": taken(s, w, owner, at=wib(2, 10), asked=wib(3, 4), urgency="mendesak", created_at=wib(1, 13)),
            "in hand": taken(s, w, owner, at=wib(2, 10), promised=wib(2, 9)),
            "done": a_case(s, w, status="closed", closed_at=wib(2, 0)),
            "done last": a_case(s, w, status="closed", closed_at=wib(2, 23, 59)),
            "done before": a_case(s, w, status="closed", closed_at=wib(1, 23, 59)),
            "done today": a_case(s, w, status="closed", closed_at=wib(3, 0)),
            "withdrawn": a_case(s, w, status="withdrawn", closed_at=wib(2, 12)),
            "new today": a_case(s, w, created_at=wib(3, 0)),
            "new at midnight": taken(s, w, owner, at=wib(2, 1), created_at=wib(2, 0)),
            "elsewhere": a_case(s, w, WONOKROMO, urgency="mendesak", created_at=wib(2, 12)),
            "nowhere": a_case(s, w, "", created_at=wib(1, 14)),
        }
        return {what: case.number for what, case in made.items()}

    numbers: dict[str, str] = await w.read(make)
    return numbers


async def test_the_province_reads_what_stands_how_and_what_to_do_first(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await m.worker("tksk", SINGOSARI)
    numbers = await a_province(m)
    await until_seven(m)
    assert lines(jsc.last()) == [
        "Selamat pagi. Selasa, 3 Maret 2026.",
        "📍 Jawa Timur",
        f"👉 Tolong dibuka dulu: {numbers['gravest']}, Kec. Singosari, DARURAT, 9 jam tanpa petugas.",
        f"🔴 {numbers['gravest']} · 👵 Lansia tidak terurus · Kec. Singosari · sebelum Senin 2/3 pukul 22.15",
        "🔴 Tanpa petugas: 10, yang sudah di ujung tangga: 2",
        "🟠 Lewat batas waktu: 2",
        "🆕 Masuk kemarin: 4 · ✅ Selesai: 2",
        "📵 Kecamatan kosong: 665",
        "🙋 Piket tim provinsi (JSC): sudah ada.",
        "Kabupaten/kota tanpa piket: 38",
    ]
    assert jsc.last().labels == [
        f"👉 Buka {numbers['gravest']}",
        "🔴 Tanpa petugas (10)",
        "🟠 Lewat batas (2)",
        "🆕 Masuk kemarin (4)",
        "📵 Kosong (665)",
        "🗺️ Per wilayah",
        "✅ Sudah saya baca",
    ]


async def test_everybody_reads_their_own_area_and_no_other(m: World) -> None:
    tksk = await m.worker("tksk", SINGOSARI)
    koordinator, dinsos = await m.worker("koordinator", MALANG), await m.worker("dinsos", SURABAYA)
    volunteer = await m.worker("volunteer", "35.07.24")
    numbers = await a_province(m)
    await until_seven(m)
    malang, surabaya, own = koordinator.last().text, dinsos.last().text, summaries(tksk)[0].text
    assert "📍 Kab. Malang" in malang
    assert "Tanpa petugas: 8, yang sudah di ujung tangga: 2" in malang
    assert "Kecamatan kosong: 32" in malang
    assert lines(summaries(dinsos)[0])[1:4] == [
        "📍 Kota Surabaya",
        f"👉 Tolong dibuka dulu: {numbers['elsewhere']}, Kec. Wonokromo, MENDESAK, 19 jam tanpa petugas.",
        f"🟠 {numbers['elsewhere']} · 👵 Lansia tidak terurus · Kec. Wonokromo · sebelum Senin 2/3 pukul 14.00",
    ]
    assert numbers["gravest"] not in surabaya
    assert lines(summaries(tksk)[0])[1:] == [
        "Tugas Bapak/Ibu: 0 menunggu jawaban, 3 sedang ditangani.",
        "🟠 Lewat batas waktu: 1",
        f"👉 Yang pertama: {numbers['silent']}. Batasnya sudah lewat.",
        f"🟠 {numbers['silent']} · 👵 Lansia tidak terurus · Kec. Singosari · sebelum Kamis 12/3 pukul 09.00",
    ]
    assert numbers["gravest"] not in own
    assert not summaries(volunteer)
    await m.press(koordinator, "🔴 Tanpa petugas")
    await m.press(dinsos, "🔴 Tanpa petugas")
    assert numbers["elsewhere"] not in koordinator.last().text
    assert [line for line in lines(dinsos.last()) if "TS-" in line] == [
        f"🟠 {numbers['elsewhere']} · 👵 Lansia tidak terurus · Kec. Wonokromo · sebelum Senin 2/3 pukul 14.00 · 19 jam"
    ]


async def test_when_all_have_somebody_the_first_thing_is_what_is_late(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await m.worker("tksk", SINGOSARI)
    owner = await member_id(m, "tksk")

    def make(s: Session) -> str:
        taken(s, m, owner, at=wib(1, 9), asked=wib(2, 9))
        return taken(s, m, owner, at=wib(2, 9), asked=wib(3, 4), urgency="mendesak").number

    number = await m.read(make)
    await until_seven(m)
    assert f"👉 Tolong dibuka dulu: {number}, Kec. Singosari, MENDESAK, terlambat 3 jam." in jsc.last().text
    assert "Tanpa petugas" not in jsc.last().text


async def test_a_case_given_back_was_not_without_somebody_all_the_while(m: World) -> None:
    jsc, tksk = await m.worker("jsc", "35"), await m.worker("tksk", SINGOSARI)
    number = await m.reports(m.person())
    await m.press(tksk, "Saya tangani")
    await m.passes(hours=18, minutes=30)
    await m.press(tksk, "Kembalikan")
    await until_seven(m)
    assert f"{number}, Kec. Singosari, BIASA, 3 jam tanpa petugas." in jsc.last().text


async def test_a_broken_promise_is_late_until_somebody_takes_the_case(both: World) -> None:
    now = wib(3, 7)

    def late(s: Session) -> list[tuple[str, object]]:
        found = figures.listed(s, "late", ("35",), today(now), now, range(9))
        return [(s.get_one(Case, line.case_id).number, line.since) for line in found]

    def make(s: Session) -> list[tuple[str, object]]:
        anew = a_case(s, both, promised=wib(3, 8), late=wib(3, 1))
        a_case(s, both, promised=wib(3, 8))
        due = a_case(s, both, promised=wib(3, 6))
        return [(anew.number, wib(3, 1)), (due.number, wib(3, 6))]

    assert await both.read(make) == await both.read(late)


async def test_a_tksk_reads_by_when_to_answer_and_opens_it_from_there(m: World) -> None:
    tksk, calm = await m.worker("tksk", SINGOSARI), await m.worker("tksk", LAWANG)
    deputy = await m.worker("deputy", SINGOSARI)
    await m.worker("koordinator", MALANG)
    number = await m.reports(m.person())
    await until_seven(m)
    assert lines(summaries(tksk)[0]) == [
        "Selamat pagi. Selasa, 3 Maret 2026.",
        "Tugas Bapak/Ibu: 1 menunggu jawaban, 0 sedang ditangani.",
        f"👉 Yang pertama: {number}, sebelum Selasa 3/3 pukul 09.00.",
        f"🟢 {number} · 👵 Lansia tidak terurus · Kec. Singosari · sebelum Selasa 3/3 pukul 09.00",
    ]
    assert not summaries(calm) + summaries(deputy), "a calm day is no message to a worker in a kecamatan"
    await m.press(tksk, f"Buka {number}", "Saya tangani")
    assert (await m.case()).status == "acknowledged"
    await m.say(tksk, "/ringkasan")
    assert "0 menunggu jawaban, 1 sedang ditangani" in tksk.last().text


async def test_the_lists_open_cases_and_turn_pages_and_count_anew(m: World) -> None:
    koordinator = await m.worker("koordinator", MALANG)
    made = await m.read(lambda s: [a_case(s, m, created_at=wib(2, n)).number for n in range(12)])
    await until_seven(m)
    await m.press(koordinator, "🔴 Tanpa petugas (12)")
    assert [label for label in koordinator.last().labels if "TS-" in label] == [f"🟢 {n}" for n in made[:8]]
    assert "Tanpa petugas: 12" in koordinator.last().text
    await m.press(koordinator, "Berikutnya")
    assert koordinator.last().labels == [*(f"🟢 {n}" for n in made[8:]), "◀️ Sebelumnya"]
    await m.press(koordinator, made[11], "Saya tangani")
    assert koordinator.find(f"Laporan {made[11]} sekarang Bapak/Ibu tangani")
    await m.press(koordinator, "🆕 Masuk kemarin (12)")
    assert "Masuk Selasa, 3 Maret 2026" not in koordinator.last().text
    assert lines(koordinator.last())[0] == "🆕 Masuk Senin, 2 Maret 2026: 12"
    await m.press(koordinator, "🔴 Tanpa petugas (12)")
    assert "Tanpa petugas: 11" in koordinator.last().text
    await m.press(koordinator, "📵 Kosong")
    assert "Kab. Malang (33): " in koordinator.last().text
    assert "Singosari" in koordinator.last().text
    await m.press(koordinator, "Per wilayah")
    assert lines(koordinator.last())[1] == "Kec. Singosari: 🔴 11 · 🆕 12 · 📵 1"


async def test_the_empty_kecamatan_of_the_province_fit_a_message(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await until_seven(m)
    pages = []
    await m.press(jsc, "📵 Kosong (666)")
    pages.append(jsc.last())
    while "▶️ Berikutnya" in jsc.last().labels:
        await m.press(jsc, "Berikutnya")
        pages.append(jsc.last())
    assert len(pages) == 4
    assert all("Kecamatan kosong: 666" in page.text and len(page.text) < 2500 for page in pages)
    places = [line for page in pages for line in lines(page)[1:]]
    assert len(places) == 38
    assert any("dan 25 lagi" in line for line in places if line.startswith("Kab. Malang (33)"))


async def test_an_admin_reads_figures_but_opens_only_what_another_role_lets_them_open(m: World) -> None:
    admin, both = await m.worker("admin", "35"), await m.worker("admin", "35")
    token, _ = await m.read(lambda s: roster.invite(s, "tksk", SINGOSARI, m.now))
    await both.start(f"i_{token}")
    await m.settle()
    numbers = await a_province(m)
    await until_seven(m)
    assert f"👉 Paling mendesak: {numbers['gravest']}, Kec. Singosari" in summaries(admin)[0].text
    assert not [label for label in summaries(admin)[0].labels if "Buka" in label]
    await m.press(admin, "🔴 Tanpa petugas")
    assert f"{numbers['gravest']} · 👵 Lansia tidak terurus · Kec. Singosari" in admin.last().text
    assert not [label for label in admin.last().labels if "TS-" in label]
    assert summaries(both)[0].labels[0] == f"👉 Buka {numbers['gravest']}"
    assert len(summaries(both)) == 1, "two roles, one summary"
    await m.press(both, "🔴 Tanpa petugas")
    assert numbers["elsewhere"] in both.last().text
    assert not [label for label in both.last().labels if numbers["elsewhere"] in label]


async def test_forged_buttons_gain_nothing(m: World) -> None:
    koordinator, far = await m.worker("koordinator", MALANG), await m.worker("koordinator", "35.09")
    tksk, siti = await m.worker("tksk", SINGOSARI), m.person("Siti")
    await siti.start()
    numbers = await a_province(m)
    await until_seven(m)
    words = ("tanpa", "telat", "baru", "kosong", "wilayah", "dibaca", "semua")
    buttons = [f"o:{word}:2026-03-03:{page}" for word in words for page in (0, 999_999)]
    odd = ("2026-03-04", "0001-01-01", "1999-01-01", "2026-02-31", "20260303", "2026-w10-2", "x")
    buttons += [f"o:tanpa:{day}:0" for day in odd]
    for phone in (far, siti, tksk):
        before = len(phone.from_bot())
        for data in buttons:
            await phone.forge(data)
        await m.settle()
        said = "\n".join(message.text for message in phone.from_bot()[before:])
        assert not [what for what in numbers if numbers[what] in said and phone is not tksk], phone.id
        assert numbers["gravest"] not in said
        assert "Kab. Malang" not in said
        assert phone is far or "Daftar ini" not in said, "who has no area is shown no list, not even an empty one"
        assert not phone.unanswered()
    await koordinator.forge("o:tanpa:2026-03-03:999999")
    await m.settle()
    assert "Tanpa petugas: 8" in koordinator.last().text, "a page that is not there is the last one"
    assert await m.read(lambda s: s.exec(select(Inbox)).all()) == [], "everything was handled"
    read = await m.read(lambda s: [row.member_id for row in s.exec(select(Summary)) if row.read_at is not None])
    assert await member_id(m, "koordinator") in read


async def test_who_has_read_it_says_so_and_the_button_goes(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await m.read(lambda s: a_case(s, m))
    await until_seven(m)
    await m.passes(minutes=12)
    await m.press(jsc, "Sudah saya baca")
    message = summaries(jsc)[0]
    assert message.edited
    assert message.text.endswith("✅ Sudah dibaca pukul 07.12.")
    assert "🔴 Tanpa petugas (1)" in message.labels
    assert "✅ Sudah saya baca" not in message.labels
    row = await m.read(lambda s: s.exec(select(Summary)).one())
    assert row.day == "2026-03-03"
    assert timedelta(minutes=12) <= row.read_at - SEVEN < timedelta(minutes=13)


async def test_yesterdays_summary_that_is_read_today_does_not_tell_todays_figures_as_its_own(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await m.read(lambda s: a_case(s, m))
    await until_seven(m)
    old = jsc.last()
    await m.passes(hours=24)
    assert len(summaries(jsc)) == 2
    await jsc.forge("o:dibaca:2026-03-03:0", message_id=old.message_id)
    await m.settle()
    first, second = summaries(jsc)
    assert lines(first) == ["📊 Ringkasan Selasa, 3 Maret 2026.", "✅ Sudah dibaca pukul 07.00."]
    assert "✅ Sudah saya baca" in second.labels
    await m.press(jsc, "📊 Ringkasan")
    assert lines(jsc.last())[0] == "📊 Ringkasan Rabu, 4 Maret 2026, pukul 07.00."


async def test_who_is_on_duty_is_named_to_those_who_may_read_it(m: World) -> None:
    jsc, koordinator = await m.worker("jsc", "35"), await m.worker("koordinator", MALANG)
    await m.worker("dinsos", MALANG)
    for role, area in (("jsc", "35"), ("dinsos", SURABAYA), ("dinsos", SURABAYA)):
        await m.worker(role, area)

    def name(s: Session) -> None:
        for role, area, person in (("jsc", "35", "Bu Rina <i>"), ("dinsos", MALANG, "Pak Joko")):
            member = s.exec(select(Member).where(Member.role == role, Member.area == area)).all()[0]
            roster.set_name(s, member, person)

    await m.read(name)
    await m.passes(hours=8)
    await m.press(jsc, "Tunjuk orang lain", "Bu Rina")
    await until_seven(m)
    assert "🙋 Piket tim provinsi (JSC): Bu Rina <i>.\nKabupaten/kota tanpa piket: 37" in jsc.last().text
    assert "🙋 Piket tim provinsi (JSC): Bu Rina <i>." in koordinator.last().text
    assert "🙋 Piket Dinas Sosial Kab. Malang: Pak Joko." in koordinator.last().text


async def test_a_quiet_day_is_a_short_word_to_those_who_answer_for_an_area(m: World) -> None:
    koordinator = await m.worker("koordinator", "35.79")
    for code in ("35.79.01", "35.79.02", "35.79.03"):
        await m.worker("tksk", code)
    await until_seven(m)
    assert lines(koordinator.last())[1:] == [
        "📍 Kota Batu",
        "👍 Semua laporan ada petugasnya dan tidak ada yang lewat batas.",
        "Tidak ada laporan baru kemarin.",
        "🙋 Piket tim provinsi (JSC): belum ada.",
        "🙋 Piket Dinas Sosial Kota Batu: belum ada.",
    ]
    assert koordinator.last().labels == ["✅ Sudah saya baca"]


async def test_the_summary_speaks_the_language_of_its_reader(m: World) -> None:
    jsc, tksk = await m.worker("jsc", "35"), await m.worker("tksk", SINGOSARI)
    for phone in (jsc, tksk):
        await resident.speaks(m, phone, "en")
    numbers = await a_province(m)
    await until_seven(m)
    assert "Good morning. Tuesday, 3 March 2026." in jsc.last().text
    assert f"👉 Please open first: {numbers['gravest']}, Kec. Singosari, EMERGENCY, 9 h without a worker." in jsc.last()
    assert f"👉 First: {numbers['silent']}. Its deadline has passed." in tksk.last().text


async def test_a_worker_sees_it_whenever_they_ask_and_a_resident_never(m: World) -> None:
    jsc, tksk, siti = await m.worker("jsc", "35"), await m.worker("tksk", SINGOSARI), m.person()
    commands = [c for c in m.telegram.calls() if c["method"] == "setMyCommands" and "scope" in c["params"]]
    assert "ringkasan" in str(commands[0]["params"])
    await m.say(tksk, "/ringkasan")
    assert lines(tksk.last()) == [
        "📊 Ringkasan Senin, 2 Maret 2026, pukul 09.00.",
        "👍 Tidak ada laporan yang menunggu Bapak/Ibu.",
    ]
    number = await m.reports(siti)
    await m.say(jsc, "/tugas")
    await m.press(jsc, "📊 Ringkasan")
    assert f"{number}, Kec. Singosari, BIASA, 1 menit tanpa petugas." in jsc.last().text
    assert "✅ Sudah saya baca" not in jsc.last().labels
    await m.say(siti, "/ringkasan")
    assert "TS-" not in siti.last().text


async def test_the_kabupaten_add_up_to_the_province_and_each_list_to_its_figure(on_server: World) -> None:
    await on_server.worker("tksk", SINGOSARI)
    owner = await member_id(on_server, "tksk")
    places = on_server.app.house.known.places
    areas = ["", MALANG, SINGOSARI, LAWANG, SURABAYA, WONOKROMO, "35.09", "35.29.01"]

    def compare(s: Session) -> None:
        rng, now = random.Random(84), SEVEN
        for _ in range(150):
            anything(s, on_server, rng, owner, areas)
        whole = summary.by_area(Turn(s, on_server.app.house, now), ("35",), today(now))
        province = sum(whole.values(), Counts())
        parts = whole.get("", Counts())
        for kabupaten in places.kabupaten():
            own = summary.area_facts(Turn(s, on_server.app.house, now), (kabupaten.code,), reader=None).counts
            assert own == whole.get(kabupaten.code, Counts()), kabupaten.code
            parts += own
        assert parts == province
        assert min(asdict(province).values()) > 3, "the province has some of everything"
        assert province.helped < province.answered
        for kind, count in asdict(province).items():
            if kind in ("answered", "helped", "volunteers", "workers"):
                continue  # reporters are counted there, and no list names them
            found = figures.listed(s, kind, ("35",), today(now), now, range(1000))  # type: ignore[arg-type]
            assert len(found) == figures.total(s, kind, ("35",), today(now), now) == count  # type: ignore[arg-type]
            told = [(s.get_one(Case, line.case_id), line.since) for line in found]
            order = [(("darurat", "mendesak", "biasa").index(c.urgency), since, c.number) for c, since in told]
            assert order == sorted(order)

    await on_server.read(compare)
    assert on_server.now.astimezone(WIB).hour == 9
