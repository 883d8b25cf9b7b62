"""Residents: each tells whole reports by pressing what their phone shows, whatever order crashes bring it in."""

import random
import re
from dataclasses import dataclass
from typing import Literal

from tests.campaign.people import TRIES, Bubble, Person, Silent

NUMBER = re.compile(r"Nomor laporan: (TS-[0-9A-Z-]+)")


@dataclass(frozen=True, slots=True)
class Spot:
    """A kecamatan as it reads on the buttons, as people type it, and its code."""

    kabupaten: str
    kecamatan: str
    typed: str
    code: str


SPOTS = (
    Spot("Kab. Malang", "Kec. Singosari", "singosari malang", "35.07.24"),
    Spot("Kab. Malang", "Kec. Lawang", "lawang malang", "35.07.25"),
    Spot("Kab. Jember", "Kec. Kencong", "kencong jember", "35.09.02"),
    Spot("Kab. Jember", "Kec. Puger", "puger jember", "35.09.08"),
    Spot("Kota Malang", "Kec. Klojen", "klojen kota malang", "35.73.02"),
)
KINDS = ("Lansia", "Gangguan jiwa", "Sakit, tidak", "Anak terlantar", "Terlantar / kehabisan")
STORIES = ("Bapak tua sendirian, kurus sekali.", "Di gubuk belakang masjid <b>Al-Ikhlas</b>.", "Sudah dua hari begini.")
SIMPLE = (
    "Tidak usah menelepon",
    "Jangan telepon",
    "Boleh, sapa saya",
    "Tidak bisa telepon",
    "Ya, lapor",
    "Setuju",
    "Lanjutkan",
    "Tidak tahu",
)
LOBBY = ("Bukan semua", "Lapor lagi", "Lihat laporan", "📝 Lapor")
SEND = "Kirim laporan"
SCROLLS = 40
"""So many messages are read back: after an outage a number may come with all that was asked for again and again."""
ERASED = ("Tetangga", "Keluarga saya", *KINDS, "Hari ini", "Kemarin")
"""Answers after which a tidy person may delete the question."""

Answer = tuple[Literal["press", "say", "photo"], str]


class Resident:
    """One person and the reports they have to tell."""

    def __init__(self, person: Person, reports: int, chance: random.Random) -> None:
        self.person, self.reports, self._chance = person, reports, chance
        self.numbers: list[str] = []
        self._spot = chance.choice(SPOTS)
        self._answered: set[tuple[int, tuple[str, ...]]] = set()
        self._floor = 0

    async def live(self) -> None:
        """Tell every report; raises Silent when the bot does not answer."""
        await self.person.arrive()
        while len(self.numbers) < self.reports:
            await self._report()
            self._spot = self._chance.choice(SPOTS)

    async def _report(self) -> None:
        silent = 0
        while True:
            self.person.changed.clear()
            screen = await self.person.look(last=SCROLLS)
            if self._finished(screen):
                return
            question = self._question(screen)
            key = (question.number, question.labels) if question else None
            if question is not None and key not in self._answered and await self._act(question):
                assert key is not None
                self._answered.add(key)
                silent = 0
            if await self.person.wait():
                continue
            silent += 1
            self.person.repeats += 1
            if silent >= TRIES:
                labels = ", ".join(question.labels) if question else "nothing"
                raise Silent(f"{self.person.user}: nothing new for {silent * self.person.patience:.0f} s; {labels}")
            if key is None or key not in self._answered:  # nothing, or nothing that leads on
                await self.person.arrive()
            else:
                self._answered.discard(key)

    def _finished(self, screen: list[Bubble]) -> bool:
        for bubble in screen:
            found = NUMBER.search(bubble.text)
            if found and found[1] not in self.numbers:
                self.numbers.append(found[1])
                self._floor = bubble.number
                return True
        return False

    def _question(self, screen: list[Bubble]) -> Bubble | None:
        """The newest question of this report; before there is one, whatever has buttons."""
        shown = [bubble for bubble in screen if bubble.buttons]
        asked = (b for b in shown if b.number > self._floor and any(data[:2] in ("p:", "n:") for _, data in b.buttons))
        return next(asked, shown[0] if shown else None)

    async def _act(self, question: Bubble) -> bool:
        match self._answer(question):
            case ("press", needle):
                done = await self.person.press(question, needle)
                if done and needle == SEND and self._chance.random() < 0.15:
                    await self.person.press(question, needle)  # an impatient thumb
                if done and needle in ERASED and self._chance.random() < 0.1:
                    await self.person.erase(question)  # the bubble that is to turn into the next question
                return done
            case ("say", text):
                await self.person.say(text)
            case ("photo", _):
                await self.person.photo()
            case _:
                return False
        return True

    def _answer(self, question: Bubble) -> Answer | None:
        """What this person answers to these buttons."""

        def shows(*needles: str) -> str | None:
            return next((needle for needle in needles if question.button(needle)), None)

        chance = self._chance
        if shows(SEND):
            return ("press", SEND)
        if shows("Tanpa foto"):
            return ("photo", "") if chance.random() < 0.3 else ("press", "Tanpa foto")
        if shows("Kemarin"):
            return ("press", chance.choice(("Sekarang", "Hari ini", "Kemarin", "Lebih lama")))
        if shows("Lewati"):
            return ("say", chance.choice(STORIES)) if chance.random() < 0.3 else ("press", "Lewati")
        if shows("Pilih dari daftar"):
            return ("say", self._spot.typed) if chance.random() < 0.4 else ("press", "Pilih dari daftar")
        if place := shows(self._spot.kecamatan, self._spot.kabupaten):
            return ("press", place)
        if shows("Tidak ada"):
            dangers = [label for label in question.labels if not label.startswith(("⬅", "🗑", "🧹"))]
            return ("press", chance.choice(dangers)) if chance.random() < 0.7 else ("press", "Tidak ada")
        if shows("Gangguan jiwa"):
            return ("press", chance.choice(KINDS))
        if shows("Keluarga saya"):
            return ("press", chance.choice(("Tetangga", "Keluarga saya", "Orang di jalan", "Saya sendiri")))
        if (page := shows("Berikutnya")) and any("Kec." in label or "Kab." in label for label in question.labels):
            return ("press", page)
        needle = shows(*SIMPLE, *LOBBY)
        return ("press", needle) if needle else None
