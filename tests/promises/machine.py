"""The state machine: residents, workers, roster, clock, crashes and the wire do anything, in any order.

What a rule draws never depends on what the bot did, so a run repeats and shrinks. Between two rules nothing moves.
"""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.core import buttons as b
from bot.localtelegram.phones import Phone
from tests.campaign.plan import POINTS
from tests.promises import books, ending
from tests.promises.stage import Stage
from tests.support.engines import in_memory
from tests.support.ppa import by_sort
from tests.support.world import MALANG, SINGOSARI

LAWANG, SURABAYA = "35.07.25", "35.78.04"
KINDS = (
    ("lansia", "tidakada"),
    ("odgj", "pasung"),
    ("odgj", "serang"),
    ("anak", "lapar"),
    ("kekerasan", "seksual"),
)
POSTS = (
    ("tksk", SINGOSARI),
    ("deputy", SINGOSARI),
    ("koordinator", MALANG),
    ("ppa", MALANG),
    ("dinsos", MALANG),
    ("jsc", "35"),
    ("tksk", LAWANG),
)
AFTERWARDS = (
    "rumahnya cat hijau",
    "dia ngamuk bawa parang",
    "ya",
    "batal",
    "orangnya sudah pulang",
    "kapan petugas datang",
    "petugasnya tidak menolong",
    "petugasnya minta uang",
)
FAULTS: tuple[dict[str, Any], ...] = (
    {"kind": "error", "code": 429, "description": "Too Many Requests: retry after 30", "retry_after": 30},
    {"kind": "error", "code": 500},
    {"kind": "html502"},
    {"kind": "drop", "reset": True},
    {"kind": "perform_drop", "reset": True},
    {"kind": "perform_error", "code": 500},
)
METHODS = ("send*", "edit*", "answer*")
SHORT = {
    "biasa": {"repeat": "6h", "rungs": [{"after": "0s", "ask": ["tksk"]}, {"after": "3h", "ask": ["jsc"]}]},
    "mendesak": {"repeat": "1h", "rungs": [{"after": "0s", "ask": ["tksk", "koordinator"], "remind": ["10m"]}]},
}
"""Another ladder: fewer rungs, other times; a case keeps the one it began with."""
LADDERS: dict[str, dict[str, Any]] = {"usual": {}, "short": SHORT, "of ppa": by_sort()}
"""What somebody may have written into the settings; with the last violence and children begin with `ppa`."""

some = st.integers(0, 11)
"""One of what there is, counted from the newest."""


class Broken(AssertionError):
    """A promise was broken."""


MOMENTS = 8
"""Due moments of a quiet stretch at most; on a ladder with short repeats they are many."""


