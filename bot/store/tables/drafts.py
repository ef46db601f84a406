"""Tables of drafts: what they said and what happened to them, only added to (migration 0006)."""

from sqlalchemy import JSON, Column, ForeignKey, ForeignKeyConstraint, Integer, String, Table, Text

from bot.store.engine import Moment
from bot.store.tables.cases import cases
from bot.store.tables.naming import metadata

drafts = Table(
    "drafts",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

draft_revisions = Table(
    "draft_revisions",
    metadata,
    Column("case", String(100), primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("wording", JSON, nullable=False),
    Column("pack", JSON, nullable=False),
    Column("sources", JSON, nullable=False),
    Column("requested_by", Text, nullable=False),
    Column("edited_by", Text, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["case", "item"], [drafts.c.case, drafts.c.item]),
)

draft_events = Table(
    "draft_events",
    metadata,
    Column("case", String(100), primary_key=True),
    Column("item", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(20), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("status", String(20), nullable=False),
    Column("refused", String(30), nullable=False),
    Column("person", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("reason", String(40), nullable=False),
    Column("words", Text, nullable=False),
    Column("detail", JSON, nullable=False),
    Column("press", String(200), nullable=False, unique=True),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["case", "item"], [drafts.c.case, drafts.c.item]),
)

publications = Table(
    "publications",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("person", Text, nullable=False),
    Column("press", String(200), nullable=False, unique=True),
    Column("at", Moment, nullable=False),
)
