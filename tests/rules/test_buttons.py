"""Buttons: what was not packed by us means nothing, and what was packed for somebody else changes nothing."""

import random
import string
from dataclasses import astuple, fields
from typing import Any

import pytest
from sqlalchemy import text

from bot.core import buttons as b
from bot.core.buttons import ALPHABET, unpack
from handlers.acts import Pressed, Who
from handlers.turn import take_turn
from storage import cases
from storage.session import Session
from tests.promises.books import DEEDS
from tests.support import resident
from tests.support.length import many
from tests.support.references import chat_of, chats_of
from tests.support.world import MALANG, SINGOSARI, World

KINDS = list(b.BUTTONS.values())
WATCHED = ("cases", "ask", "report", "member", "draft", "invite", "leave")
"""Tables a press of somebody else's button must leave alone."""


class Undone(Exception):
    """Ends a transaction without a trace."""


def a_button(rng: random.Random) -> b.Button:
    """Any button of any kind with values it may carry."""
    values: list[Any] = []
    kind = rng.choice(KINDS)
    for spec in fields(kind):
        length = {"draft": 8, "case": 12, "report": 12, "addition": 12, "of": 12, "grade": 8}.get(spec.name)
        if length:
            values.append("".join(rng.choices(ALPHABET, k=length)))
        elif spec.name == "to":
            values.append(rng.choice((b.NOWHERE, "35.07", SINGOSARI)))
        elif spec.type is int:
            values.append(rng.randrange(1_000_000))
        else:
            first, rest = string.ascii_lowercase + string.digits, string.ascii_lowercase + string.digits + "_.-"
            values.append(rng.choice(first) + "".join(rng.choices(rest, k=rng.randrange(22))))
    return kind(*values)


def mutated(rng: random.Random, data: str) -> str:
    """One or two characters of `data` changed, lost, doubled or swapped, or an end cut off."""
    for _ in range(rng.randint(1, 2)):
        at = rng.randrange(len(data) + 1)
        strange = rng.choice(string.printable + "ıéß٣\u200b")
        data = rng.choice(
            (
                data[:at] + strange + data[at + 1 :],
                data[:at] + strange + data[at:],
                data[:at] + data[at + 1 :],
                data[:at],
                data + data[-1:],
            )
        )
        data = data or ":"
    return data


def test_every_button_comes_back_as_it_was_packed() -> None:
    rng = random.Random(1)
    for _ in range(many(20_000, 6_000)):
        button = a_button(rng)
        data = button.pack()
        assert len(data.encode()) <= b.MAX_BYTES
        assert unpack(data) == button


def test_many_thousand_random_strings_mean_nothing() -> None:
    rng = random.Random(2)
    for _ in range(many(50_000, 15_000)):
        data = "".join(chr(rng.randrange(1, 0x3000)) for _ in range(rng.randrange(70)))
        assert unpack(data) is None, data
        data = "".join(rng.choices(string.printable, k=rng.randrange(70)))
        found = unpack(data)
        assert found is None or (found.pack() == data and isinstance(found, b.Menu)), data  # "m:x" may happen


def test_a_mutated_button_is_nothing_or_exactly_another_one() -> None:
    rng = random.Random(3)
    for _ in range(many(50_000, 15_000)):
        data = mutated(rng, a_button(rng).pack())
        found = unpack(data)
        assert found is None or found.pack() == data


@pytest.mark.parametrize("values", [("x" * 25,), ("",), ("ä",), ("a:b",), ("A",), ("a\n",)])
def test_a_value_no_button_may_carry_is_refused(values: tuple[str]) -> None:
    with pytest.raises(ValueError, match="no button can carry"):
        b.Menu(*values).pack()


def contents(session: Session) -> dict[str, list[Any]]:
    """Everything a press could change; entries that only say that a case was read are left out."""
    found = {table: list(session.connection().execute(text(f"SELECT * FROM {table}")).all()) for table in WATCHED}
    logged = "SELECT case_id, event, actor, data FROM timeline WHERE event != 'read' ORDER BY id"
    return {**found, "timeline": list(session.connection().execute(text(logged)).all())}


async def test_hundreds_of_buttons_of_others_change_nothing(w: World) -> None:
    rng = random.Random(4)
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    await w.worker("jsc", "35")
    siti, ani = w.person("Siti"), w.person("Ani")
    await w.reports(siti)
    await w.reports(siti, kind="Gangguan jiwa", danger="Dirantai")
    await resident.begin(w, siti, "tempat")
    strangers = [w.person("Joko"), await w.worker("tksk", "35.07.25", "Joko"), await w.worker("koordinator", "35.09")]
    for stranger in (*strangers, ani):
        await stranger.start()
    await w.settle()
    await w.say(tksk, "/tugas")
    valid = [
        button.data for message in (*tksk.from_bot(), *siti.from_bot()) for button in message.buttons if button.data
    ]
    valid = [data for data in dict.fromkeys(valid) if not isinstance(unpack(data), b.Menu)]
    owned = await w.read(lambda s: [(case.id, case.round) for _, case in cases.reports_of(s, chat_of(s, siti))])
    people = await w.read(lambda s: chats_of(s, (*strangers, ani)))
    forged = [(_forged(rng, valid, owned), rng.choice(people)) for _ in range(many(1000, 400))]
    worker = await w.read(lambda s: chat_of(s, tksk))
    forged += [(data, worker) for data in _of_another_round(valid)]

    def press_all(session: Session) -> None:
        before = contents(session)
        for data, user in forged:
            toast = take_turn(w.turn(session), Pressed(Who(user, user, True), data, "q", None))
            assert toast is not None
        session.flush()
        after = contents(session)
        assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
        raise Undone  # what was said to them is not sent

    with pytest.raises(Undone):
        await w.read(press_all)


def _forged(rng: random.Random, valid: list[str], owned: list[tuple[str, int]]) -> str:
    """Another's button as it is, with another case or round, or broken."""
    data = rng.choice(valid)
    button = unpack(data)
    if isinstance(button, b.CaseButton) and rng.random() < 0.4:
        rest = astuple(button)[2:]
        return type(button)(rng.choice(owned)[0], rng.randrange(5), *rest).pack()
    return data if rng.random() < 0.5 else mutated(rng, data)


def _of_another_round(valid: list[str]) -> list[str]:
    """The right person and case, but a round that never was; reading and asking for reasons are free."""
    found = []
    for data in valid:
        button = unpack(data)
        if isinstance(button, b.CaseButton) and not isinstance(button, b.Read | b.Decline):
            found.append(type(button)(button.case, button.round + 1, *astuple(button)[2:]).pack())
    return found


def test_the_letters_of_the_promises_are_those_of_the_buttons() -> None:
    """A letter that moved to another button made the audit blame the bot for a press that nobody counted."""
    kinds: dict[str, type[b.Button]] = {
        "phone": b.Called, "raise": b.Grade, "lower": b.Grade, "mute": b.Mute, "meet": b.Visit, "miss": b.Visit,
        "acknowledge": b.Take, "decline": b.Decline, "explain": b.DeclineFor, "progress": b.Progress, "close": b.Finish,
        "ask_company": b.Company, "join": b.Companion, "hand": b.Hand, "unhand": b.Hand,
    }  # fmt: skip
    assert {event: DEEDS[event][0] for event in kinds} == {event: kind.code for event, kind in kinds.items()}
