"""[escalation]: the ladder of each urgency, and [[escalation.override]] for places and sorts with another one."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.config.section import Section, one_of
from bot.config.times import Duration, OpenHours
from bot.core.escalation import URGENCIES, Policy, Rung
from bot.core.hours import Hours
from bot.core.roles import LADDER_ROLES
from bot.core.sorts import ANY, Reach, Sort, reaches

LadderRole = Annotated[str, one_of(LADDER_ROLES)]


class RungSettings(Section):
    """One rung: after how long, whom, when each is reminded, and whether it rings again who was asked before."""

    after: Duration
    ask: tuple[LadderRole, ...] = Field(min_length=1)
    remind: tuple[Duration, ...] = ()
    again: bool = False


class Ladder(Section):
    """The ladder of one urgency."""

    rungs: tuple[RungSettings, ...] = Field(min_length=1)
    repeat: Duration
    hours: OpenHours = Hours()
    turns: tuple[tuple[LadderRole, ...], ...] = ()
    alarm: Duration | None = None

    @model_validator(mode="after")
    def _check(self) -> "Ladder":
        self.policy()
        return self

    def policy(self) -> Policy:
        """The ladder as the core knows it."""
        rungs = tuple(Rung(rung.after, tuple(rung.ask), rung.remind, rung.again) for rung in self.rungs)
        return Policy(rungs, self.repeat, self.hours, tuple(tuple(turn) for turn in self.turns), self.alarm)


def _ladder(hours: str, repeat: str, *rungs: tuple[str, str, str], **more: Any) -> Ladder:
    """`remind` of a rung is "again" where it rings again who was asked before."""
    parsed = [
        {"after": after, "ask": ask.split(), "again": True}
        if remind == "again"
        else {"after": after, "ask": ask.split(), "remind": remind.split()}
        for after, ask, remind in rungs
    ]
    return Ladder.model_validate({"rungs": parsed, "repeat": repeat, "hours": hours, **more})


class Override(Section):
    """Other ladders for some cases: by place (islands a day away by boat, row 144), by flag and by category (row 37).

    With a place and a sort, both must fit; with flags and categories, one of them is enough.
    """

    kecamatan: tuple[str, ...] = Field(default=(), min_length=1)
    """Codes of kecamatan, or of a whole kabupaten/kota; with none, everywhere."""
    flag: tuple[str, ...] = Field(default=(), min_length=1)
    category: tuple[str, ...] = Field(default=(), min_length=1)
    darurat: Ladder | None = None
    mendesak: Ladder | None = None
    biasa: Ladder | None = None

    @model_validator(mode="after")
    def _check(self) -> "Override":
        if not (self.kecamatan or self.flag or self.category):
            raise ValueError("kecamatan: for whom is missing: kecamatan, category or flag")
        if not (self.darurat or self.mendesak or self.biasa):
            named = next(key for key in ("kecamatan", "category", "flag") if getattr(self, key))
            raise ValueError(f"{named}: a ladder is missing: darurat, mendesak or biasa")
        return self

    def reach(self) -> tuple[Reach, ...]:
        """For what it is meant, one by one."""
        found = []
        for place in self.kecamatan or (None,):
            found += [Reach(place, "flag", code) for code in self.flag]
            found += [Reach(place, "category", code) for code in self.category]
        return tuple(found or (Reach(place) for place in self.kecamatan))


class Escalation(Section):
    """The ladders (design: the table of urgencies)."""

    darurat: Ladder = _ladder(
        "always",
        "1h",
        ("0s", "tksk koordinator dinsos", "5m 10m"),
        ("15m", "jsc", ""),
        ("25m", "jsc jsc2", "again"),
        ("40m", "jsc jsc2", "again"),
        turns=(("jsc2",), ("jsc", "koordinator", "dinsos")),
        alarm="1h",
    )
    mendesak: Ladder = _ladder(
        "06:00-22:00",
        "3h",
        ("0s", "tksk", "1h"),
        ("2h", "deputy koordinator", ""),
        ("4h", "dinsos", ""),
        ("8h", "jsc", ""),
    )
    biasa: Ladder = _ladder(
        "07:00-20:00 not sunday",
        "24h",
        ("0s", "tksk", "4h 20h"),
        ("24h", "deputy koordinator", ""),
        ("48h", "dinsos", ""),
        ("72h", "jsc", ""),
    )

    override: tuple[Override, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> "Escalation":
        seen: set[Reach] = set()
        for number, override in enumerate(self.override):
            for reach in override.reach():
                if reach in seen:
                    where, code = (reach.by, reach.code) if reach.by else ("kecamatan", reach.place)
                    there = f" for {reach.place}" if reach.by and reach.place else ""
                    raise ValueError(f"override.{number}.{where}: {code} stands twice{there}")
                seen.add(reach)
        return self

    def policy(self, urgency: str, place: str | None = None, sort: Sort = ANY) -> Policy:
        """The ladder of an urgency at a place (code of a kecamatan or kabupaten/kota) for a sort of case."""
        return self.ladder(urgency, place, sort)[0].policy()

    def ladder(self, urgency: str, place: str | None, sort: Sort = ANY) -> tuple[Ladder, Reach | None]:
        """The ladder, and for what the override that it stands in is meant (None: it is the usual one)."""
        assert urgency in URGENCIES
        known = {reach: override for override in self.override for reach in override.reach()}
        for reach in reaches(place, sort):
            override = known.get(reach)
            ladder: Ladder | None = getattr(override, urgency) if override is not None else None
            if ladder is not None:
                return ladder, reach
        default: Ladder = getattr(self, urgency)
        return default, None
