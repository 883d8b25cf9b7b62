"""A second flow is data: one driver walks every flow by buttons, by typing, back, over a restart, and two at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest
from sqlmodel import func, select

from bot.core.contact_flow import CONTACT
from bot.core.correct_flow import CORRECT
from bot.core.flow import Flow
from bot.core.flows import FLOWS
from bot.core.leave_flow import LEAVE
from bot.core.reason_flow import REASON
from bot.core.rename_flow import RENAME
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from handlers.flows import ENDS
from handlers.hear import OPEN
from storage import drafts
from storage.session import Session
from storage.tables import Draft, Leave, Report
from tests.support.engines import ENGINES
from tests.support.length import many, pairs
from tests.support.references import chat_of
from tests.support.resident import QUIET, TOYOMARTO, next_press, step_asked
from tests.support.world import SINGOSARI, World


@dataclass(frozen=True)
class Script:
    """How somebody goes through a flow: what they press, and what they type instead."""

    opens: str
    pressed: Mapping[str, str]
    typed: Mapping[str, tuple[str, ...]]
    made: type[Report] | type[Leave]
    steps: tuple[str, ...] = field(default=())


LIVED = {
    REPORT.name: Script(
        "/lapor",
        QUIET,
        {
            "setuju": ("ya",),
            "siapa": ("tetangga",),
            "jenis": ("2",),
            "bahaya": ("tidak ada",),
            "tempat": ("toyomarto singosari", "1"),
            "patokan": ("belakang masjid",),
            "kapan": ("hari ini",),
            "cerita": ("Kakek sendirian, tidak ada yang memasak",),
            "foto": ("lewati", "tanpa foto"),
            "kontak": ("tidak usah menelepon",),
            "tinjau": ("kirim",),
        },
        Report,
        ("setuju", "siapa", "jenis", "bahaya", "tempat", "patokan", "kapan", "cerita", "foto", "kontak", "tinjau"),
    ),
    LEAVE.name: Script(
        "/cuti",
        {"sejak": "2026-03-03", "hingga": "2026-03-10", "pengganti": "tidaktahu", "yakin": "ya"},
        {"sejak": ("besok",), "hingga": ("7",), "pengganti": ("Bu Rina",), "yakin": ("ya",)},
        Leave,
        ("sejak", "hingga", "pengganti", "yakin"),
    ),
}
BOTH = pytest.mark.parametrize("flow", [REPORT, LEAVE], ids=lambda flow: flow.name)


async def opened(w: World, phone: Phone, flow: Flow) -> None:
    await w.say(phone, LIVED[flow.name].opens)


async def press_on(w: World, phone: Phone, flow: Flow, until: str = "") -> list[str]:
    """Press one answer after the other until the step `until` is asked; returns the steps that were asked."""
    seen: list[str] = []
    while (step := step_asked(phone)) != until and flow.step(step) is not None:
        seen += [step] if step not in seen else []
        found = next_press(phone, LIVED[flow.name].pressed, TOYOMARTO)
        assert found is not None
        await phone.forge(found[1], message_id=found[0].message_id)
        await w.settle()
        assert len(seen) < 40
    return seen


async def count(w: World, what: type[Report] | type[Leave] | type[Draft]) -> int:
    found: int = await w.read(lambda s: s.exec(select(func.count()).select_from(what)).one())
    return found


async def talks_to(w: World, phone: Phone) -> str:
    draft = await w.read(lambda s: drafts.of(s, chat_of(s, phone)))
    return draft.flow if draft else ""


def test_every_flow_is_walked() -> None:
    elsewhere = {CORRECT.name, RENAME.name, CONTACT.name, REASON.name}
    assert LIVED.keys() | elsewhere == FLOWS.keys(), "test_correcting, _staff, _phone and _passing_on walk those"


def test_every_flow_is_opened_and_ends() -> None:
    assert FLOWS.keys() == ENDS.keys()
    assert {flow.name for flow in FLOWS.values() if flow.script.opened_by} == OPEN.keys()


@BOTH
async def test_every_step_by_buttons(w: World, flow: Flow) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await opened(w, tksk, flow)
    assert tuple(await press_on(w, tksk, flow)) == LIVED[flow.name].steps
    assert await count(w, LIVED[flow.name].made) == 1 and await count(w, Draft) == 0


@BOTH
async def test_every_step_by_typing(w: World, flow: Flow) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await opened(w, tksk, flow)
    for step in LIVED[flow.name].steps:
        assert step_asked(tksk) == step
        for text in LIVED[flow.name].typed[step]:
            if step_asked(tksk) == step:
                await w.say(tksk, text)
    assert await count(w, LIVED[flow.name].made) == 1 and await count(w, Draft) == 0


@BOTH
async def test_back_from_every_step_and_on_again(w: World, flow: Flow) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await opened(w, tksk, flow)
    steps = [step.name for step in flow.steps if not step.consent and step.name in LIVED[flow.name].steps]
    await press_on(w, tksk, flow, steps[-1])
    seen = [step_asked(tksk)]
    for n in range(30):
        if n % 2:
            await w.say(tksk, "kembali")
        else:
            await w.press(tksk, "Kembali")
        if tksk.find("Ini pertanyaan pertama"):
            break
        seen += [step_asked(tksk)] if step_asked(tksk) != seen[-1] else []
    assert seen == steps[::-1]
    await press_on(w, tksk, flow)
    assert await count(w, LIVED[flow.name].made) == 1


async def test_a_restart_at_every_step_of_every_flow(w: World) -> None:
    stand: dict[Phone, tuple[Flow, str]] = {}
    for flow in (REPORT, LEAVE):
        for step in LIVED[flow.name].steps[:: many(1, 2)]:
            tksk = await w.worker("tksk", SINGOSARI)
            stand[tksk] = flow, step
            await opened(w, tksk, flow)
            await press_on(w, tksk, flow, step)
    before = {phone: len(phone.from_bot()) for phone in stand}
    await w.stop()
    await w.start()
    await w.settle()
    assert {phone: len(phone.from_bot()) for phone in stand} == before, "a restart is nobody's news"
    for phone, (flow, step) in stand.items():
        assert step_asked(phone) == step
        if flow is LEAVE or step in ("kontak", "tinjau"):  # the rest of the way is walked by test_back
            await press_on(w, phone, flow)
            assert not await w.read(partial(_drafts, phone))
    assert await count(w, Leave) == sum(flow is LEAVE for flow, _ in stand.values())


def _drafts(phone: Phone, session: Session) -> Sequence[Draft]:
    return drafts.all_of(session, chat_of(session, phone))


@BOTH
async def test_cancelled_at_any_step_nothing_is_left(w: World, flow: Flow) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    for step in LIVED[flow.name].steps[1::2]:
        await opened(w, tksk, flow)
        await press_on(w, tksk, flow, step)
        await w.press(tksk, "Batal")
        assert await count(w, Draft) == 0 and await count(w, LIVED[flow.name].made) == 0
        assert "lapor" in tksk.last().text or "Laporan" in tksk.last().text
        assert step_asked(tksk) == ""


@pytest.mark.parametrize(("both", "flow"), pairs(ENGINES, (LEAVE, REPORT)), indirect=["both"])
async def test_two_at_once_and_each_goes_on(both: World, flow: Flow) -> None:
    """A TKSK reports while a leave is half filled in, and the other way round."""
    w = both
    other = REPORT if flow is LEAVE else LEAVE
    tksk = await w.worker("tksk", SINGOSARI)
    await opened(w, tksk, flow)
    half = LIVED[flow.name].steps[2]
    await press_on(w, tksk, flow, half)
    waiting = tksk.last()
    await opened(w, tksk, other)
    assert await count(w, Draft) == 2 and await talks_to(w, tksk) == other.name
    await press_on(w, tksk, other, LIVED[other.name].steps[2])
    await w.stop()
    await w.start()
    await w.say(tksk, "kembali")
    assert step_asked(tksk) == LIVED[other.name].steps[1], "what is typed goes to the question shown last"
    value = LIVED[flow.name].pressed[half]
    button = next(b for b in waiting.buttons if b.data and b.data.endswith(f":{half}:{value}"))
    await tksk.forge(button.data or "", message_id=waiting.message_id)
    await w.settle()
    assert await talks_to(w, tksk) == flow.name, "a press on the older question goes on with its own conversation"
    assert step_asked(tksk) == LIVED[flow.name].steps[3]
    await press_on(w, tksk, flow)
    assert await count(w, LIVED[flow.name].made) == 1 and await count(w, Draft) == 1
    assert step_asked(tksk) == LIVED[other.name].steps[1], "the other one asks its question again"
    await press_on(w, tksk, other)
    assert await count(w, LIVED[other.name].made) == 1 and await count(w, Draft) == 0


async def test_an_old_one_that_is_mentioned_takes_no_word_from_the_one_at_hand(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await opened(w, tksk, LEAVE)
    await press_on(w, tksk, LEAVE, "hingga")
    await w.passes(minutes=50)
    await opened(w, tksk, REPORT)
    await press_on(w, tksk, REPORT, "cerita")
    await w.passes(minutes=15)
    assert "belum selesai diisi" in tksk.last().text
    await w.say(tksk, "10 hari tidak makan, kurus sekali")
    assert step_asked(tksk) == "foto", "the story is the story"
    await w.press(tksk, "Lanjutkan")
    await w.say(tksk, "10")
    assert step_asked(tksk) == "pengganti"


async def test_what_is_heard_beside_an_open_offer(w: World) -> None:
    """The rows of the table before "open offer": an own number, a word that opens, a worker's own contact."""
    siti = w.person("Siti", phone_number="+6281234567890")
    number = await w.reports(siti)
    await siti.photo()
    await w.settle()
    await w.say(siti, "tidak")  # it is not for the report that there is
    assert siti.find("Mau dijadikan laporan?")
    await w.say(siti, number)
    assert f"Laporan {number}" in siti.last().text
    await siti.contact()
    await w.settle()
    assert siti.find("belum ada di daftar petugas") and siti.find("Mau dijadikan laporan?")
    await w.say(siti, "lapor")
    assert step_asked(siti) == "setuju"
    offered = siti.find("Mau dijadikan laporan?")
    assert offered is not None and not offered.buttons
    await press_on(w, siti, REPORT)
    assert await count(w, Report) == 2


