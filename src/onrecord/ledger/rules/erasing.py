"""What stands in the place of what was erased, and whether an opening lacks just what was lawfully erased.

A field goes whole, or in parts: a birth date of a person, a phone number. In its place stands a note, in the form that
the field has, so that whoever reads the entry meets it there. Of a birth date the year may be left, of a postcode the
district: made from what was said, never typed.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from onrecord.ledger.facts import Erasing, Fact, Held
from onrecord.ledger.facts.erasure import BASES, FILE
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.rules.shape import Part, Sort, parts

AROUND = {"lowering": "words", "happened": "said"}
AROUND_LABELS = (
    ("lowering", "Why it was to be lower, in their words"),
    ("happened", "When it happened, in their words"),
)
"""What surrounds a fact and holds somebody's words: the stored field, and the part of it that can go."""
FREE = ("described", "made", "whose", "name")
"""The part of a person, a vehicle, a phone or a place in which a note can stand."""
PUBLIC = "anyone"
LEFT = {"born": "year", "postcode": "district"}
"""What can be left of which part."""
GONE = object()

Body = dict[str, Any]


class Went(NamedTuple):
    """What one erasure says of an entry: the fields by name, the digests that went, and those that came instead.

    And what two agreed to: what was to go of that entry, and the note that is said in its place.
    """

    names: tuple[str, ...]
    gone: tuple[str, ...]
    left: tuple[str, ...]
    wanted: tuple[Erasing, ...] = ()
    said: str = ""

    @property
    def fields(self) -> set[str]:
        """The stored fields that it names. The file is none."""
        tops = {name.partition(".")[0] for name in self.names if name != FILE}
        return {top if top in AROUND else f"body.{top}" for top in tops}


class Target(NamedTuple):
    """What can be erased of a kind of fact: its name, and what it asks in words."""

    name: str
    label: str
    left: str = ""


def targets(made: type[Fact]) -> tuple[Target, ...]:
    """What can be erased of a kind: every sealed field, each part of a person or place in it, and its file."""
    found = [target for part, held in _sealed(made) for target in _of_field(part)]
    around = [Target(*one) for one in AROUND_LABELS]
    return (*found, *([Target(FILE, "The file")] if made.keeps_file else []), *around)


def _sealed(made: type[Fact]) -> Iterator[tuple[Part, Held]]:
    held = {name: one for name, _, _, one in made.fields()}
    for part in parts(made):
        if not held[part.name].coded and held[part.name].seen_by != PUBLIC and part.name != made.keeps_file:
            yield part, held[part.name]


def _of_field(part: Part) -> Iterator[Target]:
    shaped = part.sort is Sort.SHAPE
    yield Target(part.name, f"{part.label}: all of it" if shaped else part.label)
    if shaped:
        for one in part.parts:
            yield Target(f"{part.name}.{one.name}", f"{part.label}: {one.label.split(',')[0]}", LEFT.get(one.name, ""))


ERASED = "(erased on "
"""How every text begins that stands in the place of an erased one."""


def note(basis: str, owner: str, on: date) -> str:
    """What is said in the place of what was erased: when, for whom and under what."""
    return f"{ERASED}{on:%-d %B %Y} for {owner}, under {BASES.words[basis]})"


def without(
    made: type[Fact], fields: Mapping[str, Any], wanted: Iterable[Erasing], said: str, reads: Callable[[Body], object]
) -> dict[str, Any]:
    """The stored fields of an entry that change, each with what stands in its place; GONE where nothing does.

    `reads` raises Refused for fields that do not make the fact. What the entry does not say changes nothing.
    """
    changed: dict[str, Any] = {}
    for name, some in _by_field(wanted).items():
        stored = name if name in AROUND else f"body.{name}"
        if not _says(name, fields.get(stored), some):
            continue
        labels = {target.name: target.label.rpartition(": ")[2].lower() for target in targets(made)}
        of = str(fields.get("body.field", "")) if name == "value" else ""
        for value in _instead(fields[stored], of if of in AROUND else name, some, said, labels):
            tried = {**fields, **changed, stored: value}
            if _makes({key: one for key, one in tried.items() if one is not GONE}, reads):
                changed[stored] = value
                break
        else:
            message = "The entry cannot be read without it. Choose parts of it, or put it right with a correction."
            raise Refused((Wrong(name, name, message, "readable without it"),))
    return changed


