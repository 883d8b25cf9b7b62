"""Shares and turns as rules: nobody's flood takes what another has a right to, and nothing stands still (row 163)."""

from collections.abc import Collection, Mapping
from datetime import timedelta
from itertools import count, pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import buttons as b
from bot.core.buttons import Go
from bot.core.haste import Haste, album, haste
from handlers import fairness
from handlers.fairness import FEW, Fairness
from notifiers import pacer
from notifiers.pacer import Pacer
from storage import shares
from storage.callers import Caller
from storage.inbox import Head
from storage.kinds import KINDS
from storage.shares import WHEEL, Share, deal, dealt
from tests.support.world import MORNING

QUEUES = st.dictionaries(st.sampled_from(Share), st.integers(0, 12), max_size=4)


def lanes(sizes: Mapping[Share, int]) -> dict[Share, list[tuple[Share, int]]]:
    return {share: [(share, n) for n in range(size)] for share, size in sizes.items()}


@given(QUEUES, st.integers(0, 5), st.integers(0, 24), st.integers(0, 24))
def test_what_is_dealt_is_as_much_as_may_go_and_keeps_each_order(
    sizes: dict[Share, int], at: int, most: int, others: int
) -> None:
    going = dealt(lanes(sizes), at, most, others)
    pings = sizes.get(Share.PINGS, 0)
    calmer = sum(sizes.values()) - pings
    assert len(going) == min(most, pings + min(calmer, others))
    assert sum(share is not Share.PINGS for share, _ in going) <= others
    for share in Share:
        assert [n for of, n in going if of is share] == list(range(sum(of is share for of, _ in going)))


@given(st.integers(0, 5))
def test_under_any_flood_every_third_message_is_a_ping_and_every_second_an_answer(at: int) -> None:
    everybody_waits = lanes(dict.fromkeys(Share, 100))
    going = [share for share, _ in dealt(everybody_waits, at, 60, 60)]
    pings = [n for n, share in enumerate(going) if share is Share.PINGS]
    assert max(later - sooner for sooner, later in pairwise(pings)) == 3 and pings[0] <= 2
    assert {share: going.count(share) for share in Share} == {
        Share.PINGS: 20, Share.CASES: 10, Share.ANSWERS: 20, Share.REST: 10
    }  # fmt: skip


def test_each_place_of_the_wheel_asks_every_class() -> None:
    assert all(sorted(place) == sorted(Share) for place in WHEEL)
    assert all(sorted(place) == sorted(Caller) for place in fairness.WHEEL)


def test_every_priority_has_a_class() -> None:
    for kind in KINDS.values():
        for urgency in (None, "biasa", "darurat"):
            first, last = shares.PRIORITIES[shares.of(kind.ranks(urgency))]
            assert first <= kind.ranks(urgency) <= last


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.integers(), max_size=5)), st.integers(0, 9))
def test_who_stands_alone_gets_every_place(waiting: dict[str, list[int]], at: int) -> None:
    wheel = ("abc", "bca", "cab")
    going = deal(wheel, waiting, at, 100)
    assert sorted(found for _, found in going) == sorted(found for queue in waiting.values() for found in queue)


def heads(chats: Collection[int], numbers: Any) -> list[Head]:
    return [Head(1, next(numbers), chat) for chat in chats]


