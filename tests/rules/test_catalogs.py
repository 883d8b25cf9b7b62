"""The catalogs: complete, readable, alike in every language, and exactly what the code asks for."""

import ast
import functools
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

import bot
from bot.actions import respond
from bot.core.escalation import LADDER_ROLES
from bot.core.flow import Known
from bot.core.flows import FLOWS
from bot.core.knowledge import URGENCIES
from bot.core.leave_days import LENGTHS
from bot.core.leave_flow import STAND_INS
from bot.core.ownership import WAIT_DAYS, WAITING
from bot.core.question import Question
from bot.core.report_flow import EDITABLE
from bot.data.knowledge import load_knowledge
from bot.data.places import load_places
from bot.texts import cards
from bot.texts.catalog import LANGUAGES, ORIGINAL, Texts, source
from bot.texts.times import DAYS
from handlers.questions import simple, typed_choice
from storage import roster

ROOT = Path(bot.__file__).parent.parent
PACKAGES = ("bot", "handlers", "notifiers", "storage")
"""Where texts are asked for; the local Telegram in bot/localtelegram has none of ours and is left out."""
OTHERS = tuple(language for language in LANGUAGES if language != ORIGINAL)
TEXTS = Texts()
KNOWLEDGE = load_knowledge()
KNOWN = Known(load_places(), KNOWLEDGE, datetime(2026, 3, 2, 2, tzinfo=UTC))
NASTY = "<i>&\"'"
"""A value that shows whether it was escaped."""
DANGERS = tuple(f"{code}-{danger.item}" for code, kind in KNOWLEDGE.categories.items() for danger in kind.dangers)
PICKS = {step.name: step for flow in FLOWS.values() for step in flow.steps}


def choices_of(step: str) -> tuple[str, ...]:
    return tuple(choice.value for choice in PICKS[step].ask({}, KNOWN).choices)


def texts_of(what: str) -> tuple[str, ...]:
    """The keys of texts that the field's knowledge names as `what`."""
    holders = (*KNOWLEDGE.flags.values(), *KNOWLEDGE.categories.values(), KNOWLEDGE.defaults)
    return tuple(dict.fromkeys(key for holder in holders if (key := getattr(holder, what, None))))


FAMILIES: dict[str, tuple[str, ...]] = {
    "jenis-{}": (*KNOWLEDGE.categories, *KNOWLEDGE.exits),
    "bahaya-{}-{}": DANGERS,
    "kapan-{}": choices_of("kapan"),  # as a card tells it
    "c_siapa-{}": ("sendiri", "keluarga", "jalan"),
    "{}-{}": (*(f"siapa-{v}" for v in choices_of("siapa")), *(f"kapan-{v}" for v in choices_of("kapan"))),
    "baris-{}": EDITABLE,
    "b-papan-{}": ("location", "contact"),
    "urgensi-{}": URGENCIES,
    "peran-{}": (*LADDER_ROLES, *roster.ROLES),
    "orang-{}": tuple(role for role in LADDER_ROLES if role != "jsc2"),
    "b-cuti-{}": tuple(map(str, LENGTHS)),
    "pengganti-{}": STAND_INS,
    "b-pengganti-{}": STAND_INS,
    "c_tugas-{}": tuple(role for role in LADDER_ROLES if role in roster.ROLES and role != "tksk"),
    "tunggu-{}": WAITING,
    "b-tunggu-{}": tuple(map(str, WAIT_DAYS)),
    "hasil-{}": respond.OUTCOMES,
    "undangan-{}": ("unknown", "used", "expired"),
    "hari-{}": DAYS,
    "tangga-peran-{}": LADDER_ROLES,
    "tangga-nihil-{}": ("vacant", "unbound", "unreachable", "asked"),
    "bulan-{}": tuple(str(month) for month in range(1, 13)),
}
"""Keys that are put together: the template, and what stands in its holes (the whole key for "{}-{}")."""
DYNAMIC: dict[str, tuple[str, ...]] = {
    "code": KNOWLEDGE.exits,
    "flag.gate_self or (self.defaults.gate_self if grave else None)": texts_of("gate_self"),
    "flag.gate or (self.defaults.gate if grave else None)": texts_of("gate"),
    "flag and flag.advice_self or kind.advice_self or self.defaults.advice_self": texts_of("advice_self"),
    "flag and flag.advice or kind.advice": texts_of("advice"),
    "warning": texts_of("warning"),
}
"""Keys that are plain values of data: the expression, and all it can be."""
UNASKED: dict[str, str] = {}
"""Keys that no line of code names, each with its reason; keep it nearly empty."""


