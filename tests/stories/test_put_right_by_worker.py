"""A worker says that the place or the kind is wrong: it goes to whoever it belongs to, with a fresh clock (row 16)."""

from storage import timeline
from tests.stories.test_correcting import LAWANG, TO_LAWANG
from tests.support.world import MALANG, SINGOSARI, World


async def test_whoever_has_it_sends_it_where_it_belongs(on_server: World) -> None:
    w = on_server
    tksk, other = await w.worker("tksk", SINGOSARI), await w.worker("tksk", LAWANG, "Rina")
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=1)
    await w.press(tksk, "Ubah gawat, tempat, jenis")
    assert tksk.last().labels == [
        "🔺 Jadikan darurat",
        "🔻 Turunkan ke biasa",
        "📍 Salah tempat",
        "✏️ Salah jenis",
        "📖 Buka rincian",
    ]
    await w.press(tksk, "Salah tempat", *TO_LAWANG)
    assert tksk.find(f"Laporan {number} sudah diubah. Tempatnya di luar wilayah Bapak/Ibu")
    assert other.find(number, "Kec. Lawang", "Mohon dijawab sebelum")
    case = await w.case()
    assert (case.kecamatan, case.round, case.status, case.owner_id) == (LAWANG, 2, "open", None)
    assert case.round_at == await w.read(lambda s: timeline.last(s, case.id, "correct")), "its clock begins anew"


async def test_the_owner_corrects_the_kind_and_keeps_it(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person())
    await w.press(tksk, "Saya tangani", "Ubah gawat, tempat, jenis", "Salah jenis", "Gangguan jiwa", "Menyerang")
    assert tksk.find(f"Laporan {number} sudah diubah.")
    case = await w.case()
    assert (case.category, case.urgency, case.status) == ("odgj", "darurat", "acknowledged")
    assert case.next_due_at is not None and (case.next_due_at - w.now).total_seconds() <= 1800


async def test_whoever_passed_it_on_says_where_it_is(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    other = await w.worker("tksk", LAWANG, "Rina")
    number = await w.reports(w.person())
    await w.press(tksk, "Tidak bisa", "Bukan wilayah saya")
    assert koordinator.find(number, "tidak bisa: 📍 Bukan wilayah saya.")
    await w.press(tksk, "Betulkan tempatnya", *TO_LAWANG)
    assert other.find(number, "Kec. Lawang")
    assert koordinator.find(f"Laporan {number} dibetulkan petugas"), "whoever was asked meanwhile hears it"
    case = await w.case()
    assert (case.kecamatan, case.round, case.rung) == (LAWANG, 2, 0)
    entries = await w.read(lambda s: timeline.entries(s, case.id))
    assert [entry.actor != timeline.REPORTER for entry in entries if entry.event == "correct"] == [True]
    await tksk.forge(f"J:{case.id}:1:bukan")
    await w.settle()
    assert tksk.find("bukan wilayah tugas"), "and only once"
