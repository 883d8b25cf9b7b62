"""Two people reported the same person, and one of them does the harm: their screens tell nothing apart (row 134).

Both press and say the same at the same moments, while something happens to the one and not to the other. What they
read is compared byte by byte but for the numbers; in the locked kinds, where whoever harms may live with the person,
with the times too. A reporter reads the state of their own report in one word, when the clock says so: of two cases
only that word may differ.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from sqlmodel import select

from bot.core import buttons as b
from bot.core.report_flow import REPORT
from bot.localtelegram.phones import Phone
from storage import cases, drafts
from storage.session import Session
from storage.tables import Case, Report
from tests.support.case_views import FIELD
from tests.support.length import WHOLE
from tests.support.references import chat_of
from tests.support.resident import numbers
from tests.support.told import REVIEW, SPEECH, told
from tests.support.world import DAY, MALANG, SINGOSARI, World

STATES = [SPEECH.word(f"status-{state}") for state in ("tersimpan", "dihubungi", "petugas", "menunggu", "selesai")]
STATE = re.compile("|".join(map(re.escape, STATES)))
ACTS = ("taken", "noted", "waits", "graver", "closed", "declined", "raised")
WHO = {"tetangga": "Tetangga", "keluarga": "Keluarga", "sendiri": "Saya sendiri"}
HIDES = "Jangan telepon"


@dataclass(frozen=True)
class Kind:
    """What is reported, as both choose it."""

    category: str
    item: str
    who: str

    @property
    def locked(self) -> bool:
        """Whether its news comes by a clock of its own."""
        return self.who == "keluarga" or FIELD.by_fixed_clock(self.category, self.item)


def kinds(category: str) -> Iterator[Kind]:
    """Every danger of a category, by everybody who may report it."""
    items = (*(danger.item for danger in FIELD.categories[category].dangers), "tidakada", "tidaktahu")
    for item, who in itertools.product(items, WHO):
        if who != "sendiri" or FIELD.shielded(category, item):
            yield Kind(category, item, who)


def one_of_each() -> list[Kind]:
    """One of those that the rules treat alike by who reports and what is hidden from whom, and one of each urgency."""
    alike: dict[tuple[object, ...], list[Kind]] = {}
    for kind in itertools.chain(*map(kinds, FIELD.categories)):
        of = (kind.category, kind.item)
        for rule in ((kind.who, kind.locked, FIELD.shielded(*of)), (kind.locked, FIELD.urgency(*of))):
            alike.setdefault(rule, []).append(kind)
    return list(dict.fromkeys(found[len(found) // 2] for found in alike.values()))


EACH = {one: list(kinds(one)) for one in FIELD.categories} if WHOLE else {"one of each": one_of_each()}
"""Every category and all that it may be in the campaign; in each run of the tests one of those that are alike."""


async def sends(w: World, kind: Kind, *phones: Phone) -> None:
    """Each of them reports it, at one moment."""
    key = f"bahaya-{kind.category}-{kind.item}"
    if kind.item in ("tidakada", "tidaktahu"):
        key = "b-tidak-ada" if kind.item == "tidakada" else "b-tidak-tahu"
    labels = ("Setuju", WHO[kind.who], SPEECH.word(f"jenis-{kind.category}"), SPEECH.word(key), HIDES, "Ya, lapor")
    answers = told(*labels, "Pilih dari daftar", "Kab. Malang", "Kec. Singosari", story="sudah lama begitu")
    assert (answers["siapa"], answers["jenis"], answers["bahaya"]) == (kind.who, kind.category, kind.item)

    def begin(session: Session) -> list[str]:
        until = w.now + DAY
        chats = [chat_of(session, phone) for phone in phones]
        return [drafts.begin(session, chat, REPORT.name, answers, w.now, until).id for chat in chats]

    for phone, draft in zip(phones, await w.read(begin), strict=True):
        await phone.forge(b.Pick(draft, 0, REVIEW, "kirim").pack())


async def case_of(w: World, phone: Phone) -> Case:
    """The case of what somebody reported."""

    def find(session: Session) -> Case:
        report = session.exec(select(Report).where(Report.chat_id == chat_of(session, phone))).one()
        return session.get_one(Case, report.case_id)

    found: Case = await w.read(find)
    return found


async def join(w: World, first: Phone, second: Phone) -> None:
    """The second report is found to be about the same person: it belongs to the case of the first."""

    def link(session: Session) -> None:
        mine, theirs = (
            session.exec(select(Report).where(Report.chat_id == chat_of(session, phone))).one()
            for phone in (first, second)
        )
        said, old = cases.content(session, theirs), session.get_one(Case, theirs.case_id)
        assert said is not None
        theirs.case_id = mine.case_id
        cases.keep_content(session, theirs, said)
        old.status, old.next_due_at = "withdrawn", None
        session.add(old)

    await w.read(link)


async def happens(w: World, tksk: Phone, pairs: dict[Kind, tuple[Phone, Phone]]) -> None:
    """Something is done to the case of each first one, another thing each time, and nothing to that of the second."""
    waits: list[list[b.CaseButton]] = []
    for (first, _), act in zip(pairs.values(), itertools.cycle(ACTS), strict=False):
        case = await case_of(w, first)
        one = (case.id, case.round)
        pressed: dict[str, list[b.CaseButton]] = {
            "taken": [b.Take(*one)],
            "noted": [b.Take(*one), b.Progress(*one)],
            "waits": [b.Take(*one), b.Hold(*one, "rsj", 3)],
            "graver": [b.Take(*one), b.Grade(*one, "mendesak", "naik"), b.Grade(*one, "darurat", "naik")],
            "closed": [b.Take(*one), b.Finish(*one, "tertolong")],
            "declined": [b.Decline(*one), b.DeclineFor(*one, "kerabat")],
            "raised": [b.Raise(*one)],
        }
        waits.append(pressed[act])
    for button in itertools.chain(*itertools.zip_longest(*waits)):
        if button is not None:
            await tksk.forge(button.pack())
    await w.settle()


async def turned(w: World, *minutes: int) -> None:
    """The clock is turned to the moments at which news comes."""
    for length in minutes:
        w.telegram.turn(60 * length)
        await w.settle()


async def both_say(w: World, pairs: dict[Kind, tuple[Phone, Phone]], text: str) -> None:
    for pair in pairs.values():
        for phone in pair:
            await phone.say(text)
    await w.settle()


async def both_press(w: World, pairs: dict[Kind, tuple[Phone, Phone]], label: str) -> None:
    """Both press a button where it stands at the one of them; else neither can."""
    for pair in pairs.values():
        there = [any(label in one for one in phone.buttons()) for phone in pair]
        assert there[0] == there[1], (label, [phone.last().words for phone in pair])
        for phone in pair if all(there) else ():
            await phone.press(label)
    await w.settle()


async def screen(w: World, phone: Phone, *, times: bool, state: bool) -> list[object]:
    """All that somebody reads: when, what, with which buttons, and whether it made a sound; their number is "TS"."""
    (number,) = await numbers(w, phone)
    shown: list[object] = []
    for message in phone.from_bot():
        words = message.words.replace(number, "TS")
        words = words if state else STATE.sub("STATUS", words)
        labels = [label.replace(number, "TS") for label in message.labels]
        shown.append((message.date if times else 0, words, labels, message.silent, message.protected))
    return shown


async def pairs_of(w: World, found: Iterable[Kind]) -> dict[Kind, tuple[Phone, Phone]]:
    """Two people for each kind, all of whom have reported."""
    pairs = {kind: (w.person("Siti"), w.person("Pak Slamet")) for kind in found}
    for phone in itertools.chain(*pairs.values()):
        await phone.start()
    await w.settle()
    for kind, pair in pairs.items():
        await sends(w, kind, *pair)
    await w.settle()
    return pairs


async def lives(w: World, pairs: dict[Kind, tuple[Phone, Phone]]) -> None:
    """What reporters do in a day: they ask, tell more, press what they are asked, look."""
    await both_say(w, pairs, "kapan petugas datang pak")
    await both_say(w, pairs, "rumahnya cat hijau, sebelah kandang sapi")
    await both_press(w, pairs, "Tambahkan")
    await turned(w, 16, 46)
    await both_say(w, pairs, "tadi dia ngamuk bawa parang")
    await both_press(w, pairs, "Tidak")
    await both_say(w, pairs, "sampai mana laporan saya")
    await turned(w, 60, 60)
    await both_press(w, pairs, "Sudah telepon")
    await turned(w, 20 * 60)
    await both_say(w, pairs, "sampai mana laporan saya")
    await both_say(w, pairs, "sekarang dia ngamuk lagi bawa parang")
    await both_press(w, pairs, "Ya, sekarang")
    await turned(w, 16)


@pytest.mark.parametrize("found", EACH.values(), ids=EACH)
async def test_two_reporters_of_one_case_read_the_same(w: World, found: list[Kind]) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    pairs = await pairs_of(w, found)
    for pair in pairs.values():
        await join(w, *pair)
    await happens(w, tksk, pairs)
    await lives(w, pairs)
    for kind, (first, second) in pairs.items():
        read = [await screen(w, phone, times=kind.locked, state=True) for phone in (first, second)]
        assert read[0] == read[1], kind


@pytest.mark.parametrize("found", EACH.values(), ids=EACH)
async def test_in_locked_kinds_what_happens_to_the_one_case_shows_by_its_state_alone(
    w: World, found: list[Kind]
) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    pairs = await pairs_of(w, (kind for kind in found if kind.locked))
    await happens(w, tksk, pairs)
    await lives(w, pairs)
    for kind, (first, second) in pairs.items():
        read = [await screen(w, phone, times=True, state=False) for phone in (first, second)]
        assert read[0] == read[1], kind
