"""What was wrong is put right: before taking others are asked, after it the owner decides (row 16)."""

import pytest
from sqlmodel import select

from bot.core import buttons as b
from bot.core.correction import Asked, Correction, at_once
from bot.core.put_right import names_wrong_place, place_instead
from bot.localtelegram.phones import Phone
from storage import timeline
from storage.tables import Report
from tests.stories.test_additions import reported, screen, sounds
from tests.stories.test_fixed_clock import _family
from tests.support.world import MALANG, SINGOSARI, World

LAWANG = "35.07.25"
TO_LAWANG = ("Pilih dari daftar", "Kab. Malang", "Kec. Lawang", "Tidak tahu")


async def place(w: World, phone: Phone, number: str, *labels: str) -> None:
    """*Salah tempat*, and where it is."""
    await w.say(phone, number)
    await w.press(phone, "Salah tempat", *labels)


async def kind(w: World, phone: Phone, number: str, *labels: str) -> None:
    """*Salah jenis*, and what it is."""
    await w.say(phone, number)
    await w.press(phone, "Salah jenis", *labels)


async def test_a_wrong_place_is_asked_about_where_it_is(on_server: World) -> None:
    w = on_server
    tksk, siti, number = await reported(w)
    other = await w.worker("tksk", LAWANG, "Rina")
    await w.passes(hours=2)
    await place(w, siti, number, *TO_LAWANG)
    assert siti.find(f"Laporan {number} sudah dibetulkan. Petugasnya kami hubungi dari awal")
    assert siti.find(number, "Kabar berikutnya paling lambat")
    assert other.find(number, "Kec. Lawang", "Mohon dijawab sebelum")
    assert tksk.find(f"Laporan {number} dibetulkan pelapornya") and tksk.find("Sudah kami teruskan ke petugas lain")
    assert "Saya tangani" not in " ".join(tksk.buttons())
    case = await w.case()
    assert (case.kecamatan, case.round, case.rung, case.status) == (LAWANG, 2, 0, "open")
    assert case.round_at == await w.read(lambda s: timeline.last(s, case.id, "correct")), "its clock begins anew"
    await tksk.forge(b.Take(case.id, 1).pack())
    await w.settle()
    assert tksk.find("bukan wilayah tugas") and (await w.case()).status == "open"
    await w.press(other, "Saya tangani")
    assert (await w.case()).status == "acknowledged"


async def test_a_graver_kind_is_asked_about_anew_and_has_its_own_clock(w: World) -> None:
    tksk, siti, number = await reported(w)
    before = sounds(tksk)
    await kind(w, siti, number, "Gangguan jiwa", "Dirantai")
    assert sounds(tksk) > before
    case = await w.case()
    assert (case.category, case.danger, case.urgency, case.round) == ("odgj", "pasung", "mendesak", 2)
    report = await w.read(lambda s: s.exec(select(Report)).one())
    assert report.fixed_clock and report.news_at is not None
    assert siti.find(f"Petugas membacanya bersama laporan {number}"), "its words tell nothing of the case"
    assert "Dirantai" in tksk.last().words or tksk.find("Dirantai")


async def test_a_kind_that_is_darurat_says_whom_to_phone(w: World) -> None:
    _, siti, number = await reported(w)
    await kind(w, siti, number, "Gangguan jiwa", "Menyerang")
    assert (await w.case()).urgency == "darurat"
    assert siti.find("Bot ini tidak memanggil polisi")


async def test_after_taking_the_owner_decides(either: World) -> None:
    w = either
    tksk, siti, number = await reported(w)
    await w.press(tksk, "Saya tangani")
    await kind(w, siti, number, "Gangguan jiwa", "Tidak makan")
    assert siti.find(f"Sudah kami teruskan kepada petugas laporan {number}")
    assert (await w.case()).category == "lansia", "not by itself"
    assert tksk.find(number, "kata pelapor seharusnya", "Gangguan jiwa")
    await w.press(tksk, "Ya, ubah")
    case = await w.case()
    assert (case.category, case.urgency, case.status) == ("odgj", "mendesak", "acknowledged")
    assert "Gangguan jiwa" in tksk.last().words
    await w.press(tksk, "Ya, ubah")
    assert (await w.case()).category == "odgj" and tksk.find("sudah Bapak/Ibu tangani"), "once more changes nothing"


async def test_out_of_the_owners_area_others_are_asked(w: World) -> None:
    tksk, siti, number = await reported(w)
    other = await w.worker("tksk", LAWANG, "Rina")
    await w.press(tksk, "Saya tangani")
    await place(w, siti, number, *TO_LAWANG)
    assert not other.find(number)
    await w.press(tksk, "Ya, ubah")
    assert tksk.find(f"Laporan {number} sudah diubah. Tempatnya di luar wilayah")
    assert other.find(number, "Kec. Lawang")
    case = await w.case()
    assert (case.kecamatan, case.status, case.owner_id) == (LAWANG, "open", None)
    await w.passes(minutes=8)
    assert siti.last().words.startswith(f"Laporan {number}:") and "Kabar berikutnya" in siti.last().words


