"""Planted mistakes in what four presses rest on; each is one changed line, and a line that is gone fails loudly."""

import inspect
from dataclasses import dataclass
from types import FunctionType, ModuleType
from typing import Any

from bot.core import moves
from handlers import desk
from storage import cases


@dataclass(frozen=True, slots=True)
class Mutant:
    """A mistake: in `function` of `module`, `old` becomes `new`; `seen` says what gives it away."""

    name: str
    seen: str
    module: ModuleType
    function: str
    old: str
    new: str
    used_by: ModuleType
    engine: str = "sqlite"

    def made(self) -> Any:
        """The function with the mistake in it."""
        source = inspect.getsource(getattr(self.module, self.function))
        assert source.count(self.old) == 1, f"{self.name}: the line to change is not there once"
        scope = dict(vars(self.module))
        exec(compile(source.replace(self.old, self.new), self.name, "exec"), scope)
        made = scope[self.function]
        assert isinstance(made, FunctionType)
        return made


TABLE, NO_TABLE = "MOVES.get((status, event))", "MOVES.get((status, event)) or MOVES[Status.OPEN, event]"
MUTANTS = (
    Mutant("no table of moves", "acknowledgements", moves, "row", TABLE, NO_TABLE, moves),
    Mutant("no table of moves on PostgreSQL", "acknowledgements", moves, "row", TABLE, NO_TABLE, moves, "postgresql"),
    Mutant(
        "the row is not held",
        "acknowledgements",
        cases,
        "case_for",
        ".with_for_update(of=Case)",
        "",
        cases,
        "postgresql",
    ),
    Mutant(
        "too late, and nothing is said",
        "pressers without an answer",
        desk,
        "_stale",
        "turn.say(who.user_id, Message(speech.html(Literal(text)), rows), kind, case=file.case)",
        "pass",
        desk,
    ),
)
