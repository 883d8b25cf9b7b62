"""No id of Telegram stands in the database in clear: every table, payload and log knows chats by references."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, delete, select

from bot.actions import roster_file, roster_lines, table_file
from bot.actions.roster_columns import ROSTER as COLUMNS
from bot.data.places import load_places
from bot.localtelegram.phones import Group, Phone
from storage import addresses, cases, lanes, roster
from storage.session import Session
from storage.tables import Ask, Chat, Outbox
from tests.support.engines import ENGINES
from tests.support.length import pairs
from tests.support.references import Spoken, chat_of, chats_of
from tests.support.resident import begin
from tests.support.world import MALANG, SINGOSARI, World
from tests.wire.test_sender import rows

GRAVE = {"kind": "Gangguan jiwa", "danger": "Menyerang"}
ROSTER = "role,name,phone,area,deputy_phone\ntksk,Dewi,081355556666,35.07.25,\n"
SMALL = 2**31
"""Four bytes stand in a file by chance; the ids of phones and supergroups have more."""


async def _whole_story(w: World) -> tuple[list[Phone], Group]:
    """A report, a group that moves, a card in it, a case taken, a leave, a roster; a draft and a message still wait."""
    rina, guest = await w.worker("jsc", "35", "Rina"), w.person("Tamu")
    group = w.telegram.group("JSC", [rina, guest], admin=True)
    await w.stop()
    await w.start(jsc={"chat_id": group.id})
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    admin = await w.worker("admin", "35")
    siti, ani = w.person("Siti"), w.person("Ani")
    await w.reports(siti, **GRAVE)
    await group.upgrade()
    await w.passes(minutes=16)
    for presser in (guest, rina):
        await group.press(presser, "Saya pegang (JSC)")
        await w.settle()
    await w.reports_by_buttons(siti)
    await w.press(tksk, "Buka rincian", "Saya tangani")
    await w.say(tksk, "/cuti")
    await w.press(tksk, "Hari ini")
    lines, _ = roster_lines.read(table_file.rows(ROSTER.encode(), COLUMNS), load_places())
    await w.read(lambda s: roster_file.apply(w.turn(s), lines, leave=False))
    dewi = w.person("Dewi", phone_number="+6281355556666")
    await dewi.start()
    await dewi.say("/petugas")
    await w.settle()
    await dewi.contact()
    await w.settle()
    await begin(w, ani, "tempat")
    await w.read(lambda s: lanes.pause(s, "telegram", chat_of(s, siti), w.now.replace(hour=23)))
    await siti.say("/bantuan")
    await w.passes(seconds=1)
    return [rina, guest, tksk, koordinator, admin, siti, ani, dewi], group


def _forms(number: int) -> Iterator[bytes]:
    """How a number can stand in a file: as text, or in the bytes that SQLite writes."""
    yield str(number).encode()
    for size in (6, 8):
        if number.bit_length() < 8 * size:
            yield number.to_bytes(size, "big", signed=True)


def _cells(session: Session) -> Iterator[tuple[str, Any]]:
    """Every value of every table."""
    for table in SQLModel.metadata.sorted_tables:
        for row in session.execute(table.select()).mappings():
            for name, value in row.items():
                yield f"{table.name}.{name}", value


def _bears(value: Any, number: int) -> bool:
    if isinstance(value, bytes):
        return any(form in value for form in _forms(number))
    return value == number or (isinstance(value, str) and str(number) in value)


def _waiting(session: Session) -> str:
    """What the payloads of the outbox hold once they are opened."""
    found = session.exec(select(Outbox).where(Outbox.state == "pending")).all()
    sealed = [(row.uid, row.payload_sealed) for row in found if row.payload_sealed is not None]
    return "\n".join(session.vault.open(session, "outbox", "payload", uid, payload) for uid, payload in sealed)


async def test_no_real_id_stands_in_any_table_payload_file_or_log(
    both: World, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    w = both
    caplog.set_level(logging.DEBUG)
    phones, group = await _whole_story(w)
    ids = [*(phone.id for phone in phones), group.id]
    references = await w.read(lambda s: chats_of(s, [*phones, group]))
    cells = await w.read(lambda s: list(_cells(s)))
    assert [where for where, value in cells for number in ids if _bears(value, number)] == []
    assert {where for where, value in cells if value in references} >= {
        "chat.id",
        "member.chat_id",
        "ask.chat_id",
        "report.chat_id",
        "draft.chat_id",
        "invite.used_by",
        "outbox.dest",
        "lane.dest",
    }
    waiting = await w.read(_waiting)
    assert waiting
    assert not [number for number in ids if str(number) in waiting]
    records = [record for record in caplog.records if record.name.startswith("tersapa")]
    logged = "\n".join(f"{record.getMessage()} {vars(record)}" for record in records)
    assert not [number for number in ids if str(number) in logged]
    if w.app.db.sqlite:
        await w.stop()
        files = b"".join(file.read_bytes() for file in tmp_path.glob("tersapa.db*"))
        assert all(abs(number) > SMALL for number in ids)
        assert [number for number in ids if any(form in files for form in _forms(number))] == []
        found = [any(form in files for form in _forms(number)) for number in references]
        assert all(found), "the search finds what is there"
        await w.start()


async def test_whoever_comes_back_after_their_row_was_deleted_is_somebody_else(on_server: World) -> None:
    w = on_server
    tksk, siti = await w.worker("tksk", SINGOSARI), w.person("Siti")
    number = await w.reports(siti)
    before = await w.read(lambda s: chats_of(s, [siti, tksk]))
    for phone in (siti, tksk):
        await _delete(w, phone)
    seen = len(siti.from_bot())
    await w.worker("koordinator", MALANG)
    await w.passes(hours=25)
    assert len(siti.from_bot()) == seen, "nothing reaches who has no row"
    assert {call["code"] for call in w.telegram.calls("sendMessage")} == {200}, "and Telegram is not troubled with it"
    assert {row.state for row in await rows(w, dest=before[0], kind="news")} == {"dead"}
    await w.say(siti, "/status")
    assert siti.last().text.startswith("Belum ada laporan") and number not in siti.last().text
    await w.say(tksk, "/tugas")
    after = await w.read(lambda s: chats_of(s, [siti, tksk]))
    assert not set(before) & set(after)
    assert not await w.read(lambda s: [*cases.reports_of(s, after[0]), *roster.roles_of(s, after[1])])
    await w.press(siti, "Lapor")
    assert any("Setuju" in label for label in siti.buttons()), "their consent was deleted with the row"


async def test_who_cannot_be_reached_any_more_is_not_asked(w: World) -> None:
    tksk, koordinator = await w.worker("tksk", SINGOSARI), await w.worker("koordinator", MALANG)
    await _delete(w, tksk)
    number = await w.reports(w.person())
    assert koordinator.find(number), "the ladder climbs past a worker without a row at once"
    assert not await w.read(lambda s: s.exec(select(Ask.id).where(Ask.role == "tksk")).all())


@pytest.mark.parametrize(("both", "named"), pairs(ENGINES, ("old", "new")), indirect=["both"])
async def test_the_group_of_the_settings_goes_on_whichever_of_its_ids_they_name(both: World, named: str) -> None:
    """An operator may write the new id into the settings before the bot has heard of the move, or never."""
    w = both
    rina = await w.worker("jsc", "35", "Rina")
    group = w.telegram.group("JSC", [rina], admin=True)
    await w.stop()
    await w.start(jsc={"chat_id": group.id})
    ids = {"old": group.id}
    await w.worker("tksk", SINGOSARI)
    first = await w.reports(w.person(), **GRAVE)
    await w.passes(minutes=16)
    await w.stop()
    ids["new"] = await group.upgrade()
    await w.start(jsc={"chat_id": ids[named]})
    await w.settle()
    second = await w.reports(w.person(), **GRAVE)
    await w.passes(minutes=16)
    assert group.find(second), "a running bot knows the group, whichever row it began with"
    await w.stop()
    await w.start(jsc={"chat_id": ids[named]})
    third = await w.reports(w.person(), **GRAVE)
    await w.passes(minutes=16)
    for number in (second, third):
        assert len([m for m in group.from_bot() if number in m.text]) == 1, "once, in the group as it now is"
        await group.press(rina, "Saya pegang (JSC)", message_id=_card(group, number))
        await w.settle()
        assert "Kembalikan" in " ".join(_labels(group, number)), "the card there is drawn again"
    assert not [m for m in group.from_bot() if first in m.text], "what was said in the old group stays there"
    assert len(await w.read(lambda s: s.exec(select(Chat.id).where(Chat.id < 0)).all())) == 1, "one group, one row"


async def test_the_wire_never_hears_a_reference(w: World) -> None:
    phones, group = await _whole_story(w)
    guest = phones[1].id
    assert await w.read(lambda s: addresses.known(s, guest)) == addresses.NOBODY, "a presser is looked up, never made"
    references = await w.read(lambda s: chats_of(s, [*phones, group]))
    calls = json.dumps(w.telegram.calls(), default=str)
    assert not [number for number in references if str(number) in calls]
    assert [call for call in w.telegram.calls("setMyCommands") if str(phones[0].id) in str(call["params"])]


async def _delete(w: World, who: Spoken) -> None:
    def gone(session: Session) -> None:
        session.exec(delete(Chat).where(Chat.id == addresses.known(session, who.id)))  # type: ignore[arg-type]

    await w.read(gone)


def _card(group: Group, number: str) -> int:
    return next(m.message_id for m in group.from_bot() if number in m.text)


def _labels(group: Group, number: str) -> list[str]:
    return next(m.labels for m in group.from_bot() if number in m.text)
