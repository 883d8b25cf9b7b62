"""*Butuh teman*: whoever has a case asks somebody by name to go along; the case and its clocks stay theirs (row S3)."""

from datetime import timedelta
from functools import partial

from bot.core.contact_book import Entry
from bot.localtelegram.phones import Phone
from storage import contacts, timeline
from storage.tables import Case
from tests.stories.test_phone import on_the_roster
from tests.support.world import MALANG, SINGOSARI, World

LAWANG, PAGAK = "35.07.25", "35.07.03"
FOREIGN = "Mohon maaf, laporan ini bukan wilayah tugas Bapak/Ibu."
OVER = "Permintaan menemani ini sudah tidak berlaku."
NUMBER, OTHER = "+6281355500011", "+6281355500022"
CLOCKS = ("owner_id", "acknowledged_at", "heard_at", "visit_by", "next_due_at", "reminded", "status", "round")


def clocks(case: Case) -> tuple[object, ...]:
    """Who has it, and all their times."""
    return tuple(getattr(case, name) for name in CLOCKS)


async def violent(w: World) -> str:
    """A case to which nobody should go alone."""
    return await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")


async def polsek(w: World) -> None:
    """The contact book knows the police."""
    entry = Entry(SINGOSARI, "polsek", "Polsek Singosari", "0341458110", w.now)
    await w.read(lambda s: contacts.put(s, entry, "operator"))


async def events(w: World) -> list[str]:
    """What the timeline says of company."""
    case = await w.case()
    entries = await w.read(lambda s: timeline.entries(s, case.id))
    return [one.event for one in entries if one.event in ("ask_company", "join", "stay", "unheard", "call_off")]


async def test_taken_and_company_asked_for_and_the_case_stays_where_it_is(both: World) -> None:
    w = both
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    koordinator = await w.worker("koordinator", MALANG, "Karim")
    await w.read(partial(on_the_roster, tksk, "Budi Santoso", NUMBER))
    await w.read(partial(on_the_roster, deputy, "Dewi Lestari", OTHER))
    await polsek(w)
    siti = w.person("Siti")
    number = await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    assert "🆘 Saya tangani, butuh teman" in tksk.last().labels, "nobody should go there alone"
    await w.press(tksk, "Saya tangani, butuh teman")
    case, heard = await w.case(), len(siti.from_bot())
    assert case.owner_id is not None and case.company_id is None, "it is theirs with the same press"
    assert tksk.find(f"Laporan {number} sekarang Bapak/Ibu tangani", "Jangan datang sendiri")
    asks = tksk.last()
    assert asks.text.startswith(f"Laporan {number}: minta ditemani siapa, Bapak/Ibu?")
    assert "🚓 Polsek: Polsek Singosari, 0341458110 (dicatat Maret 2026)" in asks.words, "and whom to phone"
    named = ["👤 wakil petugas kecamatan Dewi Lestari", "👤 koordinator kabupaten/kota"]
    assert asks.labels == [*named, "☎️ Kontak setempat", "❌ Tidak jadi"]
    await w.press(tksk, "wakil petugas")
    until = "dijawab paling lambat Senin 2/3 pukul 09.1"
    assert f"Laporan {number}: wakil petugas kecamatan Dewi Lestari kami minta menemani, {until}" in tksk.last().text
    card = deputy.last()
    assert not card.silent and "Gangguan jiwa" in card.text and "Jangan datang sendiri" in card.text
    assert "🔴" in card.text and "Kec. Singosari" in card.text
    assert "🆘 Diminta Senin 2/3 pukul 09.0" in card.text
    assert "petugas kecamatan (TKSK) Budi Santoso minta ditemani ke sana. Laporan tetap padanya." in card.text
    assert "Mohon dijawab sebelum Senin 2/3 pukul 09.1" in card.text
    assert card.labels == ["🤝 Saya ikut", "📖 Buka rincian", "☎️ Kontak setempat", "↩️ Tidak bisa"]
    asked = await w.case()
    assert clocks(asked) == clocks(case) and asked.company_until is not None
    await w.say(deputy, "/tugas")
    assert "Perlu dijawab: 1" in deputy.last().text
    await w.press(deputy, number)
    assert deputy.last().labels[0] == "🤝 Saya ikut", "also from the list"
    await w.press(tksk, "Buka rincian")
    assert "🆘 Minta ditemani: wakil petugas kecamatan Dewi Lestari. Jawabannya: ditunggu sampai" in tksk.last().text
    await w.press(deputy, "Saya ikut")
    came = tksk.last()
    assert came.text == (
        f"✅ Laporan {number}: wakil petugas kecamatan Dewi Lestari ikut menemani. Silakan atur waktunya: {OTHER}."
    )
    assert [key.url for key in came.buttons if key.url] == [f"https://wa.me/{OTHER[1:]}?text={number}"]
    thanks = deputy.last()
    assert f"Bapak/Ibu ikut untuk laporan {number}" in thanks.text and NUMBER in thanks.text
    assert [key.url for key in thanks.buttons if key.url] == [f"https://wa.me/{NUMBER[1:]}?text={number}"]
    said = len(tksk.from_bot())
    await deputy.forge(f"M:{case.id}:1:ikut")
    await w.settle()
    assert len(tksk.from_bot()) == said, "a double tap says nothing to the owner again"
    agreed = await w.case()
    assert clocks(agreed) == clocks(case) and agreed.company_until is None, "the owner stays the owner"
    await koordinator.forge(f"r:{case.id}:1")
    await w.settle()
    assert "Minta ditemani: wakil petugas kecamatan Dewi Lestari. Jawabannya: ikut." in koordinator.last().text
    assert len(siti.from_bot()) == heard, "no reporter hears of it"
    assert await events(w) == ["ask_company", "join"]
    await w.press(tksk, "Selesai", "Tertolong")
    assert deputy.last().text == f"Laporan {number}: tidak perlu ditemani lagi. Terima kasih, Bapak/Ibu."
    assert deputy.find(OVER) and "🤝 Saya ikut" not in deputy.buttons()
    assert "↩️ Tidak jadi ikut" not in deputy.buttons()


