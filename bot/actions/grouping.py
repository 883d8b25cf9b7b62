"""A group becomes JSC's: the admins learn its chat_id, and whoever posts their code there enrols it (W9)."""

import hmac
import secrets
from datetime import timedelta

from bot.actions.speak import tell_admins
from bot.actions.turn import Turn
from bot.core.buttons import ALPHABET
from bot.texts.message import Message
from storage import addresses, groups

VALID = timedelta(hours=1)
LENGTH = 8


def added(turn: Turn, group: int) -> None:
    """The bot was added to a group, or called there: the admins learn its chat_id, once while the code is valid."""
    address = addresses.address_of(turn.session, group)
    if address is None or group == turn.house.group or groups.code_of(turn.session, group, turn.now) is not None:
        return
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    groups.offer(turn.session, group, code, turn.now + VALID)
    if turn.house.named is not None:
        tell_admins(turn, "a_grup_lain", chat=str(address))
    else:
        tell_admins(turn, "a_grup", chat=str(address), kode=code)


def enrol(turn: Turn, group: int, said: str) -> bool:
    """Whether the code that was posted in a group makes it JSC's; one that stands in the settings stays."""
    code = groups.code_of(turn.session, group, turn.now)
    if turn.house.named is not None or code is None or not hmac.compare_digest(code.encode(), said.lower().encode()):
        return False
    groups.enrol(turn.session, group, turn.now)
    turn.house.identity.group = group
    turn.say(group, Message(turn.speech(group).say("grup_terdaftar")))
    tell_admins(turn, "a_grup_terdaftar")
    return True
