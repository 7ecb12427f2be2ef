"""A file of facts, one a line (JSON Lines), read into what is to be recorded. Every fault of every line is told.

A line is {"kind", "body"} and may have "id", "happened", "about", "regarding", "lowering", "on_behalf". Without an id
a line's id follows from the file's bytes and the line's number, so the same file again is the same facts.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from hashlib import sha256
from typing import Any, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

from onrecord.duties.rules.times import read_when
from onrecord.ledger.facts import Door, Fact, When, Wrong
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.rules.wording import in_words

KNOWN = ("kind", "id", "happened", "about", "regarding", "lowering", "on_behalf", "body")
LONGEST = 300
T = TypeVar("T")


@dataclass(frozen=True)
class LineFault:
    """One thing wrong with a line, counted from 1: the field, what stood there, what to do, and the rule it breaks."""

    line: int
    field: str
    value: str
    message: str
    rule: str


@dataclass(frozen=True)
class Asked:
    """What a line asks to have recorded."""

    line: int
    id: UUID
    fact: Fact
    happened: When | None
    about: tuple[UUID, ...]
    regarding: tuple[UUID, ...]
    lowering: dict[str, str] | None
    on_behalf: str | None


@dataclass
class Lines:
    """A file as read: the lines that can be understood, the faults, and the ids of lines that have one."""

    asked: list[Asked] = field(default_factory=list)
    faults: list[LineFault] = field(default_factory=list)
    broken: set[UUID] = field(default_factory=set)


def read_lines(data: bytes, kinds: Mapping[str, type[Fact]], now: datetime, zone: tzinfo) -> Lines:
    """Read a whole file. Blank lines count and say nothing. `zone` is that of times without one."""
    found, digest = Lines(), sha256(data).hexdigest()
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if raw.strip():
            own = uuid5(NAMESPACE_URL, f"onrecord/record/{digest}/{number}")
            _read_line(number, raw, own, kinds, now, zone, found)
    if not found.asked and not found.faults:
        found.faults.append(LineFault(1, "", "", "The file holds no line.", "at least one line"))
    return found


def _read_line(
    number: int, raw: bytes, own: UUID, kinds: Mapping[str, type[Fact]], now: datetime, zone: tzinfo, found: Lines
) -> None:
    """Read one line into what is asked, or its faults; `own` is its id where it gives none."""
    faults: list[Wrong] = []

    def read(reader: Callable[[], T], otherwise: T) -> T:
        try:
            return reader()
        except Refused as refused:
            faults.extend(refused.faults)
            return otherwise

    nothing: dict[str, Any] = {}
    none: tuple[UUID, ...] = ()
    said = read(lambda: _object(raw), nothing)
    if not faults:
        read(lambda: _only_known(said), None)
        uid = read(lambda: _id("id", said["id"]) if said.get("id") is not None else own, own)
        fact = read(lambda: _fact(said, kinds), None)
        happened = read(lambda: _happened(said.get("happened"), now, zone), None)
        about, regarding = read(lambda: _ids("about", said), none), read(lambda: _ids("regarding", said), none)
        lowering, on_behalf = read(lambda: _lowering(said), None), read(lambda: _on_behalf(said), None)
        if fact is not None and not faults:
            found.asked.append(Asked(number, uid, fact, happened, about, regarding, lowering, on_behalf))
        else:
            found.broken.add(uid)
    found.faults += [LineFault(number, one.field, one.value, one.message, one.rule) for one in faults]


def _object(raw: bytes) -> dict[str, Any]:
    shown = raw[:80].decode(errors="replace").strip()
    try:
        said = json.loads(raw.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
        json.dumps(said, ensure_ascii=False).encode()
    except UnicodeError:
        raise _refused("", shown, "Save the file as UTF-8 and send it again.", "UTF-8 text") from None
    except (ValueError, RecursionError) as error:
        raise _refused("", shown, f"It cannot be read as JSON: {error}.", "one JSON object a line") from None
    if not isinstance(said, dict):
        raise _refused("", shown, "Write one JSON object, {…}, on each line.", "one JSON object a line")
    return said


def _only_known(said: dict[str, Any]) -> None:
    message = f"There is no such field. The fields are: {', '.join(KNOWN)}."
    faults = [Wrong(name, _shown(said[name]), message, "known field") for name in said if name not in KNOWN]
    if faults:
        raise Refused(tuple(faults))


def _fact(said: dict[str, Any], kinds: Mapping[str, type[Fact]]) -> Fact:
    kind, body = said.get("kind"), said.get("body", {})
    if not isinstance(kind, str) or kind not in kinds:
        staff = ", ".join(name for name, made in kinds.items() if made.door is Door.STAFF)
        raise _refused("kind", kind, f"Give a kind: {staff}.", "known kind")
    if not isinstance(body, dict):
        raise _refused("body", body, "The body is an object of fields, {…}.", "JSON object")
    try:
        return kinds[kind].heard(body)
    except Refused as refused:
        worded = (in_words(kinds[kind], fault) for fault in refused.faults)
        raise Refused(tuple(replace(fault, field=f"body.{fault.field}") for fault in worded)) from None


def _id(name: str, given: Any) -> UUID:
    try:
        return UUID(given)
    except (ValueError, AttributeError, TypeError):
        raise _refused(name, given, "Give an id as a UUID.", "UUID") from None


def _ids(name: str, said: dict[str, Any]) -> tuple[UUID, ...]:
    given = said.get(name)
    if given is not None and not isinstance(given, list):
        raise _refused(name, given, "Give a list of ids, […].", "list of UUIDs")
    return tuple(_id(name, one) for one in given or ())


def _happened(given: Any, now: datetime, zone: tzinfo) -> When | None:
    try:
        return read_when(given, now, zone) if given is not None else None
    except ValueError as error:
        rule = "a time, or earliest and latest, not in the future"
        raise _refused("happened", given, f"{error}.", rule) from None


def _lowering(said: dict[str, Any]) -> dict[str, str] | None:
    given = said.get("lowering")
    texts = isinstance(given, dict) and all(isinstance(part, str) for part in given.values())
    if given is None or (texts and given.keys() <= {"reason", "words"}):
        return given
    raise _refused("lowering", given, "Give a reason (a code) and words, both as text.", "reason and words")


def _on_behalf(said: dict[str, Any]) -> str | None:
    given = said.get("on_behalf")
    if given is None or (isinstance(given, str) and 0 < len(given.strip()) <= LONGEST):
        return given.strip() if given else None
    raise _refused("on_behalf", given, f"Say on whose behalf, in {LONGEST} characters or fewer.", "text")


def _refused(name: str, value: Any, message: str, rule: str) -> Refused:
    return Refused((Wrong(name, _shown(value), message, rule),))


def _shown(value: Any) -> str:
    return (value if isinstance(value, str) else "" if value is None else json.dumps(value))[:200]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each name stands once: JSON would silently keep the last of two."""
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"“{next(name for name in names if names.count(name) > 1)}” is said twice")
    return made


def _no_constant(said: str) -> None:
    raise ValueError(f"{said} is no JSON value")
