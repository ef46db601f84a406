"""Cases: their revisions, documents with pages, the chief officer's steps, statuses of items."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "cases",
        sa.Column("id", sa.String(length=100), nullable=False),
        *_said("added_by", "added_at"),
        sa.PrimaryKeyConstraint("id", name="pk_cases"),
    )
    _of_a_case(
        "case_revisions",
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("corrections", sa.JSON(), nullable=False),
        *_said(),
    )
    _of_a_case(
        "case_documents",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.UniqueConstraint("case", "digest", name="uq_case_documents_case_digest"),
    )
    _pages()
    _of_a_case(
        "chief_steps",
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        *_said(),
    )
    _statuses()


def _of_a_case(name: str, *columns: sa.Column[Any] | sa.Constraint) -> None:
    """A table whose rows are numbered within a case."""
    op.create_table(
        name,
        sa.Column("case", sa.String(length=100), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=f"fk_{name}_case_cases"),
        sa.PrimaryKeyConstraint("case", "number", name=f"pk_{name}"),
    )


def _said(who: str = "person", when: str = "at") -> tuple[sa.Column[Any], sa.Column[Any]]:
    return (
        sa.Column(who, sa.Text(), nullable=False),
        sa.Column(when, sa.DateTime(timezone=True), nullable=False),
    )


def _pages() -> None:
    op.create_table(
        "case_pages",
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("ocr", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("document", "number", name="pk_case_pages"),
    )


def _statuses() -> None:
    _of_a_case(
        "statuses",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        *_said(),
    )
