"""Words, pictures and recordings of a worker who has a case are a note, once they say for which (rows 62, 161)."""

from collections.abc import Sequence

from bot.actions import casefile, notes
from bot.actions.pictures import shows
from bot.actions.speak import facts_of
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition, more
from bot.core.buttons import Go
from bot.core.inputs import Input, Media, Typed
from bot.core.moves import Event
from bot.core.pictures import REFUSED
from bot.core.question import Again
from bot.core.story_step import add_media, says_something
from bot.core.walk import MEDIA
from bot.core.words import Words
from bot.texts import notes as cards
from bot.texts.message import Key, Message, column
from handlers import desk, desk_answers, finding
from handlers.acts import Who
from handlers.desk_answers import Scene
from handlers.questions import says, says_yes
from storage import additions, tasks
from storage.tables import Addition as Row
from storage.tables import Case, Draft


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Something out of the blue: for which of their cases is asked, and what follows joins it."""
    row, owned = additions.waiting_note(turn.session, who.chat_id), tasks.owned(turn.session, who.chat_id)
    if not owned:
        _lost(turn, who, row)
        return
    kept = _words_of(turn, who, given, owned)
    if kept is None:
        return
    before = Addition() if row is None else additions.content(turn.session, row)
    told = more(before, kept)
    if told is None:
        _refuse(turn, who, kept, before)
        return
    row = additions.keep(turn.session, row, told) if row else notes.begin(turn, owned[0], who.chat_id, told)
    if not (isinstance(given, Media) and given.album and given.album == before.album):
        _ask(turn, row, owned)


def answered(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    """Yes, no, cancel, or the number of a case, typed to what was asked."""
    row = additions.waiting_note(turn.session, who.chat_id)
    assert row is not None and isinstance(given, Typed)
    named = [] if says_yes(turn.speech(who.chat_id), given.text) else finding.meant(turn, who, given.text)
    if len(named) > 1:
        finding.heard(turn, who, given, draft)
    elif named or says_yes(turn.speech(who.chat_id), given.text):
        case = named[0] if named else turn.session.get_one(Case, row.case_id)
        desk.press(turn, who, b.Note(case.id, case.round, row.id))
    else:
        _drop(turn, who, row)


def chosen(turn: Turn, who: Who, button: b.NoteFor) -> str:
    """*Bukan* and *Lainnya* under the question."""
    row, speech = additions.note(turn.session, button.addition, who.chat_id), turn.speech(who.chat_id)
    where, _, start = button.where.partition("-")
    if row is None or row.told_at is not None or where not in (cards.NONE, cards.MORE):
        return speech.word("tombol_lama")
    owned = tasks.owned(turn.session, who.chat_id)
    if where == cards.MORE and owned and start.isdecimal():
        _ask(turn, row, owned, min(int(start), len(owned) - 1))
        return ""
    _drop(turn, who, row)
    return ""


def on_card(turn: Turn, who: Who, given: Input, draft: Draft | None) -> None:
    """Under a card of one's own case it is a note at once; under another, or a question, the case is opened."""
    case_id = finding.under_a_card(turn, who)
    file = casefile.open_for(turn, case_id, who.user_id) if case_id is not None else None
    assert file is not None
    asks = isinstance(given, Typed) and _only_looks(turn, who, given.text)
    if not file.mine or asks or not desk.allowed(file, Event.NOTE, file.case.round):
        finding.on_card(turn, who, given, draft)
        return
    kept = _words_of(turn, who, given, [file.case])
    if kept is None:
        return
    told = more(Addition(), kept)
    if told is None:
        _refuse(turn, who, kept, Addition())
        return
    row = notes.begin(turn, file.case, who.chat_id, told)
    desk.press(turn, who, b.Note(file.case.id, file.case.round, row.id))


def unanswered(turn: Turn, row: Row) -> None:
    """Nobody said for which case: it goes to the one that was named, if that is still theirs."""
    file = casefile.open_for(turn, row.case_id, row.chat_id)
    who = Who(row.chat_id, row.chat_id, private=True)
    if file is None or not file.mine or not desk.allowed(file, Event.NOTE, file.case.round):
        _lost(turn, who, row)
        return
    done = notes.keep(turn, file, row.id)
    assert done is not None
    desk_answers.noted(Scene(turn, turn.speech(row.chat_id), row.chat_id, done), silent=True)


def _only_looks(turn: Turn, who: Who, text: str) -> bool:
    """Whether somebody only wants to see the case."""
    return not says_something(text) or text.strip() == "?" or says(turn.speech(who.chat_id), "kata-buka", text, more=1)


def _words_of(turn: Turn, who: Who, given: Input, owned: Sequence[Case]) -> Input | None:
    """What may be kept of it: where one of these cases keeps no pictures, only the words below one. That is said."""
    if not shows(given) or not any(notes.keeps_no_pictures(turn, case) for case in owned):
        return given
    assert isinstance(given, Media)
    turn.say(who.chat_id, Message(turn.speech(who.chat_id).html(REFUSED)))
    return Typed(given.caption) if says_something(given.caption) else None


def _ask(turn: Turn, row: Row, owned: Sequence[Case], start: int = 0) -> None:
    """For which case? An earlier copy of the question loses its buttons."""
    first = next((case for case in owned if case.id == row.case_id), owned[0])
    others = [case for case in owned if case is not first]
    if first.id != row.case_id:  # the one it was begun for is no longer theirs
        told, row.case_id = additions.content(turn.session, row), first.id
        additions.keep(turn.session, row, told)
    shown = [facts_of(turn, case, None) for case in (first, *others)]
    assert row.due_at is not None
    notes.close(turn, row)
    message = cards.which_case(turn.speech(row.chat_id), row.id, shown, row.due_at, start)
    row.offer_uid = turn.say(row.chat_id, message)
    turn.session.add(row)


def _drop(turn: Turn, who: Who, row: Row) -> None:
    notes.close(turn, row)
    additions.drop(turn.session, row)
    _say(turn, who, Words("w_catatan_bukan"))


def _lost(turn: Turn, who: Who, row: Row | None) -> None:
    """The case is no longer theirs: the note is kept nowhere, and that is said."""
    if row is not None:
        notes.close(turn, row)
        additions.drop(turn.session, row)
    _say(turn, who, Words("w_catatan_lepas"))


def _refuse(turn: Turn, who: Who, given: Input, before: Addition) -> None:
    """What cannot be kept is refused in words."""
    why = Words("tak_paham")
    if isinstance(given, Media):
        refused = add_media({MEDIA: [{"unik": medium.file_id} for medium in before.media]}, given)
        why = refused.why if isinstance(refused, Again) else why
    _say(turn, who, why)


def _say(turn: Turn, who: Who, words: Words) -> None:
    speech = turn.speech(who.chat_id)
    keys = (Key(speech.word("b-tugas"), b.Menu(Go.TASKS)),)
    turn.say(who.chat_id, Message(speech.html(words), column(keys)))
