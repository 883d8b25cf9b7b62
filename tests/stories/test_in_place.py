"""A press answers in place: the next question is on the phone's screen exactly once, whatever happens to the bubble."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pytest

from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from bot.localtelegram.shown import Shown
from bot.texts.message import Message
from storage import drafts, kinds
from storage.session import Session
from tests.support.engines import ENGINES
from tests.support.length import pairs
from tests.support.references import chat_of
from tests.support.resident import asked, begin, go, picks, press, step_asked
from tests.support.world import World
from tests.wire.test_sender import rows, tell

WHO, WHAT = "Siapa yang perlu ditolong?", "Bagaimana keadaannya?"


def bubbles(phone: Phone, step: str) -> list[Shown]:
    """The bubbles that ask this step and can be pressed."""
    return [message for message in phone.from_bot() if any(name == step for name, _ in picks(message))]


def data_of(message: Shown, step: str, value: str) -> str:
    """What the button of this answer sends."""
    return picks(message)[step, value]


def calls(w: World, phone: Phone, after: int) -> Sequence[Mapping[str, Any]]:
    """What the bot tried to show this phone since then."""
    return [call for call in w.telegram.calls(after=after, chat=phone.id) if call["method"] != "answerCallbackQuery"]


async def asked_who(w: World) -> tuple[Phone, Shown]:
    """Somebody whose newest bubble asks who needs help."""
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    (question,) = bubbles(siti, "siapa")
    return siti, question


async def test_the_pressed_bubble_turns_into_the_next_question_by_one_call(on_server: World) -> None:
    siti, question = await asked_who(on_server)
    after, count = on_server.telegram.quiet()["calls"], len(siti.from_bot())
    await on_server.press(siti, "Tetangga")
    (new,) = bubbles(siti, "jenis")
    assert new.message_id == question.message_id and len(siti.from_bot()) == count
    assert new.text.startswith("✅ Siapa: Tetangga / orang lain\n\n") and new.edited
    assert [call["method"] for call in calls(on_server, siti, after)] == ["editMessageText"]
    row = (await rows(on_server, to=siti, in_place=question.message_id))[-1]
    assert (row.state, row.message_id) == ("sent", question.message_id)


async def test_a_question_that_was_shown_and_recorded_as_unknown_is_pressed(on_server: World) -> None:
    w = on_server
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    w.telegram.fault("perform_drop", method="sendMessage", chat_id=siti.id, times=1)
    await w.press(siti, "Lapor")
    (first,) = bubbles(siti, "setuju")
    (row,) = await rows(w, to=siti, unknowns=1)
    assert row.state == "pending" and row.message_id is None
    await w.press(siti, "Setuju")
    (next_one,) = bubbles(siti, "siapa")
    assert next_one.message_id == first.message_id and not bubbles(siti, "setuju")
    (row,) = await rows(w, uid=row.uid)
    assert (row.state, row.message_id) == ("sent", first.message_id), "whoever pressed it has seen it"
    await w.passes(minutes=2)
    assert len(bubbles(siti, "siapa")) == 1 and not bubbles(siti, "setuju")


async def test_a_bot_that_died_between_call_and_record_asks_once(either: World) -> None:
    w = either
    siti = w.person("Siti")
    await siti.start()
    await w.settle()
    w.telegram.fault("perform_drop", method="sendMessage", chat_id=siti.id, times=1)
    await w.press(siti, "Lapor")
    await w.stop()
    await siti.press("Setuju")
    await w.start()
    await w.passes(minutes=2)
    assert len(bubbles(siti, "siapa")) == 1 and not bubbles(siti, "setuju")


async def test_an_edit_that_was_shown_and_recorded_as_unknown_shows_nothing_twice(either: World) -> None:
    w = either
    siti, question = await asked_who(w)
    w.telegram.fault("perform_drop", method="editMessageText", chat_id=siti.id, times=1)
    await w.press(siti, "Tetangga")
    await w.passes(minutes=2)
    (new,) = bubbles(siti, "jenis")
    assert new.message_id == question.message_id
    row = (await rows(w, to=siti, unknowns=1))[-1]
    assert (row.state, row.message_id) == ("sent", question.message_id)
    await press(siti, "jenis", "lansia")
    await w.settle()
    assert [m.message_id for m in bubbles(siti, "bahaya")] == [question.message_id]


async def test_a_bubble_that_its_reader_deleted_is_said_anew_and_a_429_pauses_the_lane(on_server: World) -> None:
    w = on_server
    siti, question = await asked_who(w)
    later = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}
    w.telegram.fault("error", method="editMessageText", chat_id=siti.id, times=1, **later)
    await w.press(siti, "Tetangga")
    assert len(bubbles(siti, "siapa")) == 1 and not bubbles(siti, "jenis"), "the lane waits"
    await siti.delete(question.message_id)
    await w.passes(seconds=29)
    assert not bubbles(siti, "jenis")
    await w.passes(seconds=5)
    (new,) = bubbles(siti, "jenis")
    assert new.message_id > question.message_id and siti.last().message_id == new.message_id
    assert not await rows(w, to=siti, state="dead")
    await press(siti, "jenis", "lansia")
    await w.settle()
    assert [m.message_id for m in bubbles(siti, "bahaya")] == [new.message_id]


@pytest.mark.parametrize("why", ["message can't be edited", "MESSAGE_ID_INVALID", "there is no text in the message"])
async def test_whatever_forbids_the_edit_the_question_comes(w: World, why: str) -> None:
    siti, question = await asked_who(w)
    refused = {"code": 400, "description": f"Bad Request: {why}"}
    w.telegram.fault("error", method="editMessageText", chat_id=siti.id, times=1, **refused)
    await w.press(siti, "Tetangga")
    (new,) = bubbles(siti, "jenis")
    assert new.message_id > question.message_id


async def test_news_below_the_question_make_the_next_one_a_new_bubble_and_the_old_one_loses_its_buttons_last(
    either: World,
) -> None:
    w = either
    siti, question = await asked_who(w)
    await tell(w, siti, "Kabar", kinds.NEWS)
    await w.settle()
    after = w.telegram.quiet()["calls"]
    await w.press(siti, "Tetangga")
    (new,) = bubbles(siti, "jenis")
    news = siti.find("Kabar")
    assert news is not None and question.message_id < news.message_id < new.message_id
    assert not bubbles(siti, "siapa")
    methods = [call["method"] for call in calls(w, siti, after)]
    assert methods == ["sendMessage", "editMessageReplyMarkup"]


async def test_news_that_wait_in_the_lane_come_first_too(either: World) -> None:
    w = either
    siti, _ = await asked_who(w)
    later = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}
    w.telegram.fault("error", method="sendMessage", chat_id=siti.id, times=1, **later)
    await tell(w, siti, "Kabar", kinds.NEWS)
    await w.settle()
    await w.press(siti, "Tetangga")
    assert not siti.find("Kabar")
    await w.passes(seconds=40)
    news, (new,) = siti.find("Kabar"), bubbles(siti, "jenis")
    assert news is not None and news.message_id < new.message_id
    assert not bubbles(siti, "siapa")


async def test_what_a_person_wrote_stands_below_the_question(on_server: World) -> None:
    """A picture of the album at hand that comes late gets no answer of its own."""
    w = on_server
    siti = w.person("Siti")
    await begin(w, siti, "foto")
    await siti.photo(group="77")
    await w.settle()
    (question,) = bubbles(siti, "kontak")
    late = (await siti.photo(group="77"))["message_id"]
    await w.settle()
    assert late > question.message_id and siti.last().message_id == question.message_id
    await press(siti, "kontak", "bot")
    await w.settle()
    (new,) = bubbles(siti, "tinjau")
    assert new.message_id > late and not bubbles(siti, "kontak")


TAPS = {
    "an answer": ("siapa", "tetangga", "jenis"),
    "a list": ("tempat", "daftar", "tempat"),
    "the whole text": ("setuju", "lengkap", "setuju"),
    "past the kecamatan": ("tinjau", "lompat", "tinjau"),
}


@pytest.mark.parametrize(("both", "tap"), pairs(ENGINES, tuple(TAPS)), indirect=["both"])
async def test_a_second_tap_changes_nothing_and_says_so(both: World, tap: str) -> None:
    w, (step, value, after) = both, TAPS[tap]
    siti = w.person("Siti")
    await begin(w, siti, step)
    (question,) = bubbles(siti, step)
    data, count = data_of(question, step, value), len(siti.from_bot())
    for _ in range(3):
        await siti.forge(data, message_id=question.message_id)
    await w.settle()
    (new,) = bubbles(siti, after)
    assert new.message_id == question.message_id and len(siti.from_bot()) == count
    assert (step, value) not in picks(new)
    said = "Sudah kami catat, Bapak/Ibu." if after != step else "Pertanyaan itu sudah berganti, Bapak/Ibu."
    assert [toast for toast in siti.toasts() if toast] == [said, said]


async def test_a_second_tap_on_another_answer_is_not_called_noted(w: World) -> None:
    siti, question = await asked_who(w)
    for value in ("tetangga", "keluarga"):
        await siti.forge(data_of(question, "siapa", value), message_id=question.message_id)
    await w.settle()
    assert len(bubbles(siti, "jenis")) == 1
    assert siti.toasts()[-1] == "Pertanyaan itu sudah berganti, Bapak/Ibu."


async def test_an_old_tap_that_comes_late_does_not_answer_the_question_that_is_open_again(w: World) -> None:
    siti, question = await asked_who(w)
    await w.press(siti, "Tetangga", "Kembali")
    await siti.forge(data_of(question, "siapa", "tetangga"), message_id=question.message_id)
    await w.settle()
    assert [m.message_id for m in bubbles(siti, "siapa")] == [question.message_id] and not bubbles(siti, "jenis")
    assert siti.toasts()[-1] == "Pertanyaan itu sudah berganti, Bapak/Ibu."


async def test_two_taps_on_back_go_back_once(either: World) -> None:
    w = either
    siti = w.person("Siti")
    await begin(w, siti, "bahaya")
    (question,) = bubbles(siti, "bahaya")
    back = next(key.data or "" for key in question.buttons if "Kembali" in key.label)
    for _ in range(2):
        await siti.forge(back, message_id=question.message_id)
    await w.settle()
    assert [m.message_id for m in bubbles(siti, "jenis")] == [question.message_id]
    assert siti.toasts()[-1] == "Pertanyaan itu sudah berganti, Bapak/Ibu."


async def test_a_second_tap_beside_news_asks_no_third_time(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "tempat")
    (question,) = bubbles(siti, "tempat")
    await tell(w, siti, "Kabar", kinds.NEWS)
    await w.settle()
    for _ in range(2):
        await siti.forge(data_of(question, "tempat", "daftar"), message_id=question.message_id)
    await w.settle()
    assert len(bubbles(siti, "tempat")) == 1


async def test_a_keyboard_of_the_phone_needs_a_new_bubble(on_server: World) -> None:
    w = on_server
    siti = w.person("Siti")
    await begin(w, siti, "tempat")
    (question,) = bubbles(siti, "tempat")
    after = w.telegram.quiet()["calls"]
    await w.press(siti, "kirim lokasi")
    assert siti.keyboard() and siti.last().message_id > question.message_id
    assert not bubbles(siti, "tempat") and siti.find("☑️ 📍")
    assert [call["method"] for call in calls(w, siti, after)] == ["sendMessage", "editMessageText"]
    await w.press(siti, "Pilih dari daftar")
    (lists,) = bubbles(siti, "tempat")
    assert not siti.keyboard() and lists.message_id == siti.last().message_id


async def test_numbers_to_phone_stay_on_the_screen(either: World) -> None:
    w = either
    siti = w.person("Siti")
    await begin(w, siti, "gawat", bahaya="gawat")
    (gate,) = bubbles(siti, "gawat")
    assert "119" in gate.text
    await w.press(siti, "Tidak bisa telepon")
    (new,) = bubbles(siti, "tempat")
    assert new.message_id > gate.message_id
    kept = next(m for m in siti.from_bot() if m.message_id == gate.message_id)
    assert "119" in kept.text and not kept.buttons


async def test_the_receipt_is_a_bubble_of_its_own_and_comes_before_the_review_closes(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "tinjau")
    after = w.telegram.quiet()["calls"]
    await press(siti, "tinjau", "kirim")
    await w.settle()
    methods = [call["method"] for call in calls(w, siti, after)]
    assert methods[0] == "sendMessage" and methods[-1] == "editMessageText"
    assert siti.find("Nomor laporan") and not bubbles(siti, "tinjau")


async def test_of_unsent_repeats_of_a_question_only_the_newest_leaves(either: World) -> None:
    w = either
    siti, question = await asked_who(w)
    later = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}
    w.telegram.fault("error", method="sendMessage", chat_id=siti.id, times=1, **later)
    for _ in range(4):
        await siti.sticker()
        await w.settle()
    count = len(siti.from_bot())
    await w.passes(seconds=40)
    (new,) = bubbles(siti, "siapa")
    assert new.message_id > question.message_id and len(siti.from_bot()) == count + 1
    assert step_asked(siti) == "siapa"


async def test_an_answer_typed_while_a_question_waits_closes_the_bubble_it_was_to_turn_into(w: World) -> None:
    siti, question = await asked_who(w)
    later = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}
    w.telegram.fault("error", method="editMessageText", chat_id=siti.id, times=1, **later)
    await w.press(siti, "Tetangga")
    await w.say(siti, "lansia")
    await w.passes(seconds=40)
    (new,) = bubbles(siti, "bahaya")
    assert new.message_id == siti.last().message_id
    assert not bubbles(siti, "siapa") and not bubbles(siti, "jenis")
    old = next(m for m in siti.from_bot() if m.message_id == question.message_id)
    assert not old.buttons


async def test_an_older_copy_may_be_pressed_and_no_copy_keeps_its_buttons(w: World) -> None:
    siti, first = await asked_who(w)
    refused = {"code": 400, "description": "Bad Request: message can't be edited"}
    w.telegram.fault("error", method="editMessageText", chat_id=siti.id, times=1, **refused)
    await siti.sticker()
    await w.settle()
    assert len(bubbles(siti, "siapa")) == 2, "the older one could not be closed"
    await siti.forge(data_of(first, "siapa", "tetangga"), message_id=first.message_id)
    await w.settle()
    (new,) = bubbles(siti, "jenis")
    assert new.message_id == siti.last().message_id and not bubbles(siti, "siapa")


async def test_a_whole_report_by_buttons_is_few_bubbles(w: World) -> None:
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    count = len(siti.from_bot())
    await go(w, siti, "tinjau", kontak="bot")
    assert len(siti.from_bot()) == count
    review = asked(siti)
    assert review is not None and not review.text.startswith("✅"), "its rows tell all that was answered"


async def test_edits_of_one_bubble_wait_together_and_only_the_newest_leaves(either: World) -> None:
    """Row 103: debounced; an edit that only takes the buttons leaves beside one of words."""
    w = either
    ani = w.person("Ani")
    await ani.start()
    uid = await tell(w, ani, "satu")
    await w.settle()
    later = {"code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30}
    w.telegram.fault("error", method="sendMessage", chat_id=ani.id, times=1, **later)
    await tell(w, ani, "di depan")
    await w.settle()
    for message in (Message("dua"), Message("tiga"), Message("empat"), None):
        await w.read(partial(_edit, w, ani, uid, message))
    after = w.telegram.quiet()["calls"]
    await w.passes(seconds=40)
    shown = [call["params"].get("text") for call in w.telegram.calls("editMessageText", after=after, chat=ani.id)]
    assert shown == ["empat"]
    assert [row.state for row in await rows(w, kind="edit")] == ["cancelled", "cancelled", "sent", "sent"]


def _edit(w: World, phone: Phone, uid: str, message: Message | None, session: Session) -> None:
    w.turn(session).edit(chat_of(session, phone), uid, message)


async def test_a_forged_press_on_nothing_is_answered(w: World) -> None:
    siti, question = await asked_who(w)
    draft = await w.read(lambda s: drafts.of(s, chat_of(s, siti)))
    await siti.forge(b.Pick(draft.id, 0, "siapa", "tetangga").pack(), message_id=999_999)
    await w.settle()
    assert len(bubbles(siti, "jenis")) == 1 and question.message_id


async def test_a_repeat_that_arrives_below_the_open_question_brings_that_down(either: World) -> None:
    """A repeat was on its way when its first copy was pressed: its press was called "already answered" for ever."""
    w = either
    siti, question = await asked_who(w)
    data = data_of(question, "siapa", "tetangga")
    await press(siti, "siapa", "tetangga")
    await w.settle()
    keys = {"inline_keyboard": [[{"text": "Tetangga", "callback_data": data}]]}
    sent = await w.app.bot.call("sendMessage", {"chat_id": siti.id, "text": "Siapa?", "reply_markup": keys})
    await siti.forge(data, sent["message_id"])
    await w.settle()
    (asked,) = bubbles(siti, "jenis")
    assert asked.message_id == siti.last().message_id > sent["message_id"] and not bubbles(siti, "siapa")
    assert siti.toasts()[-1].startswith("Sudah")
    await press(siti, "jenis", "lansia")
    await w.settle()
    assert len(bubbles(siti, "bahaya")) == 1


async def test_an_older_copy_whose_newer_one_was_deleted_brings_the_open_question_back(either: World) -> None:
    w = either
    siti = w.person("Siti")
    await begin(w, siti, "siapa")
    (first,) = bubbles(siti, "siapa")
    data = data_of(first, "siapa", "tetangga")
    keys = {"inline_keyboard": [[{"text": "Tetangga", "callback_data": data}]]}
    copy = await w.app.bot.call("sendMessage", {"chat_id": siti.id, "text": "Siapa?", "reply_markup": keys})
    await w.say(siti, "entah")  # the question again, below the copy
    await press(siti, "siapa", "tetangga")
    await w.settle()
    (asked,) = bubbles(siti, "jenis")
    await siti.delete(asked.message_id)
    w.telegram.turn(11)
    await siti.forge(data, copy["message_id"])
    await w.settle()
    (again,) = bubbles(siti, "jenis")
    assert again.message_id == siti.last().message_id


async def test_a_press_has_the_question_that_did_not_arrive_tried_again_at_once(on_server: World) -> None:
    """An outage ends, the next question waits for its pause, and somebody presses the bubble it is to turn into."""
    w = on_server
    siti, who = await asked_who(w)
    w.telegram.fault("error", code=500, method="edit*")
    await siti.forge(data_of(who, "siapa", "tetangga"), message_id=who.message_id)
    await w.settle()
    for _ in range(8):
        w.telegram.turn(61)
        await w.settle()
    w.telegram.calm()
    await siti.forge(data_of(who, "siapa", "keluarga"), message_id=who.message_id)
    await w.settle()
    assert step_asked(siti) == "jenis", "and no clock was turned"
    assert siti.toasts()[-1] == "Pertanyaan itu sudah berganti, Bapak/Ibu."
