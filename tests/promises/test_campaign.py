"""A small campaign in every run of the tests, the mutants it must catch, and an audit that sees each fault."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage.tables import Case, Outbox, Report, Timeline
from tests.campaign import audit, messages
from tests.campaign.evidence import Call, Evidence, Update
from tests.campaign.figures import audited, figures
from tests.campaign.mutants import mutant_plan
from tests.campaign.named import ROW
from tests.campaign.people import Press
from tests.campaign.plan import draw
from tests.campaign.run import run
from tests.support.engines import fresh_database
from tests.support.length import many

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
USER = 5_000_000_001
SMALL = 900.0
"""Seconds after which a small run hangs; a busy machine only makes it slow."""

SOON = 8.0
"""Seconds after which somebody tries again; after twelve tries without an answer they say that the bot is silent."""


async def test_reports_and_kills_on_both_engines_and_a_mutant_is_caught(postgres: str) -> None:
    """Three at once, as each of them mostly waits: for whoever tries again, for a start, for the dust to settle.

    Two replicas on PostgreSQL; the mutant is the quickest of the three that `make campaign` plants: a case is taken
    without a look at who has it.
    """
    small = replace(draw("sqlite", many(15, 8), many(4, 3), seed=7), limit=SMALL, patience=SOON)
    server = replace(draw("postgresql", many(8, 5), 2, seed=8), limit=SMALL, patience=SOON, turns_clock=True)
    careless = mutant_plan("careless_take", seed=3, reports=4)
    results = await asyncio.gather(run(small), run(server, fresh_database(postgres)), run(careless))
    on_sqlite, on_postgresql, mutated = map(figures, results)
    assert not on_sqlite.wrong, on_sqlite.wrong
    assert not on_postgresql.wrong, on_postgresql.wrong
    assert mutated.faults["double winners"], mutated.wrong


def honest() -> Evidence:
    """One report, told, asked about, taken by a press, and answered; nothing is wrong with it."""
    case = Case(
        id="c1",
        number="TS-AAAAAA",
        status="acknowledged",
        owner_id="m1",
        rung=0,
        round_at=NOW,
        urgency="biasa",
        category="lansia",
        danger="tidakada",
        kabupaten="35.07",
        kecamatan="35.07.24",
        desa=None,
        policy_id="p",
        next_due_at=NOW + timedelta(hours=1),
        created_at=NOW,
    )
    report = Report(
        id="r1", number="TS-AAAAAA", origin="draft:1", case_id="c1", chat_id=USER, body_sealed=None, created_at=NOW
    )
    receipt, won = _row(1, USER, "receipt", 11), _row(2, 7, "answer", 12)
    return Evidence(
        NOW,
        calls=[
            _send(1, USER, 11, "Nomor laporan: <b>TS-AAAAAA</b>. Mohon dicatat.", "u1"),
            _send(2, 7, 12, "Laporan TS-AAAAAA sekarang Bapak/Ibu tangani.", "u2"),
            Call(3, 103.0, "getUpdates", {"offset": "51"}),
        ],
        deliveries=[(50, 99.0)],
        presses=[Press(7, "q1", 50, "t:c1:1")],
        numbers={USER: ["TS-AAAAAA"]},
        inbox=[Update(50, "done", NOW)],
        outbox=[receipt, won],
        reports=[report],
        cases=[case],
        timeline=[_event(1, "submit", "reporter"), _event(2, "acknowledge", "m1")],
    )


def _row(seq: int, dest: int, kind: str, message_id: int | None, **more: Any) -> Outbox:
    said: dict[str, Any] = {
        "uid": f"u{seq}",
        "channel": "telegram",
        "priority": 0,
        "state": "sent",
        "not_before": NOW,
        **more,
    }
    return Outbox(seq=seq, dest=dest, kind=kind, message_id=message_id, created_at=NOW, payload_sealed=None, **said)


def _send(number: int, chat: int, message_id: int, text: str, row: str) -> Call:
    said = {"chat_id": chat, "text": text, ROW: row}
    return Call(number, 100.0 + number, "sendMessage", said, result={"message_id": message_id})


def _edit(number: int, text: str, row: str) -> Call:
    said = {"chat_id": USER, "message_id": "11", "text": text, ROW: row}
    return Call(number, 100.0 + number, "editMessageText", said, result={})


def _changes_nothing(call: Call) -> Call:
    return replace(call, code=400, description="Bad Request: message is not modified", performed=False)


def _event(seq: int, event: str, actor: str) -> Timeline:
    return Timeline(id=seq, case_id="c1", seq=seq, at=NOW, event=event, actor=actor, prev_hash="", hash="")


def wrong(found: Evidence) -> set[str]:
    return {name for name, words in audited(found, messages.match(found)).items() if words}


def test_an_honest_run_passes() -> None:
    assert wrong(honest()) == set()


def test_a_confirmed_update_that_is_not_stored_is_seen() -> None:
    found = honest()
    found.inbox = []
    assert {"updates lost", "presses unanswered"} <= wrong(found)


def test_a_press_that_telegram_dropped_for_its_age_is_lost_by_nobody() -> None:
    """It was handed to a bot that died, and was too old when the next one asked."""
    found = honest()
    found.inbox, found.expired = [], frozenset({50})
    assert wrong(found) == set()
    found.deliveries = []
    assert wrong(found) == set(), "or it was never handed over"
    found.expired = frozenset()
    assert "updates lost" in wrong(found)


def test_a_number_that_was_shown_and_is_not_stored_is_seen() -> None:
    found = honest()
    found.reports, found.cases = [], []
    assert "reports lost" in wrong(found)


def test_a_report_told_once_and_stored_twice_is_seen() -> None:
    found = honest()
    found.reports.append(Report(**{**found.reports[0].model_dump(), "id": "r2", "number": "TS-BBBBBB"}))
    assert {"reports doubled", "reports lost"} <= wrong(found)


@pytest.mark.parametrize("due", [None, NOW - timedelta(seconds=6)])
def test_a_case_that_is_never_due_or_overdue_is_seen(due: datetime | None) -> None:
    found = honest()
    found.cases[0].next_due_at = due
    assert wrong(found) == {"cases without a due time"}


def test_a_press_met_with_silence_is_seen() -> None:
    found = honest()
    found.calls, found.outbox = [call for call in found.calls if call.chat != 7], found.outbox[:1]
    assert {"presses unanswered", "takers not told"} <= wrong(found)


def test_a_toast_answers_a_press_but_not_a_wish_to_take() -> None:
    found = honest()
    found.calls = [call for call in found.calls if call.chat != 7]
    found.outbox = found.outbox[:1]
    found.calls.append(Call(4, 104.0, "answerCallbackQuery", {"callback_query_id": "q1"}, result=True))
    assert wrong(found) == {"takers not told"}
    assert not audit.lost_toasts(found)


def test_a_second_winner_is_seen_and_a_second_owner_after_an_undo_is_not() -> None:
    found = honest()
    found.timeline.append(_event(3, "acknowledge", "m2"))
    found.cases[0].owner_id = "m2"
    assert wrong(found) == {"double winners"}
    found.timeline.insert(2, _event(2, "undo", "m1"))
    assert wrong(found) == set()


@pytest.mark.parametrize("state", ["pending", "sending", "dead"])
def test_what_is_left_on_the_way_is_seen(state: str) -> None:
    found = honest()
    found.outbox.append(_row(3, USER, "news", None, state=state))
    assert wrong(found) == {"left on the way, or dead"}


@pytest.mark.parametrize("row", ["", "u9", "u2"])
def test_a_message_without_a_row_or_with_that_of_another_chat_is_seen(row: str) -> None:
    found = honest()
    found.calls.append(_send(4, USER, 13, "Kabar yang tidak pernah disimpan", row))
    assert wrong(found) == {"messages never said"}


def test_a_row_called_sent_that_never_arrived_is_seen() -> None:
    found = honest()
    found.outbox.append(_row(3, USER, "news", 13))
    assert wrong(found) == {"messages never said"}


def test_a_repeat_is_forgiven_once_for_each_unknown_outcome() -> None:
    found = honest()
    lost = replace(found.calls[0], number=0, at=99.5, result={"message_id": 10}, fault="perform_drop")
    found.calls.insert(0, lost)
    assert wrong(found) == {"repeats beyond unknowns"}
    found.outbox[0].unknowns = 1
    assert wrong(found) == set()
    found.calls.insert(0, replace(lost, number=-1, result={"message_id": 9}))
    assert wrong(found) == {"repeats beyond unknowns"}


def test_two_messages_in_the_wrong_order_are_seen() -> None:
    found = honest()
    found.outbox.append(_row(3, USER, "news", 10))
    found.calls.insert(0, _send(0, USER, 10, "Kabar", "u3"))
    assert wrong(found) == {"messages out of order"}
    found.aside = frozenset(row.uid for row in found.outbox if row.dest == USER and row.uid != "u3")
    assert wrong(found) == set()


@pytest.mark.parametrize(("said", "faults"), [(5, set()), (4, {"messages out of order"})])
def test_what_a_later_ping_hurries_was_not_in_a_hurry_before(said: int, faults: set[str]) -> None:
    """A card overtakes an answer; a ping about the answer's case hurries it along only once it is said."""
    found = honest()
    card = _row(9 - said, USER, "card", 12)
    card.priority, card.case_id = 1, "c2"
    answer, ping = _row(3, USER, "answer", 13), _row(said, USER, "remind", 14)
    answer.priority, answer.case_id, ping.priority, ping.case_id = 3, "c3", 1, "c3"
    found.outbox += [answer, card, ping]
    found.calls.append(_send(4, USER, 12, "Kartu", card.uid))
    found.calls += [_send(5, USER, 13, "Jawab", "u3"), _send(6, USER, 14, "Ingat", ping.uid)]
    assert wrong(found) == faults