async def test_nobody_answers_in_time_and_a_late_yes_still_counts(both: World) -> None:
    w = both
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    koordinator = await w.worker("koordinator", MALANG, "Karim")
    await w.read(partial(on_the_roster, tksk, "Budi Santoso", NUMBER))
    number = await violent(w)
    await w.press(tksk, "Saya tangani", "Butuh teman", "wakil petugas")
    before, rung = len(tksk.from_bot()), len(koordinator.from_bot())
    await w.passes(minutes=14)
    assert len(tksk.from_bot()) == before
    await w.passes(minutes=2)
    said = tksk.last()
    assert f"Laporan {number}: wakil petugas kecamatan belum menjawab; koordinator kami beri tahu." in said.text
    assert "Polisi: 110. Ambulans: 119. Kontak setempat belum dicatat." in said.words, "whom to phone now"
    assert said.labels == ["🆘 Butuh teman", "☎️ Kontak setempat", "📖 Buka rincian"]
    ring = koordinator.last()
    assert len(koordinator.from_bot()) == rung + 1 and not ring.silent
    assert f"{number}: petugas kecamatan (TKSK) Budi Santoso minta ditemani" in ring.words
    assert [key.url for key in ring.buttons if key.url] == [f"https://wa.me/{NUMBER[1:]}?text={number}"]
    await w.press(tksk, "Buka rincian")
    assert "Minta ditemani: wakil petugas kecamatan. Jawabannya: belum ada." in tksk.last().text
    await w.press(deputy, "Saya ikut")
    assert tksk.last().text.startswith(f"✅ Laporan {number}: wakil petugas kecamatan ikut menemani.")
    await w.press(tksk, "Butuh teman", "Tidak jadi ditemani")
    assert deputy.last().text == f"Laporan {number}: tidak perlu ditemani lagi. Terima kasih, Bapak/Ibu."
    await w.press(tksk, "Butuh teman", "wakil petugas")
    rung = len(koordinator.from_bot())
    await w.passes(minutes=16)
    assert "belum menjawab. Jangan datang sendiri dulu." in tksk.last().text
    assert len(koordinator.from_bot()) == rung, "they were rung once"


