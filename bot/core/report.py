"""What one person reported, as a type: whoever acts on a report reads its fields, never the keys of a draft.

A report is stored as JSON with a version; what an earlier version stored is read as it was meant. Moments are dates:
"today" is true on the day it was said only.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.core.hours import WIB
from bot.core.media import RECORDINGS
from bot.core.report_facts import (
    ON_BEHALF,
    WAY,
    asks_resident,
    is_quick,
    landmark,
    may_be_phoned,
    mentioned,
    offered,
    reached,
    skips_kecamatan,
    story,
)

VERSION = 1
AGO = {"sekarang": 0, "hariini": 0, "kemarin": 1}
"""How many days ago the person was seen, by the answer; the other answers name no day."""


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture or recording: Telegram's kind and id, by which it is sent again, and what it shows."""

    kind: str
    file_id: str
    look: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What was told; texts are as they were written, codes are those of the flow and of the places."""

    who: str
    """tetangga, keluarga, jalan, sendiri, or wakil (for a resident): who needs help, seen from the reporter."""
    category: str
    danger: str
    """The item of the category's danger list, "tidakada" or "tidaktahu"."""
    kabupaten: str | None = None
    kecamatan: str | None = None
    desa: str | None = None
    point: tuple[float, float] | None = None
    """Degrees; only if a pin was sent."""
    landmark: str = ""
    seen: str | None = None
    """sekarang, hariini, kemarin, lama, dengar; None when it was not asked."""
    seen_on: date | None = None
    """The day in WIB on which the person was seen; None when no day was named."""
    story: str = ""
    media: tuple[Medium, ...] = ()
    phone: str | None = None
    """The number that may be phoned: the reporter's,"""
    of_resident: bool = False
    """or that of the resident whom they report for."""
    phoned: str | None = None
    """sudah or takbisa: whether police or ambulance were phoned; None when nobody said."""
    skips_kecamatan: bool = False
    reach: str | None = None
    """How whoever is harmed may be reached: jangan, lewat, pukul, saya; None where that was not asked."""
    way: str = ""
    """Through whom, or at what hours, in their words."""
    quick: bool = False
    """Only danger and place were asked: who it is, which kind and when they were seen is not known."""
    mentioned: tuple[str, ...] = ()
    """What dangers the words were about that were asked about at once, whatever was answered."""
    despairs: bool = False
    """Whether words after the number told of a wish to die."""
    unkept: int = 0
    """How many pictures were offered that must not be kept."""
    unkept_album: str = ""
    """The album to which the newest of them belongs: of an album one word is said."""

    @property
    def recorded(self) -> bool:
        """Whether it was told by a recording, and in no words."""
        return not self.story and any(medium.look in RECORDINGS for medium in self.media)

    @property
    def of_oneself(self) -> bool:
        """Whether somebody reported for themselves."""
        return self.who == "sendiri"

    @property
    def of_family(self) -> bool:
        """Whether somebody reported a person they are kin to, and may live with."""
        return self.who == "keluarga"

    @property
    def on_behalf(self) -> bool:
        """Whether a volunteer, a village official or a worker reported for a resident."""
        return self.who == ON_BEHALF

    @property
    def contact(self) -> str | None:
        """Who can be asked about a resident whom somebody reported for: warga, pelapor, bot; None for other reports."""
        if not self.on_behalf:
            return None
        return "bot" if self.phone is None else "warga" if self.of_resident else "pelapor"

    def phoned_by(self, answer: str) -> "Report":
        """The report with what its reporter says later of a call."""
        return replace(self, phoned=answer)

    def to_json(self) -> dict[str, Any]:
        """The report as JSON keeps it."""
        body = asdict(self)
        body["seen_on"] = self.seen_on.isoformat() if self.seen_on else None
        return {"v": VERSION, **body}


def from_answers(answers: Mapping[str, Any], at: datetime) -> Report:
    """The report that these answers of the flow make at the moment `at` (aware)."""
    place = answers.get("tempat") or {}
    seen = answers.get("kapan")
    pin = place.get("pin")
    return Report(
        who=answers.get("siapa", "tetangga"),
        category=answers["jenis"],
        danger=answers["bahaya"],
        kabupaten=place.get("kab"),
        kecamatan=place.get("kec"),
        desa=place.get("desa"),
        point=(pin[0], pin[1]) if pin else None,
        landmark=landmark(answers),
        seen=seen,
        seen_on=_day(seen, at),
        story=story(answers),
        media=tuple(_medium(entry) for entry in answers.get("_media", ())),
        phone=answers.get("hp") if may_be_phoned(answers) else None,
        of_resident=asks_resident(answers) and "hp" in answers,
        phoned=answers.get("gawat") if answers.get("gawat") in ("sudah", "takbisa") else None,
        skips_kecamatan=skips_kecamatan(answers),
        reach=reached(answers),
        way=(answers.get(WAY) or {}).get("teks", ""),
        quick=is_quick(answers),
        mentioned=mentioned(answers),
        unkept=offered(answers),
    )


def _medium(entry: Mapping[str, Any]) -> Medium:
    return Medium(entry["jenis"], entry["berkas"], entry.get("rupa", ""))


def from_json(body: Mapping[str, Any], at: datetime) -> Report:
    """The report that was stored at the moment `at`; before version 1 the answers themselves were."""
    if "v" not in body:
        return from_answers(body, at)
    fields = {name: value for name, value in body.items() if name != "v"}
    fields["seen_on"] = date.fromisoformat(body["seen_on"]) if body["seen_on"] else None
    fields["point"] = tuple(body["point"]) if body["point"] else None
    fields["mentioned"] = tuple(body.get("mentioned", ()))
    fields["media"] = tuple(Medium(**medium) for medium in body["media"])
    return Report(**fields)


def _day(seen: str | None, at: datetime) -> date | None:
    if seen not in AGO:
        return None
    return (at - timedelta(days=AGO[seen])).astimezone(WIB).date()
