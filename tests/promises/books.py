"""What the books must show whenever the bot is at rest: I3-I6 and I9, read from the design, not from the code."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import col, select

from bot.config import policy_from_json
from bot.core.escalation import Policy
from storage import roll, timeline
from storage.session import Session
from storage.standing import GROUP
from storage.tables import Ask, Case, Chat, Lane, Leave, Member, Outbox, Report, Timeline
from storage.tables import Policy as StoredPolicy
from tests.support.references import real_ids

CLOCK = "clock"
ENDS = ("closed", "withdrawn")
TAKEN_BACK = "taken back"
"""What a reporter was told last who took the report back: they want no more news."""
STUCK = timedelta(minutes=5)
VISITED = timedelta(days=6)
"""A visit is due three days after the taking at the latest, and quiet hours and a Sunday may put it off."""
NIGHT = timedelta(hours=10)
"""A reporter is told nothing at night, and so many pieces a day: what waits, waits for the morning."""
DEEDS = {
    "acknowledge": "tL",
    "decline": "d",
    "explain": "e",
    "escalate": "x",
    "undo": "u",
    "release": "g",
    "progress": "s",
    "close": "f",
    "wait": "w",
    "amend": "jJ",
    "view": "i",
    "phone": "P",
    "raise": "G",
    "lower": "G",
    "mute": "Q",
    "meet": "B",
    "miss": "B",
    "hand": "H",
    "accept": "T",
    "refuse": "T",
    "unhand": "H",
    "ask_company": "L",
    "call_off": "L",
    "join": "M",
    "stay": "M",
}
"""Which buttons a person must have pressed for an entry of the timeline, by the letters their data begins with."""
HURRIES = ("set_aside", "decline", "escalate", "undeliverable", "absent", "release", "undo", "acknowledge")
"""What may make a rung come before its time: somebody said no, asked for it, or cannot be reached."""
OTHER_LADDER = ("worsen", "raise", "lower", "correct", "amend")
"""What may give a case the ladder of another urgency, or of another day's settings."""
OWNED = {
    "acknowledge": True,
    "accept": True,
    "undo": False,
    "release": False,
    "close": False,
    "correct": False,
    "withdraw": False,
}


@dataclass(slots=True)
class Books:
    """Everything the bot has written down."""

    now: datetime
    cases: list[Case]
    asks: dict[str, list[Ask]] = field(default_factory=lambda: defaultdict(list))
    timeline: dict[str, list[Timeline]] = field(default_factory=lambda: defaultdict(list))
    said: dict[str, Outbox] = field(default_factory=dict)
    paused: set[int] = field(default_factory=set)
    members: dict[str, Member] = field(default_factory=dict)
    reports: list[Report] = field(default_factory=list)
    gone: set[str] = field(default_factory=set)
    """Members who cannot be reached: they left, are on leave, or blocked the bot."""
    policies: dict[str, Policy] = field(default_factory=dict)
    real: dict[int, int] = field(default_factory=dict)
    """The real ids of chats, as the people who press know them."""
    askable: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    """Who can be asked now, per case and role."""


def read(session: Session, now: datetime, group: int | None) -> Books:
    """Read them all."""
    books = Books(now, list(session.exec(select(Case).order_by(Case.created_at, Case.id))))  # type: ignore[arg-type]
    for ask in session.exec(select(Ask)):
        books.asks[ask.case_id].append(ask)
    for entry in session.exec(select(Timeline).order_by(col(Timeline.seq))):
        books.timeline[entry.case_id].append(entry)
    books.said = {row.uid: row for row in session.exec(select(Outbox))}
    books.real = real_ids(session)
    lanes = session.exec(select(Lane))
    books.paused = {lane.dest for lane in lanes if lane.paused_until is not None and lane.paused_until > now}
    books.members = {member.id: member for member in session.exec(select(Member))}
    books.reports = list(session.exec(select(Report)))
    unreachable = set(session.exec(select(Chat.id).where(~col(Chat.reachable))))
    on_leave = set(session.exec(select(Leave.member_id).where(Leave.since <= now, Leave.until > now)))
    for member in books.members.values():
        if not member.active or member.chat_id in unreachable or member.id in on_leave:
            books.gone.add(member.id)
    for case in books.cases:
        books.policies[case.id] = policy_from_json(session.get_one(StoredPolicy, case.policy_id).body)
        books.askable[case.id] = roll.people(session, case, group, now)
    for case in books.cases:
        if timeline.broken_at(session, case.id) is not None:
            raise AssertionError(f"case {case.id}: its timeline was changed")
    return books


