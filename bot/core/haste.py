"""How much haste an update has, read from the raw update before anything is known of its chat (row 163)."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from bot.core import buttons as b
from bot.core.buttons import Go


class Haste(StrEnum):
    """Whether an update waits its turn."""

    DANGER = "danger"
    """*Ada bahaya* and its answers: before whatever else its chat sent, and before other chats."""
    MATTERS = "matters"
    """A press on a case, or words of danger: never counted, never paused, in its order otherwise."""
    CHAT = "chat"
    """Everything else."""


_ALARMS = (Go.DANGER, Go.PHONED, Go.CANNOT_PHONE)

_WORDS = re.compile(
    r"\b(?:bahaya|danger|darurat|emergency|help|(?:di)?tolong\w*|tulung\w*|gawat"
    r"|(?:meng|ng)?amu[kq]|ngamok|sajam|senjata|ce?lurit|clurit|parang|pisau|golok|arit|bendho?|lading|todi"
    r"|bunuh|dibunuh|suicide|gantung|nggantung|kend?h?at|nglalu|araddhe?|mateya|(?:mau|pengen|ingin|arep|pingin) mati"
    r"|racun|loncat|pingsan|kejang|kejet\w*|sesak|overdosis|semaput|kalen?gn?ger|tidak sadar|gak sadar"
    r"|dipukul\w*|memukul\w*|disiksa|dianiaya|dihajar|digebug\w*|digepuk\w*|diantem\w*|epokol|dibacok|ditusuk"
    r"|dicabul\w*|diperkosa|dilecehkan|dirudapaksa|perkosa\w*|kdrt|mayat|kebakaran"
    r"|dirant\w*|dipasung|epasong|ekorong|disekap)\b",
    re.IGNORECASE,
)
"""Words that may be words of danger. Too many are no harm: what has one of them is only not made to wait."""


def haste(raw: Mapping[str, Any]) -> Haste:
    """The haste of a raw update; whatever is in it, it raises nothing."""
    query, message = raw.get("callback_query"), raw.get("message")
    if isinstance(query, Mapping):
        data = query.get("data")
        return _of_button(b.unpack(data) if isinstance(data, str) else None)
    if isinstance(message, Mapping):
        said = (message.get("text"), message.get("caption"))
        if any(isinstance(words, str) and _WORDS.search(words) for words in said):
            return Haste.MATTERS
    return Haste.CHAT


def album(raw: Mapping[str, Any]) -> str | None:
    """The album that a message belongs to, if it is one of several pictures sent at once."""
    message = raw.get("message")
    found = message.get("media_group_id") if isinstance(message, Mapping) else None
    return found if isinstance(found, str) else None


def _of_button(button: b.Button | None) -> Haste:
    match button:
        case b.Menu(go) if go in _ALARMS:
            return Haste.DANGER
        case b.Phoned():
            return Haste.DANGER
        case b.CaseButton():
            return Haste.MATTERS
        case _:
            return Haste.CHAT
