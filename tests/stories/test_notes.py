"""What whoever has a case writes, says or shows is kept with it, and read by whoever has it next (row 62, W6)."""

from sqlmodel import col, select

from bot.localtelegram.phones import Phone
from storage.tables import Addition, Timeline
from tests.support.world import MALANG, SINGOSARI, World

SEEN = "orangnya sudah ditengok, tinggal di gubuk belakang pasar, anaknya 081234567890"


def screen(phone: Phone) -> str:
    return "\n".join(message.words for message in phone.from_bot())


async def test_a_note_is_two_presses_at_most_counts_as_a_word_and_the_next_owner_reads_it(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    siti = w.person("Siti")
    number = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    due = (await w.case()).next_due_at
    presses = 0
    await w.say(tksk, SEEN)
    assert f"Catatan untuk {number}?" in tksk.last().words
    await w.press(tksk, f"Ya, {number}")
    presses += 1
    assert presses <= 2 and tksk.find(f"Catatan untuk {number} sudah kami simpan")
    case = await w.case()
    assert case.heard_at is not None and case.next_due_at is not None and due is not None and case.next_due_at > due
    after = case.next_due_at
    await tksk.voice(caption="")
    await w.settle()
    await tksk.photo(caption="ini gubuknya")
    await w.settle()
    assert sum(f"Catatan untuk {number}?" in m.words and bool(m.labels) for m in tksk.from_bot()) == 1, "one question"
    await w.passes(minutes=5)
    await w.say(tksk, "ya")
    assert (await w.case()).next_due_at == after, "only the first word moves a clock"
    assert SEEN not in screen(siti) and "gubuk" not in screen(siti)
    await w.press(tksk, "Kembalikan")
    await w.passes(hours=25)
    assert "Petugas mencatat sesuatu Senin 2/3 pukul 09.0" in screen(koordinator)
    before = len(koordinator.from_bot())
    await w.say(koordinator, number)
    read = koordinator.from_bot()[before:]
    assert any("gubuk belakang pasar" in m.words for m in read), "above the owner it is read whole"
    assert sum(m.media is not None for m in read) == 2, "and heard and seen"
    await w.press(koordinator, "Saya tangani")
    assert "Catatan petugas kecamatan (TKSK), Senin 2/3 pukul 09.0" in koordinator.find("Rincian", SEEN[:20]).words  # type: ignore[union-attr]
    notes = await w.read(lambda s: s.exec(select(Timeline).where(Timeline.event == "note")).all())
    assert len(notes) == 2 and all("gubuk" not in note.data for note in notes)


async def test_with_several_cases_the_one_is_chosen_and_silence_takes_the_one_that_was_named(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    numbers = []
    for _ in range(5):
        numbers.append(await w.reports(siti))
        await w.press(tksk, "Saya tangani")
        await w.passes(minutes=1)
    await w.say(tksk, "keluarganya sudah saya telepon")
    asked = tksk.last()
    assert f"kami simpan di {numbers[4]}" in asked.words and len(asked.labels) == 5
    await w.press(tksk, "Lainnya")
    assert "Lainnya" not in " ".join(tksk.last().labels) and len(tksk.last().labels) <= 5
    await w.press(tksk, numbers[0])
    assert tksk.find(f"Catatan untuk {numbers[0]} sudah kami simpan")
    await w.say(tksk, "salah kirim")
    await w.press(tksk, "Bukan catatan")
    await w.say(tksk, "yang ini untuk nomor lain")
    await w.say(tksk, numbers[2])
    assert tksk.find(f"Catatan untuk {numbers[2]} sudah kami simpan")
    await w.say(tksk, "besok ke sana bersama bidan")
    assert f"kami simpan di {numbers[2]}" in tksk.last().words, "the one that was worked on last"
    await w.passes(minutes=12)
    kept = await w.read(lambda s: s.exec(select(Addition).where(col(Addition.told_at).is_not(None))).all())
    assert len(kept) == 3 and len({row.case_id for row in kept}) == 2
    assert await w.read(lambda s: s.exec(select(Addition).where(col(Addition.due_at).is_not(None))).all()) == []


async def test_a_reply_to_a_card_is_its_note_without_a_question(w: World) -> None:
    tksk, other = await w.worker("tksk", SINGOSARI), await w.worker("deputy", SINGOSARI)
    siti = w.person("Siti")
    first = await w.reports(siti)
    card = tksk.last()
    await w.press(tksk, "Saya tangani")
    second = await w.reports(siti)
    await w.press(tksk, "Saya tangani")
    await tksk.say("sudah saya telepon pamong", reply_to=card.message_id)
    await w.settle()
    assert tksk.find(f"Catatan untuk {first} sudah kami simpan") and not tksk.find(f"Catatan untuk {second}")
    await tksk.say("yang mana?", reply_to=card.message_id)
    await w.settle()
    assert f"Rincian {first}" in tksk.from_bot()[-2].words, "a question opens it"
    await w.say(tksk, "belum ketemu orangnya di rumah")
    data = next(key.data for key in tksk.last().buttons if key.label.startswith("✅ Ya"))
    await other.forge(data or "")
    await w.settle()
    assert "sudah ditangani" in other.last().words, "nobody else keeps it"
    await w.press(tksk, "Kembalikan")
    await tksk.forge(data or "")
    await w.settle()
    await w.passes(minutes=12)
    assert tksk.find("Laporannya tidak lagi pada Bapak/Ibu")
    assert len(await w.read(lambda s: s.exec(select(Addition)).all())) == 1


async def test_no_picture_of_sexual_harm_is_kept_with_a_note(w: World) -> None:
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    await w.reports(siti, kind="Anak terlantar", danger="Dilecehkan")
    await w.press(tksk, "Saya tangani")
    await tksk.photo()
    await w.settle()
    assert tksk.find("jangan dikirim dan jangan dihapus")
    assert await w.read(lambda s: s.exec(select(Addition)).all()) == []