async def test_a_refusal_is_told_also_of_whoever_had_said_yes(w: World) -> None:
    tksk, near = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("tksk", LAWANG, "Nina")
    far, koordinator = await w.worker("tksk", PAGAK, "Joko"), await w.worker("koordinator", MALANG, "Karim")
    number = await violent(w)
    await w.press(tksk, "Saya tangani")
    case = await w.case()
    await near.forge(f"M:{case.id}:1:ikut")
    await w.settle()
    assert near.last().text == FOREIGN, "who is not asked does not come in"
    await w.press(tksk, "Butuh teman", "petugas kecamatan")
    assert number in near.last().text and not far.find(number), "the nearest one"
    await far.forge(f"M:{case.id}:1:ikut")
    await w.settle()
    assert far.last().text == FOREIGN
    await w.press(near, "Saya ikut", "Tidak jadi ikut")
    assert f"Laporan {number}: petugas kecamatan (TKSK) tidak jadi ikut." in tksk.last().text
    assert near.last().text == f"Terima kasih sudah menjawab. Laporan {number} tetap pada yang memegangnya."
    assert near.find("Sudah Bapak/Ibu jawab: tidak bisa ikut.")
    await near.forge(f"r:{case.id}:1")
    await w.settle()
    assert near.last().text == FOREIGN, "it is no more theirs"
    await w.press(tksk, "Butuh teman", "koordinator")
    await w.press(koordinator, "Tidak bisa")
    assert f"Laporan {number}: koordinator kabupaten/kota tidak bisa menemani." in tksk.last().text
    assert await events(w) == ["ask_company", "join", "stay", "ask_company", "stay"]


