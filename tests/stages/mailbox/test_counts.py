"""Known to whom, for what, before which date: each list is counted by itself, beside the others."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from onrecord.access.actions import join_agency
from onrecord.access.rules import Denied
from onrecord.ledger.facts import Saying, When, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.linkage.actions import register
from onrecord.linkage.facts import ChildRegistered, LinkJudged
from onrecord.mailbox.queries import known_to_whom
from tests.stages.mailbox.ground import ZEPHYRINE, told_by

NEED = next(iter(ChildRegistered.options("need").offered))  # type: ignore[union-attr]


def listed(agency: str, name: str, **child: Any) -> Any:
    fact = ChildRegistered.heard(
        {
            "child": {"given_name": name, "family_name": "Oakhanger"} | child,
            "source": agency,
            "known_since": date(2026, 1, 5),
            "need": NEED,
        }
    )
    return register([Saying(uuid4(), fact, "onrecord", "machine", agency, When.at(now()))])[0]


def counted(store: Any, before: Any) -> dict[str, int]:
    return {one.name: one.children for one in known_to_whom(store.viewer("scrutineer"), before)}


def test_each_list_is_counted_beside_the_official_one(store: Any) -> None:
    join_agency("lantern", "Lantern Youth Project", "youth_project", now())
    for name in ("Wren", "Robin", "Linnet"):
        listed("lantern", name)
    listed("social-care", "Perpetua")
    told_by("child"), told_by("public"), told_by("parent")
    store.report(child=ZEPHYRINE)
    later = now() + timedelta(minutes=1)
    assert counted(store, later) == {"official": 1, "outreach": 3, "self": 1, "unnamed": 2, "reported": 1}


def test_nobody_counts_before_they_were_written_down(store: Any) -> None:
    told_by("child")
    assert counted(store, now()) == dict.fromkeys(("official", "outreach", "self", "unnamed", "reported"), 0)


def test_one_child_on_one_list_twice_is_counted_once(store: Any) -> None:
    first, second = told_by("child"), told_by("child")
    later = now() + timedelta(minutes=1)
    assert counted(store, later)["self"] == 2
    pair = [mention_of(one.id, "child") for one in (first, second)]
    store.say("front-door", LinkJudged(verdict="same", why="She says that she wrote before."), about=pair)
    assert counted(store, later)["self"] == 1


def test_each_count_says_to_whom_for_what_and_before_when(store: Any) -> None:
    found = {one.name: one for one in known_to_whom(store.viewer("manager"), now())}
    assert found["self"].to_whom == "nobody but the child"
    assert found["outreach"].to_whom == "a youth project or a voluntary organisation"
    assert {one.before for one in found.values()} == {now()}


def test_it_is_for_those_who_watch_over_the_record(store: Any) -> None:
    with pytest.raises(Denied):
        known_to_whom(store.viewer("front-door"), now())
