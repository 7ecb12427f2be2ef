"""What stands on the pages of erasures, in words. Fields go by their names, and nothing that an entry says is here."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from onrecord.access.queries import called
from onrecord.ledger.facts.erasure import BASES, INSTEAD
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import Erased, lines
from onrecord.ledger.rules.effect import Line
from onrecord.ledger.rules.erasing import targets


def choices_of(line: Line) -> list[tuple[str, str]]:
    """What can go of one entry, each with its label."""
    found = []
    for target in targets(catalogue()[line.kind]):
        found.append((f"{line.id} {target.name}", target.label))
        if target.left:
            left = f"{line.id} {target.name} {target.left}"
            found.append((left, f"{target.label}, but {INSTEAD.words[target.left]}"))
    return found


def _label(line: Line, name: str) -> str:
    """What a field is called."""
    labels = {target.name: target.label for target in targets(catalogue()[line.kind])}
    return labels.get(name, name.replace(".", ", ").replace("_", " "))


def spoken_parts(line: Line, known: Mapping[UUID, Line]) -> list[str]:
    """What a proposal would take, by the names of fields and the references of entries."""
    parts = [(known[UUID(part["entry"])], part) for part in line.coded["parts"]]
    return [
        f"{_label(of, part['field'])}, of “{catalogue()[of.kind].title}” {part['entry'][:8]}"
        + (f" ({INSTEAD.words[part['instead']]})" if part.get("instead") else "")
        for of, part in parts
    ]


def shown_line(line: Line) -> dict[str, Any]:
    """An entry by its kind, its time, its agency and its reference."""
    title = catalogue()[line.kind].title
    return {"title": title, "at": line.recorded_at, "by": called(line.agency), "reference": str(line.id)[:8]}


def changed(entry: UUID, names: Sequence[str]) -> dict[str, Any]:
    """What would go of an entry."""
    line = lines([entry])[0]
    return shown_line(line) | {"names": [_label(line, name) for name in names]}


def gone_ones(found: Sequence[Erased], known: Mapping[UUID, Line], closed: set[UUID]) -> list[dict[str, Any]]:
    """What was erased. Of what stands behind a wall only that something was."""
    return [
        {"one": one, "title": catalogue()[known[one.entry].kind].title, "recorded": known[one.entry].recorded_at}
        | {"reference": str(one.entry)[:8], "basis": BASES.words[one.basis], "owner": called(one.owner)}
        | {"names": ", ".join(_label(known[one.entry], name) for name in one.fields), "sealed": one.entry in closed}
        for one in found
    ]


def hold_words(line: Line) -> dict[str, Any]:
    """A hold: since when, by whom, on what ground, and of what."""
    made = catalogue()[line.kind].options("ground")
    of = ", ".join(str(uid)[:8] for uid in line.regarding)
    return {
        "at": line.recorded_at,
        "by": called(line.agency),
        "ground": made.words[line.coded["ground"]] if made else "",
    } | {"of": of}
