"""People who tell, before and for 30 days after the number: all of it is kept, or was refused in words (R1, R2)."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core.buttons import Go
from bot.localtelegram.phones import Phone
from bot.texts.catalog import Texts
from handlers.added import NONE, OTHER
from storage import additions, cases, drafts
from storage.session import Session
from storage.tables import Addition, Report
from tests.support import resident
from tests.support.length import WHOLE, each
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World

CORRECTS = "v:"
"""Buttons that begin a correction: what is told there answers its questions."""
TIMES = (20, 400, 700, 3 * 3600, 26 * 3600, 3 * 86400)
"""Seconds that pass between two acts, after the number."""
LONG = (20, 400, 3 * 3600, 3 * 86400, 3 * 86400, 5 * 86400)
"""The same for half as many acts."""
MONTH = timedelta(days=30)
STORIES = (
    "tadi pagi orangnya {} terlihat di dekat sawah",
    "sekarang dia {} tidur di emperan toko pojok",
    "kata bu RT keluarganya {} sudah pindah semua",
    "orangnya sakit {} batuk darah sejak kemarin sore",
    "bapaknya {} datang lagi tadi malam marah marah",
)
REFUSED = (
    "berkas_banyak",
    "berkas_besar",
    "berkas_lain",
    "jangan_gambar",
    "tak_paham",
    "ketik_nomor",
    "tempat_tak_ketemu",
)
OFFERED = ("media_awal", "tertunda")
"""Texts that refuse, and texts that offer to make a report of it: who does not send that one was told so."""
SAID = tuple(Texts().of(None).say(key) for key in (*REFUSED, *OFFERED))
UNSAYS = (
    ":batal", ":buang", ":lanjut", ":kembali", f":{OTHER}", f":{NONE}",
    *(f"m:{go}" for go in (Go.DONE, Go.HIDE, Go.LANGUAGE, Go.REPORT, Go.QUICK, Go.DANGER)),
)  # fmt: skip
"""Buttons by which somebody takes back what they told, or puts it into another report that they do not send."""


@dataclass
class Teller:
    """Somebody with much to tell, and what they told so far: each with what the bot said to it."""

    phone: Phone
    rng: random.Random
    told: dict[str, str] = field(default_factory=dict)

    async def tell(self, w: World) -> None:
        before = self.phone.last().message_id
        match self.rng.randrange(6):
            case 0:
                sent = await self.phone.photo()
                mark = sent["photo"][-1]["file_id"]
            case 1:
                sent = await self.phone.voice()
                mark = sent["voice"]["file_id"]
            case _:
                mark = f"w{self.rng.randrange(10**9)}"
                await self.phone.say(self.rng.choice(STORIES).format(mark))
        await w.settle()
        self.told[mark] = "\n".join(m.text for m in self.phone.from_bot() if m.message_id > before)

    async def answer(self, w: World) -> None:
        """Press what the newest question of the bot offers, but nothing that takes back."""
        for message in reversed(self.phone.from_bot()):
            datas = [b.data for b in message.buttons if b.data and not any(part in b.data for part in UNSAYS)]
            datas = [data for data in datas if not data.startswith(CORRECTS)]
            if datas:
                await self.phone.forge(self.rng.choice(datas), message_id=message.message_id)
                break
        await w.settle()

    async def reports(self, w: World) -> None:
        """The shortest way to a number, with much told on the way."""
        await self.phone.start()
        await w.settle()
        await w.press(self.phone, "Lapor")
        for _ in range(40):
            if self.phone.find("Nomor laporan") is not None:
                return
            if self.rng.random() < 0.35:
                await self.tell(w)
            if (found := resident.next_press(self.phone, resident.QUIET, resident.TOYOMARTO)) is not None:
                await self.phone.forge(found[1], message_id=found[0].message_id)
                await w.settle()
        raise AssertionError(f"no number: {self.phone.last().text}")


@pytest.mark.parametrize("seed", each(range(20), 2))
async def test_all_that_is_told_for_a_month_is_kept_or_refused_in_words(seed: int, w: World) -> None:
    rng = random.Random(seed)
    workers = [await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG), await w.worker("jsc", "35")]
    tellers = [Teller(w.person(f"Warga {n}"), random.Random(f"{seed} {n}")) for n in range(3)]
    for teller in tellers:
        await teller.reports(w)
    until = w.now + MONTH
    while w.now < until:
        for teller in tellers:
            await (teller.tell if rng.random() < 0.7 else teller.answer)(w)
        if rng.random() < 0.4:
            await _works(w, rng.choice(workers), rng)
        w.telegram.turn(rng.choice(TIMES if WHOLE else LONG))
        await w.settle()
    for teller in tellers:
        kept = await w.read(partial(_kept, phone=teller.phone))
        lost = [
            mark for mark, said in teller.told.items() if mark not in kept and not any(text in said for text in SAID)
        ]
        assert not lost, {mark: teller.told[mark] for mark in lost}


async def _works(w: World, phone: Phone, rng: random.Random) -> None:
    """A worker presses something of a case."""
    offered = [(m.message_id, b.data) for m in phone.screen(last=8) for b in m.buttons if b.data and m.sender == "bot"]
    if offered:
        message, data = rng.choice(offered)
        await phone.forge(data, message_id=message)
        await w.settle()


def _kept(session: Session, phone: Phone) -> str:
    """All that is kept of what a chat told, as text."""
    chat = chat_of(session, phone)
    found: list[Any] = [drafts.answers_of(session, draft) for draft in drafts.all_of(session, chat)]
    mine = session.exec(select(Report).where(Report.chat_id == chat)).all()
    found += [cases.content(session, report) for report in mine]
    rows = session.exec(select(Addition).where(col(Addition.report_id).in_([one.id for one in mine]))).all()
    found += [additions.content(session, row) for row in rows]
    return repr(found)
