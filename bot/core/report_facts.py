"""What the answers of a report mean: other code asks here, and spells no key of a draft."""

from typing import Any

from bot.core.danger_words import BEATEN, HELP, SEXUAL
from bot.core.flow import Answers
from bot.core.knowledge import Knowledge

GRAVE, FLAG, MUST_PHONE, NOT_ASKED = "_gawat", "_tanda", "_telepon", "_tanpa"
"""Notes that the danger leaves: life is in danger, its flag, somebody is to be phoned, what is not asked with it."""
SKIPS_KECAMATAN = "_lompat"
"""The note of the review: not through the kecamatan's worker."""
ON_BEHALF, RESIDENT = "wakil", "warga"
"""Whoever reports for a resident, and whose number is given: that resident's."""
QUICK = "_cepat"
"""The note of a quick report: danger, one picture or recording, a place, and no more."""
PHONED = "gawat"
"""The step that says whether somebody was phoned; the danger button may answer it before any question."""
SHIELDED = "_lindung"
"""The note of a danger under protection: violence, a child."""
GREETED = "disapa"
"""The step that asks whether somebody in despair may be greeted again."""
REACHED, WAY, FOUND = "aman", "cara", "ditemukan"
"""The steps that ask whoever is harmed how they may be reached, by whom or when, and how somebody finds them."""
KIND, DANGER = "jenis", "bahaya"
"""The step that asks what it is; whoever names it is asked about danger next."""
ASKED_NOW = "_apakah"
"""The note that it was asked whether there is danger now: how many questions of its chat had been shown then."""
TO_SELF = "_diri"
"""The note that words of danger were about whoever wrote them, before it was asked who it is about."""
WARNED = "_waspada"
"""The note of the kinds of danger that were asked about because of words."""
OFFERED = "_ditawarkan"
"""The note of how many pictures were offered and not kept."""
OF_DANGER = (GRAVE, FLAG, MUST_PHONE, NOT_ASKED, PHONED, SHIELDED, GREETED, REACHED, WAY, "meninggal")
"""Answers and notes that follow from the danger, and are forgotten with it."""
AFRAID = "_takut"
"""The note that somebody may not be phoned because another person would learn of it."""
NO_CALL, BY_OTHERS, AT_HOURS, COMES_ALONE = "jangan", "lewat", "pukul", "saya"
"""How whoever is harmed may be reached: not by phone, through a midwife or volunteer, phoned at hours they name, or
not at all: they come to the bot by themselves."""


def of_danger(knowledge: Knowledge, category: str, item: str) -> dict[str, Any]:
    """The notes that a danger of this category leaves."""
    return {
        GRAVE: knowledge.urgency(category, item) == "darurat",
        FLAG: knowledge.categories[category].flag(item),
        MUST_PHONE: knowledge.gate(category, item, own=False) is not None,
        NOT_ASKED: list(knowledge.skipped(category, item)),
        SHIELDED: knowledge.shielded(category, item),
    }


def told_of(answers: Answers) -> tuple[str | None, str | None]:
    """The category and the danger, as far as they were answered."""
    return answers.get("jenis"), answers.get("bahaya")


def offered(answers: Answers) -> int:
    """How many pictures were offered that are not kept."""
    return answers.get(OFFERED) or 0


def was_phoned(answer: str) -> dict[str, Any]:
    """The answer "sudah" or "takbisa" of somebody who was told whom to phone before the first question."""
    return {PHONED: answer}


def is_phoned(answers: Answers) -> bool:
    """Whether they said already if they phoned somebody."""
    return PHONED in answers


def is_urgent(answers: Answers) -> bool:
    """Whether danger was named before any question, by the button or in words."""
    return is_phoned(answers) or bool(answers.get(WARNED))


def mentioned(answers: Answers) -> tuple[str, ...]:
    """The dangers that words were about, but for a bare cry for help."""
    return tuple(about for about in answers.get(WARNED, ()) if about != HELP)


def is_quick(answers: Answers) -> bool:
    """Whether somebody in a hurry reports, and is asked what a case cannot be without."""
    return bool(answers.get(QUICK))


def not_quick(answers: Answers) -> bool:
    """Whether there is time for every question."""
    return not is_quick(answers)


def is_self(answers: Answers) -> bool:
    """Whether somebody reports for themselves."""
    return answers.get("siapa") == "sendiri"


def is_family(answers: Answers) -> bool:
    """Whether the family of whoever needs help reports: most live with them."""
    return answers.get("siapa") == "keluarga"


def on_behalf(answers: Answers) -> bool:
    """Whether a volunteer, a village official or a worker reports for a resident (row 7)."""
    return answers.get("siapa") == ON_BEHALF


def asks_resident(answers: Answers) -> bool:
    """Whether the resident whom they report for may be phoned, and not the reporter."""
    return on_behalf(answers) and answers.get("kontak") == RESIDENT


def is_hidden(answers: Answers) -> bool:
    """Whether somebody reports harm done to themselves: whoever does it may read their phone (R5)."""
    return is_self(answers) and bool(answers.get(SHIELDED))


def may_hide(answers: Answers) -> bool:
    """Whether each question can be hidden: also where words told of harm, and it is not known yet to whom."""
    told = {BEATEN, SEXUAL} & set(answers.get(WARNED, ()))
    return is_hidden(answers) or (bool(told) and answers.get("siapa", "sendiri") == "sendiri")


def asks_safely(answers: Answers) -> bool:
    """Whether it is asked how they may be reached: somebody near may read their phone, or must not learn of it."""
    return is_hidden(answers) or (bool(answers.get(AFRAID)) and (is_family(answers) or is_self(answers)))


def is_despair(answers: Answers) -> bool:
    """Whether somebody says of themselves that they want to die."""
    return is_self(answers) and answers.get(FLAG) == "bunuhdiri"


def is_phoned_at_hours(answers: Answers) -> bool:
    """Whether whoever is harmed may be phoned at hours that they named."""
    return answers.get(REACHED) == AT_HOURS and bool(answers.get(WAY))


def reached(answers: Answers) -> str | None:
    """How whoever is harmed may be reached; who named no hours is not phoned. None where that was not asked."""
    if not asks_safely(answers) or REACHED not in answers:
        return None
    way: str = answers[REACHED]
    return NO_CALL if way == AT_HOURS and not is_phoned_at_hours(answers) else way


def may_be_phoned(answers: Answers) -> bool:
    """Whether a number is asked for, and counts."""
    if asks_safely(answers):
        return is_phoned_at_hours(answers)
    return answers.get("kontak") == "telepon" or asks_resident(answers)


def is_lost(answers: Answers) -> bool:
    """Whether nobody could find anybody by what was told: no desa, no point, no landmark, no phone."""
    place = answers.get("tempat") or {}
    known = place.get("desa") or place.get("pin") or place.get("patokan") or answers.get("patokan")
    return not (known or (may_be_phoned(answers) and answers.get("hp")))


SERVED, BEYOND = "layanan", "luar_layanan"
"""The step that says that the service has not begun there, and the note of such a place."""


def is_beyond(answers: Answers) -> bool:
    """Whether the service has not begun where it is."""
    return bool((answers.get("tempat") or {}).get(BEYOND))


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
    """The landmark: what was said of it with the place, and when it or the way there was asked for; "" for none."""
    steps = ((answers.get(step) or {}).get("teks") for step in ("patokan", FOUND))
    parts = (answers.get("tempat") or {}).get("patokan"), *steps
    return "\n".join(dict.fromkeys(part for part in parts if part))
