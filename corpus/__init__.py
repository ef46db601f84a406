"""The sample corpus: documents of a fictional force, and what makes them from their sources."""
