"""Logs: events and ids of our own rows, never what a person wrote, never a secret (T01, T35)."""

import ast
import asyncio
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from bot.demo.turning import PATIENCE
from handlers.routes import ROUTES
from tests.support.world import World, until

TOKEN = "7000000001:AAlocal-telegram-for-tests-and-demo-only"
PERSONAL = ("Suparmanto Wiyoko", "+6281234567890", "3507241203780005", "-7.893612, 112.663914")


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What `set_up` at DEBUG writes; everything is put back afterwards."""
    root, stream = logging.getLogger(), io.StringIO()
    before = {name: logging.getLogger(name).level for name in (*logs.QUIET, "")}
    handlers = root.handlers[:]
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    monkeypatch.setattr(sys, "stderr", stream)
    logs.set_up("DEBUG", (TOKEN, "", "whsec-of-ours"))
    yield stream
    root.handlers[:] = handlers
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def written(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        (f"POST https://api.telegram.org/bot{TOKEN}/sendMessage", TOKEN[11:]),
        ("other token 123456789:AAF-abcdefghijklmnopqrstuvwxyz012345678", "AAF-abc"),
        ("/file/bot55555:AAF-abcdefghijk/photos/1.jpg", "AAF-abc"),
        ("secret whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ"),
        ("plain whsec-of-ours", "whsec-of-ours"),
        ("telp 081234567890, +62 812-3456-7890 atau 6281234567890", "8123"),
        ("telp +62 812-3456-7890", "3456"),
        ("NIK 3507241203780005", "350724"),
        ("di -7.893612, 112.663914", "893612"),
        ("{'latitude': -7.893612, 'longitude': 112.663914}", "663914"),
    ],
)
def test_the_redactor_masks(text: str, gone: str) -> None:
    assert gone not in logs.redact(text, (TOKEN, "whsec-of-ours"))


@pytest.mark.parametrize(
    "text", ["turn failed", "35.07.24.2016", "TS-7K4Q2M", "2026-03-02T02:00:00.123+00:00", "0.25 s"]
)
def test_the_redactor_leaves_what_operators_need(text: str) -> None:
    assert logs.redact(text) == text


@given(st.text(), st.one_of(st.text(), st.integers(), st.floats(allow_nan=False), st.booleans()))
def test_a_line_is_always_one_line_of_json(event: str, value: object) -> None:
    record = logging.LogRecord("tersapa.x", logging.INFO, "", 0, event.replace("%", ""), (), None)
    record.error = value
    line = logs.JsonLines().format(record)
    assert "\n" not in line
    assert json.loads(line)["from"] == "tersapa.x"


def test_only_keys_of_the_list_are_written(lines: io.StringIO) -> None:
    logging.getLogger("tersapa.x").error("event", extra={"outbox": "abc", "story": PERSONAL[0], "seconds": 3})
    (body,) = written(lines)
    assert body["outbox"] == "abc"
    assert body["seconds"] == 3
    assert "story" not in body


def test_an_exception_leaves_its_places_and_none_of_its_words(lines: io.StringIO) -> None:
    try:
        raise ValueError(" ".join(PERSONAL)) from KeyError(PERSONAL[0])
    except ValueError as error:
        logging.getLogger("tersapa.x").error("turn failed", exc_info=error)
        sys.excepthook(ValueError, error, None)
    shouting = threading.Thread(target=lambda: int(PERSONAL[0]))
    shouting.start()
    shouting.join()
    found = written(lines)
    assert [body["trace"][0] for body in found] == ["ValueError"] * 3
    assert found[0]["trace"][1].startswith("operator/test_logs.py:")
    assert not [value for value in PERSONAL if value in lines.getvalue()]


async def test_libraries_say_only_what_they_are(lines: io.StringIO) -> None:
    """Their templates are written, their arguments and the words of their errors are not."""
    for name in ("asyncio", "sqlalchemy.pool", "apscheduler", "uvicorn.error", "unknown.library"):
        logging.getLogger(name).error("Task %s failed\nwith %s", PERSONAL[0], PERSONAL[1])
    loop = asyncio.get_running_loop()
    loop.call_exception_handler({"message": "lost", "exception": ValueError(PERSONAL[0])})
    assert [body["event"] for body in written(lines)] == ["Task %s failed"] * 5 + ["lost"]
    assert not [value for value in PERSONAL if value in lines.getvalue()]


def test_no_field_that_the_code_logs_is_dropped() -> None:
    """C5: `since`, `lanes` and `year` were, in silence."""
    said = set[str]()
    for folder in ("bot", "handlers", "notifiers", "storage"):
        for path in (Path(__file__).parents[2] / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "extra" and isinstance(node.value, ast.Dict):
                    said |= {str(key.value) for key in node.value.keys if isinstance(key, ast.Constant)}
    assert said and not said - set(logs.ALLOWED)


async def test_the_libraries_are_quiet_and_no_token_is_written(lines: io.StringIO, w: World) -> None:
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as client:
        await client.get(f"{w.telegram.url}/bot{TOKEN}/getMe")
    logging.getLogger("telegram.ext").debug("Webhook received data: %s", PERSONAL[0])
    assert "Webhook" not in lines.getvalue()
    assert TOKEN[11:] not in lines.getvalue()
    assert {body["from"].split(".")[0] for body in written(lines)} <= {"tersapa"}


async def test_a_turn_that_raises_leaves_nothing_of_what_was_said(
    lines: io.StringIO, w: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "Pak Suparmanto Wiyoko di -7.893612, 112.663914"

    def raises(update: Any, here: Any) -> Any:
        raise ValueError(f"cannot read {update.message.text!r} from {update}")

    monkeypatch.setattr("handlers.routes.ROUTES", ((lambda u: u.message, raises), *ROUTES))
    siti = w.person("Siti", username="sitizulaikhah77")
    for act in (siti.start(), siti.say(said)):
        await act
        await until(lambda: not w.telegram.pending())
        await w.passes(minutes=1)
    failed = [body for body in written(lines) if body["event"] == "turn failed"]
    assert len(failed) == 10, "two updates, five tries each"
    assert all(body["trace"][0] == "ValueError" for body in failed)
    assert not [word for word in ("Suparmanto", "893612", "sitizulaikhah77", "Siti") if word in lines.getvalue()]
    assert len([m for m in siti.from_bot() if "gagal kami baca" in m.text]) == 2
