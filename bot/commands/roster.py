"""`tersapa roster`: who has which role where, and how somebody is taken out, renamed or moved, beside a running bot."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.actions import finding, roster_words, taking_out
from bot.actions.turn import Turn
from bot.commands.frame import house, load, moment, opened
from bot.commands.lines import fail, print_line
from bot.core.keeping import is_silent
from bot.core.roles import ROLES
from bot.data.places import load_places
from storage import register, roster
from storage.register import Entry
from storage.session import Session


def roster_list(area: str, role: str, left: bool, config: Path | None, as_json: bool) -> None:
    """Show everybody on the roster: id, role, place, name, and how their chat stands."""
    places, settings = area_of(area), load(config)
    role_of(role)
    now = moment(settings)
    with opened(settings, look=True) as db:
        found = db.write(lambda session: register.entries(session, places, now, left=left))
    shown = [entry for entry in found if role in ("", entry.member.role)]
    if as_json:
        print_line(json.dumps([as_row(entry, now) for entry in shown], ensure_ascii=False))
        return
    for entry in shown:
        print_line(line(entry, now))
    print_line(f"{len(shown)} on the roster" if not left else f"{len(shown)} left the roster")


def roster_show(who: str, config: Path | None, as_json: bool) -> None:
    """Show one person: their roles, their former names, and what they hold now."""
    settings = load(config)
    now = moment(settings)
    with opened(settings, look=True) as db:

        def look(session: Session) -> dict[str, Any]:
            person = one(session, who, now)
            members = [entry.member for entry in person]
            held = taking_out.holds(session, members)
            names = [pair for member in members for pair in register.former_names(session, member)]
            phones = [phone for member in members if (phone := register.phone_of(session, member))]
            return {
                "roles": [as_row(entry, now) for entry in person],
                "phone": next((_masked(phone) for phone in phones), None),
                "former_names": [{"name": name, "until": until.isoformat()} for name, until in names],
                "owned": list(held.owned),
                "asked": list(held.asked),
            }

        found = db.write(look)
        lines = [line(entry, now) for entry in db.write(lambda session: one(session, who, now))]
    if as_json:
        print_line(json.dumps(found, ensure_ascii=False))
        return
    lines += [
        f"phone {found['phone'] or '-'}",
        f"has {_numbers(found['owned'])}; asked about {_numbers(found['asked'])}",
    ]
    lines += [f"was {former['name']} until {former['until'][:10]}" for former in found["former_names"]]
    print_line("\n".join(lines))


def roster_revoke(who: str, role: str, area: str, config: Path | None, as_json: bool) -> None:
    """Take somebody out at once: what they hold goes on without them, and their links bind nobody any more."""
    places = area_of(area)
    role_of(role)

    def revoke(turn: Turn) -> tuple[str, taking_out.Held]:
        person = narrowed(one(turn.session, who, turn.now), role, places)
        named = f"{_named(person)} taken out"
        return named, taking_out.take_out(turn, [entry.member for entry in person])

    _report(*_deed(revoke, config), as_json=as_json)


def roster_rename(who: str, name: str, config: Path | None, as_json: bool) -> None:
    """Change a name from now on."""
    name = " ".join(name.split())
    if not name:
        fail("--name: a name is expected.")

    def rename(turn: Turn) -> str:
        person = one(turn.session, who, turn.now)
        for entry in person:
            register.rename(turn.session, entry.member, name, turn.now)
        return person[0].name or "-"

    before = _deed(rename, config)
    print_line(json.dumps({"before": before, "name": name}, ensure_ascii=False) if as_json else f"{before} -> {name}")


def roster_move(who: str, area: str, role: str, config: Path | None, as_json: bool) -> None:
    """Give somebody another area: what they were asked and have in the old one goes on without them."""
    role_of(role)
    (code,) = area_of(area)

    def move(turn: Turn) -> taking_out.Held:
        person = narrowed(one(turn.session, who, turn.now), role, (roster.PROVINCE,))
        if len(person) > 1:
            fail(f"{who}: has {len(person)} roles; say which with --role.", 1)
        member = person[0].member
        if len(code) != len(member.area) or ROLES[member.role].level == "provinsi":
            fail(f"--area {area}: {member.role} stays in a {ROLES[member.role].level}, and this is another level.")
        if code == member.area:
            fail(f"{who}: is there already.", 1)
        return taking_out.to_area(turn, member, code)[1]

    _report("moved", _deed(move, config), as_json=as_json)


def one(session: Session, said: str, now: datetime) -> tuple[Entry, ...]:
    """The one person who is meant; a sentence says so where there is none, or more than one."""
    found = finding.find(session, said, (roster.PROVINCE,), now)
    if not found.people:
        near = f" Nearest: {', '.join(found.nearest)}." if found.nearest else ""
        fail(f"{said}: nobody on the roster has this name, number or id.{near} `tersapa roster list` shows all.", 1)
    if len(found.people) > 1:
        lines = "".join(f"\n  {line(person[0], now)}" for person in found.people)
        fail(f"{said}: {len(found.people)} people are meant; name one by the id:{lines}", 1)
    return found.people[0]


def narrowed(person: Sequence[Entry], role: str, areas: Sequence[str]) -> list[Entry]:
    """The roles of one person that are meant."""
    kept = [entry for entry in person if role in ("", entry.member.role) and entry.member.area.startswith(tuple(areas))]
    if not kept:
        fail(f"{person[0].name or person[0].member.id}: has no such role there.", 1)
    return kept


def area_of(said: str, level: str = "") -> tuple[str]:
    """The code of a place that is named by its code or its name; the province where nothing is said."""
    if not said:
        return (roster.PROVINCE,)
    places = load_places()
    place = roster_words.place_of(places, said, level)
    if not isinstance(place, str):
        near = f" Nearest: {', '.join(f'{one.label} ({one.code})' for one in place)}." if place else ""
        fail(f"--area {said}: no kabupaten/kota or kecamatan of East Java is called so, or more than one.{near}")
    return (place,)


def role_of(role: str) -> None:
    """Refuse a role that does not exist."""
    if role and role not in ROLES:
        fail(f"--role {role}: one of {', '.join(ROLES)} is expected")


def line(entry: Entry, now: datetime) -> str:
    """One member in the terminal."""
    member, row = entry.member, as_row(entry, now)
    place = load_places().get(member.area)
    flags = ", ".join((row["state"], *row["flags"]))
    return f"{member.id}  {member.role:<12}{place.label if place else 'Jawa Timur':<24}{entry.name or '-':<28}{flags}"


def as_row(entry: Entry, now: datetime) -> dict[str, Any]:
    """One member for programs."""
    member, place = entry.member, load_places().get(entry.member.area)
    return {
        "id": member.id,
        "role": member.role,
        "area": member.area,
        "place": place.label if place else "Jawa Timur",
        "name": entry.name,
        "state": register.state_of(entry),
        "flags": _flags(entry, now),
    }


def _flags(entry: Entry, now: datetime) -> list[str]:
    member = entry.member
    if member.chat_id is None or not member.active:
        return []
    silent = is_silent(member.bound_at, member.seen_at, now)
    return ["not looked at"] * (member.looked_at is None) + ["silent for 14 days"] * silent


def _deed(work: Callable[[Turn], Any], config: Any) -> Any:
    """Do something beside the running bot, in one transaction."""
    settings = load(config)
    now = moment(settings)
    with opened(settings, look=True) as db:
        known = house(settings, db)
        return db.write(lambda session: work(Turn(session, known, now)))


def _report(what: str, held: taking_out.Held, *, as_json: bool) -> None:
    if as_json:
        print_line(json.dumps({"owned": held.owned, "asked": held.asked, "links": held.links}))
        return
    print_line(
        f"{what}; open again: {_numbers(held.owned)}; asked of the next: {_numbers(held.asked)}; "
        f"links withdrawn: {held.links}"
    )


def _named(person: Sequence[Entry]) -> str:
    """Who it is: "Pak Budi (tksk, Kec. Singosari)"."""
    places = load_places()
    roles = (
        f"{entry.member.role}, {place.label if (place := places.get(entry.member.area)) else 'Jawa Timur'}"
        for entry in person
    )
    return f"{person[0].name or person[0].member.id} ({'; '.join(roles)})"


def _numbers(numbers: Sequence[str]) -> str:
    return ", ".join(numbers) or "none"


def _masked(phone: str) -> str:
    return phone[:5] + "•••" + phone[-2:]
