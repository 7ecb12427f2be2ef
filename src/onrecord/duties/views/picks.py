"""Questions of the pages about people that are answered from a list, which depends on who asks."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from onrecord.access.queries import agencies, all_teams, called, names, people, post, sits_outside
from onrecord.access.rules import Viewer, may_propose

Item = dict[str, Any]
Person = tuple[str, str, str, str]
"""Sign-in name, name, role, agency."""


class Pick(NamedTuple):
    """A question answered from a list that depends on who asks."""

    name: str
    label: str
    missing: str
    items: list[Item]

    @property
    def picked(self) -> bool:
        """Whether something was picked."""
        return any(item.get("selected") and item["value"] for item in self.items)


def chosen_of(viewer: Viewer, everybody: Iterable[Person]) -> list[Item]:
    """Oneself, and everybody in whose agency this person may propose; nobody twice."""
    found = {viewer.user: viewer.name}
    found |= {user: name for user, name, _, agency in everybody if may_propose(viewer, agency)}
    return [_item(user, name) for user, name in found.items()]


def agencies_of(viewer: Viewer) -> list[Pick]:
    """Which agency: those for which they may propose."""
    mine = [agency for agency in agencies() if may_propose(viewer, agency)]
    return [
        Pick("agency", "Which agency?", "Choose an agency.", _first([_item(agency, called(agency)) for agency in mine]))
    ]


def holdings_of(viewer: Viewer) -> list[Pick]:
    """Whose role: their own, and those of agencies for which they may propose."""
    held = [one for one in people() if may_propose(viewer, one[3]) or one[0] == viewer.user]
    return [Pick("held", "Whose role ends?", "Choose whose role ends.", _first([_held(one) for one in held]))]


def locked_out(viewer: Viewer) -> list[Pick]:
    """Whose sign-in begins anew: never their own. For the business manager a director may ask it."""
    above = "director" in viewer.roles
    found = [one for one in people() if may_propose(viewer, one[3]) or (above and one[2] == "business_manager")]
    items = [_held(one) for one in found if one[0] != viewer.user]
    return [Pick("held", "Whose sign-in?", "Choose whose sign-in begins anew.", _first(items))]


def absent(viewer: Viewer) -> list[Pick]:
    """Who is away, and who covers."""
    everybody = people()
    ours = {held.agency for held in viewer.holdings}
    covers = {user: name for user, name, _, agency in everybody if agency in ours or may_propose(viewer, agency)}
    items = [_item(user, name) for user, name in covers.items()]
    return [
        Pick("user", "Who is away?", "Choose who is away.", _first(chosen_of(viewer, everybody))),
        Pick("cover", "Who covers?", "Choose who covers.", _first(items)),
    ]


def to_be_in_a_team(viewer: Viewer) -> list[Pick]:
    """Who joins a team: everybody inside for whom they may propose, once for each agency."""
    inside = agencies()
    there = {(user, agency): name for user, name, _, agency in people() if may_propose(viewer, agency)}
    items = [
        _item(f"{user}/{agency}", f"{name}, {called(agency)}")
        for (user, agency), name in there.items()
        if inside.get(agency) != "outside"
    ]
    return [Pick("member", "Who joins it?", "Choose who joins the team.", _first(items))]


def in_teams(viewer: Viewer) -> list[Pick]:
    """Who leaves a team: everybody in a team of an agency for which they may propose."""
    ours = [agency for agency in agencies() if may_propose(viewer, agency)]
    there = all_teams(ours)
    known = names(user for _, user, _ in there)
    items = [
        _item(f"{user}/{team.agency}/{team.name}", f"{known.get(user, user)}: {team.spoken}, {called(team.agency)}")
        for team, user, _ in there
    ]
    nobody = [_item("", "Nobody is in a team yet")] if ours else []
    return [Pick("belongs", "Who leaves it?", "Choose who leaves the team.", _first(items) or nobody)]


def taught(viewer: Viewer) -> list[Pick]:
    """Who was trained: people of agencies for which they may propose, and never themselves."""
    others = [one for one in chosen_of(viewer, people()) if one["value"] != viewer.user]
    return [Pick("user", "Who was trained?", "Choose who was trained.", _first(others))]


def reached(viewer: Viewer) -> list[Pick]:
    """Whose address: their own, and those of people inside for whom they may propose."""
    chosen = chosen_of(viewer, people())
    inside = [one for one in chosen if one["value"] == viewer.user or not sits_outside(one["value"])]
    return [Pick("user", "Whose address changes?", "Choose whose address changes.", _first(inside))]


def _item(value: str, text: str) -> Item:
    return {"value": value, "text": text}


def _held(one: Person) -> Item:
    user, name, role, agency = one
    return _item(f"{user}/{role}/{agency}", f"{name}: {post(role, agency)}")


def _first(items: list[Item]) -> list[Item]:
    """The list with nothing chosen first; the list itself where there is nothing to choose."""
    return [_item("", "Choose one"), *items] if items else []
