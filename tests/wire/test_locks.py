"""One `run` a SQLite file, and no `await` while a transaction is open."""

import ast
import asyncio
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from storage import addresses
from storage.database import Database
from storage.sealing import read_keys
from storage.session import Session
from storage.tables import Chat
from storage.vault import Vault
from tests.support.engines import keys_file, ready_database
from tests.support.forks import tersapa
from tests.support.world import World

ROOT = Path(__file__).parents[2]
SOURCES = [path for room in ("bot", "handlers", "storage", "notifiers") for path in (ROOT / room).rglob("*.py")]


async def command(w: World, *words: str) -> tuple[int, str]:
    """Exit code and standard error of `tersapa WORDS` on the world's database."""
    environment = {
        **os.environ,
        "TERSAPA_TELEGRAM__TOKEN": w.telegram.token,
        "TERSAPA_TELEGRAM__API_URL": w.telegram.url,
        "TERSAPA_DATABASE__URL": str(w.app.db.url.database),
    }
    code, _, said = await asyncio.to_thread(tersapa, *words, folder=ROOT, environment=environment)
    return code, said


async def test_a_second_run_on_the_same_file_is_refused_in_a_sentence(w: World) -> None:
    (code, said), (beside, _) = await asyncio.gather(command(w, "run"), command(w, "audit", "verify"))
    assert code == 2
    assert said.startswith("tersapa: another `tersapa run` already works on ")
    assert len(said.splitlines()) == 1
    assert beside == 0, "a command may open the same file beside it"
    siti = w.person()
    await siti.start()
    await w.settle()
    assert siti.find("Selamat datang"), "the first one goes on"


def test_replicas_that_start_together_agree_on_the_house_key(postgres: str, tmp_path: Path) -> None:
    url, keys = ready_database(postgres), read_keys(keys_file(tmp_path))
    replicas = [Database(url, Vault(keys)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda db: db.write(db.vault.unlock), replicas))
    sealed = replicas[0].write(lambda s: s.vault.seal(s, "t", "c", "1", "rahasia"))
    opened = [db.write(lambda s: s.vault.open(s, "t", "c", "1", sealed)) for db in replicas]
    assert opened == ["rahasia"] * 4
    for db in replicas:
        db.close()


async def test_two_who_make_the_same_row_at_once_both_get_it(both: World) -> None:
    """Two replicas may hear of a chat first in the same moment: it gets one row."""
    work = [both.read(lambda s: addresses.reference(s, 4711)) for _ in range(8)]
    assert len(set(await asyncio.gather(*work))) == 1


async def test_a_row_that_is_there_already_is_still_an_error(both: World) -> None:
    def twice(session: Session) -> None:
        session.add(Chat(id=4712, address_index="x", address_sealed=b""))
        session.flush()

    await both.read(twice)
    with pytest.raises(IntegrityError):
        await both.read(twice)


def waits_inside(source: str) -> list[int]:
    """Lines that await while a transaction is open, or hand an async function to one."""
    tree = ast.parse(source)
    asynchronous = {node.name for node in ast.walk(tree) if isinstance(node, ast.AsyncFunctionDef)}
    return sorted({*_awaits_in_blocks(tree), *_async_work(tree, asynchronous)})


def _awaits_in_blocks(tree: ast.AST) -> Iterator[int]:
    for block in ast.walk(tree):
        if isinstance(block, ast.With | ast.AsyncWith):
            opened = [ast.unparse(item.context_expr) for item in block.items]
            if any(".begin" in text or text.startswith("Session(") for text in opened):
                yield from (inner.lineno for inner in ast.walk(block) if isinstance(inner, ast.Await))


def _async_work(tree: ast.AST, asynchronous: set[str]) -> Iterator[int]:
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
            continue
        of_the_database = ast.unparse(call.func.value).rsplit(".", 1)[-1].lstrip("_") == "db"
        if of_the_database and call.func.attr in ("run", "write"):
            names = {node.attr if isinstance(node, ast.Attribute) else node.id for node in _names(call.args[0])}
            if names & asynchronous:
                yield call.lineno


def _names(work: ast.AST) -> Iterator[ast.Name | ast.Attribute]:
    for node in ast.walk(work):
        if isinstance(node, ast.Name) or (isinstance(node, ast.Attribute) and ast.unparse(node.value) == "self"):
            yield node


def test_nobody_awaits_inside_a_transaction() -> None:
    found = {str(path.relative_to(ROOT)): waits_inside(path.read_text("utf-8")) for path in SOURCES}
    assert not {path: lines for path, lines in found.items() if lines}
    assert len(found) > 50


@pytest.mark.parametrize(
    "source",
    [
        "async def f(db):\n    with db.begin() as s:\n        await send(s)",
        "async def f(engine):\n    with Session(engine) as s, s.begin():\n        x = [await send(r) for r in s]",
        "async def work(s): ...\nasync def f(self):\n    await self._db.run(work)",
        "class A:\n    async def work(self, s): ...\n    async def f(self): await db.run(lambda s: self.work(s))",
    ],
)
def test_the_check_sees_what_it_is_for(source: str) -> None:
    assert waits_inside(source)


def test_deeds_rules_and_memory_are_plain_functions() -> None:
    """What runs in a database thread cannot wait for the network, because it cannot wait at all."""
    rooms = ("storage/", "bot/core/", "bot/actions/", "bot/texts/")
    found = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        if str(path.relative_to(ROOT)).startswith(rooms)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert found == ["storage/database.py:run"]
