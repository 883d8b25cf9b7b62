"""Every table. What people wrote lies in `…_sealed` columns (see storage.sealing); the rest are ids and codes."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Text, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from bot.core.haste import Haste
from storage.kinds import LIST
from storage.types import EPOCH, Moment, Serial, new_id

NO_KEY: Any = None
"""Keeps None out of signatures: the database, not the caller, fills these."""


def _only(name: str, *columns: str, where: str, postgres: str | None = None) -> Index:
    """An index of those rows that are not over: it does not grow with what is stored."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(postgres or where))


class Meta(SQLModel, table=True):
    """One fact about this database: canary, heartbeat, clock."""

    __tablename__ = "meta"
    name: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)
    at: datetime | None = Field(default=None, sa_type=Moment)


class DataKey(SQLModel, table=True):
    """A data key, wrapped by a key of the keys file; destroying it makes what it sealed unreadable."""

    __tablename__ = "datakey"
    id: str = Field(primary_key=True)
    wrapped: bytes = Field(sa_type=LargeBinary)
    kek_id: str


_TURNS = ("update_id", "not_before", "haste", "attempts")
"""What decides which update of a chat goes next: read from the index alone."""


class Inbox(SQLModel, table=True):
    """A raw update that waits, or that nobody could handle; stored before it is confirmed to Telegram (I1)."""

    __tablename__ = "inbox"
    __table_args__ = (
        _only(
            "ix_inbox_new", "bot_id", "chat_key", "update_id", "not_before", "haste", "attempts", where="state = 'new'"
        ),
        CheckConstraint("state IN ('new', 'dead')", name="ck_inbox_state"),
    )
    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    chat_key: int = Field(sa_type=BigInteger)
    payload_sealed: bytes | None = Field(sa_type=LargeBinary)
    haste: str = Haste.CHAT
    """Whether it may overtake others of its chat."""
    state: str = "new"
    attempts: int = 0
    not_before: datetime = Field(sa_type=Moment)
    received_at: datetime = Field(sa_type=Moment)
    done_at: datetime | None = Field(default=None, sa_type=Moment)
    error: str | None = None


class Received(SQLModel, table=True):
    """That an update was here, for as long as Telegram may bring it again; `at`: when it was handled, or came."""

    __tablename__ = "received"
    __table_args__ = (Index("ix_received_at", "at"), {"sqlite_with_rowid": False})
    bot_id: int = Field(primary_key=True, sa_type=BigInteger)
    update_id: int = Field(primary_key=True, sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)


