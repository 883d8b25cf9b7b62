"""Workers: they take, read, decline, close, undo; for a share of the cases four press at the same moment."""

import asyncio
import random
from dataclasses import dataclass, field

from tests.campaign.people import Bubble, Person

TAKE = ("Saya tangani", "Saya pegang (JSC)")
HABITS = (("race", 0.35), ("take", 0.25), ("read", 0.1), ("decline", 0.12), ("undo", 0.06), ("ignore", 0.12))
"""What becomes of a case, and how often."""
OPEN_AGAIN = ("decline", "undo")
"""Habits after which the next one who is asked takes the case."""


@dataclass(slots=True)
class Staff:
    """Everybody with a role, and what was decided about each case."""

    chance: random.Random
    members: list["Worker"] = field(default_factory=list)
    decided: dict[str, str] = field(default_factory=dict)
    races: int = 0

    def habit(self, case: str) -> str:
        """What is to become of a case; decided once, by whoever sees it first."""
        if case in self.decided:
            return "take" if self.decided[case] in OPEN_AGAIN else ""
        names, shares = zip(*HABITS, strict=True)
        self.decided[case] = self.chance.choices(names, shares)[0]
        return self.decided[case]

    def racers(self, one: "Worker") -> list["Worker"]:
        """Who was asked, and three more who may take the same case: the koordinator and two of JSC."""
        others = [worker for worker in self.members if worker is not one]
        near = [worker for worker in others if worker.role == "koordinator" and worker.area == one.area[:5]]
        return [one, *near, *(worker for worker in others if worker.role == "jsc")][:4]


class Worker:
    """One person with a role."""

    def __init__(self, person: Person, role: str, area: str, staff: Staff) -> None:
        self.person, self.role, self.area, self._staff = person, role, area, staff
        self._seen: set[int] = set()
        staff.members.append(self)

    async def live(self) -> None:
        """Watch the phone until cancelled."""
        while True:
            self.person.changed.clear()
            await self._glance()
            await self.person.wait(5)

    async def _glance(self) -> None:
        """Act on every card that was not acted on yet."""
        for bubble in reversed(await self.person.look(30)):
            data = next((data for label, data in bubble.buttons if label.endswith(TAKE)), None)
            if data is not None and bubble.number not in self._seen:
                self._seen.add(bubble.number)
                await self._act(bubble, data)

    async def _act(self, card: Bubble, data: str) -> None:
        habit = self._staff.habit(data.split(":")[1])
        if habit in ("read", "decline"):
            await self.person.press(card, "Buka rincian" if habit == "read" else "Tidak bisa")
        if habit in ("take", "undo", "read"):
            await self.person.forge(data, card.number)
        match habit:
            case "race":
                self._staff.races += 1
                await asyncio.gather(*(other.person.forge(data) for other in self._staff.racers(self)))
            case "undo":
                await self._follow("Salah pencet")
            case "read":
                await self._follow("Selesai", "Tertolong")
            case "decline":
                await self._follow("Sedang sakit")

    async def _follow(self, *needles: str) -> None:
        """Press what the answers offer, one after the other, if these come while the worker still holds the phone."""
        left = list(needles)
        for _ in range(8):
            self.person.changed.clear()
            for bubble in await self.person.look(6):
                if bubble.button(left[0]) and await self.person.press(bubble, left[0]):
                    left.pop(0)
                    break
            if not left:
                return
            await self.person.wait(2)
