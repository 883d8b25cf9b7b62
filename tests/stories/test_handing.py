"""*Serahkan*: a case goes to somebody by name once they accept it, and stays with its owner until then (row 42)."""

from tests.support.world import MALANG, SINGOSARI, World

LAWANG, PAGAK = "35.07.25", "35.07.03"
STAYS = "Laporannya tetap pada Bapak/Ibu."
FOREIGN = "Mohon maaf, laporan ini bukan wilayah tugas Bapak/Ibu."


async def test_until_they_accept_the_owner_has_it_and_then_they_have(both: World) -> None:
    w = both
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    koordinator = await w.worker("koordinator", MALANG, "Karim")
    siti = w.person("Siti")
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani")
    case, heard = await w.case(), len(siti.from_bot())
    await w.press(tksk, "Serahkan ke")
    assert tksk.last().labels == ["👤 wakil petugas kecamatan", "👤 koordinator kabupaten/kota", "❌ Tidak jadi"], (
        "whoever is there, one of each role, and never whoever has it"
    )
    await w.press(tksk, "Tidak jadi")
    assert not deputy.find(number) and (await w.case()).handed_to is None
    await w.press(tksk, "Serahkan ke")
    await w.press(tksk, "wakil petugas")
    said = f"Laporan {number} ditawarkan ke wakil petugas kecamatan, dijawab paling lambat Senin 2/3 pukul 11.0"
    assert tksk.last().text.startswith(said) and tksk.last().text.endswith("Sampai diterima, tetap pada Bapak/Ibu.")
    card = deputy.last()
    assert number in card.text and "Gangguan jiwa" in card.text and not card.silent
    assert "🤝 petugas kecamatan (TKSK) meminta Bapak/Ibu menerima laporan ini." in card.text
    assert card.labels == ["✅ Terima", "📖 Buka rincian", "☎️ Kontak setempat", "↩️ Tidak bisa menerima"]
    assert (await w.case()).owner_id == case.owner_id
    await w.say(deputy, "/tugas")
    assert number in deputy.last().text and "Perlu dijawab: 1" in deputy.last().text
    await w.press(tksk, "Sedang dikerjakan", "Buka rincian")
    assert "🤝 Ditawarkan ke wakil petugas kecamatan" in tksk.last().text
    await w.press(deputy, number)
    assert deputy.last().labels[0] == "✅ Terima", "also from the list"
    await w.press(deputy, "Terima")
    assert deputy.find(f"Laporan {number} sekarang Bapak/Ibu tangani", "Kabar pertama ditunggu")
    assert tksk.last().text == f"Laporan {number} sekarang ditangani wakil petugas kecamatan. Terima kasih, Bapak/Ibu."
    assert not any(message.labels and number in message.text for message in tksk.from_bot()), "no button is left"
    assert deputy.find("✅ Sudah Bapak/Ibu terima.")
    assert len(siti.from_bot()) == heard, "somebody had it all the while"
    assert not koordinator.find("terbuka lagi")
    now = await w.case()
    assert now.owner_id not in (None, case.owner_id) and now.handed_to is None and now.heard_at is None
    await w.press(deputy, "Selesai", "Tertolong")
    assert (await w.case()).status == "closed"


async def test_a_refusal_or_silence_leaves_it_with_its_owner_who_hears_so(both: World) -> None:
    w = both
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    siti = w.person("Siti")
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani")
    case, heard = await w.case(), len(siti.from_bot())
    await w.press(tksk, "Serahkan ke", "wakil petugas")
    await w.press(deputy, "Tidak bisa menerima")
    assert tksk.last().text == f"Laporan {number}: wakil petugas kecamatan tidak bisa menerimanya. {STAYS}"
    assert deputy.last().text == f"Terima kasih sudah menjawab. Laporan {number} tetap pada yang memegangnya."
    assert deputy.find("Penyerahan ini sudah tidak berlaku.")
    await w.press(tksk, "Buka rincian", "Serahkan ke", "wakil petugas")
    before = len(tksk.from_bot())
    await w.passes(hours=1, minutes=58)
    assert len(tksk.from_bot()) == before
    await w.passes(minutes=3)
    assert tksk.last().text == f"Laporan {number}: wakil petugas kecamatan belum menjawab. {STAYS}"
    await deputy.forge(f"T:{case.id}:1:terima")
    await w.settle()
    assert f"Laporan {number} sudah ditangani petugas kecamatan (TKSK)" in deputy.last().text, "too late is said"
    now = await w.case()
    assert (now.owner_id, now.next_due_at) == (case.owner_id, case.next_due_at), "and its clock ran on"
    assert len(siti.from_bot()) == heard