async def test_somebody_else_is_asked_and_the_first_hears_so(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    koordinator = await w.worker("koordinator", MALANG, "Karim")
    number = await violent(w)
    await w.press(tksk, "Saya tangani", "Butuh teman", "wakil petugas")
    case = await w.case()
    await tksk.forge(f"L:{case.id}:1:{case.company_id}")
    await w.settle()
    assert len([one for one in deputy.from_bot() if "minta ditemani" in one.text]) == 1, "a double tap asks once"
    await w.press(tksk, "Butuh teman", "koordinator")
    assert deputy.last().text == f"Laporan {number}: tidak perlu ditemani lagi. Terima kasih, Bapak/Ibu."
    assert "🤝 Saya ikut" not in deputy.buttons() and koordinator.last().labels[0] == "🤝 Saya ikut"
    await deputy.forge(f"M:{case.id}:1:ikut")
    await w.settle()
    assert f"Laporan {number} sudah ditangani petugas kecamatan (TKSK)" in deputy.last().text
    await tksk.sticker()
    await w.settle()
    assert (await w.case()).company_id is not None, "a word in between changes nothing"
    await w.press(tksk, "Tidak jadi ditemani")
    assert tksk.last().text.startswith(f"Baik, laporan {number} tidak jadi ditemani.")
    assert koordinator.last().text == f"Laporan {number}: tidak perlu ditemani lagi. Terima kasih, Bapak/Ibu."
    await tksk.forge(f"L:{case.id}:1:tarik")
    await w.settle()
    assert (await w.case()).company_id is None


async def test_whoever_leaves_is_not_waited_for_and_whoever_said_yes_neither(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    koordinator = await w.worker("koordinator", MALANG, "Karim")
    number = await violent(w)
    await w.press(tksk, "Saya tangani", "Butuh teman", "wakil petugas")
    await deputy.forge("a:3")
    await w.settle()
    assert f"Laporan {number}: wakil petugas kecamatan sekarang tidak bisa diminta menemani." in tksk.last().text
    await w.press(tksk, "Butuh teman")
    assert "👤 wakil petugas kecamatan" not in tksk.last().labels
    await w.press(tksk, "koordinator")
    await w.press(koordinator, "Saya ikut")
    await koordinator.block()
    await w.settle()
    assert f"Laporan {number}: koordinator kabupaten/kota, yang tadi mau ikut, sekarang tidak bisa." in tksk.last().text
    case = await w.case()
    assert case.company_says == "hilang" and case.owner_id is not None
    gone = case.company_id
    await tksk.forge(f"L:{case.id}:1:{gone}")
    await w.settle()
    assert "sekarang tidak ada petugas yang bisa diminta menemani" in tksk.last().text, "the list as it is now"


async def test_it_ends_with_the_ownership(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    near, koordinator = await w.worker("tksk", LAWANG, "Nina"), await w.worker("koordinator", MALANG, "Karim")
    number = await violent(w)
    over = f"Laporan {number}: tidak perlu ditemani lagi. Terima kasih, Bapak/Ibu."
    await w.press(tksk, "Saya tangani", "Butuh teman", "wakil petugas")
    await w.press(deputy, "Saya ikut")
    await w.press(tksk, "Serahkan ke", "koordinator")
    await w.press(koordinator, "Terima")
    assert deputy.find(over) and (await w.case()).company_id is None, "handed over"
    await w.press(koordinator, "Butuh teman")
    await koordinator.press("👤 petugas kecamatan (TKSK)")
    await w.settle()
    assert "minta ditemani" in tksk.last().text and not near.find(number), "of each role one"
    await w.press(koordinator, "Serahkan ke")
    await koordinator.press("👤 petugas kecamatan (TKSK)")
    await w.settle()
    await w.press(tksk, "Terima")
    assert not tksk.find(over) and tksk.find(OVER), "whoever has it now need not be told"
    await w.press(tksk, "Butuh teman", "wakil petugas")
    await w.press(tksk, "Kembalikan")
    assert deputy.last().text == over or deputy.find(over)
    case = await w.case()
    assert (case.status, case.company_id, case.company_until) == ("open", None, None)
    await near.forge(f"M:{case.id}:1:ikut")
    await w.settle()
    assert near.last().text == FOREIGN


async def test_at_night_it_rings_in_the_morning_and_what_was_taken_back_never_rings(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    await w.passes(hours=12)  # 21.00 WIB
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Dirantai")
    await w.press(tksk, "Saya tangani")
    assert "🆘 Butuh teman" in " ".join(tksk.buttons()), "chained: nobody should go there alone"
    await w.passes(hours=2)
    await w.press(tksk, "Butuh teman", "wakil petugas")
    assert (
        "kami minta menemani Selasa 3/3 pukul 06.00, dijawab paling lambat Selasa 3/3 pukul 07.00" in tksk.last().text
    )
    assert not deputy.find("minta ditemani")
    await w.press(tksk, "Tidak jadi ditemani")
    await w.passes(hours=8)
    assert not deputy.find("minta ditemani") and not deputy.find("tidak perlu ditemani lagi", number)
    case = await w.case()
    await w.press(tksk, "Butuh teman", "wakil petugas")
    assert case.company_id is None and "minta ditemani" in deputy.last().text


async def test_in_biasa_it_may_be_answered_until_the_next_working_morning(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    number = await w.reports(w.person())
    assert "butuh teman" not in " ".join(tksk.last().labels), "behind Lainnya"
    await w.passes(days=4)  # Friday
    await w.press(tksk, "Saya tangani, butuh teman", "wakil petugas")
    assert "dijawab paling lambat Senin 9/3 pukul 08.00" in tksk.last().text
    await w.press(tksk, "Sedang dikerjakan")
    await w.passes(hours=30)
    assert not tksk.find("belum menjawab", number)
    assert (await w.case()).company_until is not None
    await w.passes(hours=timedelta(days=2) / timedelta(hours=1))
    assert tksk.find("belum menjawab", number) and deputy.find("minta ditemani")


async def test_a_group_reads_nothing_of_it(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI, "Budi"), await w.worker("deputy", SINGOSARI, "Dewi")
    rina: Phone = await w.worker("jsc", "35", "Rina")
    await w.read(partial(on_the_roster, deputy, "Dewi Lestari", OTHER))
    group = w.telegram.group("JSC", [rina])
    await w.stop()
    await w.start(jsc={"chat_id": group.id})
    number = await violent(w)
    await w.passes(minutes=16)
    assert group.find(number)
    await w.press(tksk, "Saya tangani", "Butuh teman", "wakil petugas")
    await w.press(deputy, "Saya ikut")
    posts = "\n".join(message.words for message in group.from_bot())
    assert "Dewi" not in posts and "ditemani" not in posts and OTHER not in posts
