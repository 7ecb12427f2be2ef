"""Nothing is sent to a child or a family: however they say they can be reached, only people at work are told."""

from datetime import timedelta

from django.core import mail

from onrecord.case.facts import SafeContactSet
from onrecord.duties.actions import tick
from onrecord.ledger.facts import mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.mailbox.actions import keep_identity, write
from onrecord.notices.models import Notice
from tests.partnership import PEOPLE, START, Store
from tests.stages.mailbox.ground import told_by

REACHED = ("07700 900123", "her-mother@home.example", "Ottilie", "12 Cormorant Way")
"""What a family says of itself here. Invented."""


def said_by_a_family(store: Store) -> None:
    """A child and a parent write, and say how to reach them; a worker writes down how contact is safe, by letter."""
    child = {"given_name": "Zephyrine", "postcode": "ZZ9 9ZZ", "phone": REACHED[0]}
    made = told_by(child=child, words=f"Write to {REACHED[1]}.")
    write(made, f"My aunt {REACHED[2]} lives at {REACHED[3]}.", "page", now())
    parent = told_by("parent", child=child)
    keep_identity(parent, "Her mother", "", REACHED[1], "page", now())
    safe = SafeContactSet(who=REACHED[2], how="letter", when=REACHED[3], judged="child")
    known = store.report(child=child)
    store.decide(known)
    store.say("social-worker", safe, known, about=[mention_of(known.id, "child")])


def test_only_people_at_work_are_told_however_long_nobody_answers(store: Store) -> None:
    said_by_a_family(store)
    for day in (1, 3, 8, 30):
        with playing(START + timedelta(days=day)):
            tick(now())
    told = set(Notice.objects.values_list("recipient", "address"))
    assert {user for user, _ in told} >= {"scrutineer", "inspectorate", "head"}
    assert told <= {(user, f"{user}@northbrook.example") for user in PEOPLE}
    assert {address for one in mail.outbox for address in one.to} <= {address for _, address in told}
    said = [f"{one.subject} {one.body}" for one in mail.outbox]
    assert len(said) > 5
    assert [word for one in said for word in (*REACHED, "Zephyrine", "ZZ9") if word in one] == []
