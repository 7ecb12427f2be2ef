"""Whoever reports sees the same for a child known for years as for one never heard of (hazard 1).

Word for word, byte for byte in length, and at one moment. And who reported stays apart from what they said.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from onrecord.access.models import User
from onrecord.access.rules import Denied
from onrecord.duties.actions import tick
from onrecord.duties.actions.listing import list_facts
from onrecord.duties.queries.door import heard_by
from onrecord.intake.models import Report
from onrecord.ledger.facts import Entry, Seconded
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.queries import NoSuchEntry
from onrecord.mailbox.actions import disagree, keep_identity, open_identity, open_messages, write
from onrecord.mailbox.facts import IdentityOpened
from onrecord.mailbox.gateway import pace
from onrecord.web.templatetags.spoken import by_when
from tests.pages.browsing import signed_in, text
from tests.partnership import DECISION, Store
from tests.stages.mailbox.ground import ZEPHYRINE, told_by, words_of

NEVER_HEARD_OF = {"given_name": "Ottoline", "family_name": "Featherstonehaugh", "born": "2013-07-09"}
TWICE = {"reason": "harm_not_found", "words": "Nothing was found."}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """A short beat: how even it is is asked of the mailbox by itself."""
    monkeypatch.setattr(pace, "BEAT", 0.001)


def page(words: str) -> tuple[str, int]:
    """What a mailbox shows, without what differs from one report to the next; and how long all of it is."""
    made = Client().post("/m/box", {"words": words})
    said = re.sub(r'name="box" value="[^"]+"|<pre.*?</pre>', "", text(made))
    return said, len(made.content)


@pytest.mark.parametrize("said_by", ["public", "parent", "other"])
def test_a_known_and_an_unknown_child_look_alike(store: Store, said_by: str) -> None:
    for days in (1, 2):
        with playing(now() + timedelta(days=days)):
            store.decide(store.report(child=ZEPHYRINE, concern="harm_at_home"), concern="harm_at_home")
    with playing(now() + timedelta(days=3)):
        both = [told_by(said_by, child=child) for child in (ZEPHYRINE, NEVER_HEARD_OF)]
        words = [words_of(made)[0] for made in both]
        assert page(words[0]) == page(words[1])
        assert [part for part in ("Zephyrine", "marmalade", "known before") if part in page(words[0])[0]] == []
    with playing(now() + timedelta(days=20)):
        tick(now())
        assert page(words[0]) == page(words[1])
        for made in both:
            store.decide(made)
        assert page(words[0]) == page(words[1])
        for made in both:
            disagree(made, "Somebody should have come.", "Nobody did.", "page", now())
        assert page(words[0]) == page(words[1])
        assert "You told us that you don't agree." in page(words[0])[0]


def test_a_sealed_report_looks_like_any_other(store: Store) -> None:
    plain, sealed = told_by("public"), told_by("public", words="Asha Verne told me to be quiet about it.")
    assert list(
        Report.objects.filter(uid__in=[plain.id, sealed.id]).order_by("seq").values_list("route", flat=True)
    ) == [
        "front_door",
        "sealed",
    ]
    words = [words_of(made)[0] for made in (plain, sealed)]
    assert page(words[0]) == page(words[1])
    with playing(now() + timedelta(days=4)):
        tick(now())
        assert page(words[0]) == page(words[1])


def test_what_was_decided_is_not_told_there(store: Store) -> None:
    made = told_by("public")
    words = words_of(made)[0]
    store.decide(made)
    shown, _ = page(words)
    assert "Decided 05/10/2026 09:00" in " ".join(re.sub(r"<[^>]+>", " ", shown).split())
    assert [said for said in (DECISION["tell_reporter"], DECISION["why"], "assess") if said in shown] == []


def test_whom_a_child_names_later_cannot_read_it_either(store: Store) -> None:
    made = told_by()
    assert open_messages(store.viewer("front-door"), made.id, now()).made.id == made.id
    write(made, "It is Asha Verne, who sits at the front desk.", "page", now())
    with pytest.raises(NoSuchEntry):
        open_messages(store.viewer("front-door"), made.id, now())
    assert signed_in("front-door").get(f"/messages/{made.id}").status_code == 404
    assert signed_in("designated").get(f"/messages/{made.id}").status_code == 200


def test_what_could_not_be_compared_at_once_is_compared_by_the_watch(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = told_by()
    with monkeypatch.context() as broken:
        broken.setattr("onrecord.mailbox.actions.box.compare_again", planted)
        write(made, "It is Asha Verne, who sits at the front desk.", "page", now())
    assert open_messages(store.viewer("front-door"), made.id, now()).made.id == made.id
    tick(now())
    with pytest.raises(NoSuchEntry):
        open_messages(store.viewer("front-door"), made.id, now())


def planted(*given: object) -> None:
    raise RuntimeError("planted")


def kept(made: Entry) -> Entry:
    return keep_identity(made, "Philippa Oxbow-Tarn", "Hill School", "07700 900123", "page", now())


def test_who_reported_stands_on_no_page_until_two_opened_it(store: Store) -> None:
    made = told_by("professional")
    identity = kept(made)
    words = words_of(made)[0]
    people = ("front-door", "team-manager", "designated", "signer", "scrutineer", "manager")
    addresses = [f"/front-door/{made.id}", f"/messages/{made.id}", "/front-door", "/joint-list"]
    shown = "".join(text(signed_in(user).get(address)) for user in people for address in addresses)
    assert [part for part in ("Philippa", "Oxbow-Tarn", "900123") if part in shown] == []
    assert "Whoever reported said who they are. It is kept apart, sealed." in shown
    listed = repr([one.entry.saying for one in list_facts(store.viewer("front-door"), now(), now(), now())])
    assert [part for part in ("Philippa", "Oxbow-Tarn", "900123") if part in listed] == []
    assert "marmalade" in listed
    with pytest.raises(NoSuchEntry):
        open_identity(store.viewer("front-door"), made.id, now())
    opened = store.say("front-door", IdentityOpened(why="The child cannot be found."), identity).entry
    assert opened.proposed
    with pytest.raises(NoSuchEntry):
        open_identity(store.viewer("front-door"), made.id, now())
    assert "opened who reported" not in page(words)[0]
    with pytest.raises(Denied):
        store.say("teacher", Seconded(why="I agree."), opened)
    store.say("signer", Seconded(why="Nobody else knows the street."), opened)
    assert open_identity(store.viewer("front-door"), made.id, now()).who == "Philippa Oxbow-Tarn"
    with pytest.raises(NoSuchEntry):
        open_identity(store.viewer("team-manager"), made.id, now())
    assert "Two people opened who reported" in page(words)[0]
    assert "Philippa Oxbow-Tarn" in text(signed_in("front-door").get(f"/messages/{made.id}/who"))


def test_whoever_reported_has_no_sign_in_and_no_name_there(store: Store) -> None:
    made = told_by()
    assert User.objects.filter(username=made.saying.by).count() == 0
    assert by_when(heard_by(made.recorded_at)) == "the end of Tuesday 6 October"