class Chat(SQLModel, table=True):
    """A private chat or group we may write to; the consent of its person lives here.

    `id` is the reference that every other table knows (see storage.addresses).
    """

    __tablename__ = "chat"
    __table_args__ = (_only("ix_chat_greet", "greet_at", where="greet_at IS NOT NULL"),)
    id: int = Field(primary_key=True, sa_type=BigInteger)
    address_index: str = Field(unique=True)
    address_sealed: bytes = Field(sa_type=LargeBinary)
    language: str = "id"
    reachable: bool = True
    unreachable_since: datetime | None = Field(default=None, sa_type=Moment)
    consent_version: str | None = None
    consent_at: datetime | None = Field(default=None, sa_type=Moment)
    greet_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its person is greeted next, as they allowed; None when they are not."""
    greet_last: datetime | None = Field(default=None, sa_type=Moment)
    """The last time they are."""


class Member(SQLModel, table=True):
    """Somebody with a role in an area; bound once a chat is known, never self-declared (row 26)."""

    __tablename__ = "member"
    __table_args__ = (
        _only("ix_member_role", "role", "area", where="active = 1", postgres="active"),
        Index("ix_member_chat", "chat_id"),
        Index("ix_member_phone", "phone_index"),
        _only("ix_member_waits", "waits_chat_id", where="waits_chat_id IS NOT NULL"),
        _only("ix_member_unlooked", "area", where="looked_at IS NULL AND chat_id IS NOT NULL"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    role: str
    area: str
    priority: int = 0
    name_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    phone_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    phone_index: str | None = None
    chat_id: int | None = Field(default=None, sa_type=BigInteger)
    bound_at: datetime | None = Field(default=None, sa_type=Moment)
    waits_chat_id: int | None = Field(default=None, sa_type=BigInteger)
    """The chat that opened the invitation to a role that sleeps until somebody above has said that it is they."""
    looked_at: datetime | None = Field(default=None, sa_type=Moment)
    """When a second person said that the present chat is theirs."""
    seen_at: datetime | None = Field(default=None, sa_type=Moment)
    """When they pressed something last, to the day."""
    renamed_at: datetime | None = Field(default=None, sa_type=Moment)
    """Until when their former names count (see `FormerName`)."""
    active: bool = True
    left_at: datetime | None = Field(default=None, sa_type=Moment)


class FormerName(SQLModel, table=True):
    """A name that a member had until then: old entries stay true (row 44)."""

    __tablename__ = "former_name"
    __table_args__ = (Index("ix_former_name_member", "member_id", "until"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    member_id: str
    until: datetime = Field(sa_type=Moment)
    name_sealed: bytes = Field(sa_type=LargeBinary)


class Invite(SQLModel, table=True):
    """A one-time way in; only the hash of its token is stored."""

    __tablename__ = "invite"
    __table_args__ = (_only("ix_invite_open", "role", "expires_at", where="used_at IS NULL"),)
    token_hash: str = Field(primary_key=True)
    role: str
    area: str
    member_id: str | None = None
    trusted: bool = False
    """Nobody looks at it a second time: whoever made it has handed it over in person."""
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(default=None, sa_type=Moment)
    used_by: int | None = Field(default=None, sa_type=BigInteger)


class Leave(SQLModel, table=True):
    """A member is away from `since` until before `until`: nobody asks them meanwhile (rows 46, 117).

    `due_at` is when the sweep looks at it next: at its beginning their waiting asks end, at its end they are greeted.
    """

    __tablename__ = "leave"
    __table_args__ = (
        Index("ix_leave_member", "member_id", "until"),
        Index("ix_leave_until", "until"),
        _only("ix_leave_due", "due_at", where="due_at IS NOT NULL"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    member_id: str
    since: datetime = Field(sa_type=Moment)
    until: datetime = Field(sa_type=Moment)
    due_at: datetime | None = Field(sa_type=Moment)
    by_deputy: bool = False
    """The deputy on the roster stands in."""
    set_by: str
    created_at: datetime = Field(sa_type=Moment)


class Duty(SQLModel, table=True):
    """Who is on duty (piket) for an area from 16.00 WIB of `day` on; kabupaten/kota, or the province for JSC."""

    __tablename__ = "duty"
    area: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    member_id: str
    named_by: str
    named_at: datetime = Field(sa_type=Moment)


class Summary(SQLModel, table=True):
    """One morning summary of one member: made once a day, and whether they read it."""

    __tablename__ = "summary"
    day: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True)
    uid: str
    sent_at: datetime = Field(sa_type=Moment)
    read_at: datetime | None = Field(default=None, sa_type=Moment)


class Draft(SQLModel, table=True):
    """An unfinished conversation of a chat, one of each flow; where it stands follows from its answers.

    The chat talks to the one whose question was shown last: each question has a higher `shown` than all before.
    """

    __tablename__ = "draft"
    __table_args__ = (Index("ix_draft_due", "due_at"),)
    chat_id: int = Field(primary_key=True, sa_type=BigInteger)
    flow: str = Field(primary_key=True)
    id: str
    answers_sealed: bytes = Field(sa_type=LargeBinary)
    question_uid: str | None = None
    step: str | None = None
    offer_uid: str | None = None
    """The open offer to begin it or to go on with it."""
    keyboard: bool = False
    """Its question stands on the phone's own keyboard."""
    shown: int = 0
    nudged: bool = False
    updated_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)


class Policy(SQLModel, table=True):
    """A ladder as it was when a case began with it; the id is the hash of its content (row 54)."""

    __tablename__ = "policy"
    id: str = Field(primary_key=True)
    body: str = Field(sa_type=Text)


