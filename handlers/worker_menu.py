"""What somebody with a role may do beside their cases, and how the desk works: *Lainnya* and /bantuan (W6)."""

from bot.actions import contacts, summary
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.five_buttons import MOST
from bot.core.keeping import KEEPERS
from bot.core.roles import LADDER_ROLES
from bot.texts.catalog import Speech
from bot.texts.message import Key, Message, column
from handlers.acts import Who
from storage import roster

LABELS = {
    Go.SUMMARY: "b-ringkasan",
    Go.STAFF: "b-petugas",
    Go.LEAVE: "b-cuti",
    Go.CONTACTS: "b-kontak",
    Go.REPORT: "b-lapor",
    Go.LANGUAGE: "b-bahasa",
}


def beside(turn: Turn, who: Who, taken: int) -> list[Key]:
    """The buttons of the menu that fit on a screen on which so many are taken, and the way to the others."""
    speech, places = turn.speech(who.chat_id), _places(turn, who)
    room = max(MOST - taken, 0)
    keys = [_key(speech, go) for go in places[:room]]
    if len(places) > room:
        keys.append(Key(speech.word("b-lainnya"), b.Menu(Go.MORE)))
    return keys


def more(turn: Turn, who: Who) -> None:
    """*Lainnya*: the whole menu."""
    speech = turn.speech(who.chat_id)
    keys = [_key(speech, go) for go in _places(turn, who)]
    turn.say(who.chat_id, Message(speech.say("w_menu"), column(keys)))


def guide(turn: Turn, who: Who) -> bool:
    """/bantuan of somebody whom the ladder asks; False for everybody else."""
    if not any(member.role in LADDER_ROLES for member in roster.roles_of(turn.session, who.chat_id)):
        return False
    speech = turn.speech(who.chat_id)
    phone = speech.word(turn.house.known.knowledge.emergency_key(None))
    lines = [
        speech.say("w_bantuan_ambil"),
        speech.say("w_bantuan_buka"),
        speech.say("w_bantuan_catat"),
        speech.say("w_bantuan_kontak"),
        speech.say("w_bantuan_darurat", telepon=phone),
    ]
    tasks = Key(speech.word("b-tugas"), b.Menu(Go.TASKS))
    turn.say(who.chat_id, Message("\n\n".join(lines), column((tasks, *beside(turn, who, 1)))))
    return True


def _places(turn: Turn, who: Who) -> list[Go]:
    """Where this person may go, the likely first."""
    roles = roster.roles_of(turn.session, who.chat_id)
    there = {Go.REPORT, Go.LANGUAGE}
    there |= {Go.SUMMARY} if summary.scope_of(roles) is not None else set()
    there |= {Go.STAFF} if any(member.role in KEEPERS for member in roles) else set()
    there |= {Go.LEAVE} if any(member.role in LADDER_ROLES for member in roles) else set()
    there |= {Go.CONTACTS} if contacts.own_area(turn, who.chat_id) is not None else set()
    return [go for go in LABELS if go in there]


def _key(speech: Speech, go: Go) -> Key:
    return Key(speech.word(LABELS[go]), b.Menu(go))
