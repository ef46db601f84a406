"""How much a file may cost to read; the office's settings fill these in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on one file: its size, its pages, and what the process that parses it may use.

    ``seconds`` is wall-clock time, ``cpu_seconds`` processor time. ``ocr`` False leaves pages
    without text as they are.
    """

    max_megabytes: int = 100
    max_pages: int = 1000
    seconds: int = 30
    cpu_seconds: int = 20
    memory_megabytes: int = 1024
    ocr_seconds_per_page: int = 60
    ocr: bool = True