def kinds_of(chats: Collection[int]) -> dict[int, Caller]:
    """Chats below 1000 work, those below 2000 have an open report, all others are strangers."""
    return {chat: Caller(min(2, chat // 1000)) for chat in chats}


@given(st.lists(st.sampled_from((1, 2, 1001, *range(2000, 2100))), max_size=400))
def test_whoever_comes_a_worker_is_served_in_the_next_sixteen(before: list[int]) -> None:
    fair, numbers, now = Fairness(30), count(1), MORNING
    for chat in before:
        fair.took(chat, None, now, counts=True)
    waiting = heads([*range(2000, 2300), *range(1000, 1100), 1], numbers)
    chosen = [head.chat_key for head in fair.chosen(waiting, kinds_of, now, 16)]
    assert len(chosen) == len(set(chosen)) == 16
    assert chosen.index(1) < 3
    assert sum(chat >= 2000 for chat in chosen) >= 5, "strangers keep a third"


def test_who_had_few_turns_goes_before_who_had_many_and_then_who_was_served_longest_ago() -> None:
    fair, now = Fairness(30), MORNING
    for chat in (*[2001] * FEW, 2003, 2002):
        fair.took(chat, None, now, counts=True)
    waiting = heads([2001, 2002, 2003, 2004], count(1))
    assert [head.chat_key for head in fair.chosen(waiting, kinds_of, now, 3)] == [2004, 2003, 2002]
    later = now + timedelta(minutes=10)
    assert [head.chat_key for head in fair.chosen(waiting, kinds_of, later, 3)] == [2004, 2001, 2003]


def test_danger_goes_first_and_a_flood_of_it_takes_half() -> None:
    fair, now = Fairness(30), MORNING
    waiting = [Head(1, 1000 + chat, chat, danger=True) for chat in range(2100, 2200)]
    waiting += heads(range(2000, 2100), count(1))
    chosen = fair.chosen(waiting, kinds_of, now, 16)
    assert all(head.danger for head in chosen[:8]) and any(not head.danger for head in chosen)
    (alone, *_) = fair.chosen([*waiting[100:], waiting[0]], kinds_of, now, 16)
    assert alone.danger
    assert fair.chosen([waiting[150], waiting[0]], kinds_of, now, 16)[0].danger


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fairness, "KNOWN", 10)
    fair = Fairness(1)
    for chat in range(100):
        fair.took(chat, None, MORNING, counts=True)
    assert fair.enough(99, None, MORNING) and not fair.enough(1, None, MORNING)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(("callback_query", "message", "data", "text", "caption", "media_group_id")), inner), max_leaves=9
))  # fmt: skip
def test_whatever_is_in_an_update_its_haste_can_be_read(raw: Any) -> None:
    found = raw if isinstance(raw, dict) else {"message": raw}
    assert haste(found) in Haste
    assert album(found) is None or isinstance(album(found), str)


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ({"callback_query": {"data": b.Menu(Go.DANGER).pack()}}, Haste.DANGER),
        ({"callback_query": {"data": b.Menu(Go.CANNOT_PHONE).pack()}}, Haste.DANGER),
        ({"callback_query": {"data": b.Phoned("0" * 12, "sudah").pack()}}, Haste.DANGER),
        ({"callback_query": {"data": b.Take("0" * 12, 1).pack()}}, Haste.MATTERS),
        ({"callback_query": {"data": b.Menu(Go.REPORT).pack()}}, Haste.CHAT),
        ({"message": {"text": "tolong pak, dia bawa parang"}}, Haste.MATTERS),
        ({"message": {"caption": "NGAMUK"}}, Haste.MATTERS),
        ({"message": {"text": "aku pengen mati"}}, Haste.MATTERS),
        ({"message": {"text": "mati lampu"}}, Haste.CHAT),
        ({"message": {"text": "selamat pagi"}}, Haste.CHAT),
        ({"edited_message": {"text": "tolong"}}, Haste.CHAT),
    ],
)
def test_the_haste_of_an_update(raw: dict[str, Any], found: Haste) -> None:
    assert haste(raw) is found


@given(
    st.lists(
        st.tuples(st.sampled_from(("send", "share", "wait")), st.integers(0, 4), st.floats(0, 3)), max_size=120
    ),
    st.sampled_from((5.0, 9.5, 28.0)),
)  # fmt: skip
def test_no_second_holds_more_than_the_share(steps: list[tuple[str, int, float]], rate: float) -> None:
    now, sent, among = 1000.0, list[tuple[float, int]](), 1
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pacer, "monotonic", lambda: now)
        one = Pacer(rate)
        for step, number, seconds in steps:
            if step == "wait":
                now += seconds
            elif step == "share":
                among = number
                one.share(among, 20)
            else:
                for _ in range(60):
                    now += max(0.0, min(one.wait, 0.5))
                    if one.slots(24):
                        assert among, "none of it is ours"
                        one.spend()
                        sent.append((now, among))
    for begin, share in sent:
        of_second = [at for at, _ in sent if begin - 1e-6 <= at < begin + 1 - 1e-6]
        if all(with_share == share for at, with_share in sent if begin <= at < begin + 1):
            assert len(of_second) <= max(1, rate / share) + 1
