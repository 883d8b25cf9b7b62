"""A post in words, and who is above it: whoever reads of a change to the roster."""

from collections.abc import Collection, Sequence

from bot.actions.house import House
from bot.actions.turn import Turn
from bot.core.keeping import learns
from bot.core.levels import Level
from bot.core.places import SAME, Place, Places
from bot.core.words import Label, Words
from bot.texts.catalog import Speech
from storage import roster
from storage.tables import Member

SURE = 0.97
"""A name in a roster means a place only if it is written as it is."""


def words(house: House, member: Member) -> dict[str, str | Label]:
    """The values `peran` and `tempat` of a text: a member's role and place, never a name."""
    return {"peran": Words(f"peran-{member.role}"), "tempat": place(house, member.area)}


def place(house: House, area: str) -> str:
    """The name of an area; the province has none on buttons."""
    found = house.known.places.get(area)
    return found.label if found else "Jawa Timur"


def place_of(places: Places, said: str, level: str = "") -> str | tuple[Place, ...]:
    """The code of a kabupaten/kota or kecamatan named by its code or its name; else the nearest there are.

    `level`: only a place of this level is meant.
    """
    wanted: tuple[Level, ...] = ("kecamatan",) if level == "kecamatan" else ("kabupaten",)
    wanted = wanted if level else ("kabupaten", "kecamatan")
    place = places.get(said.strip())
    if place is not None:
        return place.code if place.level in wanted else ()
    hits = places.find(said, levels=wanted)
    best = [hit.place for hit in hits if hit.score >= SURE and hit.score >= hits[0].score - SAME]
    return best[0].code if len(best) == 1 else tuple(hit.place for hit in hits[:3])


def tasks(house: House, speech: Speech, members: Sequence[Member]) -> str:
    """Every role of one person with its place: "petugas kecamatan (TKSK), Kec. Singosari"."""
    return "; ".join(speech.word("tugas-di", **words(house, member)) for member in members)


def who(turn: Turn, speech: Speech, member: Member) -> str:
    """The registered name; where none was given it is said that there is none."""
    return roster.name_of(turn.session, member) or speech.word("orang-tanpa-nama")


def above(turn: Turn, member: Member, *, without: Collection[int] = ()) -> list[int]:
    """The chats of whoever learns of a change to a member: of the first role above that can be reached."""
    for role, area in learns((member.role, member.area)):
        found = roster.reachable_chats(turn.session, role, area, turn.now)
        if chats := [chat for chat in found if chat not in without]:
            return chats
    return []
