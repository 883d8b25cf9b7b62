"""What the answers of a report mean: other code asks here, and spells no key of a draft."""

from typing import Any

from bot.core.flow import Answers
from bot.core.knowledge import Knowledge

GRAVE, FLAG, MUST_PHONE, NOT_ASKED = "_gawat", "_tanda", "_telepon", "_tanpa"
"""Notes that the danger leaves: life is in danger, its flag, somebody is to be phoned, what is not asked with it."""
SKIPS_KECAMATAN = "_lompat"
"""The note of the review: not through the kecamatan's worker."""
QUICK = "_cepat"
"""The note of a quick report: danger, one picture or recording, a place, and no more."""
PHONED = "gawat"
"""The step that says whether somebody was phoned; the danger button may answer it before any question."""
OF_DANGER = (GRAVE, FLAG, MUST_PHONE, NOT_ASKED, PHONED, "meninggal")
"""Answers and notes that follow from the danger, and are forgotten with it."""


def of_danger(knowledge: Knowledge, category: str, item: str) -> dict[str, Any]:
    """The notes that a danger of this category leaves."""
    return {
        GRAVE: knowledge.urgency(category, item) == "darurat",
        FLAG: knowledge.categories[category].flag(item),
        MUST_PHONE: knowledge.gate(category, item, own=False) is not None,
        NOT_ASKED: list(knowledge.skipped(category, item)),
    }


def was_phoned(answer: str) -> dict[str, Any]:
    """The answer "sudah" or "takbisa" of somebody who was told whom to phone before the first question."""
    return {PHONED: answer}


def is_phoned(answers: Answers) -> bool:
    """Whether they said already if they phoned somebody."""
    return PHONED in answers


def is_quick(answers: Answers) -> bool:
    """Whether somebody in a hurry reports, and is asked what a case cannot be without."""
    return bool(answers.get(QUICK))


def not_quick(answers: Answers) -> bool:
    """Whether there is time for every question."""
    return not is_quick(answers)


def is_self(answers: Answers) -> bool:
    """Whether somebody reports for themselves."""
    return answers.get("siapa") == "sendiri"


def is_missing(answers: Answers) -> bool:
    """Whether nobody knows where the person is."""
    return answers.get(FLAG) == "hilang"


def is_grave(answers: Answers) -> bool:
    """Life is in danger by what was answered: the person is told whom to phone, and asked little more."""
    return bool(answers.get(GRAVE))


def not_grave(answers: Answers) -> bool:
    """No danger to life was named: there is time for the whole story."""
    return not is_grave(answers)


def must_phone(answers: Answers) -> bool:
    """Somebody is to be phoned before anything else is asked."""
    return bool(answers.get(MUST_PHONE))


def somebody_died(answers: Answers) -> bool:
    """Whether the person is dead."""
    return answers.get(FLAG) == "meninggal"


def is_skipped(name: str, answers: Answers) -> bool:
    """Whether a question makes no sense with the danger that was named."""
    return name in answers.get(NOT_ASKED, ())


def skips_kecamatan(answers: Answers) -> bool:
    """Whether the report is not to go through the kecamatan's worker."""
    return bool(answers.get(SKIPS_KECAMATAN))


def story(answers: Answers) -> str:
    """What was told in words: when it was asked for, unasked, and beside the picture of a quick report."""
    parts = (answers.get("cerita") or {}).get("teks"), (answers.get("rekam") or {}).get("teks")
    return "\n".join(dict.fromkeys(part for part in parts if part))


def pinned(answers: Answers) -> bool:
    """Whether the place was pointed at on the map."""
    return "pin" in (answers.get("tempat") or {})


def landmark(answers: Answers) -> str:
    """The landmark: what was said of it with the place, and when it was asked for; "" for none."""
    parts = (answers.get("tempat") or {}).get("patokan"), (answers.get("patokan") or {}).get("teks")
    return "\n".join(dict.fromkeys(part for part in parts if part))
