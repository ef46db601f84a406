"""Tables of what people ask: questions, answers, feedback, deliveries and the people."""

from sqlalchemy import JSON, Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from bot.store.engine import Moment
from bot.store.tables.naming import metadata

questions = Table(
    "questions",
    metadata,
    Column("key", String(150), primary_key=True),
    Column("team", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("place", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("reply_url", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Index(None, "channel", "thread"),
    Index(None, "channel", "message"),
    Index(None, "person", "asked_at"),
    Index(None, "state", "asked_at"),
)

answers = Table(
    "answers",
    metadata,
    Column("key", String(150), ForeignKey(questions.c.key), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("status", String(40), nullable=False),
    Column("data", JSON, nullable=False),
    Column("by", Text, nullable=False),
    Column("prompt", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
)

feedback = Table(
    "feedback",
    metadata,
    Column("key", String(150), ForeignKey(questions.c.key), primary_key=True),
    Column("person", String(100), primary_key=True),
    Column("verdict", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("given_at", Moment, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", String(150), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("ts", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "channel", "ts"),
)

people = Table(
    "people",
    metadata,
    Column("id", String(100), primary_key=True),
    Column("team", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("guest", Boolean, nullable=False),
    Column("bot", Boolean, nullable=False),
    Column("stranger", Boolean, nullable=False),
    Column("deleted", Boolean, nullable=False),
    Column("checked_at", Moment, nullable=False),
)
