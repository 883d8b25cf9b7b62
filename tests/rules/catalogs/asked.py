"""Which texts the code asks for: keys, followed from where they are written to where they are said."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import bot
from tests.rules.catalogs.families import DYNAMIC, FAMILIES

ROOT = Path(bot.__file__).parent.parent
PACKAGES = ("bot", "handlers", "notifiers", "storage")
"""Where texts are asked for; the local Telegram in bot/localtelegram has none of ours and is left out."""
CARRIERS = ("Words", "Piece")
"""Values that carry a key to where it is said."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Scope = Function | ast.Module | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


@dataclass
class Module:
    path: str
    tree: ast.Module
    parents: dict[ast.AST, ast.AST] = field(default_factory=dict)

    def scopes(self, node: ast.AST) -> Iterator[Scope]:
        while node in self.parents:
            node = self.parents[node]
            if isinstance(node, Scope):
                yield node


@dataclass(frozen=True)
class Asked:
    """One place in the code where a text is asked for; `values` is None where nobody wrote them there."""

    where: str
    keys: frozenset[str]
    values: frozenset[str] | None
    plain: bool


class Code:
    """Follows keys from where they are written to `Words(…)`, `.say(…)` and `.word(…)`."""

    def __init__(self) -> None:
        paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
        self.modules = [_module(path) for path in paths if ROOT / "bot" / "demo" not in path.parents]
        self.functions: dict[str, list[tuple[Module, Function]]] = {}
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, Function):
                    self.functions.setdefault(node.name, []).append((module, node))
        self.passing: dict[str, tuple[int, str]] = {}
        self.templates: set[str] = set()
        self.unknown: list[str] = []
        self.asked: list[Asked] = []
        while self._read():
            pass

    @property
    def keys(self) -> set[str]:
        return {key for asked in self.asked for key in asked.keys}

    def _read(self) -> bool:
        """One pass over all calls; True when it found another function that passes a key on."""
        before = len(self.passing)
        self.unknown, self.asked = [], []
        for module in self.modules:
            for node in ast.walk(module.tree):
                if isinstance(node, ast.Call):
                    self._call(module, node)
        return len(self.passing) > before

    def _call(self, module: Module, call: ast.Call) -> None:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = {keyword.arg: keyword.value for keyword in call.keywords}
        if name in CARRIERS or (
            name in ("say", "word") and isinstance(call.func, ast.Attribute) and len(call.args) == 1
        ):
            key, taken = call.args[0], frozenset[str]()
        elif name in self.passing and self._same(module, name):
            at, parameter = self.passing[name]
            found = given.get(parameter) or (call.args[at] if at < len(call.args) else None)
            if found is None:
                return
            key, taken = found, frozenset({parameter})
        else:
            return
        if isinstance(key, ast.Starred):
            return
        where = f"{module.path}:{call.lineno}"
        keys = frozenset(self._resolve(module, key, where))
        values = self._values(module, call, name, taken)
        self.asked.append(Asked(where, keys, values, plain=name == "word"))

    def _same(self, module: Module, name: str) -> bool:
        """A private function is only known in its own module."""
        return not name.startswith("_") or any(home is module for home, _ in self.functions[name])

    def _values(self, module: Module, call: ast.Call, name: str, taken: frozenset[str]) -> frozenset[str] | None:
        if name == "Piece":  # who says it adds the number, the day and the hour
            return None
        if name == "Words":
            if len(call.args) == 1:
                return frozenset() if not call.keywords else None
            return _names(call.args[1])
        if name not in ("say", "word") and not any(node.args.kwarg for _, node in self.functions[name]):
            return None
        known: set[str] = set()
        for keyword in call.keywords:
            if keyword.arg is not None:
                known.add(keyword.arg)
                continue
            dicts = [_names(value) for value in self._assigned(module, keyword.value)]
            if not dicts or any(names is None for names in dicts):
                return None
            known |= frozenset.intersection(*(names for names in dicts if names is not None))
        return frozenset(known) - taken

    def _resolve(self, module: Module, node: ast.expr, where: str) -> Iterator[str]:
        match node:
            case ast.Constant(value=str(key)):
                yield key
            case ast.Constant(value=None):
                return
            case ast.IfExp(body=yes, orelse=no):
                yield from self._resolve(module, yes, where)
                yield from self._resolve(module, no, where)
            case ast.JoinedStr(values=parts):
                template = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in parts)
                holes = [p.value for p in parts if isinstance(p, ast.FormattedValue)]
                listed = self._listed(module, holes[0]) if len(holes) == 1 else ()
                self.templates.add(template if not listed else "")
                if not listed and template not in FAMILIES:
                    self.unknown.append(f"{where}: family {template}")
                for value in listed or FAMILIES.get(template, ()):
                    yield template.replace("{}-{}", "{}").format(value)
            case ast.Subscript(value=ast.Name() as table):
                for written in self._assigned(module, table):
                    assert isinstance(written, ast.Dict), f"{where}: {ast.unparse(node)}"
                    for entry in written.values:
                        yield from self._resolve(module, entry, where)
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in self.functions:
                for home, function in self.functions[name]:
                    for inner in ast.walk(function):
                        if isinstance(inner, ast.Return) and inner.value is not None:
                            yield from self._resolve(home, inner.value, where)
            case ast.Name(id=name) if self._parameter(module, node, name):
                return
            case ast.Name() if bound := list(self._assigned(module, node)):
                for written in bound:
                    yield from self._resolve(module, written, where)
            case _ if ast.unparse(node) in DYNAMIC:
                yield from DYNAMIC[ast.unparse(node)]
            case _:
                self.unknown.append(f"{where}: {ast.unparse(node)}")

    def _parameter(self, module: Module, node: ast.AST, name: str) -> bool:
        """A parameter: whoever calls that function is looked at instead."""
        for scope in module.scopes(node):
            if not isinstance(scope, Function):
                if any(self._bound(module, scope, name)):
                    return False
                continue
            names = [argument.arg for argument in (*scope.args.posonlyargs, *scope.args.args)]
            only = [argument.arg for argument in scope.args.kwonlyargs]
            if name in (*names, *only):
                at = names.index(name) if name in names else 99
                method = names[:1] == ["self"]
                if scope.name not in ("say", "word"):
                    self.passing[scope.name] = (at - method, name)
                return True
            if any(self._bound(module, scope, name)):
                return False
        return False

    def _listed(self, module: Module, hole: ast.expr) -> tuple[str, ...]:
        """All values of a loop's name, when they are written down as texts."""
        values = tuple(self._assigned(module, hole))
        texts = tuple(v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str))
        return texts if len(texts) == len(values) else ()

    def _assigned(self, module: Module, node: ast.AST) -> Iterator[ast.expr]:
        """Every value written down for a name, in the nearest scope that has one."""
        if not isinstance(node, ast.Name):
            return
        for scope in module.scopes(node):
            if found := list(self._bound(module, scope, node.id)):
                yield from found
                return

    def _bound(self, module: Module, scope: Scope, name: str) -> Iterator[ast.expr]:
        for node in _bindings(scope):
            match node:
                case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                    yield value
                case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                    yield value
                case ast.NamedExpr(target=ast.Name(id=target), value=value) if target == name:
                    yield value
                case ast.For(target=names, iter=rows) | ast.comprehension(target=names, iter=rows):
                    if name not in {part.id for part in ast.walk(names) if isinstance(part, ast.Name)}:
                        continue
                    for table in (rows, *self._assigned(module, rows)):
                        if isinstance(table, ast.Tuple):
                            yield from _column(names, table.elts, name)