class Case(SQLModel, table=True):
    """One person in need. Every case that is not at an end has a next due time (I3).

    `reminded` counts the questions to a silent owner, the first was at `asked_at`; `heard_at` is when they were heard
    last since they took it, `visit_by` until when they must have met the person. While they wait for something,
    `waiting_for` says for what and the next due time until when. `released_at` is when the last owner let it go.
    `handed_to` is the member whom the owner has asked to take it over, until `handed_until`; `company_id` whom they
    asked to go along at `company_at`, to be answered by `company_until`, and `company_says` what they answered.
    """

    __tablename__ = "cases"
    __table_args__ = (
        CheckConstraint("status IN ('closed', 'withdrawn') OR next_due_at IS NOT NULL", name="ck_case_due"),
        CheckConstraint("(status = 'acknowledged') = (owner_id IS NOT NULL)", name="ck_case_owner"),
        CheckConstraint("waiting_for IS NULL OR owner_id IS NOT NULL", name="ck_case_waiting"),
        _only("ix_case_due", "next_due_at", where="next_due_at IS NOT NULL"),
        _only("ix_case_area", "kabupaten", "kecamatan", where="next_due_at IS NOT NULL"),
        _only("ix_case_owner", "owner_id", where="owner_id IS NOT NULL"),
        CheckConstraint("(handed_to IS NULL) = (handed_until IS NULL)", name="ck_case_handed"),
        CheckConstraint("handed_to IS NULL OR owner_id IS NOT NULL", name="ck_case_handing"),
        _only("ix_case_handed", "handed_until", where="handed_until IS NOT NULL"),
        _only("ix_case_handed_to", "handed_to", where="handed_to IS NOT NULL"),
        CheckConstraint("(company_id IS NULL) = (company_at IS NULL)", name="ck_case_company"),
        CheckConstraint(
            "(company_until IS NOT NULL) = (company_id IS NOT NULL AND company_says IS NULL)", name="ck_case_answer"
        ),
        CheckConstraint("company_id IS NULL OR owner_id IS NOT NULL", name="ck_case_companion"),
        _only("ix_case_company", "company_until", where="company_until IS NOT NULL"),
        _only("ix_case_company_id", "company_id", where="company_id IS NOT NULL"),
        _only("ix_case_closed", "closed_at", where="closed_at IS NOT NULL"),
        Index("ix_case_created", "created_at"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    number: str = Field(unique=True)
    status: str = "open"
    round: int = 1
    rung: int = -1
    fired_at: datetime | None = Field(default=None, sa_type=Moment)
    grace_until: datetime | None = Field(default=None, sa_type=Moment)
    round_at: datetime = Field(sa_type=Moment)
    urgency: str
    category: str
    danger: str
    kabupaten: str | None
    kecamatan: str | None
    desa: str | None
    skip_kecamatan: bool = False
    policy_id: str
    owner_id: str | None = None
    former_id: str | None = None
    released_at: datetime | None = Field(default=None, sa_type=Moment)
    acknowledged_at: datetime | None = Field(default=None, sa_type=Moment)
    reminded: int = 0
    asked_at: datetime | None = Field(default=None, sa_type=Moment)
    heard_at: datetime | None = Field(default=None, sa_type=Moment)
    visit_by: datetime | None = Field(default=None, sa_type=Moment)
    waiting_for: str | None = None
    handed_to: str | None = None
    handed_until: datetime | None = Field(default=None, sa_type=Moment)
    company_id: str | None = None
    company_at: datetime | None = Field(default=None, sa_type=Moment)
    company_until: datetime | None = Field(default=None, sa_type=Moment)
    company_says: str | None = None
    next_due_at: datetime | None = Field(sa_type=Moment)
    outcome: str | None = None
    stuck: bool = False
    alarmed: bool = False
    quiet_until: datetime | None = Field(default=None, sa_type=Moment)
    mutes: int = 0
    created_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class Report(SQLModel, table=True):
    """What one person sent; the number belongs to it. `origin` makes a submission one report (I2)."""

    __tablename__ = "report"
    __table_args__ = (
        Index("ix_report_chat", "chat_id", "created_at"),
        Index("ix_report_case", "case_id"),
        _only("ix_report_promised", "promised_at", where="promised_at IS NOT NULL"),
        _only("ix_report_news", "news_at", where="news_at IS NOT NULL"),
        _only("ix_report_late", "case_id", where="late_at IS NOT NULL"),
        _only("ix_report_helped", "helped_at", where="helped_at IS NOT NULL"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    number: str = Field(unique=True)
    origin: str = Field(unique=True)
    case_id: str
    chat_id: int = Field(sa_type=BigInteger)
    body_sealed: bytes | None = Field(sa_type=LargeBinary)
    promised_at: datetime | None = Field(default=None, sa_type=Moment)
    """By when its reporter hears the next news; None when nothing is promised (any more)."""
    late_at: datetime | None = Field(default=None, sa_type=Moment)
    """When a promised moment first came while nobody had the case."""
    added_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its reporter told something more last, and it reached the case."""
    noted_at: datetime | None = Field(default=None, sa_type=Moment)
    """When whoever had the case noted something last; kept with its first report."""
    danger_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its reporter said last that there was danger at that moment."""
    withdrawn_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its reporter took it back; the case may go on."""
    helped: str | None = None
    """What its reporter answered last after an end ("sudah", "belum", "ulang"), when, and after which round."""
    helped_at: datetime | None = Field(default=None, sa_type=Moment)
    helped_round: int = 0
    news_at: datetime | None = Field(default=None, sa_type=Moment)
    """When its reporter is told next: what waits for its moment, or what was promised."""
    told: str | None = None
    """What they were told last, and when; how many pieces they heard on that day."""
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    told_pieces: int = 0
    fixed_clock: bool = False
    """Its news comes at times that follow from when it was sent, whatever happens (row 134)."""
    sent_by: str = "warga"
    """Whether a worker (petugas), somebody for a resident (relawan) or a resident sent it, as it was then."""
    created_at: datetime = Field(sa_type=Moment)


class Addition(SQLModel, table=True):
    """What a reporter told after the number, or what whoever has the case noted (`noted_by`: as which member).

    Until `due_at` a word is waited for: where it belongs or, once it has reached the case, whether there is danger.
    """

    __tablename__ = "addition"
    __table_args__ = (
        Index("ix_addition_case", "case_id"),
        _only("ix_addition_waits", "chat_id", where="due_at IS NOT NULL"),
        _only("ix_addition_due", "due_at", where="due_at IS NOT NULL"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str
    report_id: str
    chat_id: int = Field(sa_type=BigInteger)
    body_sealed: bytes = Field(sa_type=LargeBinary)
    complaint: bool = False
    """It is about the work on the case: it is read by whoever is above those who work on it, and by nobody else."""
    noted_by: str | None = None
    offer_uid: str | None = None
    """The message that asks."""
    created_at: datetime = Field(sa_type=Moment)
    told_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it reached the case."""
    due_at: datetime | None = Field(default=None, sa_type=Moment)


class Contact(SQLModel, table=True):
    """Whom to phone in a kecamatan or a whole kabupaten/kota, and when that was written down, by whom."""

    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("area", "kind", "name_index", name="uq_contact_name"),)
    id: str = Field(default_factory=new_id, primary_key=True)
    area: str
    kind: str
    name_index: str
    name_sealed: bytes = Field(default=b"", sa_type=LargeBinary)
    phone_sealed: bytes = Field(default=b"", sa_type=LargeBinary)
    noted_at: datetime = Field(sa_type=Moment)
    noted_by: str


class Ask(SQLModel, table=True):
    """One person (or the JSC group) asked about a case on a rung in a round."""

    __tablename__ = "ask"
    __table_args__ = (
        UniqueConstraint("case_id", "round", "person", name="uq_ask_person"),
        CheckConstraint("state IN ('waiting', 'declined', 'dead', 'over')", name="ck_ask_state"),
        _only("ix_ask_chat", "chat_id", where="state = 'waiting'"),
        _only("ix_ask_person", "person", where="state = 'waiting'"),
    )
    id: str = Field(default_factory=new_id, primary_key=True)
    case_id: str
    round: int
    rung: int
    person: str
    role: str
    chat_id: int = Field(sa_type=BigInteger)
    state: str = "waiting"
    fired_at: datetime = Field(sa_type=Moment)
    delivered_at: datetime | None = Field(default=None, sa_type=Moment)
    reminded: int = 0
    asked: int = 1
    card_uid: str
    """The card: what is edited, and what short replies hang on."""
    ping_uid: str
    """The message whose delivery is that of the ask: the card, or the reply by which it was asked again."""
    reply_uid: str | None = None
    """The newest short reply; the only one that still has buttons."""
    reason: str | None = None
    why_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    """Why whoever passed it on did so, in their own words, under the key of the case."""


class Timeline(SQLModel, table=True):
    """Append-only: who did what when, ids and codes only, each entry chained to the one before it."""

    __tablename__ = "timeline"
    __table_args__ = (UniqueConstraint("case_id", "seq", name="uq_timeline_seq"),)
    id: int = Field(default=NO_KEY, primary_key=True, sa_type=Serial)
    case_id: str
    seq: int
    at: datetime = Field(sa_type=Moment)
    event: str
    actor: str
    data: str = Field(default="{}", sa_type=Text)
    prev_hash: str
    hash: str


class Outbox(SQLModel, table=True):
    """One message that was said: rendered, sealed, and what became of it (row 98)."""

    __tablename__ = "outbox"
    __table_args__ = (
        _only("ix_outbox_ready", "channel", "dest", "seq", "kind", "not_before", "priority", where="state = 'pending'"),
        _only("ix_outbox_lease", "channel", "dest", where="state = 'sending'"),
        _only("ix_outbox_duty", "dest", "created_at", where="kind = 'piket'"),
        _only("ix_outbox_case", "case_id", where="case_id IS NOT NULL"),
        _only("ix_outbox_bubble", "dest", "message_id", where="case_id IS NOT NULL"),
        _only("ix_outbox_bundle", "bundle_uid", where="bundle_uid IS NOT NULL"),
        _only("ix_outbox_said", "created_at", where="case_id IS NULL"),
        CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'dead', 'cancelled', 'bundled')", name="ck_outbox_state"
        ),
    )
    seq: int = Field(default=NO_KEY, primary_key=True, sa_type=Serial)
    uid: str = Field(default_factory=new_id, unique=True)
    channel: str
    dest: int = Field(sa_type=BigInteger)
    kind: str
    priority: int
    payload_sealed: bytes | None = Field(sa_type=LargeBinary)
    edits_uid: str | None = None
    in_place: int | None = Field(default=None, sa_type=BigInteger)
    """The pressed bubble that turns into it, if that is still the newest of its chat when this leaves."""
    slot: str | None = None
    """Of unsent messages to one chat with the same slot only the newest leaves."""
    replies_uid: str | None = None
    case_id: str | None = None
    case_round: int | None = None
    ask_id: str | None = None
    bundle_uid: str | None = None
    state: str = "pending"
    attempts: int = 0
    unknowns: int = 0
    fallbacks: int = 0
    fence: int = 0
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    not_before: datetime = Field(sa_type=Moment)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    error: str | None = None
    created_at: datetime = Field(sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)


class Lane(SQLModel, table=True):
    """One destination: its order, its pause, its pace. A 429 stops this chat and no other."""

    __tablename__ = "lane"
    __table_args__ = (
        _only("ix_lane_ready", "ready_at", where="ready_at IS NOT NULL"),
        _only("ix_lane_turn", "priority", "tokens_at", where="ready_at IS NOT NULL"),
        _only("ix_lane_lease", "lease_until", where="lease_until IS NOT NULL"),
        _only("ix_lane_paused", "paused_until", where="paused_until IS NOT NULL"),
        _only("ix_lane_failing", "channel", "dest", "failing_since", where="failing_since IS NOT NULL"),
        Index("ix_lane_tried", "tokens_at"),
    )
    channel: str = Field(primary_key=True)
    dest: int = Field(primary_key=True, sa_type=BigInteger)
    ready_at: datetime | None = Field(default=None, sa_type=Moment)
    priority: int = LIST
    paused_until: datetime | None = Field(default=None, sa_type=Moment)
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    tokens: float = 3.0
    tokens_at: datetime = Field(default=EPOCH, sa_type=Moment)
    """When it was served last; of two lanes the one that was served longest ago goes first."""
    fails: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=Moment)
    newest: int | None = Field(default=None, sa_type=BigInteger)
    """The highest number of a message that is known to be in this chat, whoever wrote it."""
    trail: str = Field(default="", sa_type=Text)
    """The messages of a private chat that can still be deleted (storage.trail)."""
    keys_at: int | None = Field(default=None, sa_type=BigInteger)
    """The number of the newest message of a private chat that has buttons,"""
    keys_sealed: bytes | None = Field(default=None, sa_type=LargeBinary)
    """and those buttons; None or empty where none can be named (storage.keyboards)."""


class Job(SQLModel, table=True):
    """One piece of periodic work that was done: a missed one is caught up, two replicas do it once."""

    __tablename__ = "job"
    kind: str = Field(primary_key=True)
    period: str = Field(primary_key=True)
    done_at: datetime = Field(sa_type=Moment)
