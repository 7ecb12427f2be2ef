"""Reading a rulebook from a folder of YAML: one file a rule, and a calendar."""

from collections.abc import Hashable
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from onrecord.rulebook.facts import Calendar, Fault, Rule, Rulebook
from onrecord.rulebook.gateway.frozen import RulebookRefused, sealed
from onrecord.rulebook.rules import faults

CALENDAR = "calendar.yaml"
MOST_ALIASES, DEEPEST = 10, 50
UNREADABLE = "The file can be read as YAML, each key once."

Part = TypeVar("Part", bound=BaseModel)


_Safe = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
"""The reader written in C, where there is one: reading every rule takes a tenth of the time."""


class _Reader(_Safe):  # type: ignore[misc, valid-type]
    """YAML without its traps: `no` stays a word; a key given twice is refused."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] != "tag:yaml.org,2002:bool" or first in "tTfF"]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        """Refuse a key that stands twice, which YAML would silently let win."""
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", node.start_mark)
        made: dict[Hashable, Any] = super().construct_mapping(node, deep)
        return made


def shipped(nation: str = "england") -> Path:
    """Name the folder of the rulebook that comes with this version."""
    return Path(str(files("onrecord.rulebook").joinpath("data", nation)))


def read(folder: Path) -> Rulebook:
    """Read a folder: one file a rule, named by its id, and a calendar. All of it, or RulebookRefused."""
    found: list[Fault] = []
    calendar = _part(folder / CALENDAR, Calendar, found)
    paths = sorted(path for path in folder.glob("*.yaml") if path.name != CALENDAR)
    rules = [rule for path in paths if (rule := _rule(path, found)) is not None]
    if not paths:
        remedy = "Add a YAML file for each duty."
        found.append(Fault(folder.name, "no rules", "A rulebook has rules.", remedy))
    if found or calendar is None:
        raise RulebookRefused(found)
    return sealed(tuple(sorted(rules, key=lambda rule: rule.id)), calendar)


def _rule(path: Path, found: list[Fault]) -> Rule | None:
    """Read one rule, its faults added to `found` under the name of its file."""
    rule = _part(path, Rule, found)
    if rule is None:
        return None
    if rule.id != path.stem:
        says = "A rule's file bears its id."
        found.append(Fault(f"{path.name}: id", rule.id, says, f"Call it {path.stem}, or rename the file."))
    found += [Fault(f"{path.name}: {one.place}", one.value, one.rule, one.remedy) for one in faults(rule)]
    return rule


def _part(path: Path, shape: type[Part], found: list[Fault]) -> Part | None:
    """Read what a file holds, or None with its faults added to `found`."""
    try:
        text = path.read_text(encoding="utf-8")
        _check_size(text)
        return shape.model_validate(yaml.load(text, Loader=_Reader))  # noqa: S506  (a safe loader)
    except ValidationError as refused:
        found += [_fault(path, dict(error)) for error in refused.errors()]
    except (OSError, ValueError, RecursionError, yaml.YAMLError) as fault:
        stood = fault.strerror or "unreadable" if isinstance(fault, OSError) else str(fault)
        found.append(Fault(path.name, stood, UNREADABLE, "Mend the file where it says."))
    return None


def _check_size(text: str) -> None:
    """Refuse many aliases, which within one another stand for more than fits into memory, and bottomless nesting."""
    aliases = depth = 0
    for event in yaml.parse(text, Loader=_Reader):
        aliases += isinstance(event, yaml.AliasEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if aliases > MOST_ALIASES:
            raise yaml.composer.ComposerError(None, None, f"more than {MOST_ALIASES} aliases; write them out")
        if depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, f"more than {DEEPEST} things within one another")


def _fault(path: Path, error: dict[str, Any]) -> Fault:
    """Tell one complaint of the schema: file, place, what stood there, what is wrong."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in error["loc"])
    place = "".join(parts).removeprefix(".") or "the whole file"
    stood = "nothing" if error["type"] == "missing" else _shown(error["input"])
    says = error["msg"].removeprefix("Value error, ")
    return Fault(f"{path.name}: {place}", stood, f"{says[:1].upper()}{says[1:]}.", "Mend this place.")


def _shown(value: Any) -> str:
    """Show what stood there, short enough to read."""
    words = value.isoformat() if isinstance(value, date | datetime) else repr(value)
    return words if len(words) <= 80 else f"{words[:77]}..."
