"""A fact's fields as flat names, `child.born` or `vehicles-0-plate`: spread out one way, gathered one way.

Forms, files and error messages all go through here, so that a page and a spreadsheet cannot differ.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from onrecord.ledger.facts.declare import Fact
from onrecord.ledger.facts.fields import Options, Shape, When

LINE = 300
BETWEEN_CODES = ";"


class Sort(StrEnum):
    """What a field is, as far as asking for it and carrying it goes."""

    TEXT = "text"
    WORDS = "words"
    WHOLE = "whole"
    DAY = "day"
    CHOICE = "choice"
    CHOICES = "choices"
    SHAPE = "shape"
    WHEN = "when"
    ROWS = "rows"


@dataclass(frozen=True)
class Part:
    """A field of a fact, or a part of one. A shape's `parts` are its own; rows have one, which is any row."""

    name: str
    sort: Sort
    label: str
    hint: str = ""
    options: Options | None = None
    needed: bool = False
    shape: type | None = None
    parts: tuple["Part", ...] = ()


SAID = Part("said", Sort.TEXT, "In your own words", "For example, last Friday after school")
ON = Part("on", Sort.DAY, "Date, if you know it", "For example, 27 3 2026")
AT = Part("at", Sort.TEXT, "Time, if you know it", "For example, 4:30pm")
EARLIEST = Part("earliest", Sort.TEXT, "No earlier than")
LATEST = Part("latest", Sort.TEXT, "No later than")
ASKED_WHEN = (SAID, ON, AT)
FILED_WHEN = (EARLIEST, LATEST, SAID)


@cache
def parts(fact: type[Fact]) -> tuple[Part, ...]:
    """Every field of a fact class in order, with the parts it is made of."""
    return tuple(
        _part(name, info, said.label, said.hint, needed=info.is_required()) for name, info, said, _ in fact.fields()
    )


def gather(wanted: Iterable[Part], flat: Mapping[str, Any], mark: str, above: str = "") -> dict[str, Any]:
    """The plain nested values behind flat names. What is blank, be it field, row or whole shape, is absent.

    `flat` maps names joined by `mark` to text; several choices are a list of codes, or codes joined by ";".
    """
    found = {part.name: _gathered(part, flat, mark, above + part.name) for part in wanted}
    return {name: value for name, value in found.items() if value is not None}


def spread(wanted: Iterable[Part], body: Mapping[str, Any], mark: str, above: str = "") -> dict[str, Any]:
    """The flat names and values of a fact's body in JSON values: the inverse of `gather`."""
    flat: dict[str, Any] = {}
    for part in wanted:
        value, path = body.get(part.name), above + part.name
        if value is None:
            continue
        if part.sort is Sort.ROWS:
            rows = {str(index): row for index, row in enumerate(value)}
            flat |= spread([_row(part, index) for index in rows], rows, mark, path + mark)
        elif part.sort in (Sort.SHAPE, Sort.WHEN):
            flat |= spread(_inside(part), value, mark, path + mark)
        else:
            flat[path] = list(value) if part.sort is Sort.CHOICES else str(value)
    return flat


def rows_in(flat: Iterable[str], path: str, mark: str) -> list[int]:
    """The row numbers that occur under a list's path, in order."""
    heads = (name[len(path) + len(mark) :].split(mark)[0] for name in flat if name.startswith(path + mark))
    return sorted({int(head) for head in heads if head.isascii() and head.isdigit() and len(head) < 6})


def csv_columns(fact: type[Fact]) -> list[str]:
    """The columns of a file of such facts. A list shows its first row; `.1`, `.2` and so on may follow."""
    return list(_columns(parts(fact)))


def row_to_raw(fact: type[Fact], row: Mapping[str, str]) -> dict[str, Any]:
    """One row of a file as plain values for `fact.heard`. An unknown column is kept, to be refused there."""
    unasked = {name: cell for name, cell in row.items() if not blank(cell) and find(parts(fact), name) is None}
    return gather(parts(fact), row, ".") | unasked


def fact_to_row(fact: Fact) -> dict[str, str]:
    """A fact as one row of a file: the inverse of `row_to_raw`."""
    flat = spread(parts(type(fact)), fact.model_dump(mode="json", exclude_none=True), ".")
    return {name: BETWEEN_CODES.join(cell) if isinstance(cell, list) else cell for name, cell in flat.items()}


def blank(value: Any) -> bool:
    """Whether nothing was said: empty, or only spaces."""
    return value is None or (not value.strip() if isinstance(value, str) else not value)


