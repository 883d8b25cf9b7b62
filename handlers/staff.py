"""*Petugas*: a koordinator keeps the people of their area, an admin everybody; read again at every press (row 156)."""

from collections.abc import Callable

from bot.actions import binding, look_list, roster_words, taking_out
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.keeping import KEEPERS, keeps
from bot.core.rename_flow import RENAME, knowing
from bot.core.roles import ROLES
from bot.texts import staff_cards as cards
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message
from handlers import coming_in, opening, talk
from handlers.acts import Who
from storage import drafts, register, roster
from storage.tables import Member

Screen = Callable[[Turn, Who, "Person", b.Keep], Message | None]


class Person:
    """Somebody of the roster as a keeper sees them: the roles that the keeper keeps, the first one pressed."""

    def __init__(self, turn: Turn, member: Member, kept: list[Member]) -> None:
        self.member, self.kept = member, kept
        self.held = taking_out.holds(turn.session, kept)


def begin(turn: Turn, who: Who) -> None:
    """*Petugas*: whoever keeps a roster reads it, everybody else is asked for their own number."""
    keepers = _keepers(turn, who)
    if not keepers:
        coming_in.ask_number(turn, who)
        return
    province = any(role == "admin" for role, _ in keepers)
    for area in (roster.PROVINCE,) if province else [area for _, area in keepers]:
        turn.say(who.chat_id, _list(turn, who, area, 0))


def press(turn: Turn, who: Who, button: b.Keep) -> str:
    """A button of these screens; a forged one shows and does nothing that its presser may not."""
    keepers = _keepers(turn, who)
    if button.what == "daftar":
        allowed = any(role == "admin" or area == button.of for role, area in keepers)
        known = turn.house.known.places.get(button.of)
        message = _list(turn, who, button.of, button.page) if allowed and known and known.level != "desa" else None
    elif button.what == "semua":
        message = _all_true(turn, who, keepers, button.page)
    else:
        found = _person(turn, who, button.of)
        screen = SCREENS.get(button.what)
        message = screen(turn, who, found, button) if screen is not None and found is not None else None
    if message is None:
        return talk.stale(turn, who)
    if message.text:
        turn.say(who.chat_id, message)
    return ""


def _keepers(turn: Turn, who: Who) -> list[tuple[str, str]]:
    """The roles by which somebody keeps a roster."""
    roles = roster.roles_of(turn.session, who.user_id)
    return [(member.role, member.area) for member in roles if member.role in KEEPERS]


def _person(turn: Turn, who: Who, member_id: str) -> Person | None:
    """A member whom the presser keeps, with every role of theirs that they keep; never the presser."""
    keepers, member = _keepers(turn, who), register.member_in(turn.session, member_id, (roster.PROVINCE,))
    if member is None or who.chat_id in (member.chat_id, member.waits_chat_id):
        return None
    if not keeps(keepers, (member.role, member.area)):
        return None
    same = register.same_person(turn.session, member)
    kept = [one for one in same if one.id == member.id or keeps(keepers, (one.role, one.area))]
    return Person(turn, member, sorted(kept, key=lambda one: one.id != member.id))


def _list(turn: Turn, who: Who, area: str, page: int) -> Message:
    speech, places = turn.speech(who.chat_id), turn.house.known.places
    known = register.entries(turn.session, (area,), turn.now)
    if area != roster.PROVINCE:
        place = places.get(area)
        assert place is not None
        shown = [look_list.person(turn, speech, entry) for entry in known]
        return cards.people(speech, cards.Place(area, place.label), shown, _within(page, len(shown)))
    counts: dict[str, int] = {}
    for entry in known:
        counts[entry.member.area[:5]] = counts.get(entry.member.area[:5], 0) + 1
    named = {place.code: place.label for place in places.kabupaten()}
    areas = [cards.Place(code, label, counts[code]) for code, label in named.items() if code in counts]
    message = cards.areas(speech, areas, _within(page, len(areas)))
    own = [entry for entry in known if entry.member.area == roster.PROVINCE]
    keys = tuple((cards.key(look_list.person(turn, speech, entry)),) for entry in own) if page == 0 else ()
    return Message(message.text, (*keys, *message.rows))


def _all_true(turn: Turn, who: Who, keepers: list[tuple[str, str]], day: int) -> Message | None:
    """*Semua benar*, for those who stood in the list of that day."""
    count = look_list.all_true(turn, who.chat_id, keepers, day) if keepers else 0
    return Message(turn.speech(who.chat_id).say("diperiksa_semua", jumlah=str(count))) if count else None


def _open(turn: Turn, who: Who, person: Person, _: b.Keep) -> Message:
    speech = turn.speech(who.chat_id)
    tasks = [roster_words.tasks(turn.house, speech, [one]) for one in person.kept]
    held = taking_out.held_lines(speech, person.held, now=True)
    looks = binding.look_rows(speech, person.member) if _unlooked(person.member) else ()
    return cards.person(speech, _words(turn, speech, person), tasks, held, looks)


def _rename(turn: Turn, who: Who, person: Person, _: b.Keep) -> Message:
    old = drafts.named(turn.session, (who.chat_id, RENAME.name))
    if old is not None:
        drafts.drop(turn.session, old)
    name = roster_words.who(turn, turn.speech(who.chat_id), person.member)
    opening.open_flow(turn, who, RENAME, knowing(person.member.id, name))
    return Message("")


