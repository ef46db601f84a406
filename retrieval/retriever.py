"""The search as a LangChain retriever, for whoever wants to plug it into something else."""

from collections.abc import Callable

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, SkipValidation

from retrieval.library import Scope
from retrieval.search import Found, Search


class PassageRetriever(BaseRetriever):
    """Gives the passages of one scope. ``scope`` is asked anew each time: embargoes end."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: SkipValidation[Search]
    scope: Callable[[], Scope]
    limit: int = 20

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        del run_manager  # a search has no steps to report
        findings = self.search.find(query, self.scope(), limit=self.limit)
        return [_document(found) for finding in findings for found in finding.found]


def _document(found: Found) -> Document:
    """A passage with what proves it: document hash, pages and the spans of its sentences."""
    passage, filed = found.held.passage, found.held.filed
    spans = [[s.page, s.start, s.end] for line in passage.sentences for s in line.spans]
    return Document(
        id=passage.key,
        page_content=passage.text,
        metadata={
            "document": filed.digest,
            "file": filed.name,
            "title": filed.entry.title,
            "published": filed.entry.published.isoformat() if filed.entry.published else None,
            "pages": list(passage.pages),
            "spans": spans,
            "trail": list(passage.trail),
            "score": found.score,
        },
    )
