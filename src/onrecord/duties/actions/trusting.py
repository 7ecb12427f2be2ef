"""The sign-in of an adult whom a child trusts: who gives it and ends it, and for whom."""

from onrecord.access.facts import TrustedSignInEnded, TrustedSignInGiven
from onrecord.access.queries import ever_here, tied
from onrecord.access.queries.trusted import trusted_adult, trusted_by
from onrecord.access.rules import Denied, Viewer, can_work_cases
from onrecord.duties.actions.posts import USER
from onrecord.duties.queries.restricted import kept_from
from onrecord.ledger.facts import Saying
from onrecord.ledger.facts.wrong import Refused, Wrong
from onrecord.ledger.queries import lines
from onrecord.ledger.rules.machine import RESERVED
from onrecord.linkage.queries import clusters

NAMING = frozenset({"case.trusted_adult_named", "case.trusted_adult_replaced"})
"""What names an adult whom a child trusts: facts of a later stage, by their kind."""
NOT_YOURS = "Only an agency that works with the child gives or ends the sign-in of an adult whom the child trusts."
NOT_NAMED = "Name the entry by which the child named this adult (regarding)."
NOT_GIVEN = "There is no such sign-in, or it has ended already."
TAKEN = "Somebody has this sign-in name. Choose another one."
SMALL = "Use small letters, digits and hyphens, such as kemi-adair."


def check_trusted(viewer: Viewer, saying: Saying) -> None:
    """Raise Denied or Refused unless this person may say this of that adult's sign-in."""
    fact = saying.fact
    if not isinstance(fact, TrustedSignInGiven | TrustedSignInEnded):
        return
    answered = lines(saying.regarding)
    people = {one for line in answered for one in line.mentions}
    people |= {one for person in clusters(people).values() for one in person}
    if not can_work_cases(viewer) or not tied(viewer, people) or kept_from(viewer, people):
        raise Denied(NOT_YOURS)
    if isinstance(fact, TrustedSignInEnded):
        if not set(saying.regarding) <= set(trusted_by(people)):
            raise Denied(NOT_GIVEN)
        return
    if {line.kind for line in answered} - NAMING or len(answered) != 1:
        raise Denied(NOT_NAMED)
    if not USER.fullmatch(fact.user) or fact.user in RESERVED:
        raise Refused((Wrong("user", fact.user, SMALL, "a sign-in name"),))
    if trusted_adult(fact.user) or fact.user in {user for user, _ in ever_here()}:
        raise Refused((Wrong("user", fact.user, TAKEN, "a new name"),))
