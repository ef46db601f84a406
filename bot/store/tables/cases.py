"""Tables of cases: what is said of each, in revisions that are only added, and what it rests on."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.engine import Moment
from bot.store.tables.naming import metadata

cases = Table(
    "cases",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("added_by", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
)

case_revisions = Table(
    "case_revisions",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("confirmed", Boolean, nullable=False),
    Column("content", JSON, nullable=False),
    Column("corrections", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

case_documents = Table(
    "case_documents",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("file", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("role", String(20), nullable=False),
    UniqueConstraint("case", "digest"),
)

case_pages = Table(
    "case_pages",
    metadata,
    Column("document", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("ocr", Boolean, nullable=False),
)

chief_steps = Table(
    "chief_steps",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(20), nullable=False),
    Column("on", Date, nullable=False),
    Column("until", Date),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

statuses = Table(
    "statuses",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("item", Integer, nullable=False),
    Column("status", String(40), nullable=False),
    Column("on", Date, nullable=False),
    Column("document", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

reminders = Table(
    "reminders",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("step", String(40), nullable=False),
    Column("on", Date, nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("case", "step", "on"),
)

recurrences = Table(
    "recurrences",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("item", Integer, nullable=False),
    Column("same", Boolean, nullable=False),
    Column("older", String(120), nullable=False),
    Column("document", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("published", Date, nullable=False),
    Column("page", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("grade", Text, nullable=False),
    Column("answered", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
