"""Tables of the library: documents, pages, generations, passages and vectors."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.engine import Moment
from bot.store.tables.naming import metadata

documents = Table(
    "documents",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("file", Text, nullable=False, unique=True),
    Column("path", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("published", Date),
    Column("source", Text, nullable=False),
    Column("collection", String(100), nullable=False),
    Column("embargo_until", Moment),
    Column("confirmed", Boolean, nullable=False),
    Column("reader", String(40), nullable=False),
    Column("reading_version", Integer, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("taken_in_at", Moment),
)

pages = Table(
    "pages",
    metadata,
    Column(
        "document", String(64), ForeignKey(documents.c.digest, ondelete="CASCADE"), primary_key=True
    ),
    Column("number", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("blocks", JSON, nullable=False),
    Column("ocr", Boolean, nullable=False),
)

generations = Table(
    "generations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fingerprint", String(64), nullable=False, unique=True),
    Column("model", Text, nullable=False),
    Column("live", Boolean, nullable=False),
    Column("clean", Boolean, nullable=False),
    sqlite_autoincrement=True,
)

passages = Table(
    "passages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("generation", ForeignKey(generations.c.id, ondelete="CASCADE"), nullable=False),
    Column("key", String(32), nullable=False),
    Column(
        "document",
        String(64),
        ForeignKey(documents.c.digest, ondelete="CASCADE"),
        nullable=False,
    ),
    Column("ordinal", Integer, nullable=False),
    Column("trail", JSON, nullable=False),
    Column("text", Text, nullable=False),
    Column("sentences", JSON, nullable=False),
    Column("prefix", Text, nullable=False),
    Column("text_key", String(64), nullable=False),
    UniqueConstraint("generation", "key"),
    Index(None, "generation", "document", "ordinal"),
)

vectors = Table(
    "vectors",
    metadata,
    Column("model", Text, primary_key=True),
    Column("text_key", String(64), primary_key=True),
    Column("passage", LargeBinary, nullable=False),
    Column("sentences", LargeBinary, nullable=False),
)
