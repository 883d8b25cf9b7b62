"""The table of moves: what it does not list is refused, ends stay ends, and everything in it can be reached."""

import pytest

from bot.core.moves import ENDS, MOVES, Event, Status, after

NOT_YET = {Status.HELD}
"""Named in the design, but no move leads there yet; whoever adds one takes it out of here."""


def test_what_the_table_does_not_list_is_refused() -> None:
    for status in Status:
        for event in Event:
            assert after(status, event) == MOVES.get((status, event))
    assert after(Status.ACKNOWLEDGED, Event.ACKNOWLEDGE) is None, "the second presser is too late"
    assert after(Status.OPEN, Event.UNDO) is None
    assert after(Status.OPEN, Event.RELEASE) is None
    assert after(Status.CLOSED, Event.WITHDRAW) is None


@pytest.mark.parametrize("end", sorted(ENDS))
def test_an_end_has_no_way_on_but_to_be_opened_again(end: Status) -> None:
    ways = {event: to for (status, event), to in MOVES.items() if status is end}
    assert ways == {Event.REOPEN: Status.OPEN}


def test_only_ends_are_reopened() -> None:
    assert {status for status, event in MOVES if event is Event.REOPEN} == ENDS


def test_every_status_is_reached_and_every_end_from_every_status() -> None:
    def reached(start: Status) -> set[Status]:
        seen = {start}
        while more := {to for (status, _), to in MOVES.items() if status in seen} - seen:
            seen |= more
        return seen

    assert reached(Status.OPEN) == set(Status) - NOT_YET
    for status in set(Status) - NOT_YET:
        assert reached(status) >= ENDS, "no case is caught without a way to an end"
        assert Status.OPEN in reached(status)


def test_what_is_not_yet_is_nowhere_in_the_table() -> None:
    assert not NOT_YET & {status for status, _ in MOVES}
    assert not NOT_YET & set(MOVES.values())


def test_every_event_moves_something() -> None:
    assert {event for _, event in MOVES} == set(Event)


def test_a_decline_leaves_the_case_open_and_waiting_leaves_it_with_its_owner() -> None:
    assert after(Status.OPEN, Event.DECLINE) is Status.OPEN
    assert after(Status.ACKNOWLEDGED, Event.WAIT) is Status.ACKNOWLEDGED
    assert after(Status.OPEN, Event.WAIT) is None
