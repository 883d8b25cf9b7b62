"""What is said beside an answer, or while something else is asked, arrives as it was meant."""

import pytest
from sqlmodel import select

from storage import drafts
from storage.tables import Draft
from tests.stories.test_hidden import sent
from tests.support.resident import begin
from tests.support.world import SINGOSARI, World


async def test_words_beside_a_typed_choice_are_read_by_the_worker(w: World) -> None:
    """ "Anak tetangga saya" pressed *Tetangga*, and that it is a child was lost."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    await siti.start()
    for text in ("lapor", "setuju", "tetangga mbah Karjo", "lansia", "tidak ada"):
        await w.say(siti, text)
    for text in ("singosari", "1", "tidak tahu", "belakang pasar", "kemarin sore"):
        await w.say(siti, text)
    if "cerita" in siti.last().text.casefold():
        await w.say(siti, "jarang makan dan tidak bisa jalan sendiri")
    for text in ("tanpa foto", "tidak usah", "kirim"):
        await w.say(siti, text)
    await w.press(tksk, "Saya tangani")
    read = "\n".join(message.text for message in tksk.from_bot())
    for words in ("mbah Karjo", "kemarin sore", "jarang makan"):
        assert words in read


async def test_when_somebody_comes_is_answered_before_the_report_is_sent(w: World) -> None:
    siti = w.person()
    await siti.start()
    for text in ("lapor", "setuju"):
        await w.say(siti, text)
    asked = siti.last().labels
    await w.say(siti, "kapan mrene pak")
    assert siti.last().text.startswith("Laporan ini belum terkirim") and siti.last().labels == asked


@pytest.mark.parametrize(("text", "reply"), [("gak ada pulsa", "minta Pak RT"), ("sudah telepon", "tempat aman")])
async def test_whether_they_phoned_is_heard_where_that_was_said_last(w: World, text: str, reply: str) -> None:
    """Within a report it was heard by the question above, which the numbers had pushed off the screen."""
    siti = w.person()
    await siti.start()
    for said in ("lapor", "setuju", "tetangga saya"):
        await w.say(siti, said)
    asked = siti.last().text
    await w.say(siti, "dia ngamuk bawa parang di depan rumah")
    await w.say(siti, "yo pak")
    assert "Mohon telepon sekarang" in siti.last().text
    await w.say(siti, text)
    assert reply in siti.last().text
    await w.press(siti, "Lanjut")
    assert "Keadaannya" in asked and "Sepertinya ini tentang: 🧠" in siti.last().text
    await w.say(siti, text)
    assert "Sepertinya ini tentang: 🧠" in siti.last().text, "the question is open again, and hears what comes"


@pytest.mark.parametrize("text", ["saya takut, dia sudah pulang", "aku dipukuli lagi"])
async def test_who_was_harmed_and_is_afraid_again_is_asked_at_once(w: World, text: str) -> None:
    """Their words waited ten minutes as a calm addition, or began a second report."""
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person()
    number = await sent(w, siti)
    await w.press(tksk, "Saya tangani")
    await w.say(siti, text)
    last = siti.last()
    assert "sekarang terancam atau terluka" in last.text and "110" in last.text and number in last.text
    assert "Sembunyikan" in " ".join(last.labels)
    assert text in "\n".join(message.text for message in tksk.from_bot())
    await w.press(siti, "Ya, sekarang")
    assert (await w.case()).urgency == "darurat"


@pytest.mark.parametrize("no", ["tidak", "nanti saja pak"])
async def test_not_going_on_is_no_answer_to_the_question_behind_it(w: World, no: str) -> None:
    """ "Mau dilanjutkan?" - "tidak" was kept as "tidak ada bahaya"."""
    siti = w.person("Siti")
    await begin(w, siti, "bahaya")
    await w.passes(hours=4)
    assert "Mau dilanjutkan?" in siti.last().text
    for _ in range(2):
        await w.say(siti, no)
        assert siti.last().text.startswith("Baik, tidak apa-apa.")
    (answers,) = await w.read(lambda s: [drafts.answers_of(s, draft) for draft in s.exec(select(Draft))])
    assert "bahaya" not in answers
    await w.say(siti, "lanjut")
    assert "Adakah yang seperti ini sekarang?" in siti.last().text
    await w.say(siti, "tidak ada")
    assert "Di mana orangnya sekarang?" in siti.last().text