@pytest.mark.parametrize(
    ("said", "state", "faults"),
    [
        (6, "cancelled", set()),
        (6, "bundled", set()),
        (6, "dead", {"left on the way, or dead", "messages out of order"}),
        (3, "cancelled", {"messages out of order"}),
    ],
)
def test_a_ping_that_never_left_hurried_what_was_said_before_it(said: int, state: str, faults: set[str]) -> None:
    """Its case was taken before it left: until then what was said before it about its case went with it."""
    found = honest()
    drawn, answer, ping = _row(4, USER, "redraw", None), _row(5, USER, "answer", 13), _row(said, USER, "remind", None)
    drawn.priority, answer.priority, answer.case_id = 4, 2, "c3"
    ping.priority, ping.case_id, ping.state = 1, "c3", state
    found.outbox += [drawn, answer, ping]
    found.calls += [_send(6, USER, 13, "Jawab", "u5"), _edit(7, "Kartu", "u4")]
    assert wrong(found) == faults


def test_edits_keep_their_turn_and_the_same_words_once_more_show_nothing() -> None:
    """Three rows change one message with the same words: the row that a call names tells whose it is."""
    found = honest()
    rows = [_row(seq, USER, "edit", None, edits_uid="u1", unknowns=1) for seq in (3, 4, 6)]
    found.outbox += [*rows[:2], _row(5, USER, "news", 14), rows[2]]
    edits = [_edit(4, "Baru", "u3"), *(_changes_nothing(_edit(5 + n, "Baru", "u4")) for n in range(2))]
    late = [_changes_nothing(_edit(number, "Baru", "u6")) for number in (8, 9)]
    found.calls += [*edits, _send(7, USER, 14, "Kabar", "u5"), *late]
    assert wrong(found) == set()
    found.calls[3] = _edit(8, "Baru", "u3")
    assert wrong(found) == {"messages out of order"}


