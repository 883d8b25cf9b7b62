"""When the morning summary comes: at 07.00 WIB, caught up after downtime, never twice, and not to everybody."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlmodel import select

from bot.app import App
from bot.demo import TurnedClock
from storage import attendance, jobs, roster
from storage.session import Session
from storage.summaries import JOB
from storage.tables import Member, Summary
from tests.support.engines import keys_file, ready_database
from tests.support.forks import tersapa, write_config
from tests.support.morning import SEVEN, a_case, lines, morning, summaries, until_seven, wib
from tests.support.references import chat_of
from tests.support.world import MALANG, SINGOSARI, World


@pytest.fixture
async def m(tmp_path: Path) -> AsyncIterator[World]:
    """A world on SQLite in which summaries are sent."""
    async with morning(tmp_path) as made:
        yield made


async def sleeps_until(w: World, moment: datetime) -> None:
    """The bot is down until then."""
    await w.stop()
    w.telegram.turn(set=moment.isoformat())
    await w.start()
    await w.settle()


async def test_it_comes_every_morning_at_seven_and_once(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await m.passes(hours=21, minutes=59)
    assert not summaries(jsc)
    await m.passes(hours=72)
    assert [message.date - SEVEN.timestamp() for message in summaries(jsc)] == pytest.approx([0, 86400, 172800], abs=5)


async def test_after_a_night_of_downtime_it_is_caught_up_and_a_restart_makes_no_second_one(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await sleeps_until(m, wib(3, 8, 15))
    assert len(summaries(jsc)) == 1
    for hour in (9, 15):
        await sleeps_until(m, wib(3, hour))
    assert len(summaries(jsc)) == 1


async def test_days_that_a_clock_ran_ahead_to_have_their_summary_and_their_piket_when_they_come(m: World) -> None:
    officers = [await m.worker("dinsos", MALANG, name) for name in ("Satu", "Dua")]
    jsc = await m.worker("jsc", "35")

    def asked() -> list[int]:
        return [sum("Siapa piket" in message.text for message in officer.from_bot()) for officer in officers]

    m.telegram.turn(set=wib(5, 17).isoformat())
    await m.app.beat()
    await m.settle()
    assert len(summaries(jsc)) == 1 and asked() == [1, 1]
    m.telegram.turn(set=wib(4, 21).isoformat())
    await m.app.beat()
    await m.passes(hours=11)
    assert len(summaries(jsc)) == 2, "the fifth of March has come"
    await m.passes(hours=9)
    assert asked() == [2, 2]


async def test_one_that_is_caught_up_in_the_afternoon_says_what_time_it_is(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await sleeps_until(m, wib(3, 19, 59))
    assert lines(summaries(jsc)[0])[0] == "📊 Ringkasan Selasa, 3 Maret 2026, pukul 19.59."


async def test_a_day_that_passed_is_not_made_up_for(m: World) -> None:
    jsc = await m.worker("jsc", "35")
    await sleeps_until(m, wib(3, 20))
    assert not summaries(jsc)
    await sleeps_until(m, wib(5, 7, 30))
    assert [lines(message)[0] for message in summaries(jsc)] == ["Selamat pagi. Kamis, 5 Maret 2026."]


async def test_a_kill_between_two_summaries_leaves_the_rest_to_be_made(m: World) -> None:
    phones = [await m.worker("jsc", "35") for _ in range(3)]
    await m.passes(hours=21, minutes=59)
    await m.stop()
    m.telegram.turn(set=SEVEN.isoformat())
    await m.start()
    first = await m.read(lambda s: s.exec(select(Member.id).where(Member.chat_id == chat_of(s, phones[0]))).one())
    made = Summary(day="2026-03-03", member_id=first, uid="before", sent_at=SEVEN)
    await m.read(lambda s: s.add(made))
    await m.settle()
    assert [len(summaries(phone)) for phone in phones] == [0, 1, 1]


async def test_two_replicas_make_each_summary_once(postgres: str, tmp_path: Path) -> None:
    url, keys = ready_database(postgres), {"keys_file": keys_file(tmp_path)}
    async with morning(tmp_path, url, privacy=keys) as m:
        phones = [await m.worker("koordinator", f"35.{number:02}") for number in range(1, 13)]
        second = App(m.app.settings, TurnedClock(m.telegram))
        await second.start(tick=None)
        try:
            await m.passes(hours=21, minutes=59)
            m.telegram.turn(set=SEVEN.isoformat())
            for _ in range(3):
                await asyncio.gather(*(app.tick() for app in (m.app, second, m.app, second)))
            await m.settle()
        finally:
            await second.stop()
        assert [len(summaries(phone)) for phone in phones] == [1] * 12
        made = await m.read(lambda s: s.exec(select(Summary.uid)).all())
        assert len(set(made)) == 12 and "" not in made
        assert [*await m.read(lambda s: jobs.done(s, JOB))] == ["2026-03-02", "2026-03-03"]


async def test_nobody_on_leave_or_out_of_reach_gets_one_and_all_others_do(m: World) -> None:
    away, blocked, here = [await m.worker("koordinator", MALANG) for _ in range(3)]

    def leave(s: Session) -> None:
        member = s.exec(select(Member).where(Member.chat_id == chat_of(s, away))).one()
        attendance.take_leave(s, member, m.now, m.now + timedelta(days=2), member.id, m.now)

    await m.read(leave)
    await blocked.block()
    await m.settle()
    await until_seven(m)
    await blocked.unblock()
    await m.settle()
    assert [len(summaries(phone)) for phone in (away, blocked, here)] == [0, 0, 1]
    await m.passes(hours=48)
    assert [len(summaries(phone)) for phone in (away, blocked, here)] == [1, 2, 3]


async def test_who_comes_in_after_seven_reads_a_first_one_the_next_morning(m: World) -> None:
    await until_seven(m)
    await m.stop()
    m.telegram.turn(set=wib(3, 9).isoformat())
    await m.start()
    late = await m.worker("jsc", "35")
    assert not summaries(late)
    await m.passes(hours=22)
    assert len(summaries(late)) == 1


async def test_one_person_gets_one_summary_whatever_roles_they_have(m: World) -> None:
    budi = await m.worker("tksk", SINGOSARI)
    for role, area in (("koordinator", MALANG), ("dinsos", "35.73")):
        token, _ = await m.read(partial(roster.invite, role=role, area=area, now=m.now))
        await budi.start(f"i_{token}")
        await m.settle()
    await m.read(lambda s: a_case(s, m))
    await until_seven(m)
    assert len(summaries(budi)) == 1
    assert "📍 Kab. Malang, Kota Malang" in summaries(budi)[0].text, "of two areas of one width they read both"


async def test_one_that_cannot_be_made_stops_nobody_else_and_is_not_tried_all_day(
    m: World, caplog: pytest.LogCaptureFixture
) -> None:
    jsc, koordinator = await m.worker("jsc", "35"), await m.worker("koordinator", MALANG)
    await m.worker("dinsos", MALANG)

    def spoil(s: Session) -> None:
        member = s.exec(select(Member).where(Member.role == "dinsos")).one()
        attendance.name_duty(s, MALANG, member.id, member.id, wib(2, 17))
        member.name_sealed = b"not what was sealed"
        s.add(member)

    await m.read(spoil)
    with caplog.at_level(logging.ERROR, "tersapa.sweep"):
        await until_seven(m)
        await m.passes(hours=3)
    assert len(summaries(jsc)) == 1
    assert not summaries(koordinator)
    assert [record.kind for record in caplog.records if record.name == "tersapa.sweep"] == ["summary"] * 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("settings", "expected"), [({"at": "never"}, [0, 0]), ({"roles": ["jsc"]}, [1, 0]), ({"at": "19:59"}, [1, 1])]
)
async def test_the_settings_say_when_and_to_whom(
    tmp_path: Path, settings: dict[str, object], expected: list[int]
) -> None:
    async with morning(tmp_path, summary=settings) as m:
        phones = [await m.worker("jsc", "35"), await m.worker("koordinator", MALANG)]
        await until_seven(m)
        await m.passes(hours=1)
        assert [len(summaries(phone)) for phone in phones] == expected
        await m.say(phones[1], "/ringkasan")
        assert "📍 Kab. Malang" in phones[1].last().text


async def test_the_command_prints_it_for_people_and_programs(m: World, tmp_path: Path) -> None:
    await m.worker("tksk", SINGOSARI)

    def make(s: Session) -> list[str]:
        member = s.exec(select(Member)).one()
        roster.set_name(s, member, "Budi Santoso")
        return [a_case(s, m, area, urgency="darurat").number for area in (SINGOSARI, "35.78.04", "")]

    number = (await m.read(make))[0]

    def run(*words: str) -> tuple[int, str, str]:
        config = write_config(tmp_path, f'[database]\nurl = "{tmp_path}/tersapa.db"\n')
        return tersapa("summary", *words, "--config", str(config), folder=tmp_path)

    code, out, err = await asyncio.to_thread(run, "--json")
    found = json.loads(out)
    assert (code, err) == (0, "")
    assert (found["unowned"], found["late"], found["empty"], found["without_duty"]) == (3, 0, 665, 38)
    assert [(part["code"], part["unowned"]) for part in found["areas"]] == [("", 1), ("35.07", 1), ("35.78", 1)]
    code, out, _ = await asyncio.to_thread(run, "--area", MALANG, "--json")
    found = json.loads(out)
    assert (found["name"], found["unowned"], found["first"]["number"]) == ("Kab. Malang", 1, number)
    code, out, _ = await asyncio.to_thread(run, "--area", SINGOSARI)
    assert (code, "📍 Kec. Singosari" in out, f"{number}, Kec. Singosari" in out, "Budi" in out) == (
        0,
        True,
        True,
        False,
    )
    code, _, err = await asyncio.to_thread(run, "--area", "35.07.24.2016")
    assert (code, "--area 35.07.24.2016" in err) == (2, True)