def of_correction(field: str, wanted: Sequence[Erasing], fix: UUID) -> list[Erasing]:
    """What is to go of a correction that puts right a field of which something is to go: the same of its value."""
    some = [one for one in wanted if one.field.partition(".")[0] == field]
    if not some:
        return []
    whole = any(one.field == field for one in some)
    paths = [f"value.{one.field.partition('.')[2]}" for one in some]
    if whole:
        paths = [f"value.{AROUND[field]}" if field in AROUND else "value"]
    kept = {one.field.partition(".")[2]: one.instead for one in some}
    made = [Erasing(entry=str(fix), field=path, instead=kept.get(path.partition(".")[2])) for path in paths]
    return [*made, Erasing(entry=str(fix), field="why")]


def _says(name: str, value: Any, wanted: Sequence[Erasing]) -> bool:
    """Whether a stored field says any of what is to go."""
    if name in AROUND:
        return bool(value and value[AROUND[name]])
    paths, said = {one.field.partition(".")[2] for one in wanted}, _put_right(name, value)
    return not paths.isdisjoint(said) if isinstance(said, dict) and "" not in paths else said not in (None, "")


def _put_right(name: str, value: Any) -> Any:
    """A stored value; of a correction what it puts in the place of another."""
    return json.loads(value) if name == "value" and isinstance(value, str) else value


def _by_field(wanted: Iterable[Erasing]) -> dict[str, list[Erasing]]:
    found: dict[str, list[Erasing]] = {}
    for one in wanted:
        if one.field != FILE:
            found.setdefault(one.field.partition(".")[0], []).append(one)
    return found


def _makes(fields: dict[str, Any], reads: Callable[[Body], object]) -> bool:
    try:
        reads(fields)
    except (Refused, ValueError, KeyError, TypeError):
        return False
    return True


def _instead(value: Any, name: str, wanted: Sequence[Erasing], said: str, labels: Mapping[str, str]) -> Iterator[Any]:
    """What could stand in the place of a value, the best first. Which of them makes the fact, the caller tries."""
    paths = {one.field.partition(".")[2]: one.instead or "" for one in wanted}
    if name in AROUND:
        around = {**_put_right("value", value), AROUND[name]: said}
        yield json.dumps(around) if isinstance(value, str) else around
    elif name == "value" and isinstance(value, str):
        yield from (json.dumps(one) for one in _instead(json.loads(value), "", wanted, said, labels) if one is not GONE)
    elif "" in paths:
        yield from (*_whole(value, said), GONE)
    elif isinstance(value, dict):
        yield from _parted(value, paths, said, {path: labels.get(f"{name}.{path}", path) for path in paths})


def _whole(value: Any, said: str) -> Iterator[Any]:
    """A note in the form of a value."""
    if isinstance(value, str):
        yield said
    elif isinstance(value, dict):
        yield from ({name: said} for name in FREE)
        yield {name: said if isinstance(one, str) else one for name, one in value.items()}
        yield from ({**dict.fromkeys(_words(value, name), said), name: value[name]} for name in value)
    elif isinstance(value, list):
        yield from ([one] for one in _whole(value[0], said)) if value else ()
        yield []


def _words(value: Mapping[str, Any], but: str) -> list[str]:
    return [name for name, one in value.items() if isinstance(one, str) and name != but]


