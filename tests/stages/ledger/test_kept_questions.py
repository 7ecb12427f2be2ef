"""A question that is built once is answered for whoever asks, at the moment they ask."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Count, Q

from onrecord.access.models import Absence, Role
from onrecord.duties.models import Owed
from onrecord.duties.queries import waiting
from onrecord.duties.queries.lists import DECISION, SIGNATURE, seats_for
from onrecord.duties.queries.walls import seen_by
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.kept import MOMENT, SOMEBODY, answers_to, kept, rows_in
from tests.pages.browsing import hours


def asked_anew(viewer: Any, moment: Any) -> dict[str, int]:
    which = {
        "decisions": Q(rule=DECISION, wall=None),
        "sealed": Q(rule=DECISION, wall__isnull=False),
        "signatures": Q(rule=SIGNATURE),
        "late": Q(due_at__lte=moment),
        "mine": seats_for(viewer, moment),
    }
    sums = {name: Count("key", filter=one) for name, one in which.items()}
    return Owed.objects.filter(seen_by(viewer), state="open").aggregate(**sums)


def test_what_waits_is_what_would_be_counted_anew(store: Any) -> None:
    for _ in range(3):
        store.report()
    for user in ("front-door", "designated", "scrutineer", "teacher", "manager"):
        viewer = store.viewer(user)
        for moment in (hours(1), hours(70)):
            assert waiting(viewer, moment) == asked_anew(viewer, moment), (user, moment)
    assert waiting(store.viewer("front-door"), hours(70))["decisions"] == 3
    assert waiting(store.viewer("front-door"), hours(1))["late"] == 0


def test_whoever_covers_is_counted_on_the_days_on_which_they_do(store: Any) -> None:
    store.report()
    Owed.objects.update(holder="nurse")
    days = hours(24).date(), hours(48).date()
    Absence.objects.create(user="nurse", cover="officer", first=days[0], last=days[1], noted_seq=1)
    held = [waiting(store.viewer("officer"), hours(at), ["mine"])["mine"] for at in (1, 24, 49, 73)]
    assert held == [0, Owed.objects.count(), Owed.objects.count(), 0]
    assert waiting(store.viewer("teacher"), hours(24), ["mine"]) == {"mine": 0}


def test_two_people_are_told_apart(store: Any) -> None:
    rows = Role.objects.filter(user=SOMEBODY).values_list("role")
    question = kept(rows)
    assert answers_to(question, "front-door", now()) == [("front_door",)]
    assert answers_to(question, "teacher", now()) == [("practitioner",)]
    assert answers_to(question, "nobody", now()) == []


def test_rows_come_as_python_values(store: Any) -> None:
    store.report()
    question = kept(Owed.objects.filter(due_at__lte=MOMENT).values("key"))
    rows = rows_in(Owed, question, "ORDER BY t.due_at, t.key", "front-door", hours(70))
    assert rows == list(Owed.objects.filter(due_at__lte=hours(70)).order_by("due_at", "key").values_list())
    assert rows != []
    assert rows_in(Owed, question, "ORDER BY t.due_at, t.key", "front-door", hours(-70)) == []


def test_a_moment_that_was_worked_out_is_refused() -> None:
    with pytest.raises(ValueError, match="another moment"):
        kept(Owed.objects.filter(due_at__lte=MOMENT - timedelta(days=7)))
