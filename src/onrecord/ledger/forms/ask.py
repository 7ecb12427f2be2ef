"""How a page asks for a fact: which fields, in what order and words; and the sections that come of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from onrecord.ledger.facts import Person
from onrecord.ledger.rules.shape import Part, Sort

FIRST: Mapping[type, tuple[str, ...]] = {Person: ("given_name", "family_name", "born", "described")}
"""The parts of a shape that are asked at once; the others wait inside "Add more"."""


@dataclass(frozen=True, eq=False)
class Ask:
    """How one page asks. Keep it as a constant of the module: forms are cached by it.

    Keys of `labels` and `hints` are form names: "child", "child-born", "happened", "happened-said"; "vehicles-row" is
    what one row is called.
    `first` and `only` name, for a shape field, the parts asked at once and the parts asked at all.
    `groups` are headings with the fields under them; `folded` fields stand inside details, last.
    """

    names: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    folded: tuple[str, ...] = ()
    fold_label: str = "Add more, if you know it"
    first: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    only: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mark_optional: bool = True

    def chosen(self, parts: Iterable[Part]) -> tuple[Part, ...]:
        """The parts this page asks, in its order and words; KeyError for a name the fact does not have.

        What is only grouped or folded is asked too; when it happened comes last unless it has a place.
        """
        every = {part.name: part for part in parts}
        grouped = [name for _, names in self.groups for name in names]
        last = [name for name in ("happened",) if name in every]
        named = dict.fromkeys((*(self.names or every), *grouped, *self.folded, *last))
        return tuple(self._optional(self._worded(every[name], name)) for name in named)

    def _worded(self, part: Part, path: str) -> Part:
        label, hint = self.labels.get(path, part.label), self.hints.get(path, part.hint)
        if part.sort is Sort.ROWS:
            row = self._worded(part.parts[0], path)
            kind = row.shape.__name__ if row.shape else part.label
            row = replace(row, label=self.labels.get(f"{path}-row", kind), hint="")
            return replace(part, label=label, hint=hint, parts=(row,))
        kept = self.only.get(path, tuple(one.name for one in part.parts))
        inside = tuple(self._worded(one, f"{path}-{one.name}") for one in part.parts if one.name in kept)
        return replace(part, label=label, hint=hint, parts=inside)

    def _optional(self, part: Part) -> Part:
        unmarked = (*self.folded, *self.labels, "happened")
        return (
            part
            if part.needed or part.name in unmarked or not self.mark_optional
            else replace(part, label=f"{part.label} (optional)")
        )


def numbered(row: Part, index: int) -> Part:
    """A row of a list, named as people count: the first is 1."""
    return replace(row, label=f"{row.label} {index + 1}")


@dataclass(frozen=True)
class Section:
    """A piece of a form: `sort` is field, shape, rows, group or fold. A field's `name` is the form's."""

    sort: str
    name: str
    title: str = ""
    hint: str = ""
    inside: tuple["Section", ...] = ()
    open: bool = False

    def names(self) -> tuple[str, ...]:
        """The form fields in it, in order."""
        inside = tuple(name for one in self.inside for name in one.names())
        return (self.name,) if self.sort == "field" else inside


class Layout:
    """Makes the sections of a form. `rows`: how many rows a list shows. `busy`: if a field must be seen."""

    def __init__(self, ask: Ask, rows: Callable[[str], int], busy: Callable[[str], bool]) -> None:
        """Take the page's way of asking, and the two things only the form knows."""
        self.ask, self.rows, self.busy = ask, rows, busy

    def sections(self, parts: Iterable[Part]) -> tuple[Section, ...]:
        """Every section in order: plain ones and groups where they first occur, then what is folded."""
        made = {part.name: self._section(part, part.name) for part in parts}
        owner = {name: title for title, names in self.ask.groups for name in names}
        plain: dict[str, list[Section]] = {}
        for name, section in made.items():
            if name not in self.ask.folded:
                plain.setdefault(owner.get(name, f"-{name}"), []).append(section)
        shown = [
            Section("group", "", title, inside=tuple(inside)) if not title.startswith("-") else inside[0]
            for title, inside in plain.items()
        ]
        hidden = [made[name] for name in self.ask.folded]
        return (*shown, *((self._fold(hidden, self.ask.fold_label),) if hidden else ()))

    def _section(self, part: Part, path: str) -> Section:
        if part.sort is Sort.ROWS:
            row = part.parts[0]
            inside = tuple(self._section(numbered(row, n), f"{path}-{n}") for n in range(self.rows(path)))
            return Section("rows", path, part.label, part.hint, inside)
        if part.sort in (Sort.SHAPE, Sort.WHEN):
            return self._shape(part, path)
        return Section("field", path)

    def _shape(self, part: Part, path: str) -> Section:
        names = tuple(one.name for one in part.parts)
        plain = re.sub(r"-\d+", "", path)
        first = self.ask.first.get(plain, FIRST.get(part.shape, names) if part.shape else names)
        shown = [self._section(one, f"{path}-{one.name}") for one in part.parts if one.name in first]
        rest = [self._section(one, f"{path}-{one.name}") for one in part.parts if one.name not in first]
        folds = (self._fold(rest, "Add more, if you know it"),) if rest else ()
        return Section("shape", path, part.label, part.hint, (*shown, *folds))

    def _fold(self, inside: list[Section], title: str) -> Section:
        fold = Section("fold", "", title, inside=tuple(inside))
        return replace(fold, open=any(self.busy(name) for name in fold.names()))