async def test_the_family_moves_nobody_and_the_workers_read_it(w: World) -> None:
    tksk, boss = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    number = await _family(w, siti, "Tidak makan")
    await place(w, siti, number, *TO_LAWANG)
    assert siti.find(f"Petugas membacanya bersama laporan {number}")
    case = await w.case()
    assert (case.kecamatan, case.round) == (SINGOSARI, 1)
    await w.press(tksk, "Buka rincian")
    assert "Lawang" in screen(tksk) and boss
    await w.press(tksk, "Saya tangani")
    assert tksk.find(number, "kata pelapor seharusnya", "Lawang"), "whoever takes it is asked"
    await w.press(tksk, "Ya, ubah")
    assert (await w.case()).kecamatan == LAWANG and boss.find(number, "Kec. Lawang")


async def test_a_locked_kind_is_not_made_another_by_its_reporter(w: World) -> None:
    tksk, siti, number = await reported(w, kind="Dipukul", danger="Luka")
    await kind(w, siti, number, "Lansia", "Tidak ada")
    case = await w.case()
    assert (case.category, case.urgency, case.round) == ("kekerasan", "darurat", 1)
    await w.press(tksk, "Buka rincian")
    assert "Lansia tidak terurus" in screen(tksk)


async def test_typed_too_and_cancelled(w: World) -> None:
    _, siti, number = await reported(w)
    await place(w, siti, number)
    await w.say(siti, "batal")
    assert siti.last().words == "Baik, laporan tidak diubah."
    await place(w, siti, number)
    await w.say(siti, "lawang malang")
    await w.press(siti, "Kec. Lawang")
    if (await w.case()).kecamatan != LAWANG:
        await w.press(siti, "Tidak tahu")
    assert (await w.case()).kecamatan == LAWANG


async def test_nobody_else_corrects_it(w: World) -> None:
    _, siti, number = await reported(w)
    report = await w.read(lambda s: s.exec(select(Report)).one())
    budi = w.person("Budi")
    await budi.start()
    await w.settle()
    await budi.forge(b.Correct(report.id, "tempat").pack())
    await w.settle()
    assert not budi.find("Di mana orangnya") and siti.find(number)


@pytest.mark.parametrize("field", ["unowned", "alone", "at_home", "locked", "after"])
def test_what_is_changed_at_once(field: str) -> None:
    calm = {
        "unowned": True,
        "alone": True,
        "at_home": False,
        "locked": False,
        "before": "mendesak",
        "after": "mendesak",
    }
    where, what = Correction(kabupaten="35.07"), Correction("odgj", "serang")
    assert at_once(Asked(**calm), where) and at_once(Asked(**calm), what)  # type: ignore[arg-type]
    other = {**calm, field: "biasa" if field == "after" else not calm[field]}
    assert not at_once(Asked(**other), what)  # type: ignore[arg-type]
    assert at_once(Asked(**other), where) == (field in ("locked", "after"))  # type: ignore[arg-type]


async def test_words_on_a_wrong_place_are_offered_its_correction(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    number = await w.reports(siti, place="Kab. Malang, Kec. Singosari, Desa Dengkol")
    said = "pak salah harusnya desa ardimulyo bukan dengkol"
    await w.say(siti, said)
    assert f"Untuk laporan {number}?" in siti.last().words
    await w.press(siti, "Salah tempat")
    assert "Betul di sini?" in siti.last().words and "Ardimulyo" in " ".join(siti.buttons())
    await w.press(tksk, "Saya tangani")
    assert tksk.find(said), "the words are there, also of who goes no further"
    await w.press(siti, "Ardimulyo")
    assert siti.find(f"Sudah kami teruskan kepada petugas laporan {number}")
    await w.press(tksk, "Ya, ubah")
    assert (await w.case()).desa == "35.07.24.2013"


@pytest.mark.parametrize(
    ("said", "offered", "instead"),
    [
        ("pak salah harusnya desa ardimulyo bukan dengkol", True, "desa ardimulyo"),
        ("lokasinya keliru", True, ""),
        ("salah desa pak", True, ""),
        ("seharusnya kecamatan lawang, bukan singosari", True, "kecamatan lawang"),
        ("kleru pak, sing bener randuagung", True, "randuagung"),
        ("harusnya petugas datang kemarin", False, "petugas datang kemarin"),
        ("dia salah paham terus", False, ""),
        ("orangnya pindah ke desa lawang", False, ""),
    ],
)
def test_what_says_that_a_place_is_wrong(said: str, offered: bool, instead: str) -> None:
    assert (names_wrong_place(said), place_instead(said)) == (offered, instead)