def _parted(value: dict[str, Any], paths: Mapping[str, str], said: str, labels: Mapping[str, str]) -> Iterator[Any]:
    """A person or place without some parts, with a note that says which; without the note where there is no room."""
    gone = {path: value[path] for path in paths if path in value}
    rest = {name: one for name, one in value.items() if name not in gone}
    left = [f"born in {gone['born'][:4]}"] if "born" in gone and paths["born"] == "year" else []
    if gone.get("postcode") and paths["postcode"] == "district":
        rest["postcode"] = district(gone["postcode"])
    named = f"{', '.join(labels[path] for path in gone)} {said}"
    for name in FREE:
        first = [said] if name in gone else [rest[name], named] if name in rest else [named]
        yield {**rest, name: "; ".join([*first, *left])}
    yield rest or GONE


def district(postcode: str) -> str:
    """The first half of a postcode; of half a one no more than its letters."""
    plain = "".join(postcode.split()).upper()
    outward = plain[:-3] if len(plain) > 4 else plain.rstrip("0123456789")
    return outward or "not known"


def accounted_for(
    leaf: Iterable[str], now: Iterable[str], erased: Iterable[tuple[Sequence[str], Sequence[str]]]
) -> bool:
    """Whether an opening's digests are those of its leaf, less what was erased and with what came in its place."""
    expected = set(leaf)
    for gone, left in erased:
        if not expected.issuperset(gone):
            return False
        expected = (expected - set(gone)) | set(left)
    return expected == set(now)


def as_named(leaf: Iterable[str], now: Mapping[str, str], erased: Iterable[Went]) -> bool:
    """Whether what went of an opening, and what stands in its place, are of the fields that the erasures name.

    `now` has the name of the field behind each digest of the opening. What is gone has no name any more, so it is
    counted: of a field named for the first time what went stood in the leaf, of any other in what an erasure had left.
    """
    first, latest = frozenset(leaf), dict[str, frozenset[str]]()
    seen = set(first)
    for one in erased:
        gone, left, named = set(one.gone), frozenset(one.left), one.fields
        counted = len(gone), len(gone & first)
        if counted != (len(named), len(named - latest.keys())) or len(left) > len(named) or left & seen:
            return False
        if not named.issuperset(now[digest] for digest in left if digest in now):
            return False
        latest |= dict.fromkeys(named, left)
        seen |= left
    stays = any(digest not in latest[name] for digest, name in now.items() if name in latest)
    return not stays and len(set(now.values())) == len(now)


def is_note(
    made: type[Fact], fields: Mapping[str, Any], stored: str, one: Went, reads: Callable[[Body], object]
) -> bool:
    """Whether what stands in a stored field is what an erasure leaves there: its note, and no other words.

    What went whole is erased once more, and nothing may change by it. Of what went in parts, the rest cannot be told
    from what it was: nothing here says that. `fields` are those of the opening, `reads` is as in `without`.
    """
    name = stored.removeprefix("body.")
    wanted = [part for part in one.wanted if part.field.partition(".")[0] == name]
    around = name in AROUND or (name == "value" and fields.get("body.field") in AROUND)
    if around or any(part.field == name for part in wanted):
        try:
            again = without(made, fields, wanted, one.said, reads)
        except Refused:
            return False
        return bool(again.get(stored, fields[stored]) == fields[stored])
    paths = {part.field.partition(".")[2]: part.instead or "" for part in wanted}
    value = _put_right(name, fields[stored])

    def fits(tried: Body) -> bool:
        return _makes({**fields, stored: json.dumps(tried) if value is not fields[stored] else tried}, reads)

    return isinstance(value, dict) and bool(wanted) and _lacks(value, paths, one.said, fits)


def _lacks(value: Body, paths: Mapping[str, str], said: str, fits: Callable[[Body], bool]) -> bool:
    """Whether a person or place lacks these parts, and says so where there is room for it."""
    for path in paths.keys() & value.keys():
        district_left = paths[path] == "district" and value[path] in (district(f"{value[path]}9ZZ"), "not known")
        noted = path in FREE and str(value[path]).partition("; born in ")[0] == said
        if not (district_left or noted):
            return False
    if any(said in str(value.get(name)) for name in FREE):
        return True
    words = f"{', '.join(paths)} {said}"
    return not any(fits({**value, name: "; ".join([*filter(None, [value.get(name)]), words])}) for name in FREE)
