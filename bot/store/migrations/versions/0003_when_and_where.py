"""When a document was taken in; and a message found by where it stands."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("documents", sa.Column("taken_in_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_deliveries_channel_ts", "deliveries", ["channel", "ts"])