def test_a_question_whose_bubble_is_gone_is_one_row_with_an_edit_and_a_new_bubble() -> None:
    """The edit names the bubble by its number and is refused; the new bubble shows the row once."""
    found = honest()
    found.outbox.append(_row(3, USER, "question", 14))
    edit = _edit(4, "Siapa?", "u3")
    gone = replace(edit, code=400, description="Bad Request: message to edit not found", performed=False)
    found.calls += [gone, _send(5, USER, 14, "Siapa?", "u3")]
    assert wrong(found) == set()
    found.calls[-2] = edit
    assert wrong(found) == {"repeats beyond unknowns"}


@pytest.mark.parametrize(("kind", "faults"), [("edit", set()), ("question", {"left on the way, or dead"})])
def test_only_what_closes_a_deleted_bubble_may_die(kind: str, faults: set[str]) -> None:
    found = honest()
    found.outbox.append(_row(3, USER, kind, None, state="dead", error="Bad Request: message to edit not found"))
    assert wrong(found) == faults


def test_a_row_that_was_given_up_may_have_arrived_as_often_as_its_outcome_was_unknown() -> None:
    found = honest()
    given_up = _row(3, USER, "answer", None, unknowns=5)
    given_up.state, given_up.attempts = "dead", 6
    found.outbox.append(given_up)
    found.calls += [_send(number, USER, 10 + number, "Mohon maaf", "u3") for number in range(4, 10)]
    assert "repeats beyond unknowns" not in wrong(found)
    found.calls.append(_send(10, USER, 20, "Mohon maaf", "u3"))
    assert "repeats beyond unknowns" in wrong(found)


def test_a_broken_chain_and_a_silent_person_are_seen() -> None:
    found = replace(honest(), broken=[("c1", 2)], silent=["5000000001: nothing new"])
    assert wrong(found) == {"timelines broken", "people left in silence"}
