"""Table of the chief officer's comments, verbatim, as a person has matched them to items."""

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from bot.store.engine import Moment
from bot.store.tables.cases import cases
from bot.store.tables.naming import metadata

comments = Table(
    "comments",
    metadata,
    Column("case", String(100), ForeignKey(cases.c.id), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("taken_in", Integer, nullable=False),
    Column("item", Integer, nullable=False),
    Column("limb", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("document", String(64), nullable=False),
    Column("title", Text, nullable=False),
    Column("page", Integer, nullable=False),
    Column("spans", JSON, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
