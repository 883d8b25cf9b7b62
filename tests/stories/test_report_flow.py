"""Every category goes from /start to a number by buttons only, in every language, in few and short messages."""

from collections.abc import Sequence
from functools import partial

import pytest

from bot.core.flow import Answers
from bot.core.inputs import Picked
from bot.core.question import Leave
from bot.core.report_flow import REPORT
from bot.core.walk import apply, current
from bot.data.known import load_known
from bot.localtelegram.phones import Phone
from bot.texts.catalog import LANGUAGES, ORIGINAL, Texts
from handlers.questions import body
from storage import cases
from storage.session import Session
from storage.tables import Case, Report
from tests.support import resident
from tests.support.references import chat_of
from tests.support.resident import TOYOMARTO, WONOKROMO, go_together, press, speaks, step_asked, words
from tests.support.world import MALANG, SINGOSARI, World

MOST_UPDATES, LONGEST, LONG, MOST_LONG = 18, 40, 25, 3
KNOWN = load_known()
KNOWLEDGE = KNOWN.knowledge
EVERY = [
    (category.code, item)
    for category in KNOWLEDGE.categories.values()
    for item in (*(danger.item for danger in category.dangers), "tidakada", "tidaktahu")
]


GRAVEST = [(code, kind.dangers[0].item) for code, kind in KNOWLEDGE.categories.items()]
NONE = [(code, "tidakada") for code in KNOWLEDGE.categories]
SOME = (
    [*GRAVEST[::2], *NONE[1::2], ("lain", "meninggal"), ("odgj", "telanjang"), ("kekerasan", "tidaktahu")],
    [*NONE[::2], *GRAVEST[1::2]],
)
"""Every category in each language, half with the gravest danger and half with none; and what changes the questions."""


async def test_every_category_reaches_a_number_in_every_language(w: World) -> None:
    await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    await w.worker("jsc", "35")
    people: dict[Phone, tuple[str, dict[str, str]]] = {}
    for language in LANGUAGES:
        for category, item in SOME[language != ORIGINAL]:
            phone = w.person("Siti")
            people[phone] = "", {"jenis": category, "bahaya": item}
            await speaks(w, phone, language)
            await phone.start()
    await w.settle()
    for phone in people:
        await phone.press("📝")
    await w.settle()
    counts = await go_together(w, people, WONOKROMO)
    for phone, (_, plan) in people.items():
        told = (plan["jenis"], plan["bahaya"])
        assert len(await resident.numbers(w, phone)) == 1, told
        assert 2 + counts[phone] <= MOST_UPDATES, told
        sent = [call["params"]["text"] for call in w.telegram.calls("sendMessage", chat=phone.id)]
        shown = [words(message.text) for message in phone.from_bot()] + [words(text) for text in sent]
        assert max(shown) <= LONGEST, (told, max(sent, key=words))
        long = [text for text in sent if words(text) > LONG]
        assert len(long) <= MOST_LONG, (told, long)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_danger_of_every_category_is_asked_little(language: str) -> None:
    """The same for every line of every danger list, played on the flow itself."""
    speech = Texts().of(language)
    for category, item in EVERY:
        answers: Answers = {}
        updates, seen = 2, [0]  # /start and Lapor
        while (step := current(REPORT, answers)) is not None:
            question = step.ask(answers, KNOWN)
            seen.append(words(body(speech, question)))
            offered = [choice.value for choice in question.choices]
            planned = {**resident.QUIET, "jenis": category, "bahaya": item}
            if step.name == "tempat":
                codes = [code for code in (*WONOKROMO, "daftar") if code in offered]
                value = codes[0] if codes else next(v for v in offered if v.startswith("hal-") and v != "hal-0")
            else:
                value = planned[step.name]
            result = step.read(answers, Picked(value), KNOWN)
            assert not isinstance(result, Leave) and hasattr(result, "updates")
            answers = apply(REPORT, answers, result.updates)
            updates += 1
        assert updates <= MOST_UPDATES, (category, item)
        assert max(seen) <= LONGEST, (category, item)
        assert sum(count > LONG for count in seen) < MOST_LONG, (category, item)
        grave = KNOWLEDGE.urgency(category, item) == "darurat"
        assert (KNOWLEDGE.gate(category, item, own=False) is not None) == ("gawat" in answers)
        flag = KNOWLEDGE.categories[category].flag(item)
        assert grave != ("kapan" in answers) and grave != ("cerita" in answers)
        no_photo = grave or category in ("anak", "kekerasan") or flag in ("telanjang", "seksual", "meninggal")
        assert no_photo != ("foto" in answers)