def broken(books: Books, pressed: Counter[tuple[int, str, str]], backs: Sequence[datetime]) -> Iterator[str]:
    """Every promise that does not hold; `pressed` counts presses by (who, letter, case), `backs` says when the
    clock was set back."""
    for case in books.cases:
        yield from _due(books, case)
        yield from _asked(books, case)
        yield from _owner(books, case)
        yield from _company(books, case)
        yield from _visited(books, case)
        yield from _rungs(books, case, backs)
        yield from _pressed(books, case, pressed, backs)
    open_cases = {case.id: case for case in books.cases if case.status == "open"}
    for report in books.reports:
        yield from _told(books, report, open_cases.get(report.case_id))


def _told(books: Books, report: Report, case: Case | None) -> Iterator[str]:
    """I3: a reporter whose case is open is told something, at the promised moment unless it waits for its own."""
    told, now = report.news_at, books.now
    if told is not None and told <= now:
        yield f"I3 report {report.number}: to be told at {told:%d %H:%M} and left"
    elif told is None and report.promised_at is not None:
        yield f"I3 report {report.number}: the promise for {report.promised_at:%d %H:%M} is kept by nobody"
    elif told is None and case is not None and not case.stuck and report.told != TAKEN_BACK:
        yield f"I3 report {report.number}: its case is open and nothing will be told"
    elif told is not None and report.promised_at is not None and told > max(report.promised_at, now) + NIGHT:
        yield f"I3 report {report.number}: the promise for {report.promised_at:%d %H:%M} waits until {told:%d %H:%M}"


def _due(books: Books, case: Case) -> Iterator[str]:
    """I3: what is not at an end has a next due time, and nothing due is left undone."""
    if case.status in ENDS:
        return
    if case.next_due_at is None:
        yield f"I3 {case.number}: {case.status} and never due"
    elif case.handed_until is not None and case.handed_until <= books.now:
        yield f"I3 {case.number}: nobody took it over by {case.handed_until:%d %H:%M}, and its owner does not know"
    elif case.handed_to in books.gone:
        yield f"I4 {case.number}: {case.handed_to} is waited for, and they are not there"
    elif case.company_until is not None and case.company_until <= books.now:
        yield f"I3 {case.number}: nobody goes along by {case.company_until:%d %H:%M}, and its owner does not know"
    elif case.company_id in books.gone and case.company_says in (None, "ikut"):
        yield f"I4 {case.number}: {case.company_id} is to go along, and they are not there"
    elif case.next_due_at <= books.now:
        yield f"I3 {case.number}: due at {case.next_due_at:%d %H:%M:%S} and left"
    elif case.status == "open" and case.next_due_at > books.now + _longest(books.policies[case.id]):
        yield f"I3 {case.number}: asleep until {case.next_due_at}"
    elif case.status == "open" and case.stuck and case.next_due_at > books.now + STUCK:
        yield f"I3 {case.number}: red, and not looked at before {case.next_due_at}"


def _longest(policy: Policy) -> timedelta:
    """No step of a ladder takes longer: a card on its way, its longest wait, and a closed Sunday between two nights."""
    return policy.first_wait + max(policy.repeat, *(rung.after for rung in policy.rungs)) + timedelta(days=2)


