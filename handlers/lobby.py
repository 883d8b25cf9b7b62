"""The lobby: /start, invites, menus, one's own reports; everything that belongs to no question and no case."""

from bot.actions import binding, deadlines, summary
from bot.actions.casefile import CaseFile
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.flow import Contact
from bot.core.knowledge import URGENCIES
from bot.core.moves import Status
from bot.core.words import Words
from bot.texts import case_lists
from bot.texts.case_facts import LAMPS
from bot.texts.case_lines import Line, bubble, line
from bot.texts.catalog import LANGUAGES, Speech
from bot.texts.message import Key, Message, column
from handlers import asking, overview, own_reports, presence, talk
from handlers.acts import Who
from handlers.asking import with_numbers
from handlers.questions import says_yes
from storage import cases, chats, drafts, roster
from storage.roster import Refused
from storage.tables import Case, Draft

INVITE = "i_"
"""What the payload of an invite link begins with."""
TASKS = 15
"""Cases of a worker's list that have a line and a button; the rest is counted."""
MENU_KEYS = {"lapor": "b-lapor", "selesai": "b-selesai", "laporan": "b-laporan-saya", "bahaya": "b-bahaya"}


def start(turn: Turn, who: Who, payload: str) -> None:
    """/start: an invite binds, an unfinished report is offered, everybody else is greeted."""
    chats.reachable(turn.session, who.chat_id, True, turn.now)
    if payload.startswith(INVITE) and _redeem(turn, who, payload.removeprefix(INVITE)):
        return
    draft = drafts.of(turn.session, who.chat_id)
    if draft is not None:
        _pending(turn, who, draft)
        return
    greet(turn, who, welcome=True)


def _pending(turn: Turn, who: Who, draft: Draft) -> None:
    """Somebody comes back to an unfinished report: nothing answered yet is asked again, the rest is offered."""
    if draft.question_uid is None:
        talk.lost(turn, who)
    elif any(not name.startswith("_") and name != "setuju" for name in drafts.answers_of(turn.session, draft)):
        asking.nudge(turn, draft)
    else:
        asking.resume(turn, draft)


def command(turn: Turn, who: Who, name: str, rest: str) -> None:
    """The few commands there are; each also has a button."""
    match name:
        case "lapor" | "report":
            menu(turn, who, "lapor")
        case "status" | "laporan" | "reports":
            own_reports.my_reports(turn, who, rest)
        case "tugas" | "tasks":
            tasks(turn, who)
        case "ringkasan" | "summary":
            menu(turn, who, "ringkasan")
        case "bahasa" | "language":
            menu(turn, who, "bahasa")
        case "batal" | "cancel":
            draft = drafts.of(turn.session, who.chat_id)
            if draft is not None:
                talk.nav(turn, who, b.Nav(draft.id, "batal"))
            else:
                greet(turn, who)
        case "petugas" | "worker":
            speech = turn.speech(who.chat_id)
            ask = {"text": speech.word("b-papan-contact"), "request_contact": True}
            turn.say(who.chat_id, Message(speech.say("petugas_nomor"), keyboard=((ask,),)))
        case "bantuan" | "help":
            turn.say(who.chat_id, _menu_message(turn, who, Words("bantuan")))
        case _:
            talk.lost(turn, who)


def greet(turn: Turn, who: Who, *, welcome: bool = False) -> None:
    """The way in; a worker sees what waits for him."""
    if roster.roles_of(turn.session, who.chat_id):
        tasks(turn, who)
    else:
        turn.say(who.chat_id, _menu_message(turn, who, Words("mulai" if welcome else "sapa")))


