"""What stands on the pages of erasures, in words. Fields go by their names, and nothing that an entry says is here."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from onrecord.access.queries import called
from onrecord.duties.queries.erasing import At, lines_at
from onrecord.duties.queries.erasing_reads import words_in
from onrecord.ledger.facts import Entry, Erasing
from onrecord.ledger.facts.erasure import BASES, INSTEAD, LOGS, READS
from onrecord.ledger.facts.fields import HERE
from onrecord.ledger.gateway.registry import catalogue
from onrecord.ledger.queries import Erased, backups
from onrecord.ledger.rules.backups import spoken, standing_in
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
        + (f", in {LOGS.words[part['log']]}" if part.get("log") else "")
        + (f" ({INSTEAD.words[part['instead']]})" if part.get("instead") else "")
        for of, part in parts
    ]


def shown_line(line: Line) -> dict[str, Any]:
    """An entry by its kind, its time, its agency and its reference."""
    title = catalogue()[line.kind].title
    return {"title": title, "at": line.recorded_at, "by": called(line.agency), "reference": str(line.id)[:8]}


def read_choices(found: Sequence[Entry]) -> list[tuple[str, str]]:
    """Reads of which somebody's words can go, each with what was opened and when, and none of the words."""
    return [
        (str(one.id), f"{_first(one.saying.fact.spoken('what'))}, {one.recorded_at.astimezone(HERE):%-d %B %Y, %H:%M}")
        for one in found
    ]


def read_parts(chosen: Sequence[str], found: Sequence[Entry]) -> list[Erasing]:
    """The words of the reads that were chosen, as parts of a proposal."""
    mine = [one for one in found if str(one.id) in chosen]
    return [Erasing(entry=str(one.id), field=name, log=READS) for one in mine for name in words_in(one)]


def _first(words: str) -> str:
    return words[:1].upper() + words[1:]


def changed(at: At, names: Sequence[str]) -> dict[str, Any]:
    """What would go of an entry."""
    line = lines_at([at])[0]
    return shown_line(line) | {"names": [_label(line, name) for name in names]}


def gone_ones(
    found: Sequence[Erased], known: Mapping[UUID, Line], closed: set[UUID], today: date
) -> list[dict[str, Any]]:
    """What was erased, and until when a backup holds it. Of what stands behind a wall only that something was."""
    kept = backups() if found else []
    return [
        {"one": one, "title": catalogue()[known[one.entry].kind].title, "recorded": known[one.entry].recorded_at}
        | {"reference": str(one.entry)[:8], "basis": BASES.words[one.basis], "owner": called(one.owner)}
        | {"backups": spoken(standing_in(kept, [one.at], today))}
        | {"log": LOGS.words[one.log] if one.log else ""}
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
