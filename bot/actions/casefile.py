"""A case file: what a deed needs to know of one case, read once; a move closes it and opens a new one."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from bot.actions.speak import facts_of
from bot.actions.turn import Turn
from bot.config import policy_from_json
from bot.core import report as told
from bot.core.company import may_answer
from bot.core.escalation import AskState, CaseView, People, Policy
from bot.core.moves import Status, Who
from bot.core.passing import IN_WORDS, passed_on
from bot.core.pictures import shown
from bot.core.report import Medium
from bot.core.standing import Around, Standing, view
from bot.texts.case_facts import CaseFacts, Company, Holder, PassedOn
from storage import additions, cases, register, roll, roster, standing
from storage.standing import GROUP
from storage.tables import Ask, Case, Member, Report
from storage.tables import Policy as StoredPolicy


class CaseFile:
    """One case, held by this transaction; `by` is who came through the door, None for time and the wire."""

    def __init__(self, turn: Turn, case: Case, by: Member | None = None) -> None:
        self._turn = turn
        self.case = case
        self.by = by
        self._before: Standing | None = None

    @cached_property
    def asks(self) -> list[Ask]:
        """The asks of the present round, in the order they were made."""
        return list(cases.asks(self._turn.session, self.case))

    @cached_property
    def policy(self) -> Policy:
        """The ladder the case began with."""
        row = self._turn.session.get(StoredPolicy, self.case.policy_id)
        assert row is not None, "a case keeps its policy"
        return policy_from_json(row.body)

    @cached_property
    def owner(self) -> Member | None:
        """Who has the case."""
        return roster.member(self._turn.session, self.case.owner_id) if self.case.owner_id else None

    @cached_property
    def handed(self) -> Member | None:
        """Whom the owner asks to take it over."""
        return roster.member(self._turn.session, self.case.handed_to) if self.case.handed_to else None

    @cached_property
    def company(self) -> Member | None:
        """Whom the owner asked to go along."""
        return roster.member(self._turn.session, self.case.company_id) if self.case.company_id else None

    @cached_property
    def reports(self) -> Sequence[Report]:
        """Every report of the case, oldest first."""
        return cases.reports(self._turn.session, self.case)

    @cached_property
    def contents(self) -> dict[str, told.Report | None]:
        """What was told, by the id of its report; None where it was forgotten."""
        return {row.id: cases.content(self._turn.session, row) for row in self.reports}

    @property
    def report(self) -> told.Report | None:
        """What was told first."""
        return next(iter(self.contents.values()), None)

    @cached_property
    def facts(self) -> CaseFacts:
        """What a card may tell."""
        added = max((report.added_at for report in self.reports if report.added_at is not None), default=None)
        noted = max((report.noted_at for report in self.reports if report.noted_at is not None), default=None)
        danger = max((report.danger_at for report in self.reports if report.danger_at is not None), default=None)
        back = max((report.withdrawn_at for report in self.reports if report.withdrawn_at is not None), default=None)
        known = facts_of(self._turn, self.case, self.report)
        unkept = any(one.unkept for one in self.contents.values() if one is not None)
        despair = any(one.despairs for one in self.contents.values() if one is not None)
        waits = len(self.pictures) if known.on_tap else 0
        no = [ask for ask in self.asks if ask.state == AskState.DECLINED and passed_on(ask.reason)]
        passed = tuple(self._passed(ask) for ask in no)
        handed = self.handed
        to = Holder(handed.role, roster.name_of(self._turn.session, handed)) if handed is not None else None
        told = replace(known, added_at=added, noted_at=noted, danger_at=danger, withdrawn_at=back)
        until = self.case.handed_until
        told = replace(told, despair=despair, handed_to=to, handed_until=until, company=self._company)
        return replace(told, pictures=waits, unkept=unkept, passed=passed)

    @property
    def _company(self) -> Company | None:
        """The same with what they answered."""
        member, case = self.company, self.case
        if member is None or case.company_at is None:
            return None
        who = Holder(member.role, roster.name_of(self._turn.session, member))
        return Company(who, case.company_at, case.company_until, case.company_says)

    def _passed(self, ask: Ask) -> PassedOn:
        """Why somebody passed it on, as far as they said."""
        why = additions.why(self._turn.session, ask) if ask.reason == IN_WORDS else None
        return PassedOn(ask.role, ask.reason, why.text if why else "", spoken=bool(why and why.media))

    @property
    def pictures(self) -> list[Medium]:
        """Every picture and video that was told, also after the number, or noted."""
        found = [medium for one in self.contents.values() if one is not None for medium in shown(one.media)]
        for report in self.reports:
            if report.added_at is not None:
                rows = additions.of_report(self._turn.session, report.id)
                found += [one for row in rows for one in shown(additions.content(self._turn.session, row).media)]
        if any(report.noted_at is not None for report in self.reports):
            rows = additions.notes(self._turn.session, self.case.id)
            found += [one for row in rows for one in shown(additions.content(self._turn.session, row).media)]
        return found

    @property
    def standing(self) -> Standing:
        """How the case stands."""
        return standing.standing_of(self.case, self.asks)

    @property
    def view(self) -> CaseView:
        """The case as the ladder sees it."""
        return view(self.standing, ask_again=self.ask_again, listed_until=self._listed_until)

    @property
    def _listed_until(self) -> datetime | None:
        service = self._turn.house.known.service
        return service.list_for(self.case.urgency, self.case.kabupaten, self._turn.now)

    @property
    def listed(self) -> bool:
        """Whether JSC reads of it in the daily list, since the service has not begun where it is."""
        unasked = self.case.status == Status.OPEN and self.case.rung < 0 and not self.case.stuck
        return unasked and self._listed_until is not None

    @cached_property
    def ask_again(self) -> bool:
        """Whether nobody was asked since the outage that gave grace."""
        return cases.ask_again(self._turn.session, self.case)

    @cached_property
    def people(self) -> People:
        """Who can be asked now, per role of the ladder."""
        return roll.people(self._turn.session, self.case, self._turn.house.group, self._turn.now)

    @cached_property
    def reporters(self) -> Collection[str]:
        """The members who reported it; they are not among those who can be asked."""
        return roll.reporters(self._turn.session, (self.case.id,)).get(self.case.id, ())

    def around(self, *, roster: bool) -> Around:
        """What a move depends on; with `roster` also who can be asked now."""
        calendar = self._turn.house.calendar
        known = Around(self.case.urgency, self.policy, calendar, listeners=frozenset((GROUP,)))
        if not roster:
            return known
        people, again, until = self.people, self.ask_again, self._listed_until
        return Around(known.urgency, known.policy, calendar, people, known.listeners, again, until)

    @property
    def mine(self) -> bool:
        """Whether whoever came through the door has the case."""
        return self.owner is not None and self.by is not None and self.owner.chat_id == self.by.chat_id

    @cached_property
    def ask(self) -> Ask | None:
        """The ask of whoever came through the door: at JSC the group's counts for its members."""
        if self.by is None:
            return None
        ids = {role.id for role in roster.roles_of(self._turn.session, self.by.chat_id or 0)}
        found = [ask for ask in self.asks if ask.person in ids]
        if self.by.role == "jsc" and not found:
            found = [ask for ask in self.asks if ask.person == GROUP]
        return max(found, key=lambda ask: ask.rung, default=None)

    @property
    def are(self) -> frozenset[Who]:
        """How whoever came through the door stands to the case."""
        if self.by is None:
            return frozenset((Who.NOBODY,))
        found = {Who.AREA}
        if self.mine:
            found |= {Who.OWNER, Who.TEAM}
        elif self.owner is not None and self.owner.role == self.by.role == "jsc":
            found.add(Who.TEAM)
        if self.handed is not None and self.handed.active and self.handed.chat_id == self.by.chat_id:
            found.add(Who.HANDED)
        if self.company is not None and self.company.active and self.company.chat_id == self.by.chat_id:
            found |= {Who.COMPANY} if may_answer(self.case.company_says) else set()
        if self.ask is not None and self.ask.state == AskState.WAITING:
            found.add(Who.ASKED)
            if self.by.role == "jsc":
                found.add(Who.JSC)
        if self.ask is not None and self.ask.state == AskState.DECLINED and passed_on(self.ask.reason):
            found.add(Who.PASSED)
        return frozenset(found)

    def said_no(self, person: str) -> bool:
        """Whether somebody had declined before the move that opened this file."""
        asks = self._before.asks if self._before is not None else ()
        return any(ask.person == person and ask.state is AskState.DECLINED for ask in asks)

    def moved(self, asks: list[Ask], before: Standing) -> "CaseFile":
        """The file after a move; what a move cannot change is not read again, and this one is closed."""
        fresh = CaseFile(self._turn, self.case, self.by)
        fresh._before = before
        same = ("policy", "reports", "contents", "people")
        fresh.__dict__.update({name: self.__dict__[name] for name in same if name in self.__dict__}, asks=asks)
        self.__dict__.clear()
        return fresh


def open_for(turn: Turn, case_id: str, user_id: int) -> CaseFile | None:
    """The one door for people: their role and area are read again; None when it is not theirs or not there."""
    found = cases.case_for(turn.session, case_id, user_id)
    if found is None:
        return None
    register.seen(turn.session, found[1:], turn.now)
    return CaseFile(turn, *found)


def hold(turn: Turn, case_id: str, *, skip: bool = False) -> CaseFile | None:
    """The file for what time and the wire do; with `skip`, None when another transaction holds the case."""
    case = cases.lock(turn.session, case_id, skip=skip)
    return CaseFile(turn, case) if case is not None else None
