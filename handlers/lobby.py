"""The lobby: /start, invites, menus, one's own reports; everything that belongs to no question and no case."""

from datetime import datetime

from sqlmodel import Session

from bot.actions import binding, deadlines, summary
from bot.actions.house import House
from bot.actions.speak import facts, say, speech_for
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


def start(session: Session, house: House, who: Who, payload: str, now: datetime) -> None:
    """/start: an invite binds, an unfinished report is offered, everybody else is greeted."""
    chats.reachable(session, who.chat_id, True, now)
    if payload.startswith(INVITE) and _redeem(session, house, who, payload.removeprefix(INVITE), now):
        return
    draft = drafts.of(session, who.chat_id)
    if draft is not None:
        _pending(session, house, who, draft, now)
        return
    greet(session, house, who, now, welcome=True)


def _pending(session: Session, house: House, who: Who, draft: Draft, now: datetime) -> None:
    """Somebody comes back to an unfinished report: nothing answered yet is asked again, the rest is offered."""
    if draft.question_uid is None:
        talk.lost(session, house, who, now)
    elif any(not name.startswith("_") and name != "setuju" for name in drafts.answers_of(session, draft)):
        asking.nudge(session, house, draft, now)
    else:
        asking.resume(session, house, draft, now)


def command(session: Session, house: House, who: Who, name: str, rest: str, now: datetime) -> None:
    """The few commands there are; each also has a button."""
    match name:
        case "lapor" | "report":
            menu(session, house, who, "lapor", now)
        case "status" | "laporan" | "reports":
            own_reports.my_reports(session, house, who, now, rest)
        case "tugas" | "tasks":
            tasks(session, house, who, now)
        case "ringkasan" | "summary":
            menu(session, house, who, "ringkasan", now)
        case "bahasa" | "language":
            menu(session, house, who, "bahasa", now)
        case "batal" | "cancel":
            draft = drafts.of(session, who.chat_id)
            if draft is not None:
                talk.nav(session, house, who, b.Nav(draft.id, "batal"), now)
            else:
                greet(session, house, who, now)
        case "petugas" | "worker":
            speech = speech_for(session, house, who.chat_id)
            ask = {"text": speech.word("b-papan-contact"), "request_contact": True}
            say(session, who.chat_id, Message(speech.say("petugas_nomor"), keyboard=((ask,),)), now)
        case "bantuan" | "help":
            say(session, who.chat_id, _menu_message(session, house, who, Words("bantuan")), now)
        case _:
            talk.lost(session, house, who, now)


def greet(session: Session, house: House, who: Who, now: datetime, *, welcome: bool = False) -> None:
    """The way in; a worker sees what waits for him."""
    if roster.roles_of(session, who.chat_id):
        tasks(session, house, who, now)
    else:
        say(
            session,
            who.chat_id,
            _menu_message(session, house, who, Words("mulai" if welcome else "sapa")),
            now,
        )


def menu(session: Session, house: House, who: Who, go: str, now: datetime) -> str:
    """A button of the lobby."""
    speech = speech_for(session, house, who.chat_id)
    match go:
        case "lapor":
            draft = drafts.of(session, who.chat_id)
            if draft is not None and draft.question_uid is not None:
                _pending(session, house, who, draft, now)
            else:
                kept = drafts.answers_of(session, draft) if draft is not None else {}
                talk.begin(session, house, who, now, kept)
        case "bahaya":
            _danger(session, house, who, now)
        case "sudah" | "takbisa":
            _phoned(session, house, who, go, now)
        case "laporan":
            own_reports.my_reports(session, house, who, now)
        case "tugas":
            tasks(session, house, who, now)
        case "ringkasan":
            if not overview.show(session, house, who, now):
                tasks(session, house, who, now)
        case "tidakcuti":
            presence.stays(session, house, who, now)
        case "bahasa":
            keys = tuple(Key(house.texts.of(lang).word("nama-bahasa"), b.Menu(f"bahasa-{lang}")) for lang in LANGUAGES)
            say(session, who.chat_id, Message(speech.say("pilih_bahasa"), column(keys)), now)
        case _ if go.startswith("bahasa-") and go.removeprefix("bahasa-") in LANGUAGES:
            chat = chats.chat(session, who.chat_id)
            chat.language = go.removeprefix("bahasa-")
            session.add(chat)
            session.flush()
            draft = drafts.of(session, who.chat_id)
            if draft is not None and draft.question_uid is not None:
                asking.resume(session, house, draft, now)
            else:
                greet(session, house, who, now, welcome=True)
        case "selesai":
            draft = drafts.of(session, who.chat_id)
            if draft is not None and draft.question_uid is None:
                drafts.drop(session, draft)
            keys = (Key(speech.word("b-lapor"), b.Menu("lapor")),)
            say(session, who.chat_id, Message(speech.say("selesai_baik"), column(keys)), now)
        case _:
            return talk.stale(session, house, who, now)
    return ""


