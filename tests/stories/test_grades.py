"""A worker raises how grave a case is, and its ladder follows at once; lowering has a reason and is logged (row 67)."""

from storage import timeline
from tests.support.world import MALANG, SINGOSARI, World


async def test_a_worker_raises_it_and_the_ladder_follows_at_once(either: World) -> None:
    w = either
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI, "Wahyu")
    koordinator, dinsos = await w.worker("koordinator", MALANG), await w.worker("dinsos", MALANG)
    number = await w.reports(w.person())
    await w.press(tksk, "Jadikan mendesak")
    assert tksk.find(f"Laporan {number} sekarang MENDESAK. Petugasnya kami hubungi lagi.")
    assert (await w.case()).urgency == "mendesak"
    assert deputy.find(number), "whoever is next is asked at once, and no longer after a day"
    await w.passes(hours=2, minutes=1)
    assert not dinsos.find(number)
    await w.press(koordinator, "Jadikan darurat")
    assert dinsos.find(f"🔴 DARURAT · {number}"), "at once"
    assert tksk.find(f"🔴 {number} dinaikkan petugas menjadi DARURAT. Mohon dijawab")
    case = await w.case()
    await koordinator.forge(f"G:{case.id}:1:darurat:naik")
    await w.settle()
    assert koordinator.find("Tombol ini sudah tidak berlaku", number), "there is nothing graver"
    await w.press(tksk, "Saya tangani")
    await deputy.forge(f"G:{case.id}:1:mendesak:aman")
    await w.settle()
    assert deputy.find(f"Laporan {number} sudah ditangani"), "only whoever has it lowers it"
    assert (await w.case()).urgency == "darurat"


async def test_raised_it_has_the_clock_of_its_new_grade(w: World) -> None:
    tksk, dinsos = await w.worker("tksk", SINGOSARI), await w.worker("dinsos", MALANG)
    await w.worker("koordinator", MALANG)
    number = await w.reports(w.person())
    await w.press(tksk, "Jadikan mendesak")
    await w.passes(hours=3, minutes=58)
    assert not dinsos.find(number)
    await w.passes(minutes=5)
    assert dinsos.find(f"🟠 MENDESAK · {number}"), "after four hours, and no longer two days"


async def test_the_owner_lowers_it_with_a_reason_and_no_clock_gets_longer(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.press(tksk, "Saya tangani")
    due = (await w.case()).next_due_at
    await w.press(tksk, "Ubah gawat, tempat, jenis")
    assert tksk.last().labels[0] == "🔻 Turunkan ke mendesak"
    await w.press(tksk, "Turunkan ke mendesak", "Orangnya sudah aman")
    case = await w.case()
    assert (case.urgency, case.next_due_at) == ("mendesak", due)
    assert tksk.find(f"Laporan {number} sekarang MENDESAK, dan tercatat.", "pukul 09.3")
    entries = await w.read(lambda s: timeline.entries(s, case.id))
    logged = [dict(timeline.facts(entry)) for entry in entries if entry.event == "lower"]
    assert logged == [{"urgency": "mendesak", "reason": "aman"}]
    await w.press(tksk, "Ubah gawat, tempat, jenis", "Jadikan darurat")
    case = await w.case()
    assert case.urgency == "darurat" and case.visit_by is not None
    assert tksk.find(f"Laporan {number} sekarang DARURAT. Kabar dari Bapak/Ibu kami tunggu sampai")
