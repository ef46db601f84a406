"""What a printed page is made of: runs of text with their look, shapes behind them, tags."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Letters set in one go: one text object of the page, in points from the lower left corner.

    ``gap`` is what stands before it: "" (it goes on), " " or a line feed. ``tag`` is its
    marked-content number, -1 without one. ``base`` is the height of its base line.
    """

    text: str
    gap: str
    tag: int
    artifact: bool
    size: float
    bold: bool
    invisible: bool
    colour: tuple[int, int, int]
    left: float
    right: float
    base: float


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn area: ``fill`` is its colour (None when only outlined); pictures have no colour."""

    left: float
    bottom: float
    right: float
    top: float
    fill: tuple[int, int, int] | None
    outlined: bool
    picture: bool

    @property
    def area(self) -> float:
        """Square points."""
        return (self.right - self.left) * (self.top - self.bottom)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies inside."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclass(frozen=True, slots=True)
class Node:
    """A tag with its children: tags, or the marked-content numbers of runs."""

    name: str
    children: tuple["Node | int", ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page before anything is understood of it."""

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    shapes: tuple[Shape, ...]
    tags: tuple[Node, ...]