def _asked(books: Books, case: Case) -> Iterator[str]:
    """I4: whoever is asked has a card that arrived, is on its way, or died with a next action."""
    if case.status != "open":
        return
    asks = [ask for ask in books.asks[case.id] if ask.round == case.round]
    for ask in asks:
        card = books.said.get(ask.ping_uid)
        if card is None and ask.state == "declined" and ask.reason == "reporter":
            continue  # its reporter did not want them from the beginning
        if card is None:
            yield f"I4 {case.number}: {ask.role} is asked without a card"
        elif ask.state == "waiting" and card.state in ("dead", "cancelled"):
            yield f"I4 {case.number}: {ask.role} is waited for, and their card is {card.state}"
        elif ask.state == "waiting" and ask.person in books.gone:
            yield f"I4 {case.number}: {ask.role} is waited for, and they are not there"
        elif card.state == "sending":
            yield f"I4 {case.number}: the card of {ask.role} is on its way for ever"
        elif card.state == "pending" and card.not_before <= books.now and card.dest not in books.paused:
            yield f"I4 {case.number}: the card of {ask.role} does not leave"
    asked = {ask.person for ask in asks}
    alive = [ask for ask in asks if ask.rung == case.rung and ask.state == "waiting"]
    policy = books.policies[case.id]
    above = [rung for number, rung in enumerate(policy.rungs) if number > case.rung]
    fresh = [
        who for rung in above for role in rung.ask for who in books.askable[case.id].get(role, ()) if who not in asked
    ]
    if fresh and not [ask for ask in alive if ask.person != GROUP or len(alive) == 1]:
        yield f"I4 {case.number}: rung {case.rung} waits for nobody, and {len(fresh)} others could be asked"
    if not asks and not case.stuck:
        yield f"I4 {case.number}: nobody was ever asked"


def _owner(books: Books, case: Case) -> Iterator[str]:
    """I5: a case that somebody holds goes to nobody else; its owner is who took it last."""
    owner: str | None = None
    offered: tuple[str | None, str] | None = None
    for entry in books.timeline[case.id]:
        takes = OWNED.get(entry.event)
        if entry.event == "hand":
            offered = (owner, json.loads(entry.data)["to"])
        elif takes or entry.event in ("refuse", "lapse", "unhand"):
            if entry.event == "accept" and (owner is None or offered != (owner, entry.actor)):
                yield f"I5 {case.number}: {entry.actor} took over what {owner} had not handed them"
            elif takes and entry.event != "accept" and owner is not None:
                yield f"I5 {case.number}: taken by {entry.actor} while {owner} held it"
            owner, offered = (entry.actor if takes else owner), None
        elif takes is False:
            owner, offered = None, None
    if case.handed_to != (offered[1] if offered else None):
        yield f"I5 {case.number}: handed to {case.handed_to}, by its timeline to {offered}"
    if case.owner_id != owner:
        yield f"I5 {case.number}: held by {case.owner_id}, by its timeline by {owner}"
    if (case.status == "acknowledged") != (owner is not None):
        yield f"I5 {case.number}: {case.status} with owner {owner}"


def _company(books: Books, case: Case) -> Iterator[str]:
    """I5: whom the owner asked last goes along, or is waited for until a due time; it ends with the ownership."""
    asked, says = None, None
    for entry in books.timeline[case.id]:
        match entry.event:
            case "ask_company":
                asked, says = json.loads(entry.data)["to"], None
            case "join" | "stay" if entry.actor != asked:
                yield f"I5 {case.number}: {entry.actor} answered, and {asked} was asked to go along"
            case "join" | "stay":
                says = {"join": "ikut", "stay": "tidak"}[entry.event]
            case "unheard":
                says = "diam" if json.loads(entry.data)["why"] == "silence" else "hilang"
            case "call_off":
                asked, says = None, None
            case event if event in OWNED:
                asked, says = None, None
    if (case.company_id, case.company_says) != (asked, says):
        yield f"I5 {case.number}: company {case.company_id} {case.company_says}, by its timeline {asked} {says}"
    if (case.company_until is not None) != (asked is not None and says is None):
        yield f"I3 {case.number}: company is asked for without a due time, or has one without being asked for"


