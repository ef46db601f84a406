"""Questions that the record of cases answers, not the documents: what is open, and its status."""

RECORD = "record"
"""What such an answer is written by: its ``by``."""