@pytest.mark.parametrize(
    "what",
    [
        {},
        {"kind": "Gangguan jiwa", "danger": "Dirantai"},
        {"kind": "Anak", "danger": "Tidak ada", "story": "Anak itu tidur di depan toko."},
        {"place": "Kota Batu, Kec. Bumiaji", "story": "Sudah dua hari."},
    ],
)
async def test_the_short_way_of_other_stories_makes_the_same_report(w: World, what: dict[str, str]) -> None:
    siti, ani = w.person("Siti"), w.person("Ani")
    await w.reports(siti, **what)
    await w.reports_by_buttons(ani, **what)
    bodies, numbers = [], []
    for phone in (siti, ani):
        report, _ = (await w.read(partial(_reports, phone)))[0]
        numbers.append(report.number)
        bodies.append(await w.read(partial(cases.content, report=report)))
    assert bodies[0] == bodies[1]
    receipts = [phone.find("Nomor laporan") for phone in (siti, ani)]
    assert receipts[0] and receipts[1] and receipts[0].text.replace(*numbers) == receipts[1].text


def _reports(phone: Phone, session: Session) -> Sequence[tuple[Report, Case]]:
    return cases.reports_of(session, chat_of(session, phone))


@pytest.mark.parametrize("exit_", ["bansos", "bencana"])
async def test_a_question_for_others_ends_in_one_message_and_no_case(w: World, exit_: str) -> None:
    siti = w.person("Siti")
    await resident.begin(w, siti, "jenis")
    before = len(siti.from_bot())
    await press(siti, "jenis", exit_)
    await w.settle()
    assert len(siti.from_bot()) == before + 1
    assert "telepon" in siti.last().text.casefold()
    assert any("Lapor" in label for label in siti.last().labels)
    assert not await resident.numbers(w, siti)
    assert step_asked(siti) == ""


async def test_a_death_is_for_the_police_first(w: World) -> None:
    siti = w.person("Siti")
    await resident.begin(w, siti, "bahaya", jenis="lain")
    await press(siti, "bahaya", "meninggal")
    await w.settle()
    assert siti.find("turut berduka", "polisi 110")
    await w.press(siti, "Tidak")
    assert not await resident.numbers(w, siti)
    await resident.begin(w, siti, "meninggal", jenis="lain", bahaya="meninggal")
    await resident.go(w, siti, "")
    assert len(await resident.numbers(w, siti)) == 1


async def test_whom_to_phone_is_said_first_and_112_only_where_it_answers(w: World) -> None:
    await w.worker("jsc", "35")
    for place, number in ((WONOKROMO, "112"), (TOYOMARTO, "110 (polisi) atau 119 (ambulans)")):
        siti = w.person("Siti")
        await resident.begin(w, siti, "gawat", bahaya="gawat")
        gate = resident.asked(siti)
        assert gate is not None and "110 (polisi) atau 119 (ambulans)" in gate.text and "112" not in gate.text
        await resident.go(w, siti, "", place)
        receipt = siti.find("Nomor laporan")
        assert receipt is not None and f"Telepon {number} sekarang" in receipt.text
        assert not siti.find("Kapan Bapak/Ibu terakhir") and not siti.find("Foto tidak wajib")
