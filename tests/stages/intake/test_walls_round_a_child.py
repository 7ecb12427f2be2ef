"""What is only about the child of a sealed report stands behind the wall with it, and comes out when that opens."""

from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import DecisionsCirculated, MeetingHeld
from onrecord.duties.actions import Unanswerable, tick
from onrecord.duties.models import Owed
from onrecord.duties.queries import came_to, counts, mine, watched
from onrecord.duties.queries import waiting as menu
from onrecord.intake.actions import routing
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import playing
from onrecord.notices.models import Notice
from tests.partnership import PEOPLE, START, Store

NAMES_HER = "Asha Verne, who takes the calls, told her to be quiet."
MET = MeetingHeld(
    sort="other",
    group="Those who know of it",
    came=("childrens_social_care",),
    present=("Carys Bright", "Edith Vale"),
    trusted_adult="none_named",
)
THROUGH = ("designated", "scrutineer", "inspectorate")
LATE = START + timedelta(days=60)


def meeting(store: Store, reported: Entry, by: str = "designated") -> Entry:
    """A meeting that is about a reported child, and answers nothing."""
    return store.say(by, MET, about=[mention_of(reported.id, "child")]).entry


def owed(made: Entry) -> set[tuple[str, str, bool]]:
    """Role, agency, and whether it is sealed, of everything a fact opened."""
    return {(row.role, row.agency, row.wall is not None) for row in Owed.objects.filter(opening=made.id)}


def lists(store: Store, user: str, at: Any) -> str:
    """Every list and count of duties as somebody sees it, in one text."""
    viewer, found = store.viewer(user), []
    for ask in (mine, came_to, watched, menu):
        try:
            found.append(repr(ask(viewer, at)))
        except Denied as refusal:
            found.append(str(refusal))
    return "\n".join([*found, repr(counts(at))])


def test_it_is_owed_behind_the_wall(store: Store) -> None:
    plain, hidden = store.report(), store.report(words=NAMES_HER)
    ordinary, made = meeting(store, plain, "social-worker"), meeting(store, hidden)
    assert {sealed for _, _, sealed in owed(ordinary)} == {False}
    assert owed(made) == {("designated_officer", "social-care", True)}
    assert {row.wall for row in Owed.objects.filter(opening=made.id)} == {hidden.id}
    assert Owed.objects.filter(opening=made.id).count() == Owed.objects.filter(opening=ordinary.id).count() == 2


@pytest.mark.parametrize("user", sorted(set(PEOPLE) - set(THROUGH)))
def test_no_list_and_no_notice_of_anybody_else_shows_it(store: Store, user: str) -> None:
    hidden = store.report(words=NAMES_HER)
    before = lists(store, user, START)
    made = meeting(store, hidden)
    assert lists(store, user, START) == before
    with playing(LATE):
        tick(LATE, sign=False)
        said = lists(store, user, LATE)
    keys = [str(key) for key in Owed.objects.filter(opening=made.id).values_list("key", flat=True)]
    assert [one for one in (str(made.id), str(made.id)[:8], *keys) if one in said] == []
    items = [str(notice.item) for notice in Notice.objects.filter(recipient=user)]
    assert [item for item in items if str(made.id)[:8] in item] == []


def test_the_officer_sees_and_answers_it_and_it_climbs_outside_only(store: Store) -> None:
    made = meeting(store, store.report(words=NAMES_HER))
    assert {view.opening for view in mine(store.viewer("designated"), START)} >= {made.id}
    with pytest.raises(Unanswerable):
        store.say("chair", DecisionsCirculated(decisions="None."), made)
    store.say("designated", DecisionsCirculated(decisions="The officer speaks with the police."), made)
    states = dict(Owed.objects.filter(opening=made.id).values_list("rule", "state"))
    assert states == {"meeting-decisions": "met", "meeting-minutes": "open"}
    with playing(LATE):
        tick(LATE, sign=False)
    told = Notice.objects.filter(item__reference=str(made.id)[:8]).values_list("recipient", flat=True)
    assert set(told) == {"scrutineer", "inspectorate"}


def test_it_follows_where_the_report_goes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(routing, "named_staff", lambda made: 1 / 0)
        plain = store.report()
        made = meeting(store, plain, "social-worker")
        assert {sealed for _, _, sealed in owed(made)} == {True}
    tick(START, sign=False)
    assert {sealed for _, _, sealed in owed(made)} == {False}


def test_it_all_comes_again_from_the_record(store: Store) -> None:
    made = meeting(store, store.report(words=NAMES_HER))
    store.say("designated", DecisionsCirculated(decisions="None yet."), made)
    assert {table for table, equal in rebuild(check=True).items() if not equal} == set()
