"""Whoever runs the machine can read no case: not through the program, and not from the database."""

from uuid import uuid4

import pytest

from onrecord.access.rules import Denied
from onrecord.duties.actions.opening import open_at_the_door
from onrecord.duties.queries import duty, mine, watched
from onrecord.intake.actions import known_before
from onrecord.intake.queries import mine as my_reports
from onrecord.intake.queries import waiting
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.models import Opening
from onrecord.ledger.queries import size
from tests.partnership import START, Store
from tests.stages.ledger.tampering import everything

WORDS = ("Zephyrine", "Quillfeather", "marmalade", "2012-01-03", "ZZ9 9ZZ", "ZZ99ZZ")
"""What the report says. None is so short that it could stand in a digest, a key or a signature by chance."""


def test_through_no_door_of_the_program(store: Store) -> None:
    made, admin, reads = store.report(), store.viewer("admin"), size("reads")
    for ask in (
        lambda: open_at_the_door(admin, made.id, START),
        lambda: known_before(admin, made.id, START),
        lambda: waiting(admin, now()),
        lambda: watched(admin, START),
    ):
        with pytest.raises(Denied):
            ask()
    assert size("reads") == reads


def test_through_no_list(store: Store) -> None:
    store.report()
    admin = store.viewer("admin")
    assert (mine(admin, START), my_reports(admin)) == ([], [])


def test_a_duty_is_to_them_as_if_there_were_none(store: Store) -> None:
    store.report()
    view = mine(store.viewer("front-door"), START)[0]
    assert (duty(store.viewer("admin"), view.key, START), duty(store.viewer("front-door"), view.key, START)) == (
        None,
        view,
    )


def test_they_cannot_speak_about_a_child(store: Store) -> None:
    made, before = store.report(), size()
    with pytest.raises(Denied):
        store.report(by="admin", uid=uuid4())
    with pytest.raises(Denied):
        store.say("admin", store.decide(made).entry.saying.fact, made)
    assert size() == before + 1


def test_the_database_without_its_keys_says_nothing(store: Store) -> None:
    made = store.report()
    sealed = bytes(Opening.objects.get(uid=made.id).sealed)
    held = repr([everything("default"), everything("reads")])
    found = [word for word in WORDS if word in held]
    assert (found, len(sealed) > 100, "sexual_exploitation" in held) == ([], True, True)
