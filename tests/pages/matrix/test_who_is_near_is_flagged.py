"""Page by page: whoever has the last name of the child whose record they open is flagged for it in the reads ledger."""

from collections.abc import Iterator

from onrecord.access.facts import RecordOpened
from onrecord.access.models import User
from onrecord.ledger.queries import between, size
from tests.pages.matrix.ground import Ground
from tests.pages.matrix.hung import ASKED, HUNG
from tests.pages.matrix.rows import RECORDS
from tests.pages.matrix.test_every_read_is_noted import TRIED, names, opened
from tests.pages.matrix.test_what_belongs_to_a_report import opens
from tests.pages.matrix.trying import undone

OF_NO_CHILD = {("staff-details/head/<uuid:uid>", "open")}
"""What is about a colleague. Whoever is only asked to a meeting does not see of whom it is, and is not flagged."""


def flags(before: int) -> list[str | None]:
    """How near each read was since a number."""
    facts = (made.saying.fact for made in between(before, size("reads"), 100, "reads"))
    return [fact.close for fact in facts if isinstance(fact, RecordOpened)]


def called(state: str) -> None:
    """Everybody who works here has the last name of the child of the report in this state."""
    User.objects.update(display_name=f"Somebody {state}")


def pages(ground: Ground) -> Iterator[tuple[str, str, str]]:
    """Every address that belongs to one report, with the state in which it is tried, and the person."""
    for address in RECORDS:
        yield from ((address, state, user) for state in TRIED for user in sorted(opens(address, state)))


def test_whoever_opens_the_record_of_somebody_who_could_be_family_is_flagged(ground: Ground) -> None:
    unflagged, flagged = set(), set()
    for address, state, user in pages(ground):
        with undone():
            called(state)
            before = size("reads")
            answer = opened(ground, address, state, user)
            found = flags(before)
            if answer.status_code == 200 and found:
                (flagged if set(found) == {"yes"} else unflagged).add((address, names(answer)))
    assert (unflagged, len({address for address, _ in flagged})) == (set(), 20)


def test_what_hangs_on_a_report_is_flagged_too(ground: Ground) -> None:
    unflagged, flagged = set(), set()
    for hung in HUNG:
        for state, may in hung.opens.items():
            with undone():
                filled, url = hung.lay(ground, state), hung.address
                for gap, value in filled.items():
                    url = url.replace(gap, str(value))
                called(state)
                for user in sorted(may - (ASKED if hung.address.startswith("meetings") else frozenset())):
                    before = size("reads")
                    answer = ground.sender(user).get(f"/{url}")
                    found = flags(before)
                    if answer.status_code == 200 and found:
                        (flagged if set(found) == {"yes"} else unflagged).add((hung.address, state))
    assert (unflagged, len(flagged)) == (OF_NO_CHILD, 24)
