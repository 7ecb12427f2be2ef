"""Ordinary lines of the joint daily list are agreed to at once; what needs a look of its own never is."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from onrecord.access.actions import take_up_role
from onrecord.case.facts import AttendanceChecked, MeetingHeld
from onrecord.duties.facts import DisagreementRaised
from onrecord.intake.facts import DecisionMade
from onrecord.ledger.facts import Entry, Seconded, mention_of
from onrecord.ledger.models import Envelope
from onrecord.linkage.facts import KnownBeforeAnswered
from tests.pages.browsing import sheet, text
from tests.pages.test_joint_list import LOWERING, outcome
from tests.partnership import START, Store
from tests.stages.duties.test_lowering import assessed

OLDER = {"given_name": "Nessa", "family_name": "Loam", "born": "2011-03-04"}


def propose(store: Store, **changed: Any) -> Entry:
    """Propose to end a new report about somebody of fourteen, who was not known before."""
    made = store.report(**({"child": OLDER, "concern": "criminal_exploitation"} | changed))
    store.say("front-door", KnownBeforeAnswered(answer="not_known"), made, about=[mention_of(made.id, "child")])
    concern = changed.get("concern", "criminal_exploitation")
    return store.decide(made, LOWERING, outcome="no_further_action", concern=concern).entry


def together(*proposals: Entry, page: UUID | None = None, **typed: Any) -> dict[str, Any]:
    return sheet("bulk", page=str(page or uuid4()), tick=[str(made.id) for made in proposals], **typed)


def signatures() -> int:
    return Envelope.objects.filter(kind=Seconded.kind).count()


def test_several_are_agreed_to_at_once(store: Store, browser: Any) -> None:
    made = [propose(store) for _ in range(3)]
    sent = browser("signer").post("/joint-list", together(*made[:2], why="I read each."), follow=True)
    assert "Recorded: 2 second signatures." in text(sent)
    assert [outcome(one)[0] for one in made] == ["no_further_action", "no_further_action", ""]


def test_while_nobody_said_whether_they_were_known_before_it_is_signed_by_itself(store: Store, browser: Any) -> None:
    made = store.report(child=OLDER, concern="criminal_exploitation")
    ended = store.decide(made, LOWERING, outcome="no_further_action", concern="criminal_exploitation").entry
    page = text(browser("signer").get("/joint-list"))
    assert "<strong>Singly:</strong> nobody has said yet whether the child was known before." in page
    assert f'value="{ended.id}"' not in page
    refused = text(browser("signer").post("/joint-list", together(ended, propose(store), why="I read each.")))
    assert ("One of these is signed by itself" in refused, signatures()) == (True, 0)


def test_sent_twice_it_is_signed_once(store: Store, browser: Any) -> None:
    made, page = [propose(store), propose(store)], uuid4()
    for _ in range(2):
        browser("signer").post("/joint-list", together(*made, page=page, why="I read each."))
    assert signatures() == 2


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"child": OLDER | {"born": "2014-01-03"}}, "under 13"),
        ({"child": {"given_name": "Nessa"}}, "age not known"),
        ({"concern": "missing"}, "was missing"),
        ({"setting": "care_home"}, "looked after"),
    ],
)
def test_what_is_signed_by_itself_says_why_and_cannot_be_ticked(
    changed: dict[str, Any], why: str, store: Store, browser: Any
) -> None:
    plain, special = propose(store), propose(store, **changed)
    page = text(browser("signer").get("/joint-list"))
    assert (page.count("Singly:</strong>"), f"<strong>Singly:</strong> {why}." in page) == (1, True)
    assert (page.count(f'value="{plain.id}"'), page.count(f'value="{special.id}"')) == (1, 0)
    refused = text(browser("signer").post("/joint-list", together(plain, special, why="I read each.")))
    assert "One of these is signed by itself" in refused
    assert (signatures(), "I read each." in refused) == (0, True)


@pytest.mark.parametrize("whose", ["child", "reporter"])
def test_what_the_child_or_the_reporter_disagrees_with_is_signed_by_itself(
    whose: str, store: Store, browser: Any
) -> None:
    made = propose(store)
    said = {"whose": whose, "different": "Keep looking.", "why": "It goes on.", "level": "front_door"}
    fact = DisagreementRaised.heard(said | {"decided_by": "childrens_social_care"})
    store.say("teacher", fact, made)
    page = text(browser("signer").get("/joint-list"))
    assert "It should be: Keep looking." in page
    assert (page.count("Disputed"), f'value="{made.id}"' in page) == (1, False)


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"why": "Yes."}, "Tick the lines to which you agree."), ({"why": " "}, "Say in a sentence why you agree.")],
)
def test_what_is_missing_is_asked_for(typed: dict[str, str], said: str, store: Store, browser: Any) -> None:
    made = propose(store)
    chosen = [made] if not typed["why"].strip() else []
    assert said in text(browser("signer").post("/joint-list", together(*chosen, **typed)))
    assert signatures() == 0


def test_from_what_to_what_is_said(store: Store, browser: Any) -> None:
    propose(store)
    page = text(browser("signer").get("/joint-list"))
    assert "<strong>From</strong> waits for a decision <strong>to</strong> No further action" in page


def test_a_chair_sees_what_their_meeting_was_about_and_nothing_else(store: Store, browser: Any) -> None:
    take_up_role("panel", "Tess Marrow", "panel_chair", "social-care", START.date(), START)
    met, other = propose(store), propose(store, child=OLDER | {"given_name": "Hazel", "family_name": "Quern"})
    fact = {"sort": "exploitation_panel", "group": "Panel", "present": ["Tess Marrow"], "trusted_adult": "came"}
    came = MeetingHeld.heard(fact | {"came": ["childrens_social_care", "police", "health"]})
    meeting = store.say("panel", came, about=met.mentions).entry
    store.say("nurse", AttendanceChecked(right="yes"), meeting)
    page = text(browser("panel").get("/joint-list"))
    assert ("Nessa Loam" in page, "Quern" in page) == (True, False)
    typed = sheet(f"sign{str(met.id)[:8]}", answer="agree", why="The panel agreed.")
    browser("panel").post("/joint-list", typed)
    assert (outcome(met)[0], outcome(other)[0]) == ("no_further_action", "")


def test_no_number_of_other_meetings_hides_a_chairs_own(store: Store, browser: Any) -> None:
    made = propose(store)
    fact = {"sort": "exploitation_panel", "group": "Panel", "present": ["Grace Tarn"], "trusted_adult": "came"}
    came = MeetingHeld.heard(fact | {"came": ["childrens_social_care", "police", "health"]})
    seq = store.say("chair", came, about=made.mentions).entry.seq
    row = Envelope.objects.filter(seq=seq).values().get()
    others = ({"seq": seq + 1 + number, "uid": uuid4(), "by": "somebody-else"} for number in range(1200))
    Envelope.objects.bulk_create(Envelope(**row | other) for other in others)
    assert "Nessa Loam" in text(browser("chair").get("/joint-list"))


def test_a_chair_without_a_meeting_sees_nothing(store: Store, browser: Any) -> None:
    propose(store)
    page = text(browser("chair").get("/joint-list"))
    assert ("Nothing waits." in page, "Loam" in page) == (True, False)


@pytest.mark.parametrize("rows", [1, 3, 50])
def test_a_chairs_list_asks_as_much_for_fifty_as_for_one(rows: int, store: Store, browser: Any) -> None:
    made = [propose(store) for _ in range(rows)]
    fact = {"sort": "exploitation_panel", "group": "Panel", "present": ["Grace Tarn"], "trusted_adult": "came"}
    came = MeetingHeld.heard(fact | {"came": ["childrens_social_care", "police", "health"]})
    store.say("chair", came, about=[mention for one in made for mention in one.mentions])
    client = browser("chair")
    client.get("/joint-list")
    with CaptureQueriesContext(connections["default"]) as asked:
        page = client.get("/joint-list")
    assert text(page).count('class="onr-card"') == rows
    assert len(asked) <= 12


def test_the_worker_who_knows_the_child_stands_beside_the_manager(store: Store, browser: Any) -> None:
    made = store.report(child=OLDER)
    child = {"about": [mention_of(made.id, "child")]}
    store.say("social-worker", assessed("serious"), made, **child)
    store.say("team-manager", assessed("moderate"), made, lowering=LOWERING, **child)
    page = text(browser("signer").get("/joint-list"))
    front, _, above = page.partition("Above them")
    assert "<strong>From</strong> Serious <strong>to</strong> Moderate" in page
    assert ("<strong>Serious</strong>" in front, "Tomas Hale, Practitioner" in front) == (True, True)
    assert ("<strong>Moderate</strong>" in above, "As proposed above." in above) == (True, True)


@pytest.mark.parametrize("turned", [False, True])
def test_every_report_that_one_decision_answers_stands_there(turned: bool, store: Store, browser: Any) -> None:
    mild = store.report(child=OLDER, words="She came late twice.", concern="criminal_exploitation")
    grave = store.report(child=OLDER, words="A man keeps her phone.", concern="criminal_exploitation")
    both = [grave, mild] if turned else [mild, grave]
    fact = DecisionMade.heard(
        {
            "outcome": "no_further_action",
            "concern": "criminal_exploitation",
            "why": "Both were looked into.",
            "crime_alleged": "no",
            "tell_reporter": "Thank you.",
        }
    )
    people = [mention_of(one.id, "child") for one in both]
    store.say("front-door", fact, *both, lowering=LOWERING, about=people)
    page = text(browser("signer").get("/joint-list"))
    assert ("She came late twice." in page, "A man keeps her phone." in page) == (True, True)


def test_everybody_who_works_with_the_child_is_heard(store: Store, browser: Any) -> None:
    made = store.report(child=OLDER)
    people = {"about": [mention_of(made.id, "child")]}
    store.say("officer", assessed("serious"), made, **people)
    store.say("social-worker", assessed("moderate"), made, lowering=LOWERING, **people)
    page = text(browser("signer").get("/joint-list"))
    front, _, above = page.partition("Above them")
    assert ("<strong>Serious</strong>" in front, "As proposed above." in front) == (True, True)
    assert "As proposed above." not in above
