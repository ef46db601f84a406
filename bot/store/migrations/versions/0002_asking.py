"""Questions, answers, feedback, deliveries, people, and the audit that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A later migration that rebuilds the table on SQLite (batch mode) must make these again.
SQLITE = (
    """
    CREATE TRIGGER audit_keeps_rows BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are never changed'); END
    """,
    """
    CREATE TRIGGER audit_loses_no_row BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit rows are never deleted'); END
    """,
    # INSERT OR REPLACE deletes without waking the trigger above.
    """
    CREATE TRIGGER audit_only_grows BEFORE INSERT ON audit
    WHEN NEW.number IS NOT (SELECT COALESCE(MAX(number), 0) + 1 FROM audit)
    BEGIN SELECT RAISE(ABORT, 'audit rows are only added at the end'); END
    """,
)
POSTGRESQL = (
    """
    CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'audit rows are never changed or deleted'; END $$
    """,
    """
    CREATE TRIGGER audit_keeps_rows BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
    """,
    "ALTER TABLE audit ENABLE ALWAYS TRIGGER audit_keeps_rows",
)


def upgrade() -> None:
    _questions()
    _about_questions()
    _deliveries()
    _people()
    _audit()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE if on_sqlite else POSTGRESQL:
        op.execute(statement)


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("key", sa.String(length=150), nullable=False),
        *(
            sa.Column(name, sa.Text(), nullable=False)
            for name in ("team", "channel", "thread", "message", "person")
        ),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reply_url", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_questions"),
    )
    for columns in (
        ["channel", "thread"],
        ["channel", "message"],
        ["person", "asked_at"],
        ["state", "asked_at"],
    ):
        op.create_index(f"ix_questions_{'_'.join(columns)}", "questions", columns)


def _about_questions() -> None:
    op.create_table(
        "answers",
        sa.Column("key", sa.String(length=150), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["questions.key"], name="fk_answers_key_questions"),
        sa.PrimaryKeyConstraint("key", "revision", name="pk_answers"),
    )
    op.create_table(
        "feedback",
        sa.Column("key", sa.String(length=150), nullable=False),
        sa.Column("person", sa.String(length=100), nullable=False),
        sa.Column("verdict", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["key"], ["questions.key"], name="fk_feedback_key_questions"),
        sa.PrimaryKeyConstraint("key", "person", name="pk_feedback"),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("key", sa.String(length=150), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("thread", sa.Text(), nullable=False),
        sa.Column("ts", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", "part", name="pk_deliveries"),
    )


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(length=100), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("guest", "bot", "stranger", "deleted")
        ),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit"),
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])