def menu(turn: Turn, who: Who, go: str) -> str:
    """A button of the lobby."""
    speech = turn.speech(who.chat_id)
    match go:
        case "lapor":
            draft = drafts.of(turn.session, who.chat_id)
            if draft is not None and draft.question_uid is not None:
                _pending(turn, who, draft)
            else:
                kept = drafts.answers_of(turn.session, draft) if draft is not None else {}
                talk.begin(turn, who, kept)
        case "bahaya":
            _danger(turn, who)
        case "sudah" | "takbisa":
            _phoned(turn, who, go)
        case "laporan":
            own_reports.my_reports(turn, who)
        case "tugas":
            tasks(turn, who)
        case "ringkasan":
            if not overview.show(turn, who):
                tasks(turn, who)
        case "tidakcuti":
            presence.stays(turn, who)
        case "bahasa":
            keys = tuple(
                Key(turn.house.texts.of(lang).word("nama-bahasa"), b.Menu(f"bahasa-{lang}")) for lang in LANGUAGES
            )
            turn.say(who.chat_id, Message(speech.say("pilih_bahasa"), column(keys)))
        case _ if go.startswith("bahasa-") and go.removeprefix("bahasa-") in LANGUAGES:
            chat = chats.chat(turn.session, who.chat_id)
            chat.language = go.removeprefix("bahasa-")
            turn.session.add(chat)
            turn.session.flush()
            draft = drafts.of(turn.session, who.chat_id)
            if draft is not None and draft.question_uid is not None:
                asking.resume(turn, draft)
            else:
                greet(turn, who, welcome=True)
        case "selesai":
            draft = drafts.of(turn.session, who.chat_id)
            if draft is not None and draft.question_uid is None:
                drafts.drop(turn.session, draft)
            keys = (Key(speech.word("b-lapor"), b.Menu("lapor")),)
            turn.say(who.chat_id, Message(speech.say("selesai_baik"), column(keys)))
        case _:
            return talk.stale(turn, who)
    return ""


def said(turn: Turn, who: Who, text: str) -> bool:
    """Words out of the blue: a yes begins, a report's number is answered, a worker sees his tasks; False otherwise."""
    if says_yes(turn.speech(who.chat_id), text):
        menu(turn, who, "lapor")
        return True
    if own_reports.asked_by_number(turn, who, text):
        return True
    if roster.roles_of(turn.session, who.chat_id):
        tasks(turn, who)
        return True
    return False


def goodbye(turn: Turn, who: Who, words: Words, entries: tuple[str, ...], *, bare: bool) -> None:
    """The end of a conversation without a report."""
    speech = turn.speech(who.chat_id)
    if bare:
        turn.say(who.chat_id, Message(speech.say("baik"), bare=True))
    text = speech.html(words)
    keys = tuple(Key(speech.word(MENU_KEYS[entry]), b.Menu(entry)) for entry in entries)
    turn.say(who.chat_id, Message(text, column(keys)))


def old_draft(turn: Turn, who: Who, draft_id: str) -> str:
    """A button of a draft that is gone: sent already, or thrown away."""
    speech = turn.speech(who.chat_id)
    number = cases.number_of_draft(turn.session, who.chat_id, draft_id)
    if number is not None:
        return speech.word("sudah_terkirim", nomor=number)
    return talk.stale(turn, who)


def contact(turn: Turn, who: Who, given: Contact) -> None:
    """A contact out of the blue: a worker's own number on the roster binds him."""
    speech = turn.speech(who.chat_id)
    members = binding.by_phone(turn, given.phone, who.chat_id) if given.own else []
    if not members:
        key = "petugas_tak_dikenal" if given.own else "hp_orang_lain_saja"
        turn.say(who.chat_id, Message(speech.say(key), bare=True))
        greet(turn, who)
        return
    for member in members:
        place = turn.house.known.places.get(member.area)
        where = place.label if place else "Jawa Timur"
        text = speech.html(_welcome(member.role, where))
        turn.say(who.chat_id, Message(text, bare=True))
    tasks(turn, who)


def tasks(turn: Turn, who: Who) -> None:
    """What waits for a worker, the gravest first; each with its button."""
    speech = turn.speech(who.chat_id)
    roles = roster.roles_of(turn.session, who.chat_id)
    if not roles:
        turn.say(who.chat_id, _menu_message(turn, who, Words("sapa")))
        return
    waiting, owned = cases.waiting_for(turn.session, who.chat_id), cases.owned_by(turn.session, who.chat_id)
    lines = [line(speech.say("t_tugas", menunggu=str(len(waiting)), dipegang=str(len(owned))))]
    shown = sorted((*waiting, *owned), key=lambda case: URGENCIES.index(case.urgency))[:TASKS]
    lines += [_task(turn, speech, case) for case in shown]
    if more := len(waiting) + len(owned) - len(shown):
        lines.append(line(speech.say("r_lagi", jumlah=str(more))))
    keys = [Key(f"{LAMPS[case.urgency]} {case.number}", b.Read(case.id, case.round)) for case in shown]
    if summary.scope_of(roles) is not None:
        keys.append(Key(speech.word("b-ringkasan"), b.Menu("ringkasan")))
    keys += [Key(speech.word("b-lapor"), b.Menu("lapor")), Key(speech.word("b-bahasa"), b.Menu("bahasa"))]
    turn.say(who.chat_id, bubble(lines, column(keys)))


