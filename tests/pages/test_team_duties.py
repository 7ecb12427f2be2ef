"""What a team owes, for everybody in it; and the forms by which a manager puts one together."""

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.facts import TeamJoined
from onrecord.access.queries import members
from onrecord.access.queries.teams import Team
from tests.pages.browsing import sheet, signed_in, text
from tests.partnership import Store

MOST = 12
NAME = "exploitation-team"
TEAM = Team("social-care", NAME)
CHILD = {"given_name": "Zephyrine", "family_name": "Quillfeather"}


@pytest.fixture
def team(store: Store) -> Store:
    """The social worker works in a team that the team manager leads, and reports a child."""
    for user, part in (("team-manager", "leads"), ("social-worker", "works")):
        store.say("team-manager", TeamJoined(user=user, agency="social-care", team=NAME, part=part))
    store.decide(store.report("social-worker", concern="harm_at_home"), concern="harm_at_home")
    return store


def titles(page: str) -> list[str]:
    """The titles of the listed duties, in order."""
    return [part.partition(">")[2].partition("<")[0] for part in page.split('onr-card__title"><a ')[1:]]


@pytest.mark.parametrize("user", ["social-worker", "team-manager"])
def test_everybody_in_the_team_sees_what_is_owed_to_its_children(team: Store, user: str) -> None:
    page = text(signed_in(user).get("/duties/team"))
    assert "Finish the assessment" in titles(page)
    assert ("Exploitation team, Northbrook Children&#x27;s Services" in page, "Quillfeather" in page) == (True, True)
    assert ("Ruth Oyelaran leads it" in page, "Tomas Hale works in it" in page) == (True, True)
    assert 'href="/duties/team">What your team owes' in text(signed_in(user).get("/duties"))


@pytest.mark.parametrize("user", ["front-door", "director", "teacher", "manager", "scrutineer", "admin"])
def test_nobody_else_does_nor_is_shown_the_way(team: Store, user: str) -> None:
    assert signed_in(user).get("/duties/team").status_code == 403
    assert "/duties/team" not in text(signed_in(user).get("/duties"))


def test_it_narrows_to_what_is_asked(team: Store) -> None:
    client = signed_in("social-worker")
    assert titles(text(client.get("/duties/team?rule=assessment"))) == ["Finish the assessment"]
    assert "Nothing like this is owed now." in text(client.get("/duties/team?person=team-manager"))
    assert "Nothing like this is owed now." in text(client.get("/duties/team?late=yes"))


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_its_queries_do_not_grow(team: Store, rows: int) -> None:
    for number in range(rows):
        made = team.report("social-worker", child=CHILD | {"given_name": f"Zeph{number}"}, concern="harm_at_home")
        team.decide(made, concern="harm_at_home")
    client = signed_in("social-worker")
    client.get("/duties/team")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = text(client.get("/duties/team"))
    assert len(titles(page)) == min(2 * (rows + 1), 50)
    assert len(asked) <= MOST, "\n".join(query["sql"][:220] for query in asked)


def test_a_manager_puts_somebody_in_and_takes_them_out(store: Store) -> None:
    client = signed_in("team-manager")
    said = sheet("team", team=NAME, part="works") | {"member": "social-worker/social-care"}
    page = text(client.post("/people/team", said, follow=True))
    assert "They see what the team owes from now on." in page
    assert ("Exploitation team, Northbrook Children&#x27;s Services" in page, members([TEAM])) == (
        True,
        [(TEAM, "social-worker", "works")],
    )
    said = sheet("leave-team") | {"belongs": f"social-worker/social-care/{NAME}"}
    page = text(client.post("/people/leave-team", said, follow=True))
    assert ("They are no longer in the team." in page, members([TEAM])) == (True, [])


def test_what_was_typed_wrong_comes_back_in_its_own_words(store: Store) -> None:
    said = sheet("team", team="The Team!", part="works") | {"member": "social-worker/social-care"}
    page = text(signed_in("team-manager").post("/people/team", said))
    assert "Use small letters, digits and hyphens, such as exploitation-team." in page
    assert ("The Team!" in page, members([TEAM])) == (True, [])


def test_without_a_team_there_is_nobody_to_take_out(store: Store) -> None:
    assert "Nobody is in a team yet" in text(signed_in("team-manager").get("/people/leave-team"))
    page = text(signed_in("team-manager").get("/people"))
    assert ("/people/team" in page, "/people/leave-team" in page) == (True, False)


@pytest.mark.parametrize("what", ["team", "leave-team"])
def test_only_a_manager_may(store: Store, what: str) -> None:
    assert {user: signed_in(user).get(f"/people/{what}").status_code for user in ("teacher", "signer", "head")} == {
        "teacher": 403,
        "signer": 403,
        "head": 200,
    }


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("team", ["Choose who joins the team.", "Say which team.", "Choose what they do there."]),
        ("leave-team", ["Choose who leaves the team."]),
    ],
)
def test_nothing_filled_in_is_said_field_by_field(store: Store, what: str, said: list[str]) -> None:
    page = text(signed_in("team-manager").post(f"/people/{what}", sheet(what)))
    assert ([one for one in said if one not in page], "Error: " in page, members([TEAM])) == ([], True, [])