async def test_a_neighbour_comes_in_only_while_they_are_asked_or_have_it(both: World) -> None:
    w = both
    tksk, near = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("tksk", LAWANG, "Nina")
    far = await w.worker("tksk", PAGAK, "Joko")
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani", "Serahkan ke")
    case = await w.case()
    await near.forge(f"T:{case.id}:1:terima")
    await w.settle()
    assert near.last().text == FOREIGN
    await w.press(tksk, "petugas kecamatan")
    assert number in near.last().text and not far.find(number), "the nearest one"
    await far.forge(f"T:{case.id}:1:terima")
    await w.settle()
    assert far.last().text == FOREIGN
    await w.press(near, "Terima")
    assert near.find("sekarang Bapak/Ibu tangani")
    await w.press(near, "Sedang dikerjakan", "Ubah gawat", "Salah jenis", "Lansia", "Tidak makan")
    assert (await w.case()).category == "lansia" and (await w.case()).owner_id is not None, "it stays theirs"
    await w.press(near, "Buka rincian", "Kembalikan")
    await near.forge(f"r:{case.id}:1")
    await w.settle()
    assert near.last().text == FOREIGN, "it is no more theirs"
    assert tksk.find("terbuka lagi"), "whoever is asked there hears it"


async def test_an_offer_is_to_one_person_and_ends_with_the_ownership(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    koordinator = await w.worker("koordinator", MALANG, "Karim")
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani", "Serahkan ke", "wakil petugas")
    await w.press(tksk, "Serahkan ke", "koordinator")
    assert deputy.find("Penyerahan ini sudah tidak berlaku.")
    assert koordinator.last().labels[0] == "✅ Terima"
    case = await w.case()
    await w.press(tksk, "Kembalikan")
    assert koordinator.find("Penyerahan ini sudah tidak berlaku.") and (await w.case()).handed_to is None
    await koordinator.forge(f"T:{case.id}:1:terima")
    await w.settle()
    assert (await w.case()).owner_id is None


async def test_the_owner_takes_the_offer_back(both: World) -> None:
    w = both
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani")
    assert "❌ Tidak jadi diserahkan" not in tksk.buttons(), "nothing is offered yet"
    await w.press(tksk, "Serahkan ke", "wakil petugas")
    case = await w.case()
    assert "❌ Tidak jadi diserahkan" in tksk.last().labels, "where it is said that it was offered"
    await w.press(tksk, "Tidak jadi diserahkan")
    assert tksk.last().text == f"Baik, laporan {number} tidak jadi diserahkan. Tetap pada Bapak/Ibu."
    assert "❌ Tidak jadi diserahkan" not in tksk.last().labels
    said = f"Laporan {number} tidak jadi diserahkan; tetap pada petugas kecamatan (TKSK). Terima kasih, Bapak/Ibu."
    assert deputy.last().text == said and deputy.find("Penyerahan ini sudah tidak berlaku.")
    assert "✅ Terima" not in deputy.buttons()
    now = await w.case()
    assert now.handed_to is None and (now.owner_id, now.next_due_at) == (case.owner_id, case.next_due_at)
    await deputy.forge(f"T:{case.id}:1:terima")
    await w.settle()
    assert (await w.case()).owner_id == case.owner_id, "too late"
    heard = len(deputy.from_bot())
    await tksk.forge(f"H:{case.id}:1:tarik")
    await w.settle()
    assert len(deputy.from_bot()) == heard, "a double tap says nothing twice"
    await w.passes(hours=3)
    assert not tksk.find("belum menjawab", number), "nobody is waited for"


async def test_an_offer_that_is_taken_back_before_it_rang_never_rings(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    await w.passes(hours=12)  # 21.00 WIB
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani")
    await w.passes(hours=2)
    await w.press(tksk, "Serahkan ke", "wakil petugas")
    await w.press(tksk, "Tidak jadi diserahkan")
    await w.passes(hours=8)
    assert not deputy.find(number)


async def test_whoever_is_asked_and_goes_away_is_not_waited_for(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Tidak makan")
    await w.press(tksk, "Saya tangani", "Serahkan ke", "wakil petugas")
    await deputy.forge("a:3")
    await w.settle()
    assert tksk.last().text == f"Laporan {number}: wakil petugas kecamatan sekarang tidak bisa menerimanya. {STAYS}"
    assert (await w.case()).handed_to is None
    await w.press(tksk, "Buka rincian", "Serahkan ke")
    assert tksk.last().text.startswith(f"Laporan {number}: sekarang tidak ada yang bisa diminta menerimanya.")
