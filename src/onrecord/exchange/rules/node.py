"""An element of a file as plain values, so that what reads it needs no parser."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """An element: its name, its own text, its line in the file, what stands in it, and text between its elements."""

    tag: str
    text: str
    line: int
    children: tuple["Node", ...] = ()
    stray: str = ""

    def all(self, tag: str) -> list["Node"]:
        """Every element of this name directly inside, in order."""
        return [child for child in self.children if child.tag == tag]

    def first(self, tag: str) -> "Node | None":
        """The first element of this name directly inside; None if there is none."""
        return next((child for child in self.children if child.tag == tag), None)

    def said(self, tag: str) -> str:
        """The text of the first element of this name directly inside; "" if there is none."""
        found = self.first(tag)
        return found.text if found else ""

    def under(self) -> Iterator["Node"]:
        """Every element inside, at any depth, in the order of the file."""
        for child in self.children:
            yield child
            yield from child.under()
