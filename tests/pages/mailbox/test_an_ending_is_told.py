"""That what was reported was ended is told where whoever reported can hear it."""

from typing import Any

from onrecord.duties.models import Owed
from onrecord.intake.facts import ReferrerTold
from onrecord.ledger.facts import Entry, Seconded
from tests.pages.browsing import sheet, signed_in, text
from tests.stages.duties.test_lowering import GOOD
from tests.stages.mailbox.ground import told_by, trained


def ended(store: Any, made: Entry) -> Owed:
    """A report that was decided on, of which its author heard, and that two ended then."""
    store.decide(made)
    store.say("front-door", ReferrerTold(told="An assessment begins.", how="phone"), made)
    waits = store.decide(made, lowering=GOOD, outcome="no_further_action").entry
    store.say("signer", Seconded(why="I agree."), waits)
    return Owed.objects.get(rule="ending-told")


def test_a_school_is_told_on_the_page_of_the_duty(store: Any) -> None:
    owed = ended(store, store.report())
    page = f"/duties/{owed.key}"
    assert "What were they told?" in text(signed_in("front-door").get(page))
    signed_in("front-door").post(page, sheet("referrer_told", told="It ended. You can challenge it.", how="phone"))
    owed.refresh_from_db()
    assert owed.state == "met"


def test_or_on_the_page_of_the_report(store: Any) -> None:
    made = store.report()
    owed = ended(store, made)
    page = f"/front-door/{made.id}"
    assert "Tell whoever reported that it was ended" in text(signed_in("front-door").get(page))
    said = sheet("told", told="It ended. You can challenge it.", how="phone") | {"told-read": str(owed.opening)}
    assert f'name="told-read" value="{owed.opening}"' in text(signed_in("front-door").get(page))
    signed_in("front-door").post(page, said)
    owed.refresh_from_db()
    assert owed.state == "met"
    assert "Tell whoever reported that it was ended" not in text(signed_in("front-door").get(page))


def test_a_child_is_told_in_the_mailbox(store: Any) -> None:
    made = told_by()
    owed = ended(store, made)
    trained(store)
    page = f"/messages/{made.id}"
    assert "Tell whoever reported that it was ended" in text(signed_in("front-door").get(page))
    said = sheet("write", words="We ended it. You can say that you do not agree.", says="decision", asks="nothing")
    said |= {"write-read": str(owed.opening)}
    signed_in("front-door").post(page, said)
    owed.refresh_from_db()
    assert owed.state == "met"
