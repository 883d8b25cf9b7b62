"""`tersapa who`: both numbers of a chat from either one, for whoever holds the keys; the log knows no real id."""

import json
from pathlib import Path

from tests.support.forks import tersapa, write_config
from tests.support.references import chats_of
from tests.support.world import world


async def _folder(tmp_path: Path) -> list[tuple[int, int]]:
    """A folder with the database of a bot that a person and a group wrote to; (real id, reference) of both."""
    async with world(tmp_path) as w:
        siti = w.person()
        await siti.start()
        group = w.telegram.group("JSC", [siti])
        await w.settle()
        ids = [siti.id, group.id]
        references = await w.read(lambda s: chats_of(s, [siti, group]))
    write_config(tmp_path, '[database]\nurl = "tersapa.db"\n')
    return list(zip(ids, references, strict=True))


async def test_either_number_gives_both(tmp_path: Path) -> None:
    for real, reference in await _folder(tmp_path):
        for number in (real, reference):
            code, out, err = tersapa("who", str(number), folder=tmp_path)
            assert (code, out) == (0, f"reference {reference}, id at Telegram {real}\n")
            logged = json.loads(err)
            assert (logged["event"], logged["chat"]) == ("a chat was looked up", reference)
            assert str(real) not in err
        found = json.loads(tersapa("who", str(real), "--json", folder=tmp_path)[1])
        assert found == {"reference": reference, "telegram_id": real}


async def test_a_number_that_nobody_has_is_said_and_logged_without_it(tmp_path: Path) -> None:
    await _folder(tmp_path)
    for number in ("4999999999", "-4999999999", "0", str(2**63)):
        code, out, err = tersapa("who", number, folder=tmp_path)
        assert (code, out) == (1, "")
        assert "no chat is known by this number" in err and "a chat that is not known was looked up" in err
        assert number == "0" or number not in err


async def test_without_the_keys_nobody_is_named(tmp_path: Path) -> None:
    ((real, reference), _) = await _folder(tmp_path)
    (tmp_path / "tersapa.keys").unlink()
    for number in (real, reference):
        code, out, _ = tersapa("who", str(number), folder=tmp_path)
        assert (code, out) == (2, "")
