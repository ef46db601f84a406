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
from bot.store.tables.comments import comments
from bot.store.tables.drafts import draft_events, draft_revisions, drafts, publications
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
    "comments",
    "deliveries",
    "documents",
    "draft_events",
    "draft_revisions",
    "drafts",
    "feedback",
    "generations",
    "metadata",
    "pages",
    "passages",
    "people",
    "publications",
    "questions",
    "recurrences",
    "reminders",
    "statuses",
    "vectors",
]
