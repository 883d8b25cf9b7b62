"""[escalation]: the ladder of each urgency, and [[escalation.override]] for places with another one."""

from typing import Annotated, Any

from pydantic import Field, model_validator

from bot.config.section import Section, one_of
from bot.config.times import Duration, OpenHours
from bot.core.escalation import URGENCIES, Policy, Rung
from bot.core.hours import Hours
from bot.core.roles import LADDER_ROLES

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
    """Other ladders for some kecamatan, or for the whole of a kabupaten/kota: islands a day away by boat (row 144)."""

    kecamatan: tuple[str, ...] = Field(min_length=1)
    darurat: Ladder | None = None
    mendesak: Ladder | None = None
    biasa: Ladder | None = None

    @model_validator(mode="after")
    def _check(self) -> "Override":
        if not (self.darurat or self.mendesak or self.biasa):
            raise ValueError("kecamatan: a ladder is missing: darurat, mendesak or biasa")
        return self


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
        seen: set[str] = set()
        for number, override in enumerate(self.override):
            for code in override.kecamatan:
                if code in seen:
                    raise ValueError(f"override.{number}.kecamatan: {code} stands twice")
                seen.add(code)
        return self

    def policy(self, urgency: str, place: str | None = None) -> Policy:
        """The ladder of an urgency at a place (code of a kecamatan or kabupaten/kota)."""
        return self.ladder(urgency, place)[0].policy()

    def ladder(self, urgency: str, place: str | None) -> tuple[Ladder, str | None]:
        """The ladder, and the code of the override it stands in: that of the kecamatan before the kabupaten's."""
        assert urgency in URGENCIES
        for code in dict.fromkeys((place, place[:5])) if place else ():
            for override in self.override:
                ladder: Ladder | None = getattr(override, urgency)
                if ladder is not None and code in override.kecamatan:
                    return ladder, code
        default: Ladder = getattr(self, urgency)
        return default, None