@functools.cache
def _bindings(scope: Scope) -> tuple[ast.AST, ...]:
    """The nodes of a scope that bind names, without those of the scopes in it."""
    found, waiting = [], list(ast.iter_child_nodes(scope))
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.Assign | ast.AnnAssign | ast.NamedExpr | ast.For | ast.comprehension):
            found.append(node)
        if not isinstance(node, Scope):
            waiting.extend(ast.iter_child_nodes(node))
    return tuple(found)


def _column(target: ast.expr, rows: list[ast.expr], name: str) -> Iterator[ast.expr]:
    """The values of one name in `for a, b in ((1, 2), (3, 4))`."""
    if isinstance(target, ast.Name) and target.id == name:
        yield from rows
    if isinstance(target, ast.Tuple):
        for at, part in enumerate(target.elts):
            if isinstance(part, ast.Name) and part.id == name:
                yield from (row.elts[at] for row in rows if isinstance(row, ast.Tuple))


def _names(node: ast.expr) -> frozenset[str] | None:
    """The names in a dict that is written down, else None."""
    if not isinstance(node, ast.Dict) or not all(isinstance(key, ast.Constant) for key in node.keys):
        return None
    return frozenset(str(key.value) for key in node.keys if isinstance(key, ast.Constant))


def _module(path: Path) -> Module:
    module = Module(path.relative_to(ROOT).as_posix(), ast.parse(path.read_text("utf-8")))
    for node in ast.walk(module.tree):
        module.parents.update((child, node) for child in ast.iter_child_nodes(node))
    return module


@functools.cache
def code() -> Code:
    return Code()