def said(session: Session, house: House, who: Who, text: str, now: datetime) -> bool:
    """Words out of the blue: a yes begins, a report's number is answered, a worker sees his tasks; False otherwise."""
    if says_yes(speech_for(session, house, who.chat_id), text):
        menu(session, house, who, "lapor", now)
        return True
    if own_reports.asked_by_number(session, house, who, text, now):
        return True
    if roster.roles_of(session, who.chat_id):
        tasks(session, house, who, now)
        return True
    return False


def goodbye(
    session: Session,
    house: House,
    who: Who,
    words: Words,
    entries: tuple[str, ...],
    now: datetime,
    *,
    bare: bool,
) -> None:
    """The end of a conversation without a report."""
    speech = speech_for(session, house, who.chat_id)
    if bare:
        say(session, who.chat_id, Message(speech.say("baik"), bare=True), now)
    text = speech.html(words)
    keys = tuple(Key(speech.word(MENU_KEYS[entry]), b.Menu(entry)) for entry in entries)
    say(session, who.chat_id, Message(text, column(keys)), now)


def old_draft(session: Session, house: House, who: Who, draft_id: str, now: datetime) -> str:
    """A button of a draft that is gone: sent already, or thrown away."""
    speech = speech_for(session, house, who.chat_id)
    number = cases.number_of_draft(session, who.chat_id, draft_id)
    if number is not None:
        return speech.word("sudah_terkirim", nomor=number)
    return talk.stale(session, house, who, now)


def contact(session: Session, house: House, who: Who, given: Contact, now: datetime) -> None:
    """A contact out of the blue: a worker's own number on the roster binds him."""
    speech = speech_for(session, house, who.chat_id)
    members = binding.by_phone(session, house, given.phone, who.chat_id, now) if given.own else []
    if not members:
        key = "petugas_tak_dikenal" if given.own else "hp_orang_lain_saja"
        say(session, who.chat_id, Message(speech.say(key), bare=True), now)
        greet(session, house, who, now)
        return
    for member in members:
        place = house.known.places.get(member.area)
        where = place.label if place else "Jawa Timur"
        text = speech.html(_welcome(member.role, where))
        say(session, who.chat_id, Message(text, bare=True), now)
    tasks(session, house, who, now)


def tasks(session: Session, house: House, who: Who, now: datetime) -> None:
    """What waits for a worker, the gravest first; each with its button."""
    speech = speech_for(session, house, who.chat_id)
    roles = roster.roles_of(session, who.chat_id)
    if not roles:
        say(session, who.chat_id, _menu_message(session, house, who, Words("sapa")), now)
        return
    waiting, owned = cases.waiting_for(session, who.chat_id), cases.owned_by(session, who.chat_id)
    lines = [line(speech.say("t_tugas", menunggu=str(len(waiting)), dipegang=str(len(owned))))]
    shown = sorted((*waiting, *owned), key=lambda case: URGENCIES.index(case.urgency))[:TASKS]
    lines += [_task(session, house, speech, case) for case in shown]
    if more := len(waiting) + len(owned) - len(shown):
        lines.append(line(speech.say("r_lagi", jumlah=str(more))))
    keys = [Key(f"{LAMPS[case.urgency]} {case.number}", b.Read(case.id, case.round)) for case in shown]
    if summary.scope_of(roles) is not None:
        keys.append(Key(speech.word("b-ringkasan"), b.Menu("ringkasan")))
    keys += [Key(speech.word("b-lapor"), b.Menu("lapor")), Key(speech.word("b-bahasa"), b.Menu("bahasa"))]
    say(session, who.chat_id, bubble(lines, column(keys)), now)


