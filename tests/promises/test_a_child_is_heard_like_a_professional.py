"""What a child, a parent or anybody says without signing in is owed, routed and kept apart like any other report."""

from uuid import uuid4

import pytest
from django.test import Client

from onrecord.access.facts import RoleHeld
from onrecord.access.queries import through_walls
from onrecord.duties.queries import owed_for
from onrecord.intake.models import Report
from onrecord.ledger.facts.wrong import Refused
from onrecord.ledger.queries import entry, envelopes
from onrecord.ledger.rules.machine import PUBLIC
from onrecord.mailbox.facts import IdentityKept
from tests.pages.browsing import signed_in
from tests.pages.doors import ANSWERS, WORDS, Child
from tests.partnership import REPORT, START, Store


def owed(uid: object) -> set[str]:
    """The rules by which something is owed for a report."""
    return {view.rule.id for view in owed_for([uid], START)[uid]}  # type: ignore[index,list-item]


def test_the_same_is_owed(store: Store) -> None:
    theirs = store.report(concern="not_sure")
    Child().answer().press("send")
    own = Report.objects.get(agency=PUBLIC)
    assert owed(own.uid) >= owed(theirs.id) > set()
    assert own.route == "front_door"


def test_the_front_door_reads_it_in_their_words_and_nobody_else_does(store: Store) -> None:
    Child().answer().press("send")
    uid = Report.objects.get(agency=PUBLIC).uid
    page = signed_in("front-door").get(f"/front-door/{uid}").content.decode()
    assert WORDS in page
    assert "Somebody who wrote here without signing in" in page
    assert signed_in("teacher").get(f"/report/{uid}").status_code == 404


def test_whom_a_child_names_cannot_read_it(store: Store) -> None:
    Child().answer(ANSWERS | {"who": {"who": "Asha Verne. She works for you."}}).press("send")
    uid = Report.objects.get(agency=PUBLIC).uid
    assert Report.objects.get(uid=uid).route == "sealed"
    assert uid not in through_walls(store.viewer("front-door"))
    assert uid in through_walls(store.viewer("designated"))
    assert "marmalade" not in signed_in("front-door").get("/front-door").content.decode()


def test_somebody_who_says_that_one_of_them_works_with_children_is_kept_from_the_front_door(store: Store) -> None:
    Child().answer(ANSWERS | {"work": {"positions": "yes"}}).press("send")
    assert Report.objects.get(agency=PUBLIC).route == "sealed"


def test_who_a_professional_is_stands_apart_from_what_they_say(store: Store) -> None:
    who = {"name": "Tamsin Oakapple", "organisation": "Larkspur School", "contact": "07700 900123"}
    typed = {"id": str(uuid4()), "words": "She flinches.", "child-given_name": "Zed", "concern": "harm_at_home"}
    page = Client().post("/m/3", typed | who).content.decode()
    assert "Trigger met." in page
    assert "not met" not in page
    uid = Report.objects.get(agency=PUBLIC).uid
    shown = signed_in("front-door").get(f"/front-door/{uid}").content.decode()
    assert ("She flinches." in shown, [one for one in who.values() if one in shown]) == (True, [])
    assert "Oakapple" not in str(entry(uid).saying.opened())
    (kept,) = envelopes([IdentityKept.kind])
    assert getattr(entry(kept.uid).saying.fact, "who", "") == "Tamsin Oakapple"


def test_nobody_learns_from_the_answer_whether_a_child_is_known(store: Store) -> None:
    store.report()
    known = {"child-given_name": REPORT["child"]["given_name"], "child-family_name": REPORT["child"]["family_name"]}
    unknown = {"child-given_name": "Persephone", "child-family_name": "Thornapple-Winterbottom"}
    pages = [
        Client().post("/m/2", {"id": str(uuid4()), "words": "I saw it.", "no_words": "on"} | child).content
        for child in (known, unknown)
    ]
    assert pages[0] == pages[1]
    assert b"Your report was received" in pages[0]


def test_how_a_child_asked_to_be_reached_heads_the_file(store: Store) -> None:
    Child().answer().press("send")
    mention = Report.objects.get(agency=PUBLIC).mention
    page = signed_in("front-door").get(f"/children/{mention}").content.decode()
    assert "Ask for me at the climbing club on Thursdays." in page


@pytest.mark.parametrize("user", ["somebody", "onrecord"])
def test_nobody_can_sign_in_under_the_name_of_those_who_did_not(user: str, store: Store) -> None:
    held = RoleHeld(user=user, name="Kit Rowan", role="practitioner", agency="school", since=START.date(), why="New.")
    with pytest.raises(Refused, match="Use small letters"):
        store.say("manager", held)
