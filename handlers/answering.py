"""Questions that people ask before they trust: who is this, does it cost, who reads it, what if somebody sees it.

Each has its answer, at any moment; an open question stands below it again, and no worker reads it as an addition.
"""

from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.inputs import Input, Typed
from bot.core.report_flow import REPORT
from bot.core.words import Words
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers import added, adding, asking, greeting, opening
from handlers.acts import Who
from handlers.questions import says
from storage.tables import Draft

FEARS = "kata-tanya-takut"
FORGETS = "kata-tanya-hapus"
ASKED = ("kata-tanya-bot", "kata-tanya-bayar", "kata-tanya-baca", FEARS, FORGETS)
"""What is asked; whoever says one word more tells something, and is heard by somebody else."""


def is_asked(speech: Speech, text: str) -> bool:
    """Whether it is one of these questions, and tells nothing more."""
    return _which(speech, text) is not None


def heard(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    """The answer; then whatever was open before."""
    assert isinstance(given, Typed)
    speech = turn.speech(who.chat_id)
    asked = _which(speech, given.text)
    assert asked is not None
    words = _answer(turn, asked)
    if draft is not None and draft.question_uid is not None:
        asking.resume(turn, draft, words)
        return
    if draft is not None:
        turn.say(who.chat_id, Message(speech.html(words)))
        opening.offer_again(turn, who, draft)
        return
    hide = (Key(speech.word("b-sembunyikan"), b.Menu(Go.HIDE)),) if asked in (FEARS, FORGETS) else ()
    ways = (Go.OWN_REPORTS,) if added.about(turn, who) else (Go.REPORT, Go.OWN_REPORTS)
    turn.say(who.chat_id, Message(speech.html(words), column((*hide, *greeting.keys(speech, ways)))))


def not_sent(turn: Turn, who: Who, _: Input, draft: Draft | None) -> None:
    """When does somebody come? Nobody does for a report that is not sent; how a sent one stands is said first."""
    assert draft is not None
    if added.about(turn, who):
        adding.status(turn, who, _, draft)
    asking.resume(turn, draft, *((Words("belum_terkirim"),) if draft.flow == REPORT.name else ()))


def _which(speech: Speech, text: str) -> str | None:
    return next((key for key in ASKED if says(speech, key, text)), None)


def _answer(turn: Turn, asked: str) -> Words:
    controller = turn.house.settings.privacy.controller.strip()
    match asked:
        case "kata-tanya-bot" if controller:
            return Words("jawab_bot_pengelola", {"pengelola": controller})
        case "kata-tanya-bot":
            return Words("jawab_bot")
        case "kata-tanya-bayar":
            return Words("jawab_bayar")
        case "kata-tanya-baca":
            return Words("jawab_baca")
        case "kata-tanya-hapus" if controller:
            return Words("jawab_hapus_pengelola", {"pengelola": controller})
        case "kata-tanya-hapus":
            return Words("jawab_hapus")
    return Words("jawab_takut")
