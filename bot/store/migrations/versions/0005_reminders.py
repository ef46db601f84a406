"""Reminders that were sent, and earlier items that a person said are, or are not, on the theme."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _of_a_case(
        "reminders",
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("case", "step", "on", name="uq_reminders_case_step_on"),
    )
    _of_a_case(
        "recurrences",
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("same", sa.Boolean(), nullable=False),
        sa.Column("older", sa.String(length=120), nullable=False),
        sa.Column("document", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", sa.Date(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("answered", sa.JSON(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


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
