"""The main job told by phones: a report, no answer, reminder, koordinator, JSC takes over, the resident hears."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.app import App
from bot.core.hours import WIB
from bot.core.news_clock import APART
from bot.demo.turning import pass_time, settle
from bot.localtelegram.phones import Group, Phone
from bot.localtelegram.refused import NoSuchThing
from bot.localtelegram.server import LocalTelegram
from storage import roster

SINGOSARI, MALANG = "35.07.24", "35.07"
LONGEST = timedelta(days=2)
"""By then the ladder has reached JSC, or something is wrong."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who works in the demo: the three of Singosari and above, and the group in which JSC reads."""

    tksk: Phone
    koordinator: Phone
    jsc: Phone
    group: Group


def gather(telegram: LocalTelegram) -> Cast:
    """The people and their group; made before the bot starts, whose settings name the group."""
    tksk = telegram.phone(6_000_000_001, "Budi")
    koordinator = telegram.phone(6_000_000_002, "Rahma")
    jsc = telegram.phone(6_000_000_003, "Rina")
    return Cast(tksk, koordinator, jsc, telegram.group("JSC Jawa Timur", [jsc]))


async def hire(app: App, telegram: LocalTelegram, cast: Cast) -> None:
    """Each of them comes in by an invite link."""
    places = (
        (cast.tksk, "tksk", SINGOSARI),
        (cast.koordinator, "koordinator", MALANG),
        (cast.jsc, "jsc", roster.PROVINCE),
    )
    for phone, role, area in places:
        token = await app.db.run(lambda session, role=role, area=area: _invite(session, role, area, app.clock.now()))  # type: ignore[misc]
        await phone.start(f"i_{token}")
    await settle(app, telegram)


def _invite(session: Any, role: str, area: str, now: datetime) -> str:
    return roster.invite(session, role, area, now, trusted=True)[0]


class Stage(ABC):
    """Where the story is played; a terminal prints what `show` finds, the page shows it by itself."""

    def __init__(self, app: App, telegram: LocalTelegram, cast: Cast) -> None:
        self.app, self.telegram, self.cast = app, telegram, cast

    @abstractmethod
    def title(self, text: str) -> None:
        """A line of the narrator."""

    @abstractmethod
    async def show(self) -> None:
        """Let people read what is new."""

    async def done(self) -> None:
        """Wait for what a deed causes, and let people read it."""
        await settle(self.app, self.telegram)
        await self.show()

    async def press(self, phone: Phone, *labels: str, **where: Any) -> None:
        """Press buttons one after the other."""
        for label in labels:
            await phone.press(label, **where)
            await self.done()

    async def say(self, phone: Phone, text: str) -> None:
        """Say something."""
        await phone.say(text)
        await self.done()

    async def passes(self, until: datetime) -> None:
        """Time passes."""
        await pass_time(self.app, self.telegram, until, self.show)

    async def passes_until_read(self, group: Group, words: str) -> int:
        """Time passes from event to event until the group reads these words; returns the message."""
        limit = self.telegram.clock.now() + LONGEST
        while (found := group.find(words)) is None:
            moment = await self.app.next_moment()
            if moment is None or moment > limit:
                raise NoSuchThing(f"nobody in the group has read {words!r}")
            await self.passes(moment)
        return found.message_id

    async def passes_to_morning(self) -> None:
        """Not at night: the story begins when people are at work."""
        now = self.telegram.clock.now().astimezone(WIB)
        if not 7 <= now.hour < 12:
            day = now if now.hour < 7 else now + timedelta(days=1)
            self.title("Malam lewat (the night passes)")
            await self.passes(day.replace(hour=9, minute=0, second=0, microsecond=0))


async def play(stage: Stage, siti: Phone) -> None:
    """The story, told by somebody new to the bot."""
    cast = stage.cast
    await stage.passes_to_morning()
    stage.title("Warga melapor (a resident reports)")
    await siti.start()
    await stage.done()
    await stage.press(siti, "Lapor", "Setuju", "Tetangga", "Gangguan jiwa", "Tidak makan")
    await stage.say(siti, "singosri malang")
    await stage.press(siti, "Kec. Singosari", "Tidak tahu")
    await stage.say(siti, "belakang masjid Al-Ikhlas")
    await stage.press(siti, "Hari ini")
    await stage.say(siti, "Laki-laki, kira-kira 40 tahun, di gubuk, kurus sekali, sudah lama tidak makan.")
    await stage.press(siti, "Tanpa foto", "Tidak usah menelepon", "Kirim laporan")
    receipt = siti.find("Nomor laporan")
    assert receipt is not None
    number = receipt.text.split("Nomor laporan: ")[1][:9]
    stage.title("Tidak ada yang menjawab; jam diputar (nobody answers; the clock is turned)")
    card = await stage.passes_until_read(cast.group, number)
    stage.title("JSC memegang; warga mendengar kabarnya (JSC takes over; the resident hears it)")
    await stage.press(cast.jsc, "Saya pegang (JSC)", message_id=card, chat=cast.group.id)
    await stage.passes(stage.telegram.clock.now() + APART)  # they heard a moment ago that JSC is asked
