"""Named questions about adults whom a child trusts and who can sign in."""

from collections.abc import Iterable
from uuid import UUID

from onrecord.access.models import Trust
from onrecord.access.queries.who import names
from onrecord.access.rules import TrustedAdult
from onrecord.ledger.facts import Entry
from onrecord.ledger.queries import answers, entry, lines

INVITED = "access.invitation_made"


def trusted_adult(user: str, name: str = "") -> TrustedAdult | None:
    """The adult with this sign-in name, with the child who trusts them; None for anybody else, and once it ended."""
    row = Trust.objects.filter(user=user).order_by("-id").first()
    return TrustedAdult(user, name or names([user]).get(user, user), row.subject, row.source) if row else None


def trusted_by(mentions: Iterable[UUID]) -> dict[UUID, str]:
    """By which entry which sign-in name stands for an adult whom the child of these mentions trusts."""
    rows = Trust.objects.filter(subject__in=set(mentions)).order_by("id")
    return dict(rows.values_list("source", "user"))


def everybody_trusted() -> list[tuple[str, str]]:
    """Every adult who signs in for a child: sign-in name and name."""
    users = list(dict.fromkeys(Trust.objects.order_by("id").values_list("user", flat=True)))
    called = names(users) if users else {}
    return [(user, called.get(user, user)) for user in users]


def link_for(user: str) -> Entry | None:
    """The entry by which a trusted adult was given a sign-in, as long as no link was made by it: each makes one."""
    found = trusted_adult(user)
    if found is None or any(line.kind == INVITED for line in lines(answers([found.source]))):
        return None
    return entry(found.source)