def _task(session: Session, house: House, speech: Speech, case: Case) -> Line:
    """One case of a worker's list: who has it is expected to say a word by then, who is asked to answer by then."""
    due = case.next_due_at if case.status != Status.OPEN else deadlines.answer_by(session, case)
    return case_lists.entry(speech, facts(session, house, case), due)


def _redeem(session: Session, house: House, who: Who, token: str, now: datetime) -> bool:
    """Whether the invite bound somebody; if not, it is said why."""
    speech = speech_for(session, house, who.chat_id)
    found = binding.redeem(session, house, token, who.chat_id, now)
    if isinstance(found, Refused):
        say(session, who.chat_id, Message(speech.say(f"undangan-{found.why}")), now)
        return False
    place = house.known.places.get(found.member.area)
    text = speech.html(_welcome(found.member.role, place.label if place else "Jawa Timur"))
    keys = (Key(speech.word("b-tugas"), b.Menu("tugas")),)
    say(session, who.chat_id, Message(text, column(keys)), now)
    return True


def _welcome(role: str, place: str) -> Words:
    """What comes in here for somebody with this role: an admin reads alarms and summaries, no reports."""
    key = "undangan-pengelola" if role == "admin" else "undangan-terikat"
    return Words(key, {"peran": Words(f"peran-{role}"), "tempat": place})


def _menu_message(session: Session, house: House, who: Who, words: Words) -> Message:
    speech = speech_for(session, house, who.chat_id)
    keys = [Key(speech.word(MENU_KEYS[go]), b.Menu(go)) for go in ("lapor", "bahaya", "laporan")]
    keys.append(Key(speech.word("b-bahasa"), b.Menu("bahasa")))
    return Message(with_numbers(house, speech, speech.html(words)), column(keys))


def _danger(session: Session, house: House, who: Who, now: datetime) -> None:
    """The gate: whom to phone now, before anything else and before consent (row 66)."""
    speech = speech_for(session, house, who.chat_id)
    phone = speech.word(house.known.knowledge.emergency_key(None))
    keys = [
        Key(speech.word("b-sudah-telepon"), b.Menu("sudah")),
        Key(speech.word("b-tidak-bisa-telepon"), b.Menu("takbisa")),
        Key(speech.word("b-lapor"), b.Menu("lapor")),
    ]
    say(session, who.chat_id, Message(speech.say("gawat", telepon=phone), column(keys)), now)


def _phoned(session: Session, house: House, who: Who, answer: str, now: datetime) -> None:
    """Whether somebody was phoned is kept for the card, in a draft that lives an hour without consent."""
    speech = speech_for(session, house, who.chat_id)
    draft = drafts.of(session, who.chat_id)
    if draft is None:
        drafts.begin(session, who.chat_id, {"gawat": answer}, now, now + asking.BEFORE_CONSENT)
    else:
        drafts.keep(session, draft, {**drafts.answers_of(session, draft), "gawat": answer}, now, draft.due_at)
    keys = (Key(speech.word("b-lanjut"), b.Menu("lapor")), Key(speech.word("b-cukup"), b.Menu("selesai")))
    text = speech.say("gawat_sudah" if answer == "sudah" else "gawat_takbisa")
    say(session, who.chat_id, Message(text, column(keys)), now)


def stalled_draft(session: Session, house: House, chat_id: int, now: datetime) -> None:
    """An unfinished report: without consent it is forgotten, else mentioned once and forgotten a day later (row 3)."""
    draft = drafts.of(session, chat_id)
    if draft is None or draft.due_at > now:
        return
    if "setuju" not in drafts.answers_of(session, draft) or draft.nudged:
        drafts.drop(session, draft)
        return
    asking.nudge(session, house, draft, now)
    draft.nudged, draft.due_at = True, now + asking.FORGET
    session.add(draft)
