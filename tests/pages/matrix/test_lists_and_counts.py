"""Lists, counts and search: whose name stands where, and that one child more moves nothing for those it is not for."""

import re
from typing import Any

import pytest

from onrecord.duties.actions import tick
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import hours, text
from tests.pages.matrix.ground import NAMES_THE_HEAD, Ground
from tests.pages.matrix.rows import (
    AUTHOR,
    CASE,
    EVERYBODY,
    MATRIX,
    NAMED_TO,
    OF_THE_CHILD,
    OUTSIDE,
    PROPOSERS,
    STATES,
    TO_NOBODY,
    WATCHERS,
)
from tests.pages.matrix.trying import undone
from tests.partnership import REPORT

HOW_LONG = {"record", "ledger", "health"}
"""Pages that say how long the record is, how old its newest checkpoint: to everybody, and of nobody."""
READ_OF_READS = {"reads", "searches", "links"}
"""Pages that list reads, and so themselves, for the one person who sees them."""
FORMS = {"report", "take-in", "phone-note", "record/new", "catalogue", "rulebook", "search"}
"""Pages that list nothing of the record. What stands in their menu stands in that of every other page."""
LISTS = sorted(address for address in MATRIX if "<" not in address and address not in {"", *FORMS})
VARIES = re.compile(r'"[0-9a-f]{8}-[0-9a-f-]{27}"|csrfmiddlewaretoken" value="[^"]*"|Newest checkpoint [^<]* entries')


def pages(ground: Ground, user: str, left_out: set[str]) -> dict[str, str]:
    """Every list that somebody may open, as it reads, without what differs each time it is drawn."""
    found = {}
    for address in LISTS:
        if user in MATRIX[address][0] and address not in left_out:
            found[address] = VARIES.sub("", text(ground.browsers[user].get(f"/{address}")))
    return found


def named(pages: dict[str, str]) -> set[str]:
    """The states of the reports whose child is named anywhere on these pages."""
    called = {state: "Ottoline Verne" if state == "family" else f"Quillfeather {state}" for state in STATES}
    return {state for state, name in called.items() for page in pages.values() if name in page}


@pytest.mark.parametrize("user", sorted(EVERYBODY))
def test_on_the_lists_of_each_role_stand_the_children_it_works_with_and_no_other(ground: Ground, user: str) -> None:
    assert named(pages(ground, user, set())) == NAMED_TO.get(user, frozenset())


OUTSIDE_THE_WALL = EVERYBODY - OUTSIDE - {"designated", "teacher"}


@pytest.mark.parametrize(
    ("words", "users"),
    [(REPORT["words"], TO_NOBODY), (NAMES_THE_HEAD, OUTSIDE_THE_WALL)],
    ids=["a report", "a sealed report"],
)
def test_one_report_more_moves_nothing_for_those_whom_it_is_not_for(
    ground: Ground, words: str, users: frozenset[str]
) -> None:
    found = []
    for more in (False, True):
        with undone():
            if more:
                ground.store.report(child={"given_name": "Wilhelmina", "family_name": "Osgathorpe"}, words=words)
            with playing(hours(70)):
                tick(hours(70))
                found.append({user: pages(ground, user, HOW_LONG | READ_OF_READS) for user in sorted(users)})
    assert [user for user in found[0] if found[0][user] != found[1][user]] == []


LEADERS_AND_WATCHERS = sorted(PROPOSERS | WATCHERS)


def test_how_much_somebody_reads_moves_nothing_on_the_pages_of_those_who_lead_or_watch(ground: Ground) -> None:
    """Reads serve access and an inquiry, never performance: no figure, list or count tells how many there were."""
    left_out, found = HOW_LONG | READ_OF_READS, []
    with undone():
        for opened in (0, 10):
            for _ in range(opened):
                answer = ground.browsers["social-worker"].get(f"/children/{ground.mention('decided')}")
                assert answer.status_code == 200
            found.append({user: pages(ground, user, left_out) for user in LEADERS_AND_WATCHERS})
    assert found[0] == found[1]


def sought(ground: Ground, user: str, **typed: str) -> Any:
    """A search, with everything that was typed taken out of the answer."""
    said = {"given_name": "Zephyrine", "why": "contacted", "words": "Her school rang me."} | typed
    page = text(ground.browsers[user].post("/search", said))
    for one in said.values():
        page = page.replace(f'value="{one}"', "")
    return VARIES.sub("", page)


@pytest.mark.parametrize("user", sorted(CASE))
@pytest.mark.parametrize("state", ["open", "sealed", "officer", "unrouted"])
def test_search_finds_what_somebody_may_open_and_else_says_what_it_says_of_nobody(
    ground: Ground, user: str, state: str
) -> None:
    day = ground.reports[state].saying.fact.model_dump(mode="json")["child"]["born"]
    year, month, date = day.split("-")
    born = {"born-year": year, "born-month": month, "born-day": date}
    unknown = {"given_name": "Wilhelmina", "family_name": "Osgathorpe"}
    with undone():
        found = sought(ground, user, **born, family_name=f"Quillfeather {state}")
        none = sought(ground, user, **born, **unknown)
    may = OF_THE_CHILD if state == "open" else AUTHOR | {"designated"} if state == "sealed" else AUTHOR
    assert (str(ground.mention(state)) in found, found == none) == (user in may, user not in may)
