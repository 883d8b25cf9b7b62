"""The first tables."""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = "0001_3a810e81"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "addition",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("report_id", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("complaint", sa.Boolean(), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=True),
        sa.Column("offer_uid", sa.String(), nullable=True),
        sa.Column("created_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("told_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("due_at", storage.types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("addition", schema=None) as batch_op:
        batch_op.create_index("ix_addition_case", ["case_id"], unique=False)
        batch_op.create_index(
            "ix_addition_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_addition_waits",
            ["chat_id"],
            unique=False,
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )

    op.create_table(
        "ask",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("fired_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("delivered_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("card_uid", sa.String(), nullable=False),
        sa.Column("ping_uid", sa.String(), nullable=False),
        sa.Column("reply_uid", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("why_sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'declined', 'dead', 'over')", name="ck_ask_state"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "round", "person", name="uq_ask_person"),
    )
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.create_index(
            "ix_ask_chat",
            ["chat_id"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.create_index(
            "ix_ask_person",
            ["person"],
            unique=False,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )

    op.create_table(
        "cases",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("fired_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("grace_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("round_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("danger", sa.String(), nullable=False),
        sa.Column("kabupaten", sa.String(), nullable=True),
        sa.Column("kecamatan", sa.String(), nullable=True),
        sa.Column("desa", sa.String(), nullable=True),
        sa.Column("skip_kecamatan", sa.Boolean(), nullable=False),
        sa.Column("policy_id", sa.String(), nullable=False),
        sa.Column("owner_id", sa.String(), nullable=True),
        sa.Column("former_id", sa.String(), nullable=True),
        sa.Column("released_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("acknowledged_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("reminded", sa.Integer(), nullable=False),
        sa.Column("asked_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("heard_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("visit_by", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("waiting_for", sa.String(), nullable=True),
        sa.Column("handed_to", sa.String(), nullable=True),
        sa.Column("handed_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("company_id", sa.String(), nullable=True),
        sa.Column("company_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("company_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("company_says", sa.String(), nullable=True),
        sa.Column("next_due_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("stuck", sa.Boolean(), nullable=False),
        sa.Column("alarmed", sa.Boolean(), nullable=False),
        sa.Column("quiet_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("mutes", sa.Integer(), nullable=False),
        sa.Column("created_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("closed_at", storage.types.Moment(timezone=True), nullable=True),
        sa.CheckConstraint("(status = 'acknowledged') = (owner_id IS NOT NULL)", name="ck_case_owner"),
        sa.CheckConstraint("status IN ('closed', 'withdrawn') OR next_due_at IS NOT NULL", name="ck_case_due"),
        sa.CheckConstraint("(handed_to IS NULL) = (handed_until IS NULL)", name="ck_case_handed"),
        sa.CheckConstraint("handed_to IS NULL OR owner_id IS NOT NULL", name="ck_case_handing"),
        sa.CheckConstraint("(company_id IS NULL) = (company_at IS NULL)", name="ck_case_company"),
        sa.CheckConstraint(
            "(company_until IS NOT NULL) = (company_id IS NOT NULL AND company_says IS NULL)", name="ck_case_answer"
        ),
        sa.CheckConstraint("company_id IS NULL OR owner_id IS NOT NULL", name="ck_case_companion"),
        sa.CheckConstraint("waiting_for IS NULL OR owner_id IS NOT NULL", name="ck_case_waiting"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
    )
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_area",
            ["kabupaten", "kecamatan"],
            unique=False,
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_closed",
            ["closed_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.create_index("ix_case_created", ["created_at"], unique=False)
        batch_op.create_index(
            "ix_case_company",
            ["company_until"],
            unique=False,
            sqlite_where=sa.text("company_until IS NOT NULL"),
            postgresql_where=sa.text("company_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_company_id",
            ["company_id"],
            unique=False,
            sqlite_where=sa.text("company_id IS NOT NULL"),
            postgresql_where=sa.text("company_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_due",
            ["next_due_at"],
            unique=False,
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_handed",
            ["handed_until"],
            unique=False,
            sqlite_where=sa.text("handed_until IS NOT NULL"),
            postgresql_where=sa.text("handed_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_handed_to",
            ["handed_to"],
            unique=False,
            sqlite_where=sa.text("handed_to IS NOT NULL"),
            postgresql_where=sa.text("handed_to IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_case_owner",
            ["owner_id"],
            unique=False,
            sqlite_where=sa.text("owner_id IS NOT NULL"),
            postgresql_where=sa.text("owner_id IS NOT NULL"),
        )

    op.create_table(
        "chat",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("address_index", sa.String(), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("unreachable_since", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("consent_version", sa.String(), nullable=True),
        sa.Column("consent_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("greet_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("greet_last", storage.types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("address_index"),
    )
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.create_index(
            "ix_chat_greet",
            ["greet_at"],
            unique=False,
            sqlite_where=sa.text("greet_at IS NOT NULL"),
            postgresql_where=sa.text("greet_at IS NOT NULL"),
        )

    op.create_table(
        "contact",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name_index", sa.String(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("noted_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("area", "kind", "name_index", name="uq_contact_name"),
    )
    op.create_table(
        "datakey",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.Column("kek_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "draft",
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("answers_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("question_uid", sa.String(), nullable=True),
        sa.Column("step", sa.String(), nullable=True),
        sa.Column("offer_uid", sa.String(), nullable=True),
        sa.Column("keyboard", sa.Boolean(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("nudged", sa.Boolean(), nullable=False),
        sa.Column("updated_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("due_at", storage.types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("chat_id", "flow"),
    )
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.create_index("ix_draft_due", ["due_at"], unique=False)

    op.create_table(
        "duty",
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.Column("named_at", storage.types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("area", "day"),
    )
    op.create_table(
        "former_name",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("until", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("former_name", schema=None) as batch_op:
        batch_op.create_index("ix_former_name_member", ["member_id", "until"], unique=False)

    op.create_table(
        "inbox",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("chat_key", sa.BigInteger(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("haste", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("received_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("done_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('new', 'dead')", name="ck_inbox_state"),
        sa.PrimaryKeyConstraint("bot_id", "update_id"),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_new",
            ["bot_id", "chat_key", "update_id", "not_before", "haste", "attempts"],
            unique=False,
            sqlite_where=sa.text("state = 'new'"),
            postgresql_where=sa.text("state = 'new'"),
        )

    op.create_table(
        "invite",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=True),
        sa.Column("trusted", sa.Boolean(), nullable=False),
        sa.Column("created_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("expires_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("used_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.create_index(
            "ix_invite_open",
            ["role", "expires_at"],
            unique=False,
            sqlite_where=sa.text("used_at IS NULL"),
            postgresql_where=sa.text("used_at IS NULL"),
        )

    op.create_table(
        "job",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("done_at", storage.types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("kind", "period"),
    )
    op.create_table(
        "lane",
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("dest", sa.BigInteger(), nullable=False),
        sa.Column("ready_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("paused_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("lease_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("tokens_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("fails", sa.Integer(), nullable=False),
        sa.Column("failing_since", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("newest", sa.BigInteger(), nullable=True),
        sa.Column("trail", sa.Text(), nullable=False),
        sa.Column("keys_at", sa.BigInteger(), nullable=True),
        sa.Column("keys_sealed", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "dest"),
    )
    with op.batch_alter_table("lane", schema=None) as batch_op:
        batch_op.create_index(
            "ix_lane_failing",
            ["channel", "dest", "failing_since"],
            unique=False,
            sqlite_where=sa.text("failing_since IS NOT NULL"),
            postgresql_where=sa.text("failing_since IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_lane_lease",
            ["lease_until"],
            unique=False,
            sqlite_where=sa.text("lease_until IS NOT NULL"),
            postgresql_where=sa.text("lease_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_lane_paused",
            ["paused_until"],
            unique=False,
            sqlite_where=sa.text("paused_until IS NOT NULL"),
            postgresql_where=sa.text("paused_until IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_lane_ready",
            ["ready_at"],
            unique=False,
            sqlite_where=sa.text("ready_at IS NOT NULL"),
            postgresql_where=sa.text("ready_at IS NOT NULL"),
        )
        batch_op.create_index("ix_lane_tried", ["tokens_at"], unique=False)
        batch_op.create_index(
            "ix_lane_turn",
            ["priority", "tokens_at"],
            unique=False,
            sqlite_where=sa.text("ready_at IS NOT NULL"),
            postgresql_where=sa.text("ready_at IS NOT NULL"),
        )

    op.create_table(
        "leave",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("since", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("until", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("due_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("by_deputy", sa.Boolean(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.create_index(
            "ix_leave_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.create_index("ix_leave_member", ["member_id", "until"], unique=False)
        batch_op.create_index("ix_leave_until", ["until"], unique=False)

    op.create_table(
        "member",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("phone_index", sa.String(), nullable=True),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("bound_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("waits_chat_id", sa.BigInteger(), nullable=True),
        sa.Column("looked_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("seen_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("renamed_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("left_at", storage.types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.create_index("ix_member_chat", ["chat_id"], unique=False)
        batch_op.create_index("ix_member_phone", ["phone_index"], unique=False)
        batch_op.create_index(
            "ix_member_role",
            ["role", "area"],
            unique=False,
            sqlite_where=sa.text("active = 1"),
            postgresql_where=sa.text("active"),
        )
        batch_op.create_index(
            "ix_member_unlooked",
            ["area"],
            unique=False,
            sqlite_where=sa.text("looked_at IS NULL AND chat_id IS NOT NULL"),
            postgresql_where=sa.text("looked_at IS NULL AND chat_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_member_waits",
            ["waits_chat_id"],
            unique=False,
            sqlite_where=sa.text("waits_chat_id IS NOT NULL"),
            postgresql_where=sa.text("waits_chat_id IS NOT NULL"),
        )

    op.create_table(
        "meta",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("at", storage.types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", storage.types.Serial(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("dest", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("payload_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("edits_uid", sa.String(), nullable=True),
        sa.Column("in_place", sa.BigInteger(), nullable=True),
        sa.Column("slot", sa.String(), nullable=True),
        sa.Column("replies_uid", sa.String(), nullable=True),
        sa.Column("case_id", sa.String(), nullable=True),
        sa.Column("case_round", sa.Integer(), nullable=True),
        sa.Column("ask_id", sa.String(), nullable=True),
        sa.Column("bundle_uid", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("unknowns", sa.Integer(), nullable=False),
        sa.Column("fallbacks", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("lease_until", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("not_before", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("created_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("sent_at", storage.types.Moment(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'dead', 'cancelled', 'bundled')", name="ck_outbox_state"
        ),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("uid"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_bubble",
            ["dest", "message_id"],
            unique=False,
            sqlite_where=sa.text("case_id IS NOT NULL"),
            postgresql_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_bundle",
            ["bundle_uid"],
            unique=False,
            sqlite_where=sa.text("bundle_uid IS NOT NULL"),
            postgresql_where=sa.text("bundle_uid IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_case",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("case_id IS NOT NULL"),
            postgresql_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_outbox_duty",
            ["dest", "created_at"],
            unique=False,
            sqlite_where=sa.text("kind = 'piket'"),
            postgresql_where=sa.text("kind = 'piket'"),
        )
        batch_op.create_index(
            "ix_outbox_lease",
            ["channel", "dest"],
            unique=False,
            sqlite_where=sa.text("state = 'sending'"),
            postgresql_where=sa.text("state = 'sending'"),
        )
        batch_op.create_index(
            "ix_outbox_ready",
            ["channel", "dest", "seq", "kind", "not_before", "priority"],
            unique=False,
            sqlite_where=sa.text("state = 'pending'"),
            postgresql_where=sa.text("state = 'pending'"),
        )
        batch_op.create_index(
            "ix_outbox_said",
            ["created_at"],
            unique=False,
            sqlite_where=sa.text("case_id IS NULL"),
            postgresql_where=sa.text("case_id IS NULL"),
        )

    op.create_table(
        "policy",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "received",
        sa.Column("bot_id", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=False),
        sa.Column("at", storage.types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("bot_id", "update_id"),
        sqlite_with_rowid=False,
    )
    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.create_index("ix_received_at", ["at"], unique=False)

    op.create_table(
        "report",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("promised_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("late_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("added_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("noted_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("danger_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("withdrawn_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("helped", sa.String(), nullable=True),
        sa.Column("helped_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("helped_round", sa.Integer(), nullable=False),
        sa.Column("news_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("told", sa.String(), nullable=True),
        sa.Column("told_at", storage.types.Moment(timezone=True), nullable=True),
        sa.Column("told_pieces", sa.Integer(), nullable=False),
        sa.Column("fixed_clock", sa.Boolean(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("created_at", storage.types.Moment(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("number"),
        sa.UniqueConstraint("origin"),
    )
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.create_index("ix_report_case", ["case_id"], unique=False)
        batch_op.create_index("ix_report_chat", ["chat_id", "created_at"], unique=False)
        batch_op.create_index(
            "ix_report_helped",
            ["helped_at"],
            unique=False,
            sqlite_where=sa.text("helped_at IS NOT NULL"),
            postgresql_where=sa.text("helped_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_report_late",
            ["case_id"],
            unique=False,
            sqlite_where=sa.text("late_at IS NOT NULL"),
            postgresql_where=sa.text("late_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_report_news",
            ["news_at"],
            unique=False,
            sqlite_where=sa.text("news_at IS NOT NULL"),
            postgresql_where=sa.text("news_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_report_promised",
            ["promised_at"],
            unique=False,
            sqlite_where=sa.text("promised_at IS NOT NULL"),
            postgresql_where=sa.text("promised_at IS NOT NULL"),
        )

    op.create_table(
        "summary",
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("uid", sa.String(), nullable=False),
        sa.Column("sent_at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("read_at", storage.types.Moment(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("day", "member_id"),
    )
    op.create_table(
        "timeline",
        sa.Column("id", storage.types.Serial(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", storage.types.Moment(timezone=True), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("case_id", "seq", name="uq_timeline_seq"),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("timeline")
    op.drop_table("summary")
    with op.batch_alter_table("report", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_report_promised",
            sqlite_where=sa.text("promised_at IS NOT NULL"),
            postgresql_where=sa.text("promised_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_report_news",
            sqlite_where=sa.text("news_at IS NOT NULL"),
            postgresql_where=sa.text("news_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_report_late",
            sqlite_where=sa.text("late_at IS NOT NULL"),
            postgresql_where=sa.text("late_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_report_helped",
            sqlite_where=sa.text("helped_at IS NOT NULL"),
            postgresql_where=sa.text("helped_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_report_chat")
        batch_op.drop_index("ix_report_case")

    op.drop_table("report")
    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.drop_index("ix_received_at")

    op.drop_table("received")
    op.drop_table("policy")
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_outbox_said", sqlite_where=sa.text("case_id IS NULL"), postgresql_where=sa.text("case_id IS NULL")
        )
        batch_op.drop_index(
            "ix_outbox_ready", sqlite_where=sa.text("state = 'pending'"), postgresql_where=sa.text("state = 'pending'")
        )
        batch_op.drop_index(
            "ix_outbox_lease", sqlite_where=sa.text("state = 'sending'"), postgresql_where=sa.text("state = 'sending'")
        )
        batch_op.drop_index(
            "ix_outbox_duty", sqlite_where=sa.text("kind = 'piket'"), postgresql_where=sa.text("kind = 'piket'")
        )
        batch_op.drop_index(
            "ix_outbox_case",
            sqlite_where=sa.text("case_id IS NOT NULL"),
            postgresql_where=sa.text("case_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_outbox_bundle",
            sqlite_where=sa.text("bundle_uid IS NOT NULL"),
            postgresql_where=sa.text("bundle_uid IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_outbox_bubble",
            sqlite_where=sa.text("case_id IS NOT NULL"),
            postgresql_where=sa.text("case_id IS NOT NULL"),
        )

    op.drop_table("outbox")
    op.drop_table("meta")
    with op.batch_alter_table("member", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_member_waits",
            sqlite_where=sa.text("waits_chat_id IS NOT NULL"),
            postgresql_where=sa.text("waits_chat_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_member_unlooked",
            sqlite_where=sa.text("looked_at IS NULL AND chat_id IS NOT NULL"),
            postgresql_where=sa.text("looked_at IS NULL AND chat_id IS NOT NULL"),
        )
        batch_op.drop_index("ix_member_role", sqlite_where=sa.text("active = 1"), postgresql_where=sa.text("active"))
        batch_op.drop_index("ix_member_phone")
        batch_op.drop_index("ix_member_chat")

    op.drop_table("member")
    with op.batch_alter_table("leave", schema=None) as batch_op:
        batch_op.drop_index("ix_leave_until")
        batch_op.drop_index("ix_leave_member")
        batch_op.drop_index(
            "ix_leave_due", sqlite_where=sa.text("due_at IS NOT NULL"), postgresql_where=sa.text("due_at IS NOT NULL")
        )

    op.drop_table("leave")
    with op.batch_alter_table("lane", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_lane_turn",
            sqlite_where=sa.text("ready_at IS NOT NULL"),
            postgresql_where=sa.text("ready_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_lane_tried")
        batch_op.drop_index(
            "ix_lane_ready",
            sqlite_where=sa.text("ready_at IS NOT NULL"),
            postgresql_where=sa.text("ready_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_lane_paused",
            sqlite_where=sa.text("paused_until IS NOT NULL"),
            postgresql_where=sa.text("paused_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_lane_lease",
            sqlite_where=sa.text("lease_until IS NOT NULL"),
            postgresql_where=sa.text("lease_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_lane_failing",
            sqlite_where=sa.text("failing_since IS NOT NULL"),
            postgresql_where=sa.text("failing_since IS NOT NULL"),
        )

    op.drop_table("lane")
    op.drop_table("job")
    with op.batch_alter_table("invite", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_invite_open", sqlite_where=sa.text("used_at IS NULL"), postgresql_where=sa.text("used_at IS NULL")
        )

    op.drop_table("invite")
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_new", sqlite_where=sa.text("state = 'new'"), postgresql_where=sa.text("state = 'new'")
        )

    op.drop_table("inbox")
    with op.batch_alter_table("former_name", schema=None) as batch_op:
        batch_op.drop_index("ix_former_name_member")

    op.drop_table("former_name")
    op.drop_table("duty")
    with op.batch_alter_table("draft", schema=None) as batch_op:
        batch_op.drop_index("ix_draft_due")

    op.drop_table("draft")
    op.drop_table("datakey")
    op.drop_table("contact")
    with op.batch_alter_table("chat", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_chat_greet",
            sqlite_where=sa.text("greet_at IS NOT NULL"),
            postgresql_where=sa.text("greet_at IS NOT NULL"),
        )

    op.drop_table("chat")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_owner",
            sqlite_where=sa.text("owner_id IS NOT NULL"),
            postgresql_where=sa.text("owner_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_handed_to",
            sqlite_where=sa.text("handed_to IS NOT NULL"),
            postgresql_where=sa.text("handed_to IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_handed",
            sqlite_where=sa.text("handed_until IS NOT NULL"),
            postgresql_where=sa.text("handed_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_due",
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_case_created")
        batch_op.drop_index(
            "ix_case_company_id",
            sqlite_where=sa.text("company_id IS NOT NULL"),
            postgresql_where=sa.text("company_id IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_company",
            sqlite_where=sa.text("company_until IS NOT NULL"),
            postgresql_where=sa.text("company_until IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_closed",
            sqlite_where=sa.text("closed_at IS NOT NULL"),
            postgresql_where=sa.text("closed_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_case_area",
            sqlite_where=sa.text("next_due_at IS NOT NULL"),
            postgresql_where=sa.text("next_due_at IS NOT NULL"),
        )

    op.drop_table("cases")
    with op.batch_alter_table("ask", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_ask_person", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )
        batch_op.drop_index(
            "ix_ask_chat", sqlite_where=sa.text("state = 'waiting'"), postgresql_where=sa.text("state = 'waiting'")
        )

    op.drop_table("ask")
    with op.batch_alter_table("addition", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_addition_waits",
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_addition_due",
            sqlite_where=sa.text("due_at IS NOT NULL"),
            postgresql_where=sa.text("due_at IS NOT NULL"),
        )
        batch_op.drop_index("ix_addition_case")

    op.drop_table("addition")
