"""A language that covers one conversation, and whose words on danger no native has read: the rest is Indonesian."""

from collections.abc import Iterator

import pytest

from bot.core.leave_flow import LEAVE
from bot.core.report_flow import REPORT
from bot.texts import catalog
from storage import chats
from tests.support.references import chat_of
from tests.support.world import SINGOSARI, World

HALF = """
siapa = Sinten ingkang perlu dipuntulungi?
b-tetangga = Tanggi
cuti_sejak = Wiwit dinten punapa?
sapa_bahaya = Yen bebaya, telpon { $telepon }.
mulai = Kula siap nampi lapuran.
"""


@pytest.fixture(params=[LEAVE.name, REPORT.name])
def covered(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The conversation that the half language covers."""
    whole = catalog.source
    monkeypatch.setitem(catalog.SPOKEN, "jv", catalog.Language("id-ID", frozenset({request.param})))
    monkeypatch.setattr(catalog, "LANGUAGES", tuple(catalog.SPOKEN))
    monkeypatch.setattr(catalog, "source", lambda code: HALF if code == "jv" else whole(code))
    catalog._bundle.cache_clear()
    yield request.param
    catalog._bundle.cache_clear()


async def test_what_is_not_covered_or_not_read_by_a_native_is_said_in_the_original(covered: str, w: World) -> None:
    siti = w.person()
    await siti.start()
    await w.settle()
    await w.read(lambda session: chats.speak(session, chat_of(session, siti), "jv"))
    await siti.start()
    await w.settle()
    assert "Kula siap nampi lapuran." in siti.last().text
    assert "telepon 110" in siti.last().text and "bebaya" not in siti.last().text, "safety, in words that were read"
    await w.press(siti, "Lapor", "Setuju")
    asked = "Sinten ingkang perlu dipuntulungi?" if covered == REPORT.name else "Siapa yang perlu ditolong?"
    assert siti.last().text.endswith(asked)
    await w.say(siti, "tetangga")
    assert "Keadaannya seperti apa?" in siti.last().text, "what the file lacks is said in the original"


async def test_a_worker_asks_for_leave_in_a_conversation_that_is_not_covered(covered: str, w: World) -> None:
    tksk = await w.worker("tksk", SINGOSARI)
    await w.read(lambda session: chats.speak(session, chat_of(session, tksk), "jv"))
    await w.say(tksk, "cuti")
    assert ("Wiwit dinten punapa?" in tksk.last().text) == (covered == LEAVE.name)
