"""A province in the morning: cases in every state, made where no story has to be told for them."""

import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.actions import deadlines
from bot.core.hours import WIB
from bot.core.ownership import WAITING
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from storage import timeline
from storage.session import Session
from storage.tables import Case, Report
from storage.types import new_number
from tests.support.world import World, world

AT_SEVEN = {"at": "07:00"}
SEVEN = datetime(2026, 3, 3, 7, tzinfo=WIB).astimezone(UTC)
"""The first morning of a story that begins on Monday at 09.00."""
SURABAYA, WONOKROMO = "35.78", "35.78.04"
NAMES = ("Selamat pagi", "Ringkasan")


@asynccontextmanager
async def morning(tmp: Path, url: str | None = None, **settings: Any) -> AsyncIterator[World]:
    """A world in which summaries are sent."""
    async with world(tmp, url, **{"summary": AT_SEVEN, **settings}) as made:
        yield made


def wib(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of March 2026, as clocks in East Java show it."""
    return datetime(2026, 3, day, hour, minute, tzinfo=WIB).astimezone(UTC)


def a_case(session: Session, w: World, area: str = "35.07.24", **more: Any) -> Case:
    """A case of which nothing is due for ten days; `promised` is what its reporter was told, `late` when they were."""
    made = more.pop("created_at", wib(1, 9))
    promised, late, helped = more.pop("promised", None), more.pop("late", None), more.pop("helped", None)
    sent_by = more.pop("sent_by", "warga")
    values: dict[str, Any] = {
        "number": new_number(),
        "urgency": "biasa",
        "category": "lansia",
        "danger": "tidakada",
        "kabupaten": area[:5] or None,
        "kecamatan": area if len(area) == 8 else None,
        "desa": None,
        "rung": 0,
        "fired_at": made,
        "round_at": made,
        "created_at": made,
        "next_due_at": None if more.get("status") in ("closed", "withdrawn") else w.now + timedelta(days=10),
        **more,
    }
    about = values["category"], values["danger"]
    values["policy_id"] = deadlines.new_policy(w.turn(session), values["urgency"], area or None, *about)
    case = Case(**values)
    session.add(case)
    report = Report(
        number=case.number,
        origin=case.id,
        case_id=case.id,
        chat_id=1,
        body_sealed=None,
        promised_at=promised,
        late_at=late,
        helped=helped,
        sent_by=sent_by,
        helped_at=wib(2, 8) if helped else None,
        created_at=made,
    )
    session.add(report)
    session.flush()
    return case


def taken(session: Session, w: World, owner: str, area: str = "35.07.24", *, at: datetime, **more: Any) -> Case:
    """A case that somebody has taken; with `asked`, they were asked for a word then and gave none."""
    asked = more.pop("asked", None)
    state: dict[str, Any] = {
        "status": "acknowledged",
        "owner_id": owner,
        "acknowledged_at": at,
        "reminded": 1 if asked else 0,
    }
    state["asked_at"] = asked
    case = a_case(session, w, area, **state, **more)
    timeline.note(session, case.id, "acknowledge", owner, at)
    return case


def anything(session: Session, w: World, rng: random.Random, owner: str, areas: list[str]) -> Case:
    """Any case anywhere, in any state that the tables allow."""
    status = rng.choice(("open", "open", "acknowledged", "closed", "withdrawn"))
    made = wib(rng.choice((1, 2, 2, 3)), rng.randrange(7))
    more: dict[str, Any] = {"urgency": rng.choice(("darurat", "mendesak", "biasa")), "created_at": made}
    more["sent_by"] = rng.choice(("warga", "relawan", "petugas"))
    if status == "open":
        more |= {"stuck": rng.random() < 0.3, "rung": rng.randrange(4)}
        more["promised"] = rng.choice((None, wib(3, 6), wib(3, 8)))
    if status == "acknowledged":
        so = rng.choice(("asked", "waiting", "in hand"))
        asked = wib(3, 6) if so == "asked" else None
        if so == "waiting":
            more |= {"waiting_for": rng.choice(WAITING), "heard": 1}
        return taken(session, w, owner, rng.choice(areas), at=made, asked=asked, **more)
    if status == "closed":
        more |= {"closed_at": wib(rng.choice((1, 2, 3)), 6), "helped": rng.choice(("sudah", "belum", "ulang"))}
    return a_case(session, w, rng.choice(areas), status=status, **more)


def summaries(phone: Phone) -> list[Shown]:
    """The summaries on a screen, oldest first."""
    return [message for message in phone.from_bot() if message.text.lstrip("📊 ").startswith(NAMES)]


def lines(message: Shown) -> list[str]:
    """What a message says, line by line."""
    return [line for line in message.text.splitlines() if line]


async def until_seven(w: World) -> None:
    """The night passes."""
    await w.passes(seconds=(SEVEN - w.now).total_seconds())
