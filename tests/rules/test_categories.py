"""What follows from a category or a flag stands in categories.toml, and every value of it is read (C3)."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import bot
from bot.core.flow import Known
from bot.core.inputs import Picked
from bot.core.knowledge import NONE, UNKNOWN, Knowledge
from bot.core.question import Answered
from bot.core.report import from_answers
from bot.core.report_flow import REPORT
from bot.texts import case_card as cards
from bot.texts.case_facts import Handling
from bot.texts.catalog import Texts
from tests.support.case_views import FIELD, FIELDS, KNOWN, NOW, changed, facts

SPEECH = Texts().of(None)
VALUES = [
    (table, code, key)
    for table in ("flags", "categories")
    for code, body in FIELDS[table].items()
    for key in body
    if key != "dangers"
] + [("defaults", "", key) for key in FIELDS["defaults"]]
EVERY = [(c, i) for c, kind in FIELD.categories.items() for i in (*(d.item for d in kind.dangers), NONE, UNKNOWN)]
STEPS = {step.name: step for step in REPORT.steps}
ANOTHER = "c_diteruskan"
"""A text that no category and no flag has."""


def what_follows(field: Knowledge) -> Iterator[Any]:
    """All that a reporter is asked and told, what the cards say and how a case rings, for every danger."""
    known = Known(KNOWN.places, field, now=KNOWN.now)
    for (category, item), who in itertools.product(EVERY, ("tetangga", "sendiri")):
        told = {"siapa": who, "jenis": category}
        picked = STEPS["bahaya"].read(told, Picked(item), known)
        assert isinstance(picked, Answered)
        answers = {**told, **picked.updates}
        yield [step.name for step in REPORT.steps if step.when(answers)]
        if STEPS["gawat"].when(answers):
            yield STEPS["gawat"].ask(answers, known).words
        case = facts(from_answers(answers, NOW), known)
        shown = (
            cards.ping(SPEECH, case, Handling(reader="tksk", until=NOW, then="jsc")),
            cards.owner_card(SPEECH, case, NOW),
            cards.group_card(SPEECH, case),
        )
        yield [message.text for message in shown]
        yield [field.urgency(category, item), field.rings_always(category, item)]
        yield field.advice(category, item, own=who == "sendiri")
        yield field.advice(category, item, own=False, family=True)
        yield field.looks_in(category, item)
        yield field.escorted(category, item)
        yield field.by_fixed_clock(category, item)
        yield field.urgency(category, item, quick=True)
        yield [field.care(category, item, text) for text in ("", "telanjang", "bayi")]
    yield field.defaults.quick


@pytest.fixture(scope="module")
def shipped() -> list[Any]:
    return list(what_follows(FIELD))


@pytest.mark.parametrize(("table", "code", "key"), VALUES)
def test_every_value_of_the_toml_has_a_reader(table: str, code: str, key: str, shipped: list[Any]) -> None:
    before = (FIELDS[table][code] if code else FIELDS[table])[key]
    match before:
        case bool():
            after: Any = not before
        case list():
            after = []
        case _:
            after = "biasa" if key in ("urgency", "unknown", "quick_unknown") else ANOTHER
    follows = itertools.zip_longest(what_follows(changed(table, code, **{key: after})), shipped)
    assert any(now != as_shipped for now, as_shipped in follows)


def test_the_page_for_jsc_names_the_categories_that_no_shield_hides() -> None:
    page = (Path(bot.__file__).parents[1] / "docs" / "jsc-webhook.md").read_text("utf-8")
    (line,) = [line for line in page.splitlines() if line.startswith("| `category` |")]
    told = line.split("|")[2].split(";")[0].strip().split(", ")
    assert told == [code for code, kind in FIELD.categories.items() if not kind.shield]


def test_every_question_to_the_fields_knowledge_is_asked_by_somebody() -> None:
    """What no code asks would be a value without a reader, however well it is tested."""
    root = Path(bot.__file__).parent.parent
    sources = [path for package in ("bot", "handlers") for path in (root / package).rglob("*.py")]
    code = "\n".join(path.read_text("utf-8") for path in sources if path.name != "knowledge.py")
    questions = [name for name, value in vars(Knowledge).items() if callable(value) and not name.startswith("_")]
    assert len(questions) >= 8
    assert not [name for name in questions if f".{name}(" not in code]
