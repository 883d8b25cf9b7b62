"""The table of moves: it refuses what it does not list, keeps nothing of an owner, and docs/moves.md says the same."""

import ast
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.company import answer_by
from bot.core.escalation import AskState, AskView, Policy, Rung
from bot.core.hours import WIB, Hours
from bot.core.moves import ALL, COLUMNS, ENDS, MOVES, Event, Status, Who, may, opened, row, stand
from bot.core.standing import Around, Given, Standing, State
from bot.core.workdays import Calendar

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
PAGE = Path(__file__).parents[2] / "docs" / "moves.md"
NOT_YET = {Status.HELD}
"""Named in the design, but no move leads there yet; whoever adds one takes it out of here."""
ROLES = ("tksk", "deputy", "ppa", "koordinator", "dinsos", "jsc")
POLICY = Policy((Rung(timedelta(), ("tksk",)), Rung(timedelta(hours=2), ("koordinator",))), timedelta(hours=3))
AROUND = Around("mendesak", POLICY, Calendar(), {"tksk": ["t"], "koordinator": ["k"]}, frozenset(("group:jsc",)))
PASSED = {Who.AREA, Who.PASSED}
JSC = {Who.AREA, Who.ASKED, Who.JSC}
OF_THE_OWNER = (
    "owner_id",
    "acknowledged_at",
    "heard_at",
    "visit_by",
    "reminded",
    "asked_at",
    "waiting_for",
    "handed_to",
    "handed_until",
    "company_id",
    "company_at",
    "company_until",
    "company_says",
)