def _move(turn: Turn, who: Who, person: Person, button: b.Keep) -> Message | None:
    """Where to, and once it is known whether they are sure."""
    speech, places, member = turn.speech(who.chat_id), turn.house.known.places, person.member
    level = ROLES[member.role].level
    within = button.to if button.to != b.NOWHERE else member.area.rpartition(".")[0]
    if level == "provinsi" or not _may_reach(turn, who, within):
        return None
    target = places.get(within)
    if target is None:
        return None
    if target.level == level:
        question = speech.say("petugas_pindah_yakin", siapa=_words(turn, speech, person).name, tempat=target.label)
        yes = Key(speech.word("b-ya-pindah"), b.Keep("ke", member.id, within, 0), style="danger")
        lines = taking_out.held_lines(speech, taking_out.holds(turn.session, [member]), now=True)
        return cards.sure(speech, question, lines, yes, member.id)
    known = [cards.Place(place.code, place.label) for place in places.children(within) if place.code != member.area]
    page = _within(button.page, len(known))
    message = cards.where_to(speech, _words(turn, speech, person), known, within, page)
    if level == "kecamatan" and target.level == "kabupaten" and _may_reach(turn, who, roster.PROVINCE):
        elsewhere = Key(speech.word("b-kabupaten-lain"), b.Keep("pindah", member.id, roster.PROVINCE, 0))
        return Message(message.text, (*message.rows, (elsewhere,)))
    return message


def _moves(turn: Turn, who: Who, person: Person, button: b.Keep) -> Message | None:
    member, place = person.member, turn.house.known.places.get(button.to)
    allowed = place is not None and place.level == ROLES[member.role].level and _may_reach(turn, who, button.to)
    if not allowed or button.to == member.area or place is None or place.level == "provinsi":
        return None
    speech = turn.speech(who.chat_id)
    name, post = roster_words.who(turn, speech, member), roster_words.tasks(turn.house, speech, [member])
    _, held = taking_out.to_area(turn, member, button.to, who.chat_id)
    done = speech.say("a_pindah", siapa=name, tugas=post, ke=place.label)
    return Message("\n".join((done, *taking_out.held_lines(speech, held))))


def _leave(turn: Turn, who: Who, person: Person, _: b.Keep) -> Message:
    speech = turn.speech(who.chat_id)
    name, post = _words(turn, speech, person).name, roster_words.tasks(turn.house, speech, person.kept)
    question = speech.say("petugas_keluar_yakin", siapa=name, tugas=post)
    yes = Key(speech.word("b-ya-keluarkan"), b.Keep("ya", person.member.id, b.NOWHERE, 0), style="danger")
    return cards.sure(speech, question, taking_out.held_lines(speech, person.held, now=True), yes, person.member.id)


def _leaves(turn: Turn, who: Who, person: Person, _: b.Keep) -> Message:
    speech = turn.speech(who.chat_id)
    name, post = roster_words.who(turn, speech, person.member), roster_words.tasks(turn.house, speech, person.kept)
    held = taking_out.take_out(turn, person.kept, who.chat_id)
    return Message("\n".join((speech.say("a_keluar", siapa=name, tugas=post), *taking_out.held_lines(speech, held))))


def _is_they(turn: Turn, who: Who, person: Person, _: b.Keep) -> Message | None:
    """*Benar*: they are awake, and stand in no list any more."""
    if not _unlooked(person.member):
        return None
    binding.confirm(turn, person.member)
    speech = turn.speech(who.chat_id)
    return Message(speech.say("diperiksa_benar", siapa=roster_words.who(turn, speech, person.member)))


def _is_not(turn: Turn, who: Who, person: Person, button: b.Keep) -> Message | None:
    """*Bukan, keluarkan*: whoever sleeps is sent away; who works already is taken out, once more asked."""
    if not _unlooked(person.member):
        return None
    if person.member.waits_chat_id is None:
        return _leave(turn, who, person, button)
    binding.send_away(turn, person.member)
    speech = turn.speech(who.chat_id)
    return Message(speech.say("diperiksa_bukan", siapa=roster_words.who(turn, speech, person.member)))


def _unlooked(member: Member) -> bool:
    return member.waits_chat_id is not None or (member.chat_id is not None and member.looked_at is None)


SCREENS: dict[str, Screen] = {
    "buka": _open,
    "benar": _is_they,
    "bukan": _is_not,
    "nama": _rename,
    "pindah": _move,
    "ke": _moves,
    "keluar": _leave,
    "ya": _leaves,
}
"""What each button of a person does."""


def _may_reach(turn: Turn, who: Who, area: str) -> bool:
    """Whether somebody may move people within this area."""
    return any(role == "admin" or f"{area}.".startswith(f"{own}.") for role, own in _keepers(turn, who))


def _words(turn: Turn, speech: Speech, person: Person) -> cards.Person:
    return look_list.person(turn, speech, register.entry(turn.session, person.member, turn.now))


def _within(page: int, total: int) -> int:
    """A page that is there: a list may have become shorter since its button was made."""
    return max(0, min(page, (total - 1) // cards.PAGE))
