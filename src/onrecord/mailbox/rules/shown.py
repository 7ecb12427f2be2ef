"""What may show in a mailbox: nothing of what the child has not chosen."""

from collections.abc import Collection, Iterable

from onrecord.ledger.rules.effect import Line
from onrecord.mailbox.facts import MessageRead, MessageWritten


def may_show(holds: Collection[str], shows: Collection[str]) -> bool:
    """Whether a message that holds this shows to a child who chose that."""
    return set(holds) <= set(shows)


def not_shown(lines: Iterable[Line], shows: Collection[str]) -> list[Line]:
    """The messages that were not shown yet and may be."""
    known = list(lines)
    read = {target for line in known if line.kind == MessageRead.kind for target in line.regarding}
    written = (line for line in known if line.kind == MessageWritten.kind and line.id not in read)
    return [line for line in written if may_show(line.coded.get("holds", ()), shows)]
