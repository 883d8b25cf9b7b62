"""Kinds of messages: one table says how each is treated, and whoever says something names a kind and no more (C5)."""

import ast
from pathlib import Path

from sqlmodel import col, select

from storage import kinds
from storage.kinds import CALM, KINDS, PING, PINGS, URGENT
from storage.session import Session
from storage.tables import Outbox
from tests.support.world import MALANG, SINGOSARI, World

ROOT = Path(__file__).parents[2]


async def test_all_that_asks_about_a_darurat_case_hurries(w: World) -> None:
    """A reminder, a line, and a card that is said again went out as ordinary pings, which a digest may swallow."""
    tksk = await w.worker("tksk", SINGOSARI)
    await w.worker("koordinator", MALANG)
    await w.worker("jsc", "35", "Ani")
    await w.reports(w.person(), kind="Gangguan jiwa", danger="Menyerang")
    await w.passes(minutes=50)
    await w.press(tksk, "Saya tangani", "Kembalikan")
    await w.reports(w.person(), kind="Lansia", danger="Tidak ada")

    def asked(session: Session) -> set[tuple[str, int]]:
        return {(row.kind, row.priority) for row in session.exec(select(Outbox).where(col(Outbox.kind).in_(PINGS)))}

    said = await w.read(asked)
    assert said == {("card", URGENT), ("remind", URGENT), ("again", URGENT), ("card", PING)}


def test_the_table_is_whole_and_nobody_sets_a_priority_beside_it() -> None:
    made = {value.name for value in vars(kinds).values() if isinstance(value, kinds.Kind)}
    assert made == set(KINDS)
    for room in ("bot", "handlers", "notifiers"):
        for path in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    named = ast.unparse(node.func).rpartition(".")[2]
                    given = {keyword.arg for keyword in node.keywords}
                    assert named not in ("say", "edit", "Outgoing", "put") or "priority" not in given, path


def test_what_is_drawn_again_leaves_behind_what_is_said() -> None:
    assert kinds.REDRAW.priority == CALM > kinds.ANSWER.priority
    assert not kinds.REDRAW.bubble and not kinds.EDIT.bubble
