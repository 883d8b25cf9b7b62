"""After the number: what a reporter says out of the blue belongs to their report, unless they say otherwise."""

from bot.actions import additions as deeds
from bot.actions.hidden import is_of_oneself
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition, more
from bot.core.buttons import Go
from bot.core.danger_words import DESPAIR, Alarm
from bot.core.inputs import Input, Media, Typed
from bot.core.question import Again
from bot.core.story_step import add_media
from bot.core.walk import MEDIA
from bot.core.words import Words
from bot.texts.message import Key, Message, column
from handlers import added, alarm, greeting, own_reports, shown
from handlers.acts import Who
from handlers.added import OTHER
from handlers.closing import with_numbers
from storage import additions, kinds
from storage.tables import Addition as Row
from storage.tables import Draft

YES, NO = "ya", "tidak"


def heard(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Something more: where it belongs is asked; what follows words of danger belongs where they do."""
    if shown.is_refused(turn, who, given):
        if (words := shown.words_of(given)) is None:
            return
        given = words
    row = additions.waiting(turn.session, who.chat_id)
    before = Addition() if row is None else additions.content(turn.session, row)
    joins, follows = row is not None and row.told_at is None and not before.withdraws, _is_told(row)
    before = before if joins else Addition()
    told = more(before, given)
    if told is None:
        refuse(turn, who, given, before)
        return
    if row is not None and joins:
        additions.keep(turn.session, row, told)
    else:
        report = added.leave(turn, row) or added.about(turn, who)[0]
        row = additions.begin(turn.session, report, told, turn.now, added.due(turn, report))
    shown.dropped(turn, added.report_of(turn, row))
    above = shown.with_care(turn, who, given)
    if follows:
        if above:
            turn.say(who.chat_id, Message(above))
        added.add(turn, row)
    elif not (isinstance(given, Media) and given.album and given.album == before.album):
        added.ask(turn, row, above)


def grave(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Words of danger: they reach the case at once, and whether it is so now is asked."""
    row = additions.waiting(turn.session, who.chat_id)
    assert isinstance(given, Typed)
    found = alarm.heard(given.text)
    if row is not None and row.told_at is None and not additions.content(turn.session, row).withdraws:
        told = more(additions.content(turn.session, row), given)
        assert told is not None
        additions.keep(turn.session, row, told)
    else:
        report = added.leave(turn, row) or added.about(turn, who)[0]
        row = additions.begin(turn.session, report, Addition(given.text), turn.now, added.due(turn))
    added.close(turn, row)
    shown.dropped(turn, added.report_of(turn, row))
    if deeds.add(turn, row, despair=found is not None and found.about == DESPAIR) is None:
        additions.drop(turn.session, row)
        alarm.raised(turn, who, given.text)
        return
    if found is not None and alarm.is_own(found):
        alarm.numbers(turn, who, found)
    _ask_now(turn, row, found)


def _ask_now(turn: Turn, row: Row, found: Alarm | None) -> None:
    """Whether there is danger now, of the report that these words went to."""
    speech, report = turn.speech(row.chat_id), added.report_of(turn, row)
    keys: tuple[Key, ...] = (
        Key(speech.word("b-ya-sekarang"), b.DangerNow(report.id, YES)),
        Key(speech.word("b-tidak"), b.DangerNow(report.id, NO)),
        Key(speech.word("b-laporan-lain"), b.Belongs(row.id, OTHER)),
    )
    despairs = found is not None and found.own and found.about == DESPAIR
    own = alarm.is_own(found) or is_of_oneself(turn, report)
    if own:
        keys = (*keys, Key(speech.word("b-sembunyikan"), b.Menu(Go.HIDE)))
    if despairs:  # the number for them was said just before, and no other helps
        text = speech.say("hidup_tambah_bahaya", nomor=report.number)
    else:
        key = "diri_tambah_bahaya" if own else "tambah_bahaya"
        text = with_numbers(turn, row.chat_id, speech.say(key, nomor=report.number))
    row.due_at = added.due(turn)
    row.offer_uid = turn.say(row.chat_id, Message(text, column(keys)), kinds.DANGER)


def status(turn: Turn, who: Who, _: Input, __: Draft | None) -> None:
    """How it stands, and when the next news comes."""
    mine = added.about(turn, who) or added.recent(turn, who)
    if len(mine) == 1:
        own_reports.show_report(turn, who, mine[0].id)
    else:
        own_reports.my_reports(turn, who)


def refuse(turn: Turn, who: Who, given: Input, before: Addition) -> None:
    """What cannot be kept is refused in words."""
    why = Words("tak_paham")
    if isinstance(given, Media):
        kept = {MEDIA: [{"unik": medium.file_id} for medium in before.media]}
        refused = add_media(kept, given)
        why = refused.why if isinstance(refused, Again) else why
    greeting.goodbye(turn, who, why, (Go.OWN_REPORTS, Go.REPORT), bare=False)


def _is_told(row: Row | None) -> bool:
    return row is not None and row.told_at is not None
