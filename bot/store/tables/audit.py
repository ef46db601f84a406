"""The table of the audit: rows are only ever added, which triggers see to (migration 0002)."""

from sqlalchemy import JSON, Column, Integer, String, Table, Text

from bot.store.engine import Moment
from bot.store.tables.naming import metadata

# No other column may be unique: an INSERT OR REPLACE of SQLite would delete by it unseen.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("event", String(60), nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("person", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
