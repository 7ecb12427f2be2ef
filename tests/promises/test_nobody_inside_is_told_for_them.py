"""Rules and channels by which the people outside are told cannot be taken from them by anybody inside."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from onrecord.access.models import Role
from onrecord.access.rules import Denied
from onrecord.duties.actions import adopt, tick
from onrecord.duties.models import Owed
from onrecord.duties.queries import mine, rulebook_in_force
from onrecord.ledger.actions import rebuild
from onrecord.ledger.facts import Declined, Entry, Seconded
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.queries import size
from onrecord.notices.gateway import NotDelivered, send, way_set
from onrecord.notices.models import Notice
from onrecord.rulebook.facts import Rule, Rulebook, Rung, Seat, Term
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.partnership import START, Store

AGREES, DISAGREES = Seconded(why="I have read it."), Declined(answer="disagree", why="No.")
OUTSIDE = {"scrutineer", "inspectorate"}
Change = Callable[[Rule], dict[str, Any]]


def later(rule: Rule) -> dict[str, Any]:
    """The last step, a fortnight after it was."""
    return {"ladder": (*rule.ladder[:-1], Rung(after=Term(days=14), to=rule.ladder[-1].to))}


LESS: dict[str, Change] = {
    "a step outside is gone": lambda rule: {"ladder": (*rule.ladder[:-2], rule.ladder[-1])},
    "a step outside is later": later,
    "a step outside is at another address": lambda rule: {
        "ladder": (*rule.ladder[:-1], Rung(after=rule.ladder[-1].after, to=Seat(role="analyst", of="outside")))
    },
    "it goes with a digest": lambda rule: {"alarm": "standard"},
    "less opens it": lambda rule: {"opens": rule.opens.model_copy(update={"where": {"danger_now": ("yes",)}})},
    "another clock": lambda rule: {"clock": "happened"},
    "it is owed beside the agencies": lambda rule: {"owed_by": Seat(role="business_manager", of="partnership")},
}
INWARD: dict[str, Change] = {
    "a step inside is later": lambda rule: {
        "ladder": (rule.ladder[0], Rung(after=Term(hours=5), to=rule.ladder[1].to), *rule.ladder[2:])
    },
    "another who owes it inside": lambda rule: {"owed_by": Seat(role="team_manager", of="childrens_social_care")},
}


def changed(how: Change) -> Rulebook:
    """The shipped edition with the rule on deciding changed."""
    law = read(shipped())
    rules = [rule.model_copy(update=how(rule)) if rule.id == "decide-next-step" else rule for rule in law.rules]
    return sealed(tuple(rules), law.calendar)


def proposed(store: Store, book: Rulebook) -> Entry:
    """An edition, proposed by the partnership's manager."""
    return adopt(book, "It is easier.", START, store.viewer("manager"))


def told() -> set[str]:
    """Those who were told of it by a message of its own."""
    rows = Notice.objects.filter(item__news__startswith="Rules are proposed")
    return set(rows.values_list("recipient", flat=True))


@pytest.mark.parametrize("way", LESS)
def test_an_edition_that_could_tell_them_less_reaches_both_and_waits_for_one(store: Store, way: str) -> None:
    before, weaker = rulebook_in_force(START), changed(LESS[way])
    made = proposed(store, weaker)
    assert (made.proposed, told()) == (True, OUTSIDE)
    assert {row.rule: row.role for row in Owed.objects.filter(opening=made.id)} == {
        "outside-agrees-to-rules": "scrutineer"
    }
    for user in ("signer", "director", "team-manager", "admin"):
        for answer in (AGREES, DISAGREES):
            with pytest.raises(Denied):
                store.say(user, answer, made)
    assert rulebook_in_force(START) == before
    store.say("scrutineer", AGREES, made)
    assert rulebook_in_force(START) == weaker
    assert set(rebuild(check=True).values()) == {True}


def test_a_rule_that_is_dropped_is_theirs_too(store: Store) -> None:
    law = read(shipped())
    fewer = sealed(tuple(rule for rule in law.rules if rule.id != "undelivered-notice"), law.calendar)
    made = proposed(store, fewer)
    assert told() == OUTSIDE
    store.say("inspectorate", DISAGREES, made)
    with pytest.raises(ValueError, match="answered"):
        store.say("scrutineer", AGREES, made)
    assert rulebook_in_force(START) == law


@pytest.mark.parametrize("way", INWARD)
def test_what_changes_only_inside_is_signed_as_before(store: Store, way: str) -> None:
    made = proposed(store, changed(INWARD[way]))
    assert (made.proposed, told()) == (True, set())
    assert {row.rule for row in Owed.objects.filter(opening=made.id)} == {"second-signature"}
    store.say("scrutineer", AGREES, made)
    assert rulebook_in_force(START) == changed(INWARD[way])


def test_with_nobody_outside_nothing_is_taken_from_them(store: Store) -> None:
    Role.objects.filter(role__in=OUTSIDE).update(ended_seq=size())
    made = proposed(store, changed(later))
    with pytest.raises(Denied):
        store.say("signer", AGREES, made)
    assert rulebook_in_force(START) == read(shipped())


def test_the_page_says_what_would_change(store: Store, client: Any) -> None:
    from tests.pages.browsing import signed_in, text  # noqa: PLC0415  # models need Django set up

    made = proposed(store, changed(later))
    (view,) = [view for view in mine(store.viewer("scrutineer"), START) if view.opening == made.id]
    page = text(signed_in("scrutineer").get(f"/duties/{view.key}"))
    assert "If you agree,</strong> Decide what happens next: the ladder was" in page
    assert "It is easier." in page


@pytest.mark.parametrize("way", ["filebased", "console", "dummy"])
def test_a_channel_that_is_switched_off_is_overdue(store: Store, settings: Any, monkeypatch: Any, way: str) -> None:
    monkeypatch.setattr("onrecord.notices.gateway.is_demo", lambda: False)
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{way}.EmailBackend"
    with pytest.raises(NotDelivered):
        send("edith@vale.example", "Subject", "Body", way_set())
    proposed(store, changed(later))
    for hours in range(0, 48, 4):
        with playing(START + timedelta(hours=hours)):
            tick(START + timedelta(hours=hours), sign=False)
    assert Notice.objects.filter(delivered_at__isnull=False).count() == 0
    assert Owed.objects.filter(rule="undelivered-notice", state="open").count() == 2
