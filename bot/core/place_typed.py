"""A typed place: the list that shows what it may mean, with what else was said with it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.core.place_landmark_words import ENDS
from bot.core.place_lists import BEYOND, NAME, REFUSED, SAID, VIEW, place_words
from bot.core.place_meaning import CLEAR, SMALL_TALK
from bot.core.place_names import fold, read
from bot.core.places import Hit, Meant, Places
from bot.core.typed import simple
from bot.core.words import Words

LONGEST = 120
"""How much of a typed place is looked at."""
LISTS = ("found", "many", "near", "kab", "kec", "neardesa", "desa")
"""Where places are listed already, a landmark alone leaves the list as it is."""
CLOSE, CLOSE_TO_CLEAR = 0.2, 0.12
"""So much less like the name than the best one, and still shown; the second one where the best one is like enough."""
LEAST = 0.5
"""A place that no more speaks for is named by chance: one of many words is its name."""
MANY = 5
"""More places than this of one name are asked for by kabupaten."""
INSIDE, SAME = 0.75, 0.05
"""So like the name a place is that was looked for, in a kabupaten chosen after it; and so near to the best there."""
ALIKE_TOGETHER = 0.75
"""So well more than one word is explained by a place with its parents, where another place is shown already."""
A_STORY, TELLING = 5, 4
"""So many words may be a story, and so many of them beside a landmark are one."""
TELLS = frozenset(
    """
    namanya namane jenenge asmane umur umure umurnya yuswa usia usianya thn bocor rusak ambruk ngurus ngurusi diurus
    ngopeni ngrumat ngramut merawat dirawat makan mangan lapar luwe sendirian dewekan dhewekan ijenan kasihan melas
    mengamuk ngamuk dipukul dipukuli meninggal
    """.split()  # noqa: SIM905 - as a paragraph of words it can be read
)
"""Words that tell of somebody."""
MUCH = 4
"""So many words that are not of the place are worth keeping."""
TOGETHER = 0.9
"""So well two pieces of text are explained by one place, where the second one tells where the first one lies."""


def typed(text: str, note: Mapping[str, Any], places: Places) -> dict[str, Any] | Words:
    """The note of the list that answers a typed place; where it names nothing, what is said to it."""
    within = note.get("kec") or note.get("kab")
    meant = _together(text, note, places) or places.meant(text[:LONGEST], within)
    if meant.hits and _is_chance(meant.hits[0]):
        meant = replace(meant, hits=())
    if meant.hits and _is_weaker(meant, note, places):
        return Words("tempat_tak_ketemu")
    if not meant.hits and not meant.outside and _is_story(text, meant.landmark):
        return Words("tak_paham")
    new: dict[str, Any] = {key: note[key] for key in ("pin", SAID) if key in note}
    if said := _said_besides(text, meant, places):
        new[SAID] = joined(note.get(SAID, ""), said.strip())
    if meant.outside:
        new[BEYOND] = meant.outside
    if meant.hits:
        inside = within if within and all(hit.place.code.startswith(within) for hit in meant.hits) else None
        new |= {key: note[key] for key in ("kab", "kec") if inside and key in note}
        return {**new, **_found(meant, inside, places)}
    if meant.outside:
        return {**new, VIEW: "outside", NAME: text[:LONGEST]}
    if not meant.landmark:
        return Words("tempat_tak_ketemu")
    return {**note, SAID: new[SAID]} if note.get(VIEW) in LISTS else {**new, VIEW: "again"}


def is_named(text: str, places: Places) -> bool:
    """Whether few words name a place and one above it, clearly: "singosri mlg"."""
    several = len(read(text).words) > 1 and len(text.split()) <= MUCH
    return several and any(hit.score >= CLEAR for hit in places.meant(text).hits[:1])


def found_in(kab: str, note: Mapping[str, Any], places: Places) -> list[str]:
    """Places in a kabupaten that bear the name that is looked for, without those that were refused."""
    hits = places.find(note[NAME], within=kab, limit=2 * MANY) if NAME in note else ()
    best = max((hit.score for hit in hits), default=1.0)
    near = [hit.place.code for hit in hits if hit.score >= max(INSIDE, best - SAME)]
    return [code for code in near if code not in note.get(REFUSED, ())]


def joined(old: str, new: str) -> str:
    """Both in lines of their own, each once."""
    return "\n".join(dict.fromkeys(part for part in (*old.split("\n"), new) if part))


def _said_besides(text: str, meant: Meant, places: Places) -> str:
    """What is said besides the place: a landmark, or all of it where no place, or much more than one, is said."""
    if not meant.hits:
        return text if meant.landmark else ""
    named = fold(place_words(places, meant.hits[0].place.code))
    more = [word for word in meant.name.split() if len(word) > 2 and fold(word.strip(",;.()/")) not in named]
    return text if len(more) >= MUCH or len(text) > LONGEST else meant.landmark


def _is_chance(hit: Hit) -> bool:
    """Whether one of many words bears a place's name by chance."""
    return hit.score < LEAST or (hit.score == LEAST and hit.place.level == "desa")


def _is_weaker(meant: Meant, note: Mapping[str, Any], places: Places) -> bool:
    """Whether something that is only alike, and lies elsewhere, would replace a place whose name was typed clearly."""
    shown = note["found"] if note.get(VIEW) == "found" else [note["kec"]] if "kec" in note else []
    if not shown or any(meant.hits[0].place.code.startswith(code[:8]) for code in shown):
        return False
    words = [fold(word) for word in read(meant.name).words]
    if meant.hits[0].score >= (ALIKE_TOGETHER if len(words) > 1 else CLEAR):
        return False
    if any(hit.place.level == "kecamatan" and fold(hit.place.name) in words for hit in meant.hits):
        return False
    before = places.meant(note[NAME]).hits if NAME in note else ()
    return "kec" in note or any(hit.score >= CLEAR and hit.place.code in shown for hit in before)


def _is_story(text: str, landmark: str) -> bool:
    """Whether so many words, with no place in them, tell of the person and not of where they are."""
    words, said = simple(text).split(), set(simple(landmark).split())
    more = [word for word in words if word not in said | ENDS | SMALL_TALK]
    return len(words) >= A_STORY and (len(more) >= TELLING or not TELLS.isdisjoint(words))


def _together(text: str, note: Mapping[str, Any], places: Places) -> Meant | None:
    """What a name looked for and this text mean together: "Sukorejo", and then "Ponorogo"."""
    name = note.get(NAME)
    if not name or name.casefold() == text.strip().casefold() or note.get(VIEW) == "outside":
        return None
    meant = places.meant(f"{name}, {text}"[:LONGEST])
    return meant if meant.hits and meant.hits[0].score >= TOGETHER else None


def _found(meant: Meant, within: str | None, places: Places) -> dict[str, Any]:
    """Places to choose from; the kabupaten first, where too many of them bear one name."""
    same = places.namesakes(meant, within)
    kabupaten = list(dict.fromkeys(place.code[:5] for place in same))
    if len(same) > MANY and len(kabupaten) > 1:
        return {VIEW: "many", NAME: same[0].name, "found": kabupaten}
    codes = [place.code for place in same] or [hit.place.code for hit in _close(meant.hits)]
    return {VIEW: "found", NAME: meant.name, "found": codes}


def _close(hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    best = hits[0].score
    least = max(LEAST, best - (CLOSE_TO_CLEAR if best >= CLEAR else CLOSE))
    return tuple(hit for hit in hits if hit.score >= least)