def find(wanted: Iterable[Part], path: str) -> Part | None:
    """The part at a dotted path such as `vehicles.0.plate`; None if there is none."""
    head, _, rest = path.partition(".")
    part = next((part for part in wanted if part.name == head), None)
    if part is None or not rest:
        return part
    if part.sort is Sort.ROWS:
        index = rest.partition(".")[0]
        return find([_row(part, index)], rest) if index.isascii() and index.isdigit() else None
    return find(_inside(part), rest)


def _gathered(part: Part, flat: Mapping[str, Any], mark: str, path: str) -> Any:
    if part.sort is Sort.ROWS:
        rows = (_gathered(_row(part, str(n)), flat, mark, f"{path}{mark}{n}") for n in rows_in(flat, path, mark))
        return [row for row in rows if row is not None] or None
    if part.sort in (Sort.SHAPE, Sort.WHEN):
        return gather(_inside(part), flat, mark, path + mark) or None
    value = flat.get(path)
    if blank(value):
        return None
    if part.sort is Sort.CHOICES:
        codes: Iterable[str] = value.split(BETWEEN_CODES) if isinstance(value, str) else value or ()
        return [code.strip() for code in codes if not blank(code)] or None
    return value


def _row(rows: Part, index: str) -> Part:
    row = rows.parts[0]
    return Part(index, row.sort, row.label, row.hint, row.options, row.needed, row.shape, row.parts)


def _inside(part: Part) -> tuple[Part, ...]:
    return (SAID, ON, AT, EARLIEST, LATEST) if part.sort is Sort.WHEN else part.parts


def _columns(wanted: Iterable[Part], above: str = "") -> Iterator[str]:
    for part in wanted:
        if part.sort is Sort.ROWS:
            yield from _columns([_row(part, "0")], f"{above}{part.name}.")
        elif part.sort in (Sort.SHAPE, Sort.WHEN):
            yield from _columns(FILED_WHEN if part.sort is Sort.WHEN else part.parts, f"{above}{part.name}.")
        else:
            yield above + part.name


def _part(name: str, info: FieldInfo, label: str, hint: str = "", *, needed: bool = False) -> Part:
    bare, attached = _peeled(info.annotation)
    attached = [*info.metadata, *attached]
    options = next((mark for mark in attached if isinstance(mark, Options)), None)
    if get_origin(bare) is tuple:
        return _many(name, get_args(bare)[0], options, Part(name, Sort.ROWS, label, hint, needed=needed))
    if isinstance(bare, type) and issubclass(bare, Shape):
        return Part(name, Sort.SHAPE, label, hint, needed=needed, shape=bare, parts=_of_shape(bare))
    if bare is When:
        return Part(name, Sort.WHEN, label, hint, needed=needed, parts=ASKED_WHEN)
    return Part(name, _plain(bare, attached, options), label, hint, options, needed)


def _many(name: str, each: Any, options: Options | None, whole: Part) -> Part:
    inner = _part("0", FieldInfo.from_annotation(each), whole.label)
    options = options or inner.options
    if options:
        return Part(name, Sort.CHOICES, whole.label, whole.hint, options, whole.needed)
    return Part(name, Sort.ROWS, whole.label, whole.hint, needed=whole.needed, parts=(inner,))


def _of_shape(shape: type[BaseModel]) -> tuple[Part, ...]:
    return tuple(_part(name, info, _title(name, info)) for name, info in shape.model_fields.items())


def _title(name: str, info: FieldInfo) -> str:
    inner = (mark.title for mark in _peeled(info.annotation)[1] if isinstance(mark, FieldInfo) and mark.title)
    return info.title or next(inner, name.replace("_", " ").capitalize())


def _plain(bare: Any, attached: Sequence[Any], options: Options | None) -> Sort:
    if options:
        return Sort.CHOICE
    if bare is date or bare is int:
        return Sort.DAY if bare is date else Sort.WHOLE
    longest = max((getattr(mark, "max_length", None) or 0 for mark in attached), default=0)
    return Sort.WORDS if longest > LINE else Sort.TEXT


def _peeled(annotation: Any) -> tuple[Any, list[Any]]:
    """The bare type under `Annotated` and `| None`, and everything that was attached on the way to it."""
    attached: list[Any] = []
    while True:
        if hasattr(annotation, "__metadata__"):
            attached += annotation.__metadata__
            annotation = annotation.__origin__
        elif get_origin(annotation) in (Union, UnionType):
            kept = [one for one in get_args(annotation) if one is not NoneType]
            if len(kept) != 1:
                return annotation, attached
            annotation = kept[0]
        else:
            return annotation, attached