async def test_a_keyboard_of_one_conversation_does_not_stay_for_the_other(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.say(tksk, "/tugas")
    await opened(w, tksk, REPORT)
    await press_on(w, tksk, REPORT, "kontak")
    await w.press(tksk, "Boleh, kirim nomor saya")
    assert tksk.keyboard()
    await w.press(tksk, "🧳 Cuti")  # an inline button: nothing that is typed hides the keyboard first
    assert not tksk.keyboard() and step_asked(tksk) == "sejak"
    await press_on(w, tksk, LEAVE)
    assert tksk.keyboard(), "the number is asked for again"
    await w.press(tksk, "Kirim nomor saya")
    await press_on(w, tksk, REPORT)
    assert await count(w, Report) == 1 and await count(w, Leave) == 1


async def test_opening_an_unfinished_one_again_offers_it_and_begins_no_other(w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    for flow, words in ((REPORT, "Laporan Bapak/Ibu belum terkirim"), (LEAVE, "belum selesai diisi")):
        await opened(w, tksk, flow)
        await press_on(w, tksk, flow, LIVED[flow.name].steps[2])
        await opened(w, tksk, flow)
        offer = tksk.last()
        assert words in offer.text and ("110" in offer.text) == flow.script.danger
        await w.press(tksk, "Lanjutkan")
        assert step_asked(tksk) == LIVED[flow.name].steps[2]
    assert await count(w, Draft) == 2
