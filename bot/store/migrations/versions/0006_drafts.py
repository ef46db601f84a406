"""Drafts with revisions and events that are only added, and what was published of them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ONLY_ADDED = {
    "draft_revisions": ("case", "item"),
    "draft_events": ("case", "item"),
    "publications": ("case",),
}


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("case", sa.String(length=100), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_drafts_case_cases"),
        sa.PrimaryKeyConstraint("case", "item", name="pk_drafts"),
    )
    _revisions()
    _events()
    _publications()
    for table, of in _ONLY_ADDED.items():
        _guard(table, of)


def _revisions() -> None:
    _of_a_draft(
        "draft_revisions",
        *_json("wording", "pack", "sources"),
        sa.Column("requested_by", sa.Text(), nullable=False),
        sa.Column("edited_by", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
    )


def _events() -> None:
    _of_a_draft(
        "draft_events",
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("refused", sa.String(length=30), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        *_json("roles", "detail"),
        sa.Column("press", sa.String(length=200), nullable=False),
        sa.UniqueConstraint("press", name="uq_draft_events_press"),
    )


def _publications() -> None:
    op.create_table(
        "publications",
        sa.Column("case", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("press", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name="fk_publications_case_cases"),
        sa.PrimaryKeyConstraint("case", "number", name="pk_publications"),
        sa.UniqueConstraint("press", name="uq_publications_press"),
    )


def _of_a_draft(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    """A table whose rows are numbered within a draft."""
    op.create_table(
        name,
        sa.Column("case", sa.String(length=100), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["case", "item"], ["drafts.case", "drafts.item"], name=f"fk_{name}_case_item_drafts"
        ),
        sa.PrimaryKeyConstraint("case", "item", "number", name=f"pk_{name}"),
    )


def _json(*names: str) -> tuple[sa.Column[Any], ...]:
    return tuple(sa.Column(name, sa.JSON(), nullable=False) for name in names)


def _guard(table: str, of: tuple[str, ...]) -> None:
    """Rows of that table are never changed or deleted."""
    if op.get_bind().dialect.name == "postgresql":
        _guard_in_postgresql(table)
        return
    refused = f"BEGIN SELECT RAISE(ABORT, '{table} is only added to'); END"
    op.execute(f"CREATE TRIGGER {table}_keeps_rows BEFORE UPDATE ON {table} {refused}")
    op.execute(f"CREATE TRIGGER {table}_loses_no_row BEFORE DELETE ON {table} {refused}")
    # INSERT OR REPLACE deletes without waking the trigger above.
    same = " AND ".join(f'"{name}" = NEW."{name}"' for name in of)
    last = f"SELECT COALESCE(MAX(number), 0) + 1 FROM {table} WHERE {same}"
    taken = f"EXISTS (SELECT 1 FROM {table} WHERE press = NEW.press)"
    grows = f"NEW.number IS NOT ({last})" + ("" if table == "draft_revisions" else f" OR {taken}")
    op.execute(f"CREATE TRIGGER {table}_only_grows BEFORE INSERT ON {table} WHEN {grows} {refused}")


def _guard_in_postgresql(table: str) -> None:
    op.execute(
        f"CREATE FUNCTION {table}_refuses() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{table} is only added to'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuses()"
    )
    op.execute(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_only_added")