def _task(turn: Turn, speech: Speech, case: Case) -> Line:
    """One case of a worker's list: who has it is expected to say a word by then, who is asked to answer by then."""
    due = case.next_due_at if case.status != Status.OPEN else deadlines.answer_by(turn, case)
    return case_lists.entry(speech, CaseFile(turn, case).facts, due)


def _redeem(turn: Turn, who: Who, token: str) -> bool:
    """Whether the invite bound somebody; if not, it is said why."""
    speech = turn.speech(who.chat_id)
    found = binding.redeem(turn, token, who.chat_id)
    if isinstance(found, Refused):
        turn.say(who.chat_id, Message(speech.say(f"undangan-{found.why}")))
        return False
    place = turn.house.known.places.get(found.member.area)
    text = speech.html(_welcome(found.member.role, place.label if place else "Jawa Timur"))
    keys = (Key(speech.word("b-tugas"), b.Menu("tugas")),)
    turn.say(who.chat_id, Message(text, column(keys)))
    return True


def _welcome(role: str, place: str) -> Words:
    """What comes in here for somebody with this role: an admin reads alarms and summaries, a volunteer nothing yet."""
    others = "undangan-relawan" if role == "volunteer" else "undangan-terikat"
    key = "undangan-pengelola" if role == "admin" else others
    return Words(key, {"peran": Words(f"peran-{role}"), "tempat": place})


def _menu_message(turn: Turn, who: Who, words: Words) -> Message:
    speech = turn.speech(who.chat_id)
    keys = [Key(speech.word(MENU_KEYS[go]), b.Menu(go)) for go in ("lapor", "bahaya", "laporan")]
    keys.append(Key(speech.word("b-bahasa"), b.Menu("bahasa")))
    return Message(with_numbers(turn.house, speech, speech.html(words)), column(keys))


def _danger(turn: Turn, who: Who) -> None:
    """The gate: whom to phone now, before anything else and before consent (row 66)."""
    speech = turn.speech(who.chat_id)
    phone = speech.word(turn.house.known.knowledge.emergency_key(None))
    keys = [
        Key(speech.word("b-sudah-telepon"), b.Menu("sudah")),
        Key(speech.word("b-tidak-bisa-telepon"), b.Menu("takbisa")),
        Key(speech.word("b-lapor"), b.Menu("lapor")),
    ]
    turn.say(who.chat_id, Message(speech.say("gawat", telepon=phone), column(keys)))


def _phoned(turn: Turn, who: Who, answer: str) -> None:
    """Whether somebody was phoned is kept for the card, in a draft that lives an hour without consent."""
    speech = turn.speech(who.chat_id)
    draft = drafts.of(turn.session, who.chat_id)
    if draft is None:
        drafts.begin(turn.session, who.chat_id, {"gawat": answer}, turn.now, turn.now + asking.BEFORE_CONSENT)
    else:
        drafts.keep(
            turn.session, draft, {**drafts.answers_of(turn.session, draft), "gawat": answer}, turn.now, draft.due_at
        )
    keys = (Key(speech.word("b-lanjut"), b.Menu("lapor")), Key(speech.word("b-cukup"), b.Menu("selesai")))
    text = speech.say("gawat_sudah" if answer == "sudah" else "gawat_takbisa")
    turn.say(who.chat_id, Message(text, column(keys)))


def stalled_draft(turn: Turn, chat_id: int) -> None:
    """An unfinished report: without consent it is forgotten, else mentioned once and forgotten a day later (row 3)."""
    draft = drafts.of(turn.session, chat_id)
    if draft is None or draft.due_at > turn.now:
        return
    if "setuju" not in drafts.answers_of(turn.session, draft) or draft.nudged:
        drafts.drop(turn.session, draft)
        return
    asking.nudge(turn, draft)
    draft.nudged, draft.due_at = True, turn.now + asking.FORGET
    turn.session.add(draft)
