"""Back, cancel and change at every step; answered questions lose their buttons; a restart at every step resumes."""

from typing import Any

import pytest

from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from storage import drafts
from tests.support import resident
from tests.support.length import each
from tests.support.references import chat_of
from tests.support.resident import asked, begin, begin_together, go, press, step_asked
from tests.support.world import World

PLAN = {"bahaya": "takbangun", "kontak": "bot"}
GRAVE = {"bahaya": "gawat"}
OWN = {"siapa": "sendiri"}
PATHS = {
    "plain": PLAN,
    "grave": GRAVE,
    "dead": {"jenis": "lain", "bahaya": "meninggal"},
    "harmed": {**OWN, "jenis": "kekerasan", "aman": "lewat"},
    "despair": {**OWN, "jenis": "odgj", "bahaya": "bunuhdiri"},
}
PATH_OF = {"gawat": "grave", "meninggal": "dead"}
STEPS = {
    "plain": ["siapa", "jenis", "bahaya", "tempat", "patokan", "kapan", "cerita", "foto", "kontak", "tinjau"],
    "grave": ["siapa", "jenis", "bahaya", "gawat", "tempat", "patokan", "kontak", "tinjau"],
    "dead": ["siapa", "jenis", "bahaya", "meninggal", "tempat", "patokan", "kapan", "cerita", "kontak", "tinjau"],
    "harmed": ["siapa", "jenis", "bahaya", "tempat", "cerita", "aman", "cara", "tinjau"],
    "despair": ["siapa", "jenis", "bahaya", "gawat", "disapa", "tempat", "patokan", "kontak", "tinjau"],
}


async def stored(w: World, phone: Phone) -> dict[str, Any] | None:
    """The draft's answers, or None."""

    def read(session: Any) -> dict[str, Any] | None:
        draft = drafts.of(session, chat_of(session, phone))
        return drafts.answers_of(session, draft) if draft else None

    found: dict[str, Any] | None = await w.read(read)
    return found


@pytest.mark.parametrize("path", each(PATHS, "plain", "grave", "harmed"))
async def test_back_reopens_one_question_after_the_other_and_all_can_be_answered_anew(w: World, path: str) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "tinjau", **PATHS[path])
    seen = ["tinjau"]
    for _ in range(40):
        await w.press(siti, "Kembali")
        if seen[-1] != step_asked(siti):
            seen.append(step_asked(siti))
        if siti.find("Ini pertanyaan pertama"):
            break
    assert seen[::-1] == STEPS[path]
    await go(w, siti, "", **PATHS[path])
    assert len(await resident.numbers(w, siti)) == 1


async def test_a_typed_answer_stands_under_its_question_which_has_no_button(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    for text in ("tetangga", "lansia", "6"):
        await w.say(siti, text)
    questions = [message for message in siti.from_bot() if "☑️" in message.text]
    assert len(questions) == 3
    assert not [message.text for message in questions if message.buttons]
    assert siti.find("Siapa yang perlu ditolong?", "☑️ 🏠 Tetangga / orang lain")


async def test_a_restart_at_any_step_resumes_and_cancel_forgets(w: World) -> None:
    people = {step: w.person("Siti") for step in ("setuju", *STEPS["plain"], "gawat", "meninggal", "hp")}
    plans = {step: PATHS[PATH_OF.get(step, "plain")] for step in people}
    stand = {siti: ("kontak" if step == "hp" else step, plans[step]) for step, siti in people.items()}
    await begin_together(w, stand)
    await press(people["hp"], "kontak", "telepon")
    await w.settle()
    before = {step: len(siti.from_bot()) for step, siti in people.items()}
    await w.stop()
    await w.start()
    await w.settle()
    for step, siti in people.items():
        assert len(siti.from_bot()) == before[step]  # a restart is nobody's news
        if step == "hp":
            await w.press(siti, "Kirim nomor saya")
            assert step_asked(siti) == "tinjau"
        else:
            assert step_asked(siti) == step
            found = resident.next_press(siti, {**resident.QUIET, **plans[step]}, ("35.07",))
            assert found is not None
            await siti.forge(found[1], message_id=found[0].message_id)
            await w.settle()
            assert step_asked(siti) != step or step == "tempat"
        if step != "tinjau":
            await w.say(siti, "batal")
            assert siti.find("dibatalkan. Tidak ada yang kami kirim")
        assert await stored(w, siti) is None
        assert step_asked(siti) == "" and not siti.keyboard()


ANEW: dict[str, tuple[str, ...]] = {
    "siapa": ("siapa",),
    "jenis": ("jenis", "bahaya"),
    "bahaya": ("bahaya",),
    "tempat": ("tempat",),
    "patokan": ("patokan",),
    "kapan": ("kapan",),
    "cerita": ("cerita",),
    "foto": ("foto",),
    "kontak": ("kontak",),
}
"""What is asked again when an answer is changed from the review."""


async def test_each_answer_is_changed_in_place_and_what_depends_on_it_is_asked_again(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "tinjau")
    for name, expected in ANEW.items():
        whole = await stored(w, siti)
        for changes in (False, True):
            bubble = siti.last().message_id
            await w.press(siti, "Ubah")
            await press(siti, "tinjau", f"ubah-{name}")
            await w.settle()
            assert siti.last().message_id == bubble, "the review itself turns into the question"
            assert step_asked(siti) == name
            if not changes:
                await w.press(siti, "Kembali")
                assert step_asked(siti) == "tinjau" and await stored(w, siti) == whole
                continue
            asked_again = []
            while (step := step_asked(siti)) != "tinjau":
                if step not in asked_again:
                    asked_again.append(step)
                found = resident.next_press(siti, resident.QUIET, resident.TOYOMARTO)
                assert found is not None
                await siti.forge(found[1], message_id=found[0].message_id)
                await w.settle()
            assert tuple(asked_again) == expected
    await press(siti, "tinjau", "ubah")
    await w.settle()
    await press(siti, "tinjau", "ubah-bahaya")
    await w.settle()
    await press(siti, "bahaya", "gawat")
    await w.settle()
    assert step_asked(siti) == "gawat"
    await go(w, siti, "tinjau", bahaya="gawat")
    review = asked(siti)
    assert review is not None and "Pingsan" in review.text and "Terakhir" not in review.text
    await go(w, siti, "")
    case = await w.case()
    assert (case.urgency, case.danger) == ("darurat", "gawat")


async def test_a_changed_story_forgets_the_old_recording(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "cerita")
    await siti.voice()
    await w.settle()
    await go(w, siti, "tinjau")
    await press(siti, "tinjau", "ubah")
    await w.settle()
    await press(siti, "tinjau", "ubah-cerita")
    await w.settle()
    await w.say(siti, "Kakek 70 tahun")
    left = await stored(w, siti)
    assert left is not None and left["_media"] == [] and left["cerita"] == {"teks": "Kakek 70 tahun"}
    assert "_lama" not in left


def test_every_step_of_the_report_is_tried() -> None:
    """Elsewhere: the quick path (test_quick.py), who cannot be found (test_hidden.py), test_service_area.py."""
    tried = {"setuju", "hp", "rekam", "ditemukan", "layanan", *(step for steps in STEPS.values() for step in steps)}
    assert tried == {step.name for step in REPORT.steps}
