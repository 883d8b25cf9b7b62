"""Outside the core nobody spells the key of an answer (C8): the count of such literals is 0."""

import ast
from collections.abc import Iterator
from pathlib import Path

import bot
from bot.core import (
    albums,
    contact_flow,
    correct_flow,
    leave_days,
    leave_flow,
    place_step,
    reason_flow,
    report_facts,
    story_step,
    walk,
)
from bot.core.flows import FLOWS
from bot.texts.catalog import ORIGINAL
from tests.rules.catalogs.reading import catalog

ROOT = Path(bot.__file__).parent.parent
PACKAGES = ("bot", "handlers", "notifiers", "storage")
NOTES = {
    getattr(module, name)
    for module in (
        albums,
        contact_flow,
        correct_flow,
        leave_days,
        leave_flow,
        place_step,
        reason_flow,
        report_facts,
        story_step,
        walk,
    )
    for name in vars(module)
    if name.isupper() and isinstance(getattr(module, name), str) and getattr(module, name).startswith("_")
}
KEYS = NOTES | {
    key for flow in FLOWS.values() for step in flow.steps for key in (step.name, *step.drops, *step.notes)
}  # fmt: skip
GENERIC = ("bot/core/flow.py", "bot/core/question.py", "bot/core/walk.py", "bot/core/inputs.py", "bot/core/hearing.py")
"""Files of the core that drive every flow, and so name no step of any."""
VALUES = {variable for text in catalog(ORIGINAL).values() for variable in text.variables}
"""Names of the values of texts: in a dict that is written down they are no keys of a draft."""


def literals(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and text of the literals that are keys of answers; docstrings, keys of texts and their values are none."""
    values, texts = set(), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            values |= {id(key) for key in node.keys}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute | ast.Name):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id
            texts |= {id(given) for given in node.args if name in ("say", "word", "Words")}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(key)) if key in KEYS and id(node) not in texts:
                if id(node) not in values or key not in VALUES:
                    yield node.lineno, key


def test_what_is_counted_is_what_a_flow_keeps() -> None:
    assert {"setuju", "cerita", "gawat", "_gawat", "_lompat", "_tempat", "_album", "_media", "_wakil", "hingga"} <= KEYS
    found = literals(
        ast.parse("a['cerita']; a.get('_gawat'); {'gawat': 1}; {'tempat': 1}; 'foto' in a; f(tempat=1); s.say('gawat')")
    )
    assert sorted(key for _, key in found) == ["_gawat", "cerita", "foto", "gawat"]


def test_no_key_of_an_answer_is_spelt_outside_the_core() -> None:
    paths = [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]
    outside = [path for path in paths if ROOT / "bot" / "core" not in path.parents]
    rooms = ("localtelegram", "demo")  # one knows nothing of ours, the other presses buttons as a person does
    told = [path for path in outside if not set(rooms) & set(path.parts)]
    found = [
        f"{path.relative_to(ROOT)}:{line} {key}"
        for path in (*told, *(ROOT / name for name in GENERIC))
        for line, key in literals(ast.parse(path.read_text("utf-8")))
        if not (path.name == "walk.py" and key.startswith("_"))
    ]
    assert found == []
