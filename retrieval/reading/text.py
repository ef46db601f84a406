"""Read plain text: paragraphs between blank lines, bullets, labels, headings, form feeds."""

from pathlib import Path

from retrieval.documents import Reading
from retrieval.reading import plainlines
from retrieval.reading.encoding import decoded
from retrieval.reading.layout import Layout, hidden_note, without_marks
from retrieval.reading.pagemarks import pages_in


def read(path: Path, *, digest: str, max_pages: int) -> Reading:
    """The pages (cut at form feeds) of a plain text file."""
    text, notes = decoded(path)
    layout = Layout(path.name, max_pages)
    for number, page in enumerate(pages_in(without_marks(text), path, max_pages)):
        if number:
            layout.turn()
        for piece in plainlines.pieces(page):
            layout.add(piece)
    return Reading(digest, "text", layout.pages(), notes + hidden_note(layout.hidden))
