"""The tables, as SQLAlchemy knows them; ``migrations`` makes them in a database."""

from bot.store.tables.asking import answers, deliveries, feedback, people, questions
from bot.store.tables.audit import audit
from bot.store.tables.cases import (
    case_documents,
    case_pages,
    case_revisions,
    cases,
    chief_steps,
    recurrences,
    reminders,
    statuses,
)
from bot.store.tables.library import documents, generations, pages, passages, vectors
from bot.store.tables.naming import metadata

__all__ = [
    "answers",
    "audit",
    "case_documents",
    "case_pages",
    "case_revisions",
    "cases",
    "chief_steps",
    "deliveries",
    "documents",
    "feedback",
    "generations",
    "metadata",
    "pages",
    "passages",
    "people",
    "questions",
    "recurrences",
    "reminders",
    "statuses",
    "vectors",
]