def _visited(books: Books, case: Case) -> Iterator[str]:
    """I5: no word alone keeps a case for weeks: until its owner met the person or waits, a visit is due."""
    deeds = [
        entry for entry in books.timeline[case.id] if entry.event in ("acknowledge", "accept", "meet", "miss", "wait")
    ]
    if case.status != "acknowledged" or deeds[-1].event in ("meet", "wait"):
        return
    assert case.next_due_at is not None
    if case.next_due_at > max(deeds[-1].at, books.now) + VISITED:
        yield f"I5 {case.number}: nobody met the person, and no visit is due before {case.next_due_at:%d/%m}"


def _rungs(books: Books, case: Case, backs: Sequence[datetime]) -> Iterator[str]:
    """I6: rungs fire in order, each once a round, and none before its time unless somebody made it hurry."""
    policy, last, hurried, rounds = books.policies[case.id], None, False, set[tuple[int, int]]()
    entries = books.timeline[case.id]
    known_from = max((n for n, entry in enumerate(entries) if entry.event in OTHER_LADDER), default=0)
    for entry in entries[known_from:]:  # of an earlier ladder only the end is known
        if entry.event in HURRIES:
            hurried = True
        if entry.event != "climb":
            continue
        data = json.loads(entry.data)
        rung, round_ = int(data["rung"]), int(data["round"])
        if (round_, rung) in rounds:
            yield f"I6 {case.number}: rung {rung} of round {round_} twice"
        rounds.add((round_, rung))
        if last is not None and last[0] == round_:
            if rung <= last[1]:
                yield f"I6 {case.number}: rung {rung} after rung {last[1]}"
            elif (
                not hurried
                and not any(back >= last[2] for back in backs)
                and entry.at - last[2] < policy.gap(last[1] + 1)
            ):
                yield f"I6 {case.number}: rung {rung} {entry.at - last[2]} after rung {last[1]}"
        last, hurried = (round_, rung, entry.at), False


def _pressed(
    books: Books, case: Case, pressed: Counter[tuple[int, str, str]], backs: Sequence[datetime]
) -> Iterator[str]:
    """I9: every deed of a person is of somebody with that place, and they pressed for it as often as it was done."""
    done: Counter[tuple[Any, str]] = Counter()
    named = ("hand", "ask_company")
    handed = {json.loads(entry.data)["to"] for entry in books.timeline[case.id] if entry.event in named}
    moved = max((entry.seq for entry in books.timeline[case.id] if entry.event in ("correct", "amend")), default=0)
    for entry in books.timeline[case.id]:
        letter, member = DEEDS.get(entry.event), books.members.get(entry.actor)
        if letter is None or entry.actor == CLOCK:
            continue
        if member is None:
            yield f"I9 {case.number}: {entry.event} by {entry.actor}, who is nobody"
            continue
        if member.left_at is not None and member.left_at < entry.at and not backs:
            yield f"I9 {case.number}: {entry.event} by somebody who had left"
        if entry.seq > moved and not _covers(member, case) and member.id not in handed:
            yield f"I9 {case.number}: {entry.event} by the {member.role} of {member.area}"
        done[books.real.get(member.chat_id or 0), letter] += 1
    for (chat, letter), count in done.items():
        times = sum(pressed[chat, one, case.id] for one in letter)
        if count > times:
            yield f"I9 {case.number}: {count} deeds {letter!r} of {chat}, who pressed {times} times"


def _covers(member: Member, case: Case) -> bool:
    match member.role:
        case "tksk" | "deputy":
            return member.area == case.kecamatan and not case.skip_kecamatan
        case "ppa" | "koordinator" | "dinsos":
            return member.area == case.kabupaten
        case role:
            return role == "jsc"
