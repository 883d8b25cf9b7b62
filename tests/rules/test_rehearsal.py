"""`tersapa ladder`: what it shows is what happens, names are never shown, and the worked examples of the docs hold."""

import json
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bot.cli import app
from bot.config import Settings
from bot.core.escalation import Policy
from bot.core.hours import WIB
from bot.core.rehearsal import Company, Kind, rehearse
from bot.core.roles import LADDER_ROLES
from storage import attendance, schema, timeline
from storage.database import Database
from storage.session import Session
from storage.tables import Chat, Member, Timeline
from tests.support.forks import tersapa, write_config
from tests.support.world import MALANG, SINGOSARI, World

DOC = Path(__file__).parents[2] / "docs" / "ladder.md"
POLICIES = {urgency: Settings().escalation.policy(urgency) for urgency in ("darurat", "mendesak", "biasa")}
ALL = {role: [role] for role in LADDER_ROLES}
ASKED = {"climb": "ask", "remind": "remind", "repeat": "repeat"}
SECONDS = timedelta(seconds=30)
"""Cards take a moment to arrive, so reminders of several people do not fall together."""


def at(text: str) -> datetime:
    """A moment in WIB, such as "2026-12-24 15:00"."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB)


def told(policy: Policy, began: str, company: Company) -> list[tuple[str, str, tuple[str, ...]]]:
    """(time, what, roles) of each step."""
    steps = rehearse(policy, at(began), company)
    return [(f"{step.at.astimezone(WIB):%d %H:%M}", step.kind.value, tuple(step.asked.values())) for step in steps]


def test_nobody_answers_in_mendesak() -> None:
    assert told(POLICIES["mendesak"], "2026-03-02 09:00", Company(lambda _: ALL)) == [
        ("02 09:00", "ask", ("tksk",)),
        ("02 10:00", "remind", ("tksk",)),
        ("02 11:00", "ask", ("deputy", "koordinator")),
        ("02 13:00", "ask", ("dinsos",)),
        ("02 17:00", "ask", ("jsc",)),
        ("02 20:00", "repeat", ("jsc",)),
        ("03 06:00", "repeat", ("jsc",)),
    ]


def test_whoever_goes_on_leave_meanwhile_is_waited_for_no_more() -> None:
    goes = at("2026-03-02 09:30")

    def people(now: datetime) -> dict[str, list[str]]:
        return {role: names for role, names in ALL.items() if role != "tksk" or now < goes}

    company = Company(people, lambda now: ("tksk",) if now >= goes else (), (goes,))
    assert told(POLICIES["mendesak"], "2026-03-02 09:00", company)[:2] == [
        ("02 09:00", "ask", ("tksk",)),
        ("02 09:30", "ask", ("deputy", "koordinator")),
    ]


def test_where_nobody_is_left_it_says_so_once_and_goes_on_when_somebody_is_back() -> None:
    back = at("2026-03-03 09:00")

    def people(now: datetime) -> dict[str, list[str]]:
        return {"koordinator": ["k"]} if now >= back else {}

    steps = rehearse(POLICIES["mendesak"], at("2026-03-02 09:00"), Company(people, turns=(back,)))
    assert [(step.kind, step.at) for step in steps[:2]] == [(Kind.STUCK, at("2026-03-02 09:00")), (Kind.ASK, back)]
    assert len(rehearse(POLICIES["mendesak"], back, Company(lambda _: {}))) == 1


def happened(entries: list[Timeline]) -> list[tuple[str, datetime, int]]:
    """(kind, moment, people) of what a timeline tells; what falls within seconds is one step."""
    found: list[tuple[str, datetime, int]] = []
    for entry in entries:
        if entry.event not in ASKED:
            continue
        kind, asked = ASKED[entry.event], int(timeline.facts(entry)["asked"])
        if found and found[-1][0] == kind and entry.at - found[-1][1] < SECONDS:
            asked += found.pop()[2]
        found.append((kind, entry.at, asked))
    return found


@pytest.mark.parametrize(("kind", "danger"), [("Gangguan jiwa", "Menyerang"), ("Lansia", "Tidak ada")])
async def test_what_it_shows_is_what_the_bot_then_does(w: World, tmp_path: Path, kind: str, danger: str) -> None:
    for role, area in (("tksk", SINGOSARI), ("koordinator", MALANG), ("dinsos", MALANG), ("jsc", "35"), ("jsc", "35")):
        await w.worker(role, area)
    await w.reports(w.person(), kind=kind, danger=danger)
    case = await w.case()
    config = write_config(tmp_path, f'[database]\nurl = "{tmp_path}/tersapa.db"\n')
    words = ("--kecamatan", SINGOSARI, "--urgency", case.urgency, "--at", case.round_at.isoformat())
    shown = json.loads(run("ladder", *words, "--json", "--config", str(config)))
    steps = shown["steps"]
    await w.passes(seconds=(datetime.fromisoformat(steps[-1]["at"]) - w.now).total_seconds() + 60)
    done = happened(await w.read(lambda s: timeline.entries(s, case.id)))
    assert shown["roster"] == "database"
    assert [(kind, count) for kind, _, count in done] == [(s["kind"], sum(s["asked"].values())) for s in steps]
    for (_, moment, _), step in zip(done, steps, strict=True):
        assert abs(moment - datetime.fromisoformat(step["at"])) < SECONDS


# --- the command, and the examples of the docs ---------------------------------------------------------------


def run(*words: str) -> str:
    """What the command prints on a screen of eighty columns."""
    result = CliRunner().invoke(app, words, env={"COLUMNS": "80"}, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def examples() -> Iterator[Any]:
    """Each "### " of the docs that has a command: its title, settings, roster, command and what it prints."""
    for part in re.split(r"^### ", DOC.read_text("utf-8"), flags=re.M)[1:]:
        blocks = dict(re.findall(r"^```(\w+)\n(.*?)^```$", part, flags=re.M | re.S))
        if "console" in blocks:
            command, _, output = blocks["console"].partition("\n")
            title = part.partition("\n")[0]
            yield pytest.param(blocks.get("toml", ""), blocks.get("roster"), command, output, id=title)


def seat(db: Database, line: str) -> None:
    """A member of the roster as the docs write one: role, area and "on leave FROM TO"."""
    role, area, *leave = re.split(r" {2,}", line.strip())

    def add(session: Session) -> None:
        chat = Chat(id=abs(hash(line)) % 10**9, address_index=line, address_sealed=b"")
        member = Member(role=role, area=area, chat_id=chat.id)
        session.add_all((chat, member))
        session.flush()
        if leave:
            found = re.fullmatch(r"on leave (\S+) to (\S+)", leave[0])
            assert found
            since, until = at(f"{found[1]} 00:00"), at(f"{found[2]} 00:00")
            attendance.take_leave(session, member, since, until, member.id, since)

    db.write(add)


@pytest.mark.parametrize(("toml", "roster", "command", "output"), list(examples()))
def test_a_worked_example_prints_what_the_docs_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, toml: str, roster: str | None, command: str, output: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write_config(tmp_path, toml)
    if roster is not None:
        db = Database("tersapa.db")
        schema.migrate(db)
        for line in roster.splitlines():
            seat(db, line)
        db.close()
    first, name, *words = command.removeprefix("$ ").split()
    assert (first, name) == ("tersapa", "ladder")
    assert run(name, *words) == output
    assert roster is not None or not (tmp_path / "tersapa.db").exists(), "looking makes no database"


def test_the_docs_have_three_worked_examples() -> None:
    assert len(list(examples())) == 3


def test_why_nobody_was_asked_is_said_without_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    db = Database("tersapa.db")
    schema.migrate(db)
    seat(db, "tksk  35.07.24  on leave 2026-03-01 to 2026-03-09")
    seat(db, "jsc  35")
    db.write(lambda session: session.add(Member(role="koordinator", area="35.07")))
    db.close()
    words = ("ladder", "--kecamatan", "35.07.24", "--urgency", "biasa", "--at", "2026-03-02T09:00")
    first = json.loads(run(*words, "--json"))["steps"][0]
    assert (first["rung"], first["skipped_rungs"], first["asked"]) == (3, [0, 1, 2], {"jsc": 1})
    assert {gap["role"]: gap["why"] for gap in first["not_asked"]} == {
        "tksk": "leave",
        "deputy": "vacant",
        "koordinator": "unbound",
        "dinsos": "vacant",
    }
    assert first["not_asked"][0]["until"] == "2026-03-09T00:00:00+07:00"
    english = run(*words, "--language", "en")
    assert "TKSK: on leave until Monday 9/3 00.00, skipped" in " ".join(english.replace("│", " ").split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--kecamatan", "35.07", "--urgency", "biasa"), "--kecamatan 35.07: the code of a kecamatan"),
        (("--kecamatan", "35.07.24", "--urgency", "cepat"), "--urgency cepat: one of darurat, mendesak, biasa"),
        (("--kecamatan", "35.07.24", "--urgency", "biasa:sapi"), "one of odgj, lansia"),
        (("--kecamatan", "35.07.24", "--urgency", "biasa:anak:pasung"), "a flag of anak is one of anakbahaya, seksual"),
        (("--kecamatan", "35.07.24", "--urgency", "biasa", "--at", "besok"), "--at besok: a moment such as"),
        (("--kecamatan", "35.07.24", "--urgency", "biasa", "--language", "jv"), "--language jv: one of id, en"),
    ],
)
def test_wrong_use_is_said_with_exit_code_2(words: tuple[str, ...], said: str) -> None:
    result = CliRunner().invoke(app, ("ladder", *words))
    assert result.exit_code == 2
    assert said in result.output


def test_the_ladder_of_a_sort_is_shown(tmp_path: Path) -> None:
    body = '[[escalation.override]]\nflag = ["seksual"]\n[escalation.override.mendesak]\nrepeat = "1d"\n'
    write_config(tmp_path, body + 'hours = "06:00-22:00"\nrungs = [{ after = "0s", ask = ["ppa"] }]\n')
    given = ("ladder", "--kecamatan", SINGOSARI, "--at", "2026-03-02T23:00", "--urgency")
    code, out, _ = tersapa(*given, "mendesak:kekerasan:seksual", folder=tmp_path)
    assert code == 0 and "Aturan: khusus untuk seksual." in out and "UPTD PPA (1)" in out
    told = json.loads(tersapa(*given, "mendesak:kekerasan:seksual", "--json", folder=tmp_path)[1])
    assert (told["category"], told["flag"], told["override"]) == ("kekerasan", "seksual", "seksual")
    assert not told["steps"][0]["held"], "sexual violence rings at any hour"
    assert "Aturan: bawaan." in tersapa(*given, "mendesak:kekerasan", folder=tmp_path)[1]


def test_an_override_for_nowhere_stops_the_command_too(tmp_path: Path) -> None:
    body = '[[escalation.override]]\nkecamatan = ["35.99"]\n[escalation.override.biasa]\nrepeat = "1d"\n'
    write_config(tmp_path, body + 'rungs = [{ after = "0s", ask = ["jsc"] }]\n')
    code, _, err = tersapa("ladder", "--kecamatan", SINGOSARI, "--urgency", "biasa", folder=tmp_path)
    assert (code, "line 2: [escalation.override.0] kecamatan: 35.99 is no kecamatan" in err) == (2, True)
