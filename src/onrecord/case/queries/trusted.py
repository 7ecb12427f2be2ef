"""Whom a child trusts, and which children trusted somebody of a service that ends."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from onrecord.access.facts import InvitationMade, TrustedSignInGiven
from onrecord.access.queries.trusted import trusted_by
from onrecord.access.rules import Viewer
from onrecord.case.facts import TrustedAdultNamed, TrustedAdultReplaced
from onrecord.case.rules import still_trusted
from onrecord.duties.queries.walls import known_lines
from onrecord.ledger.queries import about, entries, last_of, threads
from onrecord.ledger.rules.corrections import PutRight, fixes_of, put_right
from onrecord.ledger.rules.effect import Line, answered_in, standing
from onrecord.linkage.queries import clusters

KINDS = (TrustedAdultNamed.kind, TrustedAdultReplaced.kind)


@dataclass(frozen=True)
class Trusted:
    """Somebody whom a child trusts, as it stands now; `waits` where it is proposed that somebody takes their place."""

    made: PutRight
    waits: bool
    signs_in: tuple[UUID, str] | None = None
    """The entry that gave them a sign-in, and its name; None for somebody without one."""
    link_by: str = ""
    """Who may make the link by which they set a password; "" once it was made."""
    asked_for: bool = False
    """Whether a sign-in is proposed for them and waits for a second person."""

    @property
    def id(self) -> UUID:
        """The entry that named them."""
        return self.made.first.id


def trusted_adults(viewer: Viewer, mentions: Iterable[UUID], now: datetime) -> list[Trusted]:
    """Whom a child trusts, as far as somebody may see it, the first named first. It opens what is sealed."""
    known = known_lines(viewer, threads(about(mentions, KINDS)))
    stand = still_trusted(line for line, _ in standing(known, now))
    fixes = fixes_of(known, now)
    opened = {
        made.id: made for made in entries([*(one.id for one in stand), *(uid for fix in fixes.values() for uid in fix)])
    }
    asked = {
        target
        for line in known
        if line.kind == TrustedAdultReplaced.kind and line.proposed
        for target in line.regarding
    }
    given = {line.regarding[0]: line for line in known if line.kind == TrustedSignInGiven.kind}
    names = trusted_by({one for line in stand for one in line.mentions})
    linked = {target for line in known if line.kind == InvitationMade.kind for target in line.regarding}
    answered = answered_in(known)
    return [
        Trusted(
            made=put_right(opened[one.id], fixes, opened),
            waits=one.id in asked,
            signs_in=_signs_in(given.get(one.id), names),
            link_by=given[one.id].by if one.id in given and given[one.id].id not in linked else "",
            asked_for=one.id in given and given[one.id].id not in answered,
        )
        for one in stand
    ]


def _signs_in(given: Line | None, names: Mapping[UUID, str]) -> tuple[UUID, str] | None:
    return (given.id, names[given.id]) if given and given.id in names else None


def trusting(sort: str, now: datetime) -> list[tuple[UUID, ...]]:
    """The children who trust somebody of this sort of agency: of each, all who were judged to be the same."""
    known = threads(line.id for line in last_of(KINDS))
    stand = [one for one in still_trusted(line for line, _ in standing(known, now)) if one.coded.get("agency") == sort]
    people = clusters(mention for one in stand for mention in one.mentions)
    return list(dict.fromkeys(_child(one, people) for one in stand if one.mentions))


def _child(line: Line, people: dict[UUID, frozenset[UUID]]) -> tuple[UUID, ...]:
    return tuple(sorted({one for mention in line.mentions for one in people[mention]}))
