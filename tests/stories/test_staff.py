"""*Petugas* in the chat: whoever keeps a roster takes out, renames and moves; a forged button gains nothing."""

from sqlmodel import select

from bot.core import buttons as b
from storage import roster
from storage.session import Session
from storage.tables import Member
from tests.rules.test_buttons import contents
from tests.stories.test_taking_out import LAWANG, named
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


async def test_a_koordinator_keeps_the_people_of_their_own_area(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    deputy, admin = await w.worker("deputy", SINGOSARI), await w.worker("admin", "35")
    for n in range(9):
        await w.worker("volunteer", LAWANG, f"Relawan {n}")
    await named(w, tksk, "Pak Budi")
    number = await w.reports(w.person())
    await w.say(koordinator, "/tugas")
    await w.press(koordinator, "Petugas")
    assert "Petugas di Kab. Malang: 12" in koordinator.last().text
    await w.press(koordinator, "Berikutnya", "Berikutnya", "Sebelumnya")
    await w.say(koordinator, "/petugas")
    await w.press(koordinator, "Pak Budi")
    assert f"Belum dijawab: {number}" in koordinator.last().text
    await w.press(koordinator, "Ganti nama")
    assert "Nama baru untuk Pak Budi" in koordinator.last().text
    await w.say(koordinator, "Pak Budiman")
    assert "Pak Budi sekarang Pak Budiman" in koordinator.last().text
    await w.press(koordinator, "Petugas", "Pindah wilayah")
    assert not any("Kabupaten/kota lain" in label for label in koordinator.last().labels), "their own area only"
    await w.press(koordinator, "Kec. Ampelgading")
    assert "Pindahkan Pak Budiman ke Kec. Ampelgading sekarang?" in koordinator.last().text
    await w.press(koordinator, "Ya, pindahkan")
    assert "Kec. Ampelgading" in tksk.last().text and deputy.find(number)
    told = len(koordinator.from_bot())
    await w.say(koordinator, "/petugas")
    await w.press(koordinator, "Pak Budiman", "Keluarkan")
    assert "Keluarkan Pak Budiman" in koordinator.last().text and "Tidak ada laporan" in koordinator.last().text
    await w.press(koordinator, "Ya, keluarkan")
    assert "sudah berakhir" in tksk.last().text
    assert len([m for m in koordinator.from_bot()[told:] if "Keluar dari daftar" in m.text]) == 1, "who did it, once"
    assert not admin.find("Keluar dari daftar"), "a koordinator is there to know"


async def test_an_admin_keeps_everybody_by_area_and_forged_presses_gain_nothing(w: World) -> None:
    tksk, admin = await w.worker("tksk", SINGOSARI), await w.worker("admin", "35")
    koordinator, other = await w.worker("koordinator", MALANG), await w.worker("koordinator", "35.09")
    deputy, resident = await w.worker("deputy", SINGOSARI), w.person("Siti")
    await named(w, tksk, "Pak Budi")
    await w.reports(resident)

    def target(session: Session) -> tuple[str, str, str]:
        found = [roster.roles_of(session, chat_of(session, phone))[0].id for phone in (tksk, koordinator, admin)]
        return found[0], found[1], found[2]

    worker, boss, head = await w.read(target)
    for phone in (tksk, koordinator, other, deputy, admin):
        await w.say(phone, "/tugas")
    before = await w.read(contents)
    people = [(phone, worker) for phone in (other, deputy, tksk, resident)]
    people += [(koordinator, boss), (koordinator, head), (admin, head), (other, boss)]
    for phone, of in people:
        for what in ("buka", "nama", "pindah", "ke", "keluar", "ya", "daftar"):
            meant = MALANG if what == "daftar" and phone is not koordinator else of
            await phone.forge(b.Keep(what, meant, "35.09.01" if phone is other else LAWANG, 0).pack())
    await koordinator.forge(b.Keep("ke", worker, "35.09.01", 0).pack())  # a place that is not theirs
    await w.settle()
    after = await w.read(contents)
    assert after == before
    assert not any(phone.find("Pak Budi") for phone in (other, deputy, tksk, resident))

    await w.say(admin, "/petugas")
    await w.press(admin, "Kab. Malang (3)", "Pak Budi", "Pindah wilayah", "Kabupaten/kota lain", "Kab. Bangkalan")
    await w.press(admin, "Kec. Arosbaya", "Ya, pindahkan")
    rows = await w.read(lambda s: s.exec(select(Member.area).where(Member.role == "tksk", Member.active)).all())
    assert len(rows) == 1 and rows[0].startswith("35.26.")
    await w.say(admin, "/petugas")
    await w.press(admin, "Kab. Malang", "koordinator", "Keluarkan", "Ya, keluarkan")
    assert "sudah berakhir" in koordinator.last().text
