"""The stage of one run: a whole bot, its Telegram, its people; between two deeds nothing moves, not even the clock."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlmodel import col, select

from bot import crash
from bot.actions import absence
from bot.actions.house import House
from bot.actions.turn import Turn
from bot.app import BEAT, App
from bot.config import Settings
from bot.core import buttons as b
from bot.core.report_flow import CONSENT_VERSION, REPORT
from bot.data.knowledge import load_knowledge
from bot.demo import TurnedClock, settle
from bot.engine.due import Due
from bot.localtelegram.phones import Phone
from bot.localtelegram.refused import NoSuchThing
from bot.localtelegram.server import LocalTelegram
from bot.preflight import open_keys
from storage import drafts, roster
from storage.database import Database
from storage.session import Session
from storage.tables import Case, Member, Outbox, Report
from storage.vault import Vault
from tests.campaign.named import Named
from tests.campaign.people import Press
from tests.promises.doom import Doom
from tests.support.engines import ready_file
from tests.support.references import chat_of, real_ids
from tests.support.world import MORNING, NO_LIMITS, NO_SUMMARY

T = TypeVar("T")
FIRST = 5_000_000_001
TIRED = timedelta(days=1)
FORGETS = "said"
"""The kind of the timetable that forgets messages."""


class Stage:
    """One bot among its people; `app` is None while it is dead or stopped."""

    def __init__(self, folder: Path) -> None:
        self.doom = Doom()
        self.app: App | None = None
        self.house: House
        """Of the newest bot, for a command that does a deed while none runs."""
        self.presses: list[Press] = []
        self.residents: list[Phone] = []
        self.workers: list[Phone] = []
        self.blocked: set[int] = set()
        self.unreached: set[int] = set()
        """Everybody who ever blocked the bot: what they were sent may have died."""
        self.backs: list[datetime] = []
        """When the clock was set back,"""
        self.back_by = timedelta(0)
        """and by how much in all."""
        self.ladders: dict[str, Any] = {}
        self._runner = asyncio.Runner()
        self._folder = folder
        self.telegram = LocalTelegram(clock_start=MORNING, seed=1)
        self._runner.get_loop().set_exception_handler(lambda loop, context: None)
        self.do(self.telegram.__aenter__())
        self.telegram.clock.freeze()
        crash.watch(self.doom)
        self.residents += [self.person("Siti") for _ in range(2)]
        self.group = self.telegram.group("JSC", self.residents[:1])
        self.forgotten: dict[int, Outbox] = {}
        """What the outbox forgot, by its number."""
        self.start()
        assert self.app is not None
        self.books: Database = Database(f"{folder}/tersapa.db")
        self.books.vault = Vault(open_keys(self.app.settings, self.books))
        self.read(self.books.vault.unlock)
        for phone in self.residents:
            self.do(phone.start())

    def do(self, work: Coroutine[Any, Any, T]) -> T:
        """Let things happen until `work` is done."""
        return self._runner.run(work)

    def read(self, work: Callable[[Session], T]) -> T:
        """Look into the books, or write into them as a command beside the bot does."""
        found: T = self.books.write(work, "books")
        return found

    @property
    def now(self) -> datetime:
        """The time of the run."""
        return self.telegram.clock.now()

    # --- the bot ------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start the bot, with the ladders that are in force now."""
        settings = Settings(
            telegram={"token": self.telegram.token, "api_url": self.telegram.url},
            database={"url": ready_file(self._folder)},
            jsc={"chat_id": self.group.id},
            escalation=self.ladders,
            limits=NO_LIMITS,
            summary=NO_SUMMARY,
        )
        app = Named(settings, TurnedClock(self.telegram))
        self.do(app.start(tick=None))
        app.intake.pause = app.sender.record_pause = 0.01
        app.timetable = tuple(self._archived(kind) if kind.name == FORGETS else kind for kind in app.timetable)
        self.app, self.house = app, app.house

    def _archived(self, kind: Due) -> Due:
        """The kind that forgets messages: the audit compares all that was sent with its rows, so it keeps a copy."""

        def act(turn: Turn, key: Any) -> None:
            there = {row.seq: row for row in turn.session.exec(select(Outbox).where(col(Outbox.case_id).is_(None)))}
            for row in there.values():
                turn.session.expunge(row)
            kind.act(turn, key)
            left = set(turn.session.exec(select(Outbox.seq)).all())
            self.forgotten |= {seq: row for seq, row in there.items() if seq not in left}

        return replace(kind, act=act)

    def stop(self) -> None:
        """Stop it as SIGTERM does."""
        assert self.app is not None
        self.do(self.app.stop())
        self.app = None

    def die(self, place: str, visit: int) -> None:
        """Let it work until it dies at the `visit`-th visit of `place`; if it never comes there, at rest."""
        self.doom.await_at(place, visit)
        self.do(self._work_and_die())
        self.doom.rest()
        self.app = None

    async def _work_and_die(self) -> None:
        app = self.app
        assert app is not None
        work = asyncio.create_task(self._rest())
        while not work.done() and not self.doom.dead:
            await asyncio.sleep(0.001)
        loops = [work, *app.loops.tasks, *app.sender._tasks]
        for task in loops:
            task.cancel()
        await asyncio.gather(*loops, return_exceptions=True)
        app.db.close()
        await app.bot.shutdown()
        app._leader.close()
        if app._file is not None:
            app._file.close()

    def rest(self) -> None:
        """Let the bot do all it can do now."""
        self.do(self._rest())

    async def _rest(self) -> None:
        assert self.app is not None
        await self.app.beat()
        await settle(self.app, self.telegram)

    def turn(self, by: timedelta) -> None:
        """Turn the clock, back as well; the bot only finds out."""
        self._beaten(by)
        if by < timedelta(0):
            self.backs.append(self.now)
            self.back_by -= by
        self.telegram.turn(by.total_seconds())

    def _beaten(self, by: timedelta) -> None:
        """Before time goes far, either way, a bot that lives has beaten: it does so every ten seconds."""
        if self.app is not None and abs(by) >= timedelta(seconds=BEAT):
            self.do(self.app.beat())

    def pass_to_next(self) -> None:
        """Time passes until something is due, and it is done."""
        assert self.app is not None
        moment = self.do(self.app.next_moment())
        if moment is not None and moment - self.now < TIRED:
            self._beaten(moment - self.now)
            self.telegram.turn(set=moment.isoformat())
        else:
            self.turn(timedelta(hours=1))
        self.rest()

    def close(self) -> None:
        """Everybody goes home."""
        crash.watch(None)
        if self.app is not None:
            self.stop()
        self.do(self.telegram.__aexit__(None, None, None))
        if hasattr(self, "books"):
            self.books.close()
        self._runner.close()

    # --- the people ---------------------------------------------------------------------------------------------

    def person(self, name: str) -> Phone:
        """Somebody with a phone."""
        return self.telegram.phone(FIRST + len(self.residents) + len(self.workers), name)

    def worker(self, role: str, area: str) -> Phone:
        """Somebody who follows an invite link, and sits in JSC's group whatever their post."""
        phone = self.person("Budi")
        self.workers.append(phone)
        self.group.members.append(phone)
        self.telegram.desk.ask("join", chat=self.group.id, user=phone.id)
        self.invite(phone, role, area)
        return phone

    def invite(self, phone: Phone, role: str, area: str) -> None:
        """This person gets a link and follows it."""
        token, _ = self.read(lambda s: roster.invite(s, role, area, self.now))
        self.do(phone.start(f"i_{token}"))

    def submit(self, phone: Phone, kind: str, danger: str, kecamatan: str | None) -> None:
        """This person has answered every question, and presses *Kirim laporan*."""
        self.forge(phone, self.read(lambda s: self._draft(s, phone, kind, danger, kecamatan)))

    def _draft(self, session: Session, phone: Phone, kind: str, danger: str, kecamatan: str | None) -> str:
        knowledge = load_knowledge()
        flag = knowledge.categories[kind].flag(danger)
        answers = {
            "setuju": CONSENT_VERSION,
            "siapa": "tetangga",
            "jenis": kind,
            "bahaya": danger,
            "_gawat": knowledge.urgency(kind, danger) == "darurat",
            "_tanda": flag,
            "gawat": "takbisa",
            "tempat": {"kab": kecamatan and kecamatan[:5], "kec": kecamatan, "desa": None},
            "patokan": {},
            "kapan": "hariini",
            "cerita": {},
            "foto": "tanpa",
            "kontak": "bot",
        }
        draft = drafts.begin(
            session, chat_of(session, phone), REPORT.name, answers, self.now, self.now + timedelta(days=1)
        )
        return b.Pick(draft.id, 0, "tinjau", "kirim").pack()

    def forge(self, phone: Phone, data: str, message: int | None = None, chat: int | None = None) -> None:
        """This person presses a button, or an app of theirs sends what a button would."""
        self.turn(timedelta(seconds=1))
        try:
            made = self.do(phone.forge(data, message, chat=chat) if chat else phone.forge(data, message))
        except NoSuchThing:
            return
        self.presses.append(Press(phone.id, made["query_id"], made["update_id"], data))

    def say(self, phone: Phone, text: str) -> None:
        """This person writes something."""
        self.turn(timedelta(seconds=1))
        self.do(phone.say(text))

    def cases(self) -> list[str]:
        """The ids of all cases, the oldest first."""
        query = select(Case.id).order_by(col(Case.created_at), col(Case.id))
        return self.read(lambda session: list(session.exec(query)))

    def reports(self) -> list[tuple[int, str, str, int]]:
        """Of each report, the oldest first: who sent it, its id, its case, and the round of that."""
        query = select(Report.chat_id, Report.id, Case.id, Case.round).join(Case, col(Case.id) == col(Report.case_id))
        query = query.order_by(col(Report.created_at), col(Report.id))

        def found(session: Session) -> list[tuple[int, str, str, int]]:
            real = real_ids(session)
            return [(real[row[0]], row[1], row[2], row[3]) for row in session.exec(query)]

        return self.read(found)

    def held(self) -> list[tuple[str, int, int, list[tuple[str, int]]]]:
        """Of each case that somebody has, the newest last: its id and round, who has it, everybody by id and chat."""

        def found(session: Session) -> list[tuple[str, int, int, list[tuple[str, int]]]]:
            real = real_ids(session)
            there = session.exec(select(Member).where(col(Member.active), col(Member.chat_id).is_not(None))).all()
            chats = {member.id: real[member.chat_id] for member in there if member.chat_id is not None}
            cases = session.exec(select(Case).where(col(Case.owner_id).in_(list(chats))).order_by(col(Case.created_at)))
            return [
                (case.id, case.round, chats[case.owner_id], sorted(chats.items()))
                for case in cases
                if case.owner_id is not None
            ]

        return self.read(found)

    def leave(self, phone: Phone) -> None:
        """Take this person off the roster, as `roster import --leave` does."""

        def gone(session: Session) -> None:
            posts = list(roster.roles_of(session, chat_of(session, phone)))
            for member in posts:
                member.active, member.left_at = False, self.now
                session.add(member)
            absence.gone(Turn(session, self.house, self.now), posts, "left")

        self.read(gone)

    def offered(self, chat: int) -> list[tuple[int, str]]:
        """(message, data) of every button that a chat shows, oldest first."""
        shown = self.telegram.desk.ask("screen", chat=chat)
        return [
            (message["message_id"], key["callback_data"])
            for message in shown
            if message["sender"] == "bot"
            for row in message["keyboard"]
            for key in row
            if "callback_data" in key
        ]
