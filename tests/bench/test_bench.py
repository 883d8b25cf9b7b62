"""The bench itself: it waits for nothing without a limit, sees what is lost or doubled, and grows what really works."""

from pathlib import Path

from bot.config import Telegram
from bot.localtelegram.server import LocalTelegram
from notifiers.telegram.adapter import api_bot
from tests.bench import residents
from tests.bench.figures import Figure, Part, keep, kept
from tests.bench.grown import grown
from tests.bench.run import OURS, Load, run
from tests.bench.street import street

KEYBOARD = {"inline_keyboard": [[{"text": residents.LABELS[0], "callback_data": "a"}]]}


async def test_a_bot_that_is_silent_is_lost_and_not_waited_for() -> None:
    async with LocalTelegram() as telegram, street(telegram) as here:
        crowd = await residents.reports(here, 3, 2, quiet=0.1)
    assert crowd.finished == crowd.answered == 0
    assert sum(crowd.lost.values()) == 3
    assert residents.LABELS[0] in str(crowd.lost)


async def test_a_question_asked_twice_and_a_missing_report_are_seen() -> None:
    async with LocalTelegram() as telegram, street(telegram) as here:
        siti = here.phone(residents.FIRST)
        bot = api_bot(Telegram(token=telegram.token, api_url=telegram.url))
        await bot.initialize_quietly()
        for _ in range(2):
            await bot.call("sendMessage", {"chat_id": siti.id, "text": "Apa?", "reply_markup": KEYBOARD})
        await bot.shutdown()
        found = "; ".join(residents.faults(telegram, 1, stored=0))
    assert f"{residents.LABELS[0]!r} as question 2, where {residents.LABELS[1]!r} follows" in found
    assert "got 0 numbers" in found
    assert "0 of 1 reports are stored" in found


async def test_residents_and_the_bot_agree_on_the_conversation() -> None:
    """Two keyboards in a row offer "Tidak tahu"; whoever presses it in the one that was answered goes nowhere."""
    cost = await run(OURS, Load(reports=2, at_once=2))
    assert not cost.lost
    assert not cost.faults


async def test_copies_of_a_case_come_due_and_climb_as_the_real_one_does(tmp_path: Path) -> None:
    async with grown(tmp_path, None, 30, 30) as made:
        w = made.w
        made.due(5, climb=True)
        before = len(w.telegram.calls("sendMessage"))
        assert await w.app.tick() == 5
        await w.settle()
        assert len(w.telegram.calls("sendMessage")) > before


def test_figures_are_kept_between_runs(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    parts = {"size": Part("size", (Figure("a report", 12.5, "KB", 12.0), Figure("rows", None, "", note="gone")))}
    keep(parts, file)
    assert kept(file) == parts
    assert [figure.met for figure in kept(file)["size"].figures] == [False, None]
