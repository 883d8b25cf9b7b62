"""At two in the morning a number helps more than a ping: who was asked, and whom to phone there (row 136)."""

from datetime import timedelta
from functools import partial

from bot.core.contact_book import Entry
from bot.localtelegram.phones import Phone
from storage import contacts, roster
from storage.session import Session
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

NUMBER = "+6281355500011"


def on_the_roster(phone: Phone, name: str, number: str, session: Session) -> None:
    """This worker stands on the roster with a name and a number."""
    (member,) = roster.roles_of(session, chat_of(session, phone))
    roster.set_name(session, member, name)
    member.phone_sealed = session.vault.seal(session, "member", "phone", member.id, number)
    session.add(member)


async def test_a_card_that_climbs_names_who_was_asked_and_their_number(w: World) -> None:
    tksk, deputy = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI)
    koordinator, jsc = await w.worker("koordinator", MALANG), await w.worker("jsc", "35")
    await w.read(partial(on_the_roster, tksk, "Budi Santoso", NUMBER))
    number = await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    card = koordinator.find(number, "DARURAT")
    assert card is not None and f"petugas kecamatan (TKSK) Budi Santoso, {NUMBER}" in card.words
    (link,) = [key.url for key in card.buttons if key.url]
    assert link == f"https://wa.me/{NUMBER[1:]}?text={number}", "the number of the case, and nothing of it"
    assert "Sudah kami hubungi" not in (tksk.find(number, "DARURAT") or tksk.last()).words, "nobody was asked before"
    await w.press(tksk, "Tidak bisa", "Sedang sakit")
    await w.passes(minutes=16)
    late = jsc.find(number, "DARURAT")
    assert late is not None and "Budi Santoso sudah menjawab: tidak bisa" in late.words and NUMBER not in late.words
    assert "koordinator kabupaten/kota. Nomornya belum tercatat" in late.words
    assert not deputy.find(NUMBER)


async def test_the_contact_book_is_filled_in_the_chat_and_says_how_old_it_is(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    other, siti = await w.worker("tksk", "35.07.25", "Jauh"), w.person("Siti")
    number = await w.reports(siti)
    await w.press(tksk, "Kontak setempat")
    assert "Belum ada kontak yang dicatat untuk Kec. Singosari" in tksk.last().words
    await w.press(tksk, "Tambah kontak", "Polsek")
    await w.say(tksk, "Polsek Singosari, Aiptu Rahmat")
    await w.say(tksk, "nanti saya cari")
    assert "belum terbaca" in tksk.last().words
    await w.say(tksk, "(0341) 458-110")
    assert "🚓 Polsek: Polsek Singosari, Aiptu Rahmat, 0341458110 (dicatat Maret 2026)" in tksk.last().words
    await w.say(koordinator, "/setempat")
    await w.press(koordinator, "Tambah kontak", "UPTD PPA")
    await w.say(koordinator, "UPTD PPA Kab. Malang")
    await koordinator.contact("+6281298765432")
    await w.settle()
    old = Entry(SINGOSARI, "puskesmas", "Puskesmas Singosari", "0341458111", w.now - timedelta(days=366))
    await w.read(lambda s: contacts.put(s, old, "operator"))
    await w.press(tksk, "Kontak setempat")
    book = tksk.last()
    assert "Puskesmas Singosari, 0341458111 (dicatat Maret 2025, mungkin sudah ganti)" in book.words
    assert "Aiptu Rahmat, 0341458110 (dicatat Maret 2026)" in book.words
    assert "UPTD PPA Kab. Malang, +6281298765432" in book.words and book.protected
    await w.press(tksk, "Tambah kontak", "Polsek")
    await w.say(tksk, "polsek singosari,  Aiptu Rahmat")
    await w.say(tksk, "110")
    assert "0341458110" not in tksk.last().words and "110 (dicatat Maret 2026)" in tksk.last().words
    for stranger in (other, siti):
        before = len(stranger.from_bot())
        await stranger.forge(f"W:{(await w.case()).id}:1")
        await stranger.forge(f"U:{SINGOSARI}")
        await w.settle()
        read = "\n".join(message.words for message in stranger.from_bot()[before:])
        assert "Aiptu" not in read and "Kontak siapa" not in read and number not in read


async def test_who_is_new_at_the_desk_reads_how_it_works(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await w.say(tksk, "/bantuan")
    guide = tksk.last()
    assert "Saya tangani" in guide.words and "jadi catatan" in guide.words and len(guide.labels) == 6
    await w.press(tksk, "Lainnya")
    assert tksk.last().labels[-1] == "🌐 Bahasa / Language"
    await siti.start()
    await w.say(siti, "/bantuan")
    assert "Tekan Lapor" in siti.last().words
    await w.reports(siti, kind="Gangguan jiwa", danger="Menyerang")
    await w.press(tksk, "Saya tangani", "Lainnya")
    assert tksk.last().labels[-2:] == ["🔁 Kembalikan", "📖 Buka rincian"]
    await w.press(tksk, "Kembalikan")
    assert (await w.case()).status == "open"
