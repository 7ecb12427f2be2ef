"""The form of a fact class. `hear` turns what was typed into a fact, or puts each fault beside its field."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import chain
from typing import Any, ClassVar
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from onrecord.ledger.facts import Fact, When, Wrong
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.forms.ask import Ask, Layout, Section, numbered
from onrecord.ledger.forms.widgets import field_for
from onrecord.ledger.rules.moment import when_heard
from onrecord.ledger.rules.shape import ASKED_WHEN, Part, Sort, blank, gather, parts, rows_in
from onrecord.ledger.rules.wording import in_words

MARK = "-"
HAPPENED = Part("happened", Sort.WHEN, "When was it?", "Leave it blank if it is now.", parts=ASKED_WHEN)
LOST = "This page had lost its number and has a new one. Nothing you wrote is lost. Please send it again."


class FactForm(forms.Form):
    """Shows and carries raw text. Made by `form_for`; initial {"id": uuid} is the coming fact's id."""

    fact: ClassVar[type[Fact]]
    ask: ClassVar[Ask]
    shown: ClassVar[tuple[Part, ...]]
    id = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, files: Any = None, **given: Any) -> None:
        """Take Django's arguments. Blank rows of a list are closed up: a row's number is its place."""
        self.typed = _lists(data or {})
        super().__init__(None if data is None else self.typed, files, **given)
        for part in self.shown:
            self._close_up(part)
            self.fields.update(self._fields(part, part.name))
        if self.adding in self._firsts:
            self.fields[self._firsts[self.adding]].widget.attrs["autofocus"] = True

    @property
    def adding(self) -> str:
        """The list for which "Add another" was pressed; "" if none was."""
        return str(self.data.get("add", ""))

    @property
    def sections(self) -> tuple[Section, ...]:
        """What to show, in order."""
        return Layout(self.ask, self._rows, self._busy).sections(self.shown)

    @property
    def coming(self) -> UUID:
        """The id of the fact to be, the same however often the page is sent. ValueError if there is none."""
        return UUID(str(self["id"].value()))

    def hear(self, now: datetime, also: Mapping[str, Any] | None = None) -> Fact | None:
        """The fact, or None with every fault beside its field. `also` is what the page knows without asking.

        Pressing "Add another" is not sending: it answers None without a fault.
        """
        if not self.is_bound or self.adding:
            return None
        self.full_clean()
        self._check_id()
        body = self._body(now) | dict(also or {})
        try:
            heard = self.fact.heard(body)
        except Refused as refused:
            for fault in refused.faults:
                self._put(in_words(self.fact, fault))
            return None
        return None if self.errors else heard

    def happened(self, now: datetime) -> When:
        """When it happened, as said; `now` where nothing was said. Ask after `hear` has answered a fact."""
        return self._when(HAPPENED.name, now) or When.at(now)

    def _body(self, now: datetime) -> dict[str, Any]:
        """The plain values typed, times settled; faulty times are put beside their fields."""
        body = gather(self.shown, self._typed(), MARK)
        for part in (part for part in self.shown if part.sort is Sort.WHEN and part.name in body):
            try:
                settled = self._when(part.name, now)
            except Refused as refused:
                for fault in refused.faults:
                    self._put(Wrong(f"{part.name}.{fault.field}", fault.value, fault.message, fault.rule))
                settled = When.at(now)
            body[part.name] = settled.model_dump(mode="json") if settled else None
        body.pop(HAPPENED.name, None)
        return body

    def _when(self, name: str, now: datetime) -> When | None:
        said, on, at = (str(self._typed().get(f"{name}{MARK}{part.name}") or "") for part in ASKED_WHEN)
        if blank(said + on + at):
            return None
        return when_heard(said, on, at, now, timezone.get_default_timezone())

    def _typed(self) -> dict[str, Any]:
        """Every field's raw text."""
        return {name: _line_ends(self[name].data) for name in self.fields if name != "id"}

    def _check_id(self) -> None:
        try:
            _ = self.coming
        except ValueError:
            self.typed[self.add_prefix("id")] = str(uuid4())
            self.add_error(None, LOST)

    def _put(self, fault: Wrong) -> None:
        """Put a fault beside the field it is about, or at the first field of the group it is about."""
        path = fault.field.replace(".", MARK)
        while path:
            found = next((name for name in self.fields if name == path or name.startswith(path + MARK)), None)
            if found:
                return self.add_error(found, fault.message)
            path = path.rpartition(MARK)[0]
        return self.add_error(None, fault.message)

    def _fields(self, part: Part, path: str) -> Iterator[tuple[str, forms.Field]]:
        if part.sort is Sort.ROWS:
            for index in range(self._rows(path)):
                yield from self._fields(numbered(part.parts[0], index), f"{path}{MARK}{index}")
        elif part.sort in (Sort.SHAPE, Sort.WHEN):
            for inner in part.parts:
                yield from self._fields(inner, f"{path}{MARK}{inner.name}")
        else:
            yield path, field_for(part)

    @property
    def _firsts(self) -> dict[str, str]:
        """The first field of the blank row of each list."""
        lists = [part.name for part in self.shown if part.sort is Sort.ROWS]
        rows = {name: f"{name}{MARK}{self._rows(name) - 1}" for name in lists}
        return {name: next(field for field in self.fields if field.startswith(row)) for name, row in rows.items()}

    def _rows(self, path: str) -> int:
        """How many rows a list shows: those filled, and one blank."""
        names: Iterable[str] = self.typed if self.is_bound else self.initial
        return len(rows_in(names, self.add_prefix(path) if self.is_bound else path, MARK)) + 1

    def _busy(self, name: str) -> bool:
        """Whether a field must be seen, because it holds something or something is wrong with it."""
        return name in self.errors or not blank(self[name].value())

    def _close_up(self, part: Part) -> None:
        """Renumber the filled rows of a list from 0, in their order."""
        if part.sort is not Sort.ROWS or not self.is_bound:
            return
        path = self.add_prefix(part.name)
        heads = [f"{path}{MARK}{index}" for index in rows_in(self.typed, path, MARK)]
        rows = [(head, self._taken(head)) for head in heads]
        filled = [(head, row) for head, row in rows if not all(blank(said) for said in chain(*row.values()))]
        for place, (head, row) in enumerate(filled):
            for name, values in row.items():
                self.typed.setlist(f"{path}{MARK}{place}{name.removeprefix(head)}", values)

    def _taken(self, head: str) -> dict[str, list[Any]]:
        """One row's names and values, taken out of the data."""
        names = [name for name in self.typed if name == head or name.startswith(head + MARK)]
        return {name: self.typed.pop(name) for name in names}


@cache
def form_for(fact: type[Fact], *, ask: Ask | None = None, with_when: bool = True) -> type[FactForm]:
    """The form class of a fact class. `ask`: a page's own way of asking; `with_when`: ask when it was.

    What the record fills in itself is not asked.
    """
    asked = tuple(part for part in parts(fact) if part.name not in fact.from_record)
    every = (*asked, HAPPENED) if with_when else asked
    ask = ask or Ask()
    body = {"fact": fact, "ask": ask, "shown": ask.chosen(every), "__doc__": fact.__doc__}
    return type(f"{fact.__name__}Form", (FactForm,), body)


def _lists(data: Mapping[str, Any]) -> MultiValueDict[str, Any]:
    """The data as a copy that may be changed, each name with its list of values."""
    if isinstance(data, MultiValueDict):
        return MultiValueDict({name: data.getlist(name) for name in data})
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in data.items()})


def _line_ends(text: Any) -> Any:
    """Browsers send a line end as CR LF, whatever was typed."""
    return text.replace("\r\n", "\n") if isinstance(text, str) else text
