"""Where the service has not begun: an honest sentence, and whom to phone, before anything is sent (row 15)."""

from bot.core.choosing import Condition, option
from bot.core.flow import Answers, Known, Step
from bot.core.inputs import Input, Picked
from bot.core.question import Again, Answered, Leave, Question, Result
from bot.core.report_facts import BEYOND, SERVED, is_beyond
from bot.core.words import Literal, Words


def _ask(answers: Answers, known: Known) -> Question:
    code = (answers.get("tempat") or {}).get("kab")
    place = known.places.get(code) if code else None
    named = Literal(place.label) if place is not None else Words("tempat-tidak-tahu")
    words = Words("luar_layanan", {"kabupaten": named, "telepon": Words(known.knowledge.emergency_list_key(code))})
    return Question(words, (option("kirim", "b-kirim-juga", main=True), option("batal", "b-batal")), phones=True)


def beyond(cancelled: Words, when: Condition = is_beyond) -> Step:
    """The step; `cancelled` says that nothing was sent."""

    def read(_: Answers, given: Input, __: Known) -> Result:
        match given:
            case Picked("kirim"):
                return Answered({SERVED: "kirim"}, shown=Words("b-kirim-juga"))
            case Picked("batal"):
                return Leave(cancelled)
        return Again(Words("tak_paham"))

    return Step(SERVED, _ask, read, when, unread="whoever goes on was told; where the report is decides the rest")


def marked(place: dict[str, object], known: Known) -> dict[str, object]:
    """The answer of a place, with a note if the service has not begun there."""
    code = place.get("kab")
    outside = isinstance(code, str) and not known.service.has_begun(code)
    return {**place, BEYOND: True} if outside else place