class Promises(RuleBasedStateMachine):
    """Everything that can happen to one bot."""

    steps = 0
    """Rules run so far, over all machines of this process."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="tersapa-promises-", dir=in_memory())
        self.stage = Stage(Path(self.folder))
        self.failed = False

    @initialize(posts=st.sets(st.sampled_from(POSTS), min_size=1))
    def people_come(self, posts: set[tuple[str, str]]) -> None:
        """Some posts are held by somebody, others are vacant."""
        stage = self.stage
        for role, area in POSTS:
            if (role, area) in posts:
                stage.worker(role, area)
        stage.rest()

    # --- residents ----------------------------------------------------------------------------------------------

    @rule(who=some, what=st.sampled_from(KINDS), where=st.sampled_from((SINGOSARI, SINGOSARI, LAWANG, SURABAYA, None)))
    def tells(self, who: int, what: tuple[str, str], where: str | None) -> None:
        """A resident sends a report."""
        self.stage.submit(_of(self.stage.residents, who), *what, where)
        self._step()

    @rule(who=some, which=some)
    def resident_presses(self, who: int, which: int) -> None:
        """A resident presses a button they see, an old one as well."""
        self._press_shown(_of(self.stage.residents, who), which)

    @rule(who=some, words=st.sampled_from(AFTERWARDS))
    def tells_more(self, who: int, words: str) -> None:
        """A resident says something out of the blue, after a number or before any."""
        phone = _of(self.stage.residents, who)
        if phone.id not in self.stage.blocked:
            self.stage.say(phone, words)
        self._step()

    @rule(which=some)
    def sends_again(self, which: int) -> None:
        """*Kirim laporan* is pressed once more."""
        sends = [press for press in self.stage.presses if press.data.endswith(":tinjau:kirim")]
        if sends:
            press = _of(sends, which)
            self._forge(_phone(self.stage, press.user), press.data)
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(which=some, by=some, answer=st.sampled_from(("sudah", "belum", "ulang")))
    def ends_and_is_answered(self, which: int, by: int, answer: str) -> None:
        """Somebody takes a case and ends it, and a reporter of it answers whether it helped."""
        known = self.stage.reports()
        if known:
            user, report, case, round_ = _of(known, which)
            worker = _of(self.stage.workers, by)
            self._forge(worker, b.Take(case, round_).pack())
            self._forge(worker, b.Finish(case, round_, "tertolong").pack())
            self.stage.rest()
            self._forge(_phone(self.stage, user), b.Helped(report, round_, answer).pack())
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(which=some, yes=st.booleans())
    def is_taken_back(self, which: int, yes: bool) -> None:
        """A reporter takes a report back, or thinks again."""
        known = self.stage.reports()
        if known:
            user, report, *_ = _of(known, which)
            phone = _phone(self.stage, user)
            self._forge(phone, b.TakeBack(report).pack())
            if phone.id not in self.stage.blocked:
                self.stage.say(phone, "ya" if yes else "tidak")
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(which=some, what=st.sampled_from(("tempat", "jenis")), kind=st.sampled_from(("2", "1", "3", "7")))
    def is_corrected(self, which: int, what: str, kind: str) -> None:
        """A reporter corrects where it is, or what it is."""
        known = self.stage.reports()
        if known:
            user, report, *_ = _of(known, which)
            phone = _phone(self.stage, user)
            self._forge(phone, b.Correct(report, what).pack())
            for words in ("lawang malang", "1", "tidak tahu") if what == "tempat" else (kind, kind):
                if phone.id not in self.stage.blocked:
                    self.stage.say(phone, words)
        self._step()

    # --- workers ------------------------------------------------------------------------------------------------

    @rule(who=some, which=some)
    def presses(self, who: int, which: int) -> None:
        """A worker presses a button they see, an old one as well."""
        self._press_shown(_of(self.stage.workers, who), which)

    @rule(who=some, which=some)
    def presses_again(self, who: int, which: int) -> None:
        """The same, and this is drawn more often: it is what the bot is for."""
        self._press_shown(_of(self.stage.workers, who), which)

    @precondition(lambda self: self.stage.app is not None)
    @rule(first=some, who=some, what=st.sampled_from(KINDS), hours=st.sampled_from((0, 4, 10)))
    def all_press_together(self, first: int, who: int, what: tuple[str, str], hours: int) -> None:
        """A report comes, and everybody wants to take its case, at once or when it has climbed to several of them."""
        self.stage.submit(_of(self.stage.residents, who), *what, SINGOSARI)
        self.stage.rest()
        self._nobody_acts(hours)
        for *_, case, round_ in self.stage.reports()[-1:]:
            for phone in _turned(self.stage.workers, first):
                self._forge(phone, b.Take(case, round_).pack())
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(first=some, who=some, what=st.sampled_from(KINDS), answer=st.sampled_from(("terima", "terima", "tidak", "")))
    def is_handed_over(self, first: int, who: int, what: tuple[str, str], answer: str) -> None:
        """Whoever took a case asks one after the other to take it over; everybody answers, or nobody does."""
        self.stage.submit(_of(self.stage.residents, who), *what, SINGOSARI)
        self.stage.rest()
        for *_, case, round_ in self.stage.reports()[-1:]:
            for phone in _turned(self.stage.workers, first):
                self._forge(phone, b.Take(case, round_).pack())
        self.stage.rest()
        phones = {phone.id: phone for phone in self.stage.workers}
        for case, round_, owner, others in self.stage.held()[-1:]:
            for member, _ in others if owner in phones else ():
                self._forge(phones[owner], b.Hand(case, round_, member).pack())
            for chat in sorted({chat for _, chat in others} & phones.keys()) if answer else ():
                self._forge(phones[chat], b.Handed(case, round_, answer).pack())
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(
        first=some,
        who=some,
        what=st.sampled_from(KINDS),
        answer=st.sampled_from(("ikut", "tidak", "")),
        after=st.sampled_from(("", "tarik", "g")),
    )
    def needs_company(self, first: int, who: int, what: tuple[str, str], answer: str, after: str) -> None:
        """Whoever took a case asks one after the other to go along; everybody answers, or nobody; then it may end."""
        self.stage.submit(_of(self.stage.residents, who), *what, SINGOSARI)
        self.stage.rest()
        for *_, case, round_ in self.stage.reports()[-1:]:
            for phone in _turned(self.stage.workers, first):
                self._forge(phone, b.Company(case, round_, "ambil").pack())
        self.stage.rest()
        phones = {phone.id: phone for phone in self.stage.workers}
        for case, round_, owner, others in self.stage.held()[-1:]:
            if owner not in phones:
                continue
            mine = phones[owner]
            for member, _ in others:
                self._forge(mine, b.Company(case, round_, member).pack())
            for chat in sorted({chat for _, chat in others} & phones.keys()) if answer else ():
                self._forge(phones[chat], b.Companion(case, round_, answer).pack())
            ends = {"tarik": b.Company(case, round_, "tarik"), "g": b.GiveBack(case, round_)}
            if after in ends:
                self._forge(mine, ends[after].pack())
        self._step()

    @rule(who=some, which=some, letter=st.sampled_from("trxugsewjBPQdGVWHTLM"), round_=st.sampled_from((1, 1, 1, 2)))
    def forges(self, who: int, which: int, letter: str, round_: int) -> None:
        """Anybody at all sends what a button on some case would send."""
        known = self.stage.cases()
        if known:
            reason = {
                "e": ":sakit",
                "w": ":rsj:3",
                "j": f":{'0' * 12}",
                "B": ":kosong",
                "H": (":tanya", ":tarik")[which % 2],
                "L": (":tanya", ":tarik", ":ambil")[which % 3],
                "M": (":ikut", ":tidak")[which % 2],
                "T": (":terima", ":tidak")[which % 2],
                "Q": ":jalan",
                "G": (":mendesak:naik", ":darurat:naik", ":mendesak:aman")[which % 3],
            }.get(letter, "")
            everybody = [*self.stage.residents, *self.stage.workers]
            self._forge(_of(everybody, who), f"{letter}:{_of(known, which)}:{round_}{reason}")
        self._step()

    @rule(who=some, which=some)
    def presses_in_the_group(self, who: int, which: int) -> None:
        """Somebody in JSC's group presses what stands there, with or without the right to."""
        group = self.stage.group
        offered = self.stage.offered(group.id)
        if offered:
            message, data = _of(offered, which)
            self._forge(_of(group.members, who), data, message, group.id)
        self._step()

    # --- the roster ---------------------------------------------------------------------------------------------

    @rule(post=st.sampled_from(POSTS))
    def joins(self, post: tuple[str, str]) -> None:
        """Somebody new holds a post."""
        if len(self.stage.workers) < 10:
            self.stage.worker(*post)
        self._step()

    @rule(who=some, post=st.sampled_from(POSTS))
    def moves(self, who: int, post: tuple[str, str]) -> None:
        """A worker gets one more post."""
        phone = _of(self.stage.workers, who)
        if phone.id not in self.stage.blocked:
            self.stage.invite(phone, *post)
        self._step()

    @rule(who=some)
    def leaves(self, who: int) -> None:
        """A worker is no longer on the roster."""
        self.stage.leave(_of(self.stage.workers, who))
        self._step()

    @rule(who=some, days=st.sampled_from((0, 0, 1, 3)))
    def is_away(self, who: int, days: int) -> None:
        """A worker goes on leave, or comes back."""
        self._forge(_of(self.stage.workers, who), b.Away(days).pack())
        self._step()

    @rule(who=some)
    def blocks(self, who: int) -> None:
        """A worker blocks the bot, or thinks again."""
        stage, phone = self.stage, _of(self.stage.workers, who)
        stage.unreached.add(phone.id)
        if phone.id in stage.blocked:
            stage.blocked.remove(phone.id)
            stage.do(phone.unblock())
        else:
            stage.blocked.add(phone.id)
            stage.do(phone.block())
        self._step()

    # --- time ---------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.stage.app is not None)
    @rule(moments=st.integers(1, 3))
    def time_passes(self, moments: int) -> None:
        """Time passes from one due moment to the next."""
        for _ in range(moments):
            self.stage.pass_to_next()
            self._look()
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(hours=st.sampled_from((4, 10)))
    def nobody_acts(self, hours: int) -> None:
        """Hours go by in which nobody does anything: a ladder climbs by itself, rung after rung."""
        self._nobody_acts(hours)
        self._step()

    @rule(minutes=st.sampled_from((1, 4, 16, 61, 125, 245, 600, 1500)))
    def time_leaps(self, minutes: int) -> None:
        """The bot wakes up late, whether it was running or not."""
        self.stage.turn(timedelta(minutes=minutes))
        self._step()

    @rule(minutes=st.sampled_from((1, 30, 120)))
    def clock_goes_back(self, minutes: int) -> None:
        """Somebody sets the clock back."""
        self.stage.turn(-timedelta(minutes=minutes))
        self._step()

    # --- the bot ------------------------------------------------------------------------------------------------

    @precondition(lambda self: self.stage.app is not None)
    @rule()
    def works(self) -> None:
        """The bot does all it can do now."""
        self.stage.rest()
        self._look()
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule(place=st.sampled_from(sorted(POINTS)), visit=st.integers(1, 6))
    def dies(self, place: str, visit: int) -> None:
        """It dies while it works."""
        self.stage.die(place, visit)
        self._step()

    @precondition(lambda self: self.stage.app is not None)
    @rule()
    def stops(self) -> None:
        """It is stopped."""
        self.stage.stop()
        self._step()

    @precondition(lambda self: self.stage.app is None)
    @rule()
    def starts(self) -> None:
        """It is started again."""
        self.stage.start()
        self._step()

    @precondition(lambda self: self.stage.app is None)
    @rule(which=st.sampled_from(sorted(LADDERS)))
    def starts_with_another_ladder(self, which: str) -> None:
        """It is started again after somebody has edited the ladder."""
        self.stage.ladders = LADDERS[which]
        self.stage.start()
        self._step()

    # --- the wire -----------------------------------------------------------------------------------------------

    @rule(fault=st.sampled_from(FAULTS), method=st.sampled_from(METHODS), times=st.integers(1, 3))
    def wire_breaks(self, fault: dict[str, Any], method: str, times: int) -> None:
        """The next calls fail, or their answers are lost."""
        self.stage.telegram.fault(method=method, times=times, **fault)
        self._step()

    @rule(back=some)
    def telegram_repeats(self, back: int) -> None:
        """Telegram hands an update over once more, a day later as well."""
        handed = [press.update_id for press in self.stage.presses]
        self.stage.telegram.repeat(_of(handed, back) if handed else None)
        self._step()

    # --- the end ------------------------------------------------------------------------------------------------

    def teardown(self) -> None:
        """The wire is whole again, everything comes to rest, and all of it is audited."""
        try:
            if not self.failed:
                self._end()
        finally:
            self.stage.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _end(self) -> None:
        stage = self.stage
        stage.telegram.calm()
        if stage.app is None:
            stage.start()
        stage.rest()
        for _ in range(2):  # what a broken wire held back has its time to leave
            stage.turn(timedelta(minutes=2))
            stage.rest()
        self._look()
        self._judge(ending.broken(stage))

    def _nobody_acts(self, hours: int) -> None:
        until = self.stage.now + timedelta(hours=hours)
        for _ in range(MOMENTS):
            if self.stage.now >= until:
                break
            self.stage.pass_to_next()
            self._look()

    def _step(self) -> None:
        type(self).steps += 1
        Promises.steps += 1

    def _press_shown(self, phone: Phone, which: int) -> None:
        offered = self.stage.offered(phone.id)
        if offered and phone.id not in self.stage.blocked:
            message, data = _of(offered, which)
            self._forge(phone, data, message)
        self._step()

    def _forge(self, phone: Phone, data: str, message: int | None = None, chat: int | None = None) -> None:
        if phone.id not in self.stage.blocked:
            self.stage.forge(phone, data, message, chat)

    def _look(self) -> None:
        stage, pressed = self.stage, Counter[tuple[int, str, str]]()
        for press in stage.presses:
            letter, _, rest = press.data.partition(":")
            pressed[press.user, letter, rest.partition(":")[0]] += 1
        known = stage.read(lambda s: books.read(s, stage.now, stage.house.group))
        self._judge(books.broken(known, pressed, stage.backs))

    def _judge(self, faults: Iterable[str]) -> None:
        found = list(faults)
        if found:
            self.failed = True
            raise Broken("; ".join(found))


def _of(things: Any, which: int) -> Any:
    """One of them, counted from the newest."""
    return things[-1 - which % len(things)]


def _turned(things: list[Phone], first: int) -> list[Phone]:
    cut = first % len(things)
    return things[cut:] + things[:cut]


def _phone(stage: Stage, user: int) -> Phone:
    return next(phone for phone in stage.residents if phone.id == user)
