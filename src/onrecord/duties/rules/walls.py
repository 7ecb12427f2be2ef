"""Walls: what stands behind one in the fold, who owes what stands there, and to whom it climbs.

A line that seals a report seals everything that answers it, at any remove, and everything about the child it names. No
limit moves. Inside may be the people whom it is about, so what is sealed is owed by the designated officer and climbs
outside only.
"""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from onrecord.access.facts import PEERS
from onrecord.duties.facts import InstructionReported, LoweringRefused
from onrecord.intake.facts import ReportReceived, ReportRouted
from onrecord.ledger.facts import mention_of
from onrecord.ledger.rules.effect import BY_NUMBER, KIND, Line
from onrecord.rulebook.facts import OUTSIDE, OUTSIDE_ROLES, Rule, Rung, Seat

CLOSED = frozenset({ReportReceived.kind, InstructionReported.kind})
"""What stands behind a wall until it is said where it goes."""
INSIDE_SEAT = Seat(role="designated_officer", of="childrens_social_care")
OUTSIDE_SEAT = Seat(role="scrutineer", of=OUTSIDE)
"""Who owes, behind a wall, what otherwise somebody beside the agencies would: a second signature, for example."""
ATTEMPTS = frozenset({LoweringRefused.kind})
"""What somebody is asked about because they tried it. Behind a wall no manager of theirs could ask; outside does."""
BESIDE = ("partnership", OUTSIDE)


def behind(lines: Iterable[Line], closed: Collection[str] = ()) -> Mapping[UUID, UUID]:
    """What stands behind a wall, entries and children, each with the entry round which the wall stands.

    The last word on where a report goes counts. Facts of the kinds in `closed` stand behind one until it is said that
    they are open. What is about the child of a sealed report stands there too, as long as `lines` hold that report.
    """
    every = list(lines)
    if {ReportRouted.kind, *closed}.isdisjoint(map(KIND, every)):
        return {}
    given = sorted(every, key=BY_NUMBER)
    routes = {target: line.coded["to"] for line in given if line.kind == ReportRouted.kind for target in line.regarding}
    found: dict[UUID, UUID] = {}
    for line in given:
        if routes.get(line.id, "sealed" if line.kind in closed else "") == "sealed":
            found[line.id] = found[mention_of(line.id, "child")] = line.id
        elif root := next((found[one] for one in (*line.regarding, *line.mentions) if one in found), None):
            found[line.id] = root
    return found


def owing(rule: Rule, *, sealed: bool) -> Seat:
    """The seat that owes a duty of this rule."""
    if not sealed or rule.owed_by.role in OUTSIDE_ROLES:
        return rule.owed_by
    beside = rule.owed_by.of in BESIDE or rule.owed_by.role in PEERS
    return OUTSIDE_SEAT if beside or rule.opens.kind in ATTEMPTS else INSIDE_SEAT


def rungs(rule: Rule, *, sealed: bool) -> list[tuple[int, Rung]]:
    """The steps of a rule's ladder, each with its number; of what is sealed, those outside that do not owe it."""
    numbered = list(enumerate(rule.ladder))
    if not sealed:
        return numbered
    owes = owing(rule, sealed=True)
    return [(number, rung) for number, rung in numbered if is_outside(rung) and rung.to.role != owes.role]


def is_outside(rung: Rung) -> bool:
    """Whether a step leaves the agencies."""
    return rung.to.of == OUTSIDE or rung.to.role in OUTSIDE_ROLES