def written() -> dict[tuple[str, str], tuple[str, str, str]]:
    """(status, event) -> (who, roles, to) as the page has it."""
    found = {}
    for line in PAGE.read_text("utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not re.match(r"\| (open|acknowledged|closed|held|withdrawn) \|", line):
            continue
        if len(cells) == 6:
            found[cells[0], cells[1]] = (cells[2], cells[3], cells[4])
        else:
            found[cells[0], cells[1]] = (Who.NOBODY, "", cells[3])
    return found


def test_the_page_and_the_table_say_the_same() -> None:
    table = {(str(status), str(event)): (str(move.who), str(move.to)) for (status, event), move in MOVES.items()}
    page = {cell: (who, to) for cell, (who, _, to) in written().items()}
    assert page == table
    for who, roles, _ in written().values():
        of_all = ("jsc",) if who == Who.JSC else ROLES
        assert who == Who.NOBODY or tuple(roles.split(", ")) == of_all, "the door, not the table, tells roles apart"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("event", Event)
def test_who_may_is_what_the_page_says_and_nobody_else(status: Status, event: Event) -> None:
    page = written()
    for are in (
        {Who.AREA},
        {Who.AREA, Who.ASKED},
        {Who.AREA, Who.TEAM},
        {Who.AREA, Who.OWNER, Who.TEAM},
        JSC,
        PASSED,
        {Who.AREA, Who.HANDED},
        {Who.AREA, Who.COMPANY},
        {Who.NOBODY},
    ):
        cell = page.get((status, event))
        assert may(status, event, frozenset(are)) == (cell is not None and Who(cell[0]) in are)
    assert not may(status, event, frozenset()), "nobody is nobody"


def test_what_the_table_does_not_list_is_refused() -> None:
    for status in Status:
        for event in Event:
            standing = Standing(replace(opened(NOW), status=status))
            if row(status, event) is None:
                assert stand(standing, event, NOW, AROUND, Given()) is None


def test_an_end_has_one_way_on() -> None:
    for (status, event), move in MOVES.items():
        assert status not in ENDS or move.to is status or event is Event.REOPEN, f"{event} leads out of an end"


def test_every_status_is_reached_and_every_event_moves_something() -> None:
    reached = {Status.OPEN}
    while more := {move.to for (status, _), move in MOVES.items() if status in reached} - reached:
        reached |= more
    assert reached == set(Status) - NOT_YET
    assert {event for _, event in MOVES} == set(Event)


def test_every_row_keeps_columns_that_there_are() -> None:
    for (status, event), move in MOVES.items():
        assert move.keeps <= ALL, (status, event)
    assert set(COLUMNS) == ALL | {"status", "next_due_at"}


# --- what stands after a move -------------------------------------------------------------------------------

MOMENT = st.timedeltas(timedelta(), timedelta(days=365)).map(lambda ago: NOW - ago)


@st.composite
def owned(draw: st.DrawFn) -> Standing:
    """A case that somebody has, with anything in its columns."""
    state = State(
        status=Status.ACKNOWLEDGED,
        round=draw(st.integers(1, 4)),
        round_at=NOW - timedelta(days=3),
        rung=draw(st.integers(0, 1)),
        fired_at=NOW - timedelta(days=draw(st.integers(0, 2))),
        grace_until=draw(st.none() | MOMENT),
        owner_id="t",
        acknowledged_at=NOW - timedelta(hours=draw(st.integers(0, 40))),
        heard_at=draw(st.none() | MOMENT),
        visit_by=draw(st.none() | MOMENT | st.just(NOW + timedelta(hours=9))),
        reminded=draw(st.integers(0, 2)),
        asked_at=draw(st.none() | MOMENT),
        released_at=draw(st.none() | MOMENT),
        waiting_for=draw(st.none() | st.just("rsj")),
        handed_to=(handed := draw(st.none() | st.just("d"))),
        handed_until=NOW + timedelta(hours=2) if handed else None,
        company_id=(company := draw(st.none() | st.just("d"))),
        company_at=NOW if company else None,
        company_says=(says := draw(st.none() | st.sampled_from(("ikut", "tidak", "diam"))) if company else None),
        company_until=NOW + timedelta(hours=1) if company and says is None else None,
        next_due_at=draw(MOMENT),
    )
    asks = [AskView("t", 0, AskState.OVER, NOW - timedelta(days=2), delivered_at=NOW - timedelta(days=2), reminded=2)]
    if draw(st.booleans()):
        asks.append(AskView("k", 1, AskState.OVER, NOW - timedelta(days=1), reminded=1))
    return Standing(state, tuple(asks))


@given(owned(), st.sampled_from([Event.UNDO, Event.GIVE_BACK, Event.TAKE_BACK, Event.CLOSE]))
def test_nothing_of_an_owner_outlives_the_case_they_had(before: Standing, event: Event) -> None:
    after = stand(before, event, NOW, AROUND, Given(reason="silence", outcome="tertolong"))
    assert after is not None
    cleared = State(Status.OPEN, 1, NOW)
    for name in OF_THE_OWNER:
        assert getattr(after.state, name) == getattr(cleared, name), name
    assert after.state.stuck is False


@given(owned())
def test_a_closed_case_keeps_its_round_and_its_outcome_only(before: Standing) -> None:
    """C6: `close` left half of the columns behind, a trap for whoever opens the case again."""
    after = stand(before, Event.CLOSE, NOW, AROUND, Given(outcome="tertolong"))
    assert after is not None
    assert after.state == State(
        Status.CLOSED, before.state.round, before.state.round_at, outcome="tertolong", closed_at=NOW
    )


@given(owned())
def test_a_new_round_carries_nothing_of_the_one_before(before: Standing) -> None:
    ended = stand(before, Event.CLOSE, NOW, AROUND, Given(outcome="tertolong"))
    assert ended is not None
    after = stand(ended, Event.REOPEN, NOW, AROUND, Given(people=("t",)))
    assert after is not None
    assert after.state == State(Status.OPEN, before.state.round + 1, NOW, next_due_at=after.state.next_due_at)
    assert [(ask.person, ask.state) for ask in after.asks] == [("t", AskState.DECLINED)], "and may set somebody aside"


@given(owned(), st.sampled_from([Event.GIVE_BACK, Event.TAKE_BACK]))
def test_who_is_open_again_awaits_everybody_but_the_owner(before: Standing, event: Event) -> None:
    after = stand(before, event, NOW, AROUND, Given(reason="silence"))
    assert after is not None
    states = {ask.person: ask.state for ask in after.asks}
    assert states.pop("t") is AskState.DECLINED
    assert set(states.values()) <= {AskState.WAITING}
    assert after.state.former_id == "t" and after.state.released_at == NOW
    assert after.state.fired_at == before.state.fired_at, "the ladder keeps its times"


@given(owned())
def test_an_undo_is_as_if_nobody_had_pressed(before: Standing) -> None:
    after = stand(before, Event.UNDO, NOW, AROUND, Given(absent=frozenset("k")))
    assert after is not None
    assert {ask.person: ask.state for ask in after.asks}.get("k") in (None, AskState.DEAD)
    kept = ("round", "round_at", "rung", "fired_at", "grace_until", "released_at")
    assert all(getattr(after.state, name) == getattr(before.state, name) for name in kept)


@given(owned(), st.timedeltas(timedelta(), timedelta(days=30)))
def test_no_word_moves_the_clock_of_the_visit_and_the_second_buys_nothing(before: Standing, apart: timedelta) -> None:
    """W2: two words bought fourteen working days, even in darurat."""
    first = stand(before, Event.PROGRESS, NOW, AROUND, Given())
    assert first is not None and first.state.waiting_for is None
    assert first.state.visit_by == before.state.visit_by
    second = stand(first, Event.PROGRESS, NOW + apart, AROUND, Given())
    assert second is not None and first.state.next_due_at is not None
    if (visit := first.state.visit_by) is not None:
        assert second.state.next_due_at in (visit, first.state.next_due_at)
        assert first.state.next_due_at <= max(visit, NOW + timedelta(hours=6), before.state.next_due_at or NOW)
    missed = stand(second, Event.MISS, NOW + apart, AROUND, Given())
    met = stand(second, Event.MEET, NOW + apart, AROUND, Given())
    assert missed is not None and missed.state.next_due_at == NOW + apart + timedelta(hours=24)
    assert met is not None and (met.state.visit_by, met.state.reminded) == (None, 0)


def test_words_that_counted_as_a_visit_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A planted mistake: *Sedang dikerjakan* as if the person had been met."""
    monkeypatch.setitem(MOVES, (Status.ACKNOWLEDGED, Event.PROGRESS), MOVES[Status.ACKNOWLEDGED, Event.MEET])
    with pytest.raises((AssertionError, ExceptionGroup)):
        test_no_word_moves_the_clock_of_the_visit_and_the_second_buys_nothing()


def test_who_phones_has_half_an_hour_of_quiet_and_jsc_an_hour() -> None:
    state = State(Status.OPEN, 1, NOW, rung=1, fired_at=NOW, next_due_at=NOW)
    climbed = Standing(state, (AskView("k", 1, AskState.WAITING, NOW, delivered_at=NOW),))
    for event, length in ((Event.PHONE, timedelta(minutes=30)), (Event.MUTE, timedelta(hours=1))):
        after = stand(climbed, event, NOW, AROUND, Given(reason="jalan"))
        assert after is not None
        assert after.state.quiet_until == after.state.next_due_at == NOW + length
        assert after.state.mutes == (event is Event.MUTE)


@given(owned(), st.sampled_from(sorted(Event)))
def test_whatever_happens_a_case_that_is_not_at_an_end_has_a_next_due_time(before: Standing, event: Event) -> None:
    event_given = Given(by="t", reason="rsj", days=3, rung=1, people=("k",), reached=(1,), rings_at=NOW)
    for standing in (before, Standing(opened(NOW))):
        after = stand(standing, event, NOW, AROUND, event_given)
        if after is not None:
            assert (after.state.next_due_at is None) == (after.state.status in ENDS)
            assert (after.state.owner_id is None) == (after.state.status is not Status.ACKNOWLEDGED)


@given(owned(), st.sampled_from([Event.ASK_COMPANY, Event.JOIN, Event.STAY, Event.UNHEARD, Event.CALL_OFF]))
def test_company_changes_neither_who_has_a_case_nor_a_clock(before: Standing, event: Event) -> None:
    after = stand(before, event, NOW, AROUND, Given(by="d", reason="silence", people=("d",)))
    assert after is not None
    company = ("company_id", "company_at", "company_until", "company_says")
    changed = {name for name in COLUMNS if getattr(after.state, name) != getattr(before.state, name)}
    assert changed <= set(company) and after.asks == before.asks
    asked = after.state.company_id is not None and after.state.company_says is None
    assert (after.state.company_until is not None) == asked or event is not Event.ASK_COMPANY


def test_how_long_an_answer_of_company_is_awaited() -> None:
    """Friday 6 March 2026; mendesak may ring from 06.00 to 22.00, biasa from 07.00 to 20.00 and on no Sunday."""
    calendar, always = Calendar({date(2026, 3, 9): "libur"}), Hours()
    day, calm = Hours(time(6), time(22)), Hours(time(7), time(20), sunday=False)

    def until(urgency: str, at: str, hours: Hours) -> str:
        rings_at = hours.opening(datetime.fromisoformat(at).replace(tzinfo=WIB))
        return f"{answer_by(urgency, rings_at, hours, calendar).astimezone(WIB):%a %d %H:%M}"

    assert until("darurat", "2026-03-06 23:50", always) == "Sat 07 00:05"
    assert until("mendesak", "2026-03-06 09:00", day) == "Fri 06 10:00"
    assert until("mendesak", "2026-03-06 21:30", day) == "Sat 07 06:00", "nobody is told at night"
    assert until("mendesak", "2026-03-06 23:00", day) == "Sat 07 07:00", "from when it rings"
    assert until("biasa", "2026-03-05 15:00", calm) == "Fri 06 08:00"
    assert until("biasa", "2026-03-06 09:00", calm) == "Tue 10 08:00", "over the weekend and a day off"


def test_the_columns_of_a_case_have_one_writer() -> None:
    """C6: next_due_at was written in twenty places. Only storage/standing.py writes a state column."""
    found = set()
    for room in ("bot", "handlers", "storage", "notifiers"):
        for path in (PAGE.parents[1] / room).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                targets = node.targets if isinstance(node, ast.Assign) else ()
                parts = [part for target in targets for part in ast.walk(target)]
                names = {part.attr for part in parts if isinstance(part, ast.Attribute)}
                if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".values"):
                    names |= {keyword.arg or "" for keyword in node.keywords}
                if names & (set(COLUMNS) - {"reminded"}) and path.name != "standing.py":
                    found.add(f"{path.name}: {ast.unparse(node)}")
    assert {line for line in found if "case" in line.lower() or "next_due" in line} == set()


def test_a_case_that_somebody_can_be_asked_about_again_is_red_no_longer() -> None:
    """Found by the state machine: it stayed red, and was not looked at for an hour."""
    asks = (AskView("t", 0, AskState.DEAD, NOW), AskView("k", 1, AskState.DEAD, NOW))
    red = State(Status.OPEN, 1, NOW, rung=1, fired_at=NOW, stuck=True, next_due_at=NOW)
    nobody = replace(AROUND, people={})
    still = stand(Standing(red, asks), Event.STICK, NOW, nobody, Given())
    assert still is not None and still.state.stuck
    assert still.state.next_due_at == NOW + timedelta(minutes=5)
    again = stand(Standing(red, asks), Event.LOOK, NOW, AROUND, Given())
    assert again is not None and not again.state.stuck
