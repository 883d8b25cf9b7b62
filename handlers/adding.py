"""After the number: what a reporter says out of the blue belongs to their report, unless they say otherwise."""

from bot.actions import additions as deeds
from bot.actions.hidden import is_of_oneself
from bot.actions.turn import Turn
from bot.core import buttons as b
from bot.core.addition import Addition, more
from bot.core.buttons import Go
from bot.core.danger_words import DESPAIR, Alarm
from bot.core.inputs import Input, Media, Typed, words_of
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
    if isinstance(given, Media) and alarm.heard(given.caption) is not None:
        grave(turn, who, given, _)
        return
    if shown.is_refused(turn, who, given):
        if (words := shown.words_of(given)) is None:
            return
        given = words
    row = additions.waiting(turn.session, who.chat_id)
    before = Addition() if row is None else additions.content(turn.session, row)
    joins, follows = row is not None and row.told_at is None and not before.withdraws, _is_told(row)
    if row is not None and follows and _same_album(before, given):
        _beside(turn, row, given)
        return
    before = before if joins else Addition()
    told = more(before, given)
    if told is None and joins and (fresh := more(Addition(), given)):  # what is full goes to the case as it is
        joins, before, told = False, Addition(), fresh
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
    elif not _same_album(before, given):
        added.ask(turn, row, above)


def _same_album(before: Addition, given: Input) -> bool:
    """Whether this is one more picture of the album that came before."""
    return isinstance(given, Media) and bool(given.album) and given.album == before.album


def _beside(turn: Turn, row: Row, given: Input) -> None:
    """One more picture of an album with words of danger goes where they did; the question about them stays open."""
    told = more(Addition(), given)
    if told is not None:
        deeds.add(turn, additions.begin(turn.session, added.report_of(turn, row), told, turn.now, turn.now))


def grave(turn: Turn, who: Who, given: Input, _: Draft | None) -> None:
    """Words of danger, also below a picture: they reach the case at once, and whether it is so now is asked."""
    words = words_of(given)
    found, row = alarm.heard(words), additions.waiting(turn.session, who.chat_id)
    if shown.is_refused(turn, who, given):
        given = Typed(words)
    before = Addition() if row is None else additions.content(turn.session, row)
    joins = row is not None and row.told_at is None and not before.withdraws
    before = before if joins else Addition()
    told = more(before, given)
    if told is None and joins:  # what is full goes to the case as it is
        joins, before = False, Addition()
        told = more(before, given)
    if told is None:
        refuse(turn, who, given, before)
        told = more(before, Typed(words))
        assert told is not None
    if row is not None and joins:
        additions.keep(turn.session, row, told)
    else:
        report = added.leave(turn, row) or added.about(turn, who)[0]
        row = additions.begin(turn.session, report, told, turn.now, added.due(turn))
    added.close(turn, row)
    shown.dropped(turn, added.report_of(turn, row))
    if deeds.add(turn, row, despair=found is not None and found.about == DESPAIR) is None:
        additions.drop(turn.session, row)
        alarm.raised(turn, who, words)
        return
    if care := shown.with_care(turn, who, given):
        turn.say(who.chat_id, Message(care))
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