# --- the catalogs, as data ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Text:
    words: str
    variables: frozenset[str]


class _Variables(Visitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.found.add(node.id.name)


@functools.cache
def entries(language: str) -> tuple[ftl.Message, ...]:
    body = FluentParser().parse(source(language)).body
    junk = [entry.content for entry in body if isinstance(entry, ftl.Junk)]
    assert not junk, f"{language}.ftl has lines nobody can read: {junk}"
    return tuple(entry for entry in body if isinstance(entry, ftl.Message))


@functools.cache
def catalog(language: str) -> dict[str, Text]:
    """Every text with its variables; each variable reads as one word."""
    found = {}
    speech = TEXTS.of(language)
    for entry in entries(language):
        visitor = _Variables()
        visitor.visit(entry)
        words = speech.word(entry.id.name, **dict.fromkeys(visitor.found, "nilai"))
        found[entry.id.name] = Text(words, frozenset(visitor.found))
    return found


def tokens(text: str) -> int:
    return sum(any(c.isalnum() for c in token) for token in text.split())


# --- the code: which keys does it ask for? -----------------------------------------------------------------

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
        if name == "Words" or (
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


# --- (a) alike in every language ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: str) -> None:
    names = [entry.id.name for entry in entries(language)]
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_keys_and_variables_of_the_original(language: str) -> None:
    original = {key: text.variables for key, text in catalog(ORIGINAL).items()}
    assert {key: text.variables for key, text in catalog(language).items()} == original


@pytest.mark.parametrize("language", OTHERS)
def test_icons_and_tags_are_those_of_the_original(language: str) -> None:
    def marks(text: str) -> tuple[str, list[str]]:
        return re.split(r"[\w(<]", text, maxsplit=1)[0], re.findall(r"<[^>]*>", text)

    keys = [key for key in catalog(ORIGINAL) if key not in ("nama-bahasa", "telepon-umum", "telepon-112")]
    different = [key for key in keys if marks(catalog(language)[key].words) != marks(catalog(ORIGINAL)[key].words)]
    assert not different


@pytest.mark.parametrize("language", OTHERS)
def test_telephone_numbers_are_those_of_the_original(language: str) -> None:
    for key, text in catalog(ORIGINAL).items():
        assert re.findall(r"\d{3,}", catalog(language)[key].words) == re.findall(r"\d{3,}", text.words), key


# --- (b) readable by Telegram ------------------------------------------------------------------------------


class _Tags(HTMLParser):
    """Only our three tags, closed in order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ("b", "i", "blockquote"), tag
        assert not attrs
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_formats_and_its_markup_is_ours(language: str) -> None:
    speech = TEXTS.of(language)
    for key, text in catalog(language).items():
        parser = _Tags()
        parser.feed(speech.say(key, **dict.fromkeys(text.variables, NASTY)))
        parser.close()
        assert not parser.open, key
        assert parser.text.count(NASTY) >= len(text.variables), key
        assert not set("{}") & set(parser.text), key
        assert parser.text == parser.text.strip(), key
        assert parser.text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_shown_without_markup_has_none(language: str) -> None:
    plain = {key for asked in code().asked if asked.plain for key in asked.keys}
    marked = [key for key in plain if set("<>&") & set(catalog(language)[key].words)]
    assert not marked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_fits_telegram(language: str) -> None:
    limits = {"profil-nama": 64, "profil-singkat": 120, "profil-panjang": 512}
    commands = {key: 256 for key in catalog(language) if key.startswith("perintah-")}
    for key, limit in (limits | commands).items():
        assert len(catalog(language)[key].words) <= limit, key


# --- (c) exactly what the code asks for --------------------------------------------------------------------


def test_every_key_of_the_code_can_be_followed() -> None:
    assert not code().unknown


def test_every_family_is_one_of_the_code() -> None:
    assert not FAMILIES.keys() - code().templates


def test_every_key_of_the_code_is_in_the_catalog() -> None:
    missing = sorted(f"{a.where}: {key}" for a in code().asked for key in a.keys if key not in catalog(ORIGINAL))
    assert not missing


def test_every_text_gets_its_values_where_it_is_asked_for() -> None:
    wrong = [
        f"{asked.where}: {key} needs {sorted(lacking)}"
        for asked in code().asked
        if asked.values is not None
        for key in asked.keys & catalog(ORIGINAL).keys()
        if (lacking := catalog(ORIGINAL)[key].variables - asked.values)
    ]
    assert not wrong


def test_every_text_of_the_catalog_is_used() -> None:
    unused = catalog(ORIGINAL).keys() - code().keys - UNASKED.keys()
    assert not sorted(unused)


def test_the_short_list_of_exceptions_is_short_and_true() -> None:
    assert len(UNASKED) <= 5
    assert all(UNASKED.values())
    assert UNASKED.keys() <= catalog(ORIGINAL).keys() - code().keys


# --- (d) the words -----------------------------------------------------------------------------------------


def containing(pattern: str, language: str = ORIGINAL) -> list[str]:
    return [
        key for key, text in catalog(language).items() if re.search(rf"\b(?:{pattern})\b", text.words, re.IGNORECASE)
    ]


def test_people_are_addressed_as_bapak_ibu() -> None:
    assert not containing("anda|kamu|kalian|engkau")


def test_nobody_is_called_names_or_ordered_about() -> None:
    assert not containing("gila|edan|gendeng|cacat|gelandangan|pengemis|gepeng|terlapor|pelaku|korban|dilarang")


def test_nothing_is_promised_that_nobody_can_promise() -> None:
    assert not containing("pasti|petugas akan datang|segera ditangani|petugas sudah menerima")


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_shouted_at(language: str) -> None:
    assert sum(text.words.count("!") for text in catalog(language).values()) <= 1


def test_what_we_do_is_never_called_bantuan() -> None:
    """Villagers read "bantuan" as money and rice; only texts on those and to workers may say it."""
    allowed = re.compile(r"bansos|jenis-bansos|saran_pasung|[cwdol]_.+")
    assert not [key for key in containing("bantuan") if not allowed.fullmatch(key)]


def test_news_on_a_shared_phone_is_number_and_status_only() -> None:
    news = {key: text for key, text in catalog(ORIGINAL).items() if re.match(r"k_|t_(?!tugas)", key)}
    assert news
    roles = {"siapa", "lalu"}  # of whoever is asked, never a name
    assert all(
        text.variables <= {"nomor", "hari", "jam", "jam2", "telepon", "daftar"} | roles for text in news.values()
    )


# --- (e) length --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_long(language: str) -> None:
    counts = {key: tokens(text.words) for key, text in catalog(language).items()}
    longer = {key: count for key, count in counts.items() if count > 25}
    print(f"{language}: {len(longer)} of {len(counts)} texts have more than 25 words: {longer}")
    assert not {key: count for key, count in counts.items() if count > 40}


# --- (f) buttons of one question ---------------------------------------------------------------------------


def questions() -> Iterator[tuple[str, str, Question]]:
    """The questions that have choices of our own: (step, name, question)."""
    review: dict[str, object] = {
        "siapa": "jalan",
        "jenis": "odgj",
        "bahaya": "pasung",
        "patokan": {},
        "kapan": "lama",
        "cerita": {},
    }
    review |= {"foto": "tanpa", "kontak": "bot", "tempat": {"kab": None, "kec": None, "desa": None}}
    plain = ("setuju", "siapa", "jenis", "meninggal", "tempat", "kapan", "kontak", "hp")
    drafts: list[tuple[str, dict[str, object]]] = [(name, {}) for name in plain]
    drafts += [("bahaya", {"jenis": code}) for code in KNOWLEDGE.categories]
    grave: dict[str, object] = {"jenis": "odgj", "bahaya": "serang"}
    drafts += [("gawat", grave), ("gawat", {**grave, "siapa": "sendiri"})]
    leave: dict[str, object] = {"sejak": "2026-03-02", "hingga": "2026-03-05", "pengganti": "tidakada", "_wakil": True}
    drafts += [(name, leave) for name in ("sejak", "hingga", "pengganti", "yakin")]
    drafts += [("sejak", {"_sejak": True}), ("hingga", {**leave, "_hingga": True})]
    drafts += [("setuju", {"_lengkap": True}), ("tinjau", review)]
    drafts += [("tinjau", {**review, "_lompat": True}), ("tinjau", {**review, "_ubah": True})]
    for step, answers in drafts:
        name = "-".join(str(answers[k]) for k in ("jenis",) if k in answers)
        yield step, f"{step} {name}".strip(), PICKS[step].ask(answers, KNOWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_of_one_question_read_differently(language: str) -> None:
    speech = TEXTS.of(language)
    nav = [simple(speech.word("b-kembali")), simple(speech.word("b-batal"))]
    for _, name, question in questions():
        labels = [*(simple(speech.label(choice.label)) for choice in question.choices), *nav]
        assert all(labels), name
        assert len(set(labels)) == len(labels), (name, labels)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_word_means_one_button_where_it_does_in_the_original(language: str) -> None:
    """A typed first word is a press; a translation must not take that away."""

    def firsts(speaking: str, question: Question) -> list[str]:
        return [simple(TEXTS.of(speaking).label(choice.label)).split()[0] for choice in question.choices]

    for _, name, question in questions():
        here, there = firsts(language, question), firsts(ORIGINAL, question)
        same = [
            (here[n], name)
            for n, m in itertools.combinations(range(len(here)), 2)
            if here[n] == here[m] and there[n] != there[m]
        ]
        assert not same


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_bare_yes_or_no_names_no_danger(language: str) -> None:
    speech = TEXTS.of(language)
    for step, name, question in questions():
        if step == "bahaya":
            for typed in ("ya", "tidak", "tak", "ndak", "yes", "no", "not"):
                picked = typed_choice(speech, question, typed)
                assert picked in (None, "tidakada"), (name, typed)


def worker_buttons() -> Iterator[tuple[str, ...]]:
    yield ("b-saya-tangani", "b-buka-rincian", "b-eskalasi", "b-tidak-bisa")
    yield ("b-dikerjakan", "b-menunggu", "b-selesai-kasus", "b-kembalikan", "b-salah-pencet")
    yield (*(f"tunggu-{reason}" for reason in WAITING), "b-tidak-jadi")
    yield (*(f"b-tunggu-{days}" for days in WAIT_DAYS), "b-kembali")
    yield ("b-saya-piket", "b-tunjuk-piket", "b-ganti-piket")
    yield (*(f"b-cuti-{days}" for days in LENGTHS), "b-tidak-cuti")
    yield (*(f"alasan-{reason}" for reason in cards.REASONS), "b-jadi-tangani")
    yield tuple(f"hasil-{outcome}" for outcome in respond.OUTCOMES)
    yield ("b-lapor", "b-bahaya", "b-laporan-saya", "b-bahasa")
    yield ("b-ringkasan", "b-cuti", "b-lapor", "b-bahasa")
    yield (
        "b-buka",
        "b-tanpa",
        "b-telat",
        "b-daftar-menunggu",
        "b-masuk",
        "b-tanpa-petugas",
        "b-wilayah",
        "b-sudah-dibaca",
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_buttons_of_one_card_read_differently(language: str) -> None:
    for keys in worker_buttons():
        labels = [simple(catalog(language)[key].words) for key in keys]
        assert len(set(labels)) == len(labels), labels


# --- (g) labels that fit -----------------------------------------------------------------------------------


def is_label(key: str) -> bool:
    return bool(re.match(r"(?:b|siapa|jenis|kapan|alasan|tunggu|hasil|baris|nama)-|bahaya-\w+-", key))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_label_is_longer_than_a_phone_shows(language: str) -> None:
    long = {key: text.words for key, text in catalog(language).items() if is_label(key) and len(text.words) > 64}
    assert not long


def test_the_walk_through_the_code_finds_what_it_should() -> None:
    """The followed calls include one of every way a key travels."""
    ways: dict[str, Callable[[], bool]] = {
        "literal": lambda: "tombol_lama" in code().keys,
        "either of two": lambda: {"sapa", "mulai"} <= code().keys,
        "through a helper": lambda: {"k_diambil", "c_berakhir", "l_buntu", "b-setuju"} <= code().keys,
        "returned": lambda: {"telepon-112", "status-petugas"} <= code().keys,
        "from a table": lambda: "b-bahaya" in code().keys,
        "from a loop": lambda: "r_patokan" in code().keys,
        "put together": lambda: "bahaya-lain-hilang" in code().keys,
    }
    assert [way for way, found in ways.items() if not found()] == []
