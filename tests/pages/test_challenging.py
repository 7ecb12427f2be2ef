"""Until when a lowering can be challenged stands wherever it is read; and a challenge is said where it was made."""

from datetime import datetime, timedelta

from onrecord.duties.facts import DisagreementSettled
from onrecord.ledger.facts import Entry, mention_of
from onrecord.ledger.gateway.clock import playing
from tests.pages.browsing import sheet, signed_in, text
from tests.pages.test_disagreeing import MOST, WHY, queries
from tests.partnership import START, Store
from tests.stages.duties.test_challenging_a_lowering import ended
from tests.stages.duties.test_disagreeing import raise_it
from tests.stages.duties.test_lowering import GOOD

ON_FILE = "Until the end of 19 October 2026 it can be challenged by"
ON_RECEIPT = "You can challenge this until the end of 19 October 2026."
IN_LIST = "Until the end of 19 October 2026 your disagreement sets the decision aside."
AFTER = datetime(2026, 10, 19, 23, tzinfo=START.tzinfo)


def file_of(made: Entry) -> str:
    return text(signed_in("front-door").get(f"/children/{mention_of(made.id, 'child')}"))


def own(made: Entry) -> str:
    """What the teacher who reported reads: their receipt, then their reports."""
    teacher = signed_in("teacher")
    return text(teacher.get(f"/report/{made.id}")) + text(teacher.get("/my-reports"))


def test_before_it_is_signed_the_joint_list_says_until_when(store: Store) -> None:
    made = store.report()
    store.decide(made, lowering=GOOD, outcome="no_further_action")
    assert "it can be challenged until the end of 19 October 2026" in text(signed_in("signer").get("/joint-list"))
    assert [said in own(made) for said in (ON_RECEIPT, IN_LIST)] == [False, False]


def test_once_it_is_signed_the_file_and_the_receipt_say_it(store: Store) -> None:
    made, _ = ended(store)
    assert ON_FILE in file_of(made)
    assert "It can be challenged until 19 October 2026." in file_of(made)
    assert [said in own(made) for said in (ON_RECEIPT, IN_LIST)] == [True, True]


def test_from_ones_own_report_to_what_stands_again(store: Store) -> None:
    made, _ = ended(store)
    signed_in("teacher").post(f"/disagree/{made.id}", sheet("disagree", **WHY))
    assert "Challenged since 5 October 2026." in own(made)
    assert "Not decided yet" in text(signed_in("teacher").get("/my-reports"))
    page = file_of(made)
    assert "What two had agreed to lower stands as it was before." in page
    assert "Set aside, as it was challenged" in page
    assert "Proposed, not yet in effect" not in page


def test_once_it_has_ended_nothing_is_set_aside(store: Store) -> None:
    made, said = ended(store)
    raised = raise_it(store, said)
    with playing(AFTER):
        store.say("teacher", DisagreementSettled(), raised)
        page = file_of(made)
    assert [words in page for words in ("Set aside, as it was challenged", "Challenged since", ON_FILE)] == [False] * 3


def test_after_the_last_day_nothing_invites_to_it_and_disagreeing_is_as_open_as_ever(store: Store) -> None:
    made, _ = ended(store)
    with playing(AFTER):
        pages = file_of(made) + own(made)
        assert [words in pages for words in (ON_FILE, ON_RECEIPT, IN_LIST)] == [False] * 3
        sent = signed_in("teacher").post(f"/disagree/{made.id}", sheet("disagree", **WHY), follow=True)
        assert "An answer is due by the end of Thursday 22 October." in text(sent)
        assert "Disputed since 20 October 2026" in own(made)
        assert "Decided: <strong>No further action" in text(signed_in("teacher").get("/my-reports"))


def test_the_last_minute_of_the_last_day_is_in_time(store: Store) -> None:
    made, _ = ended(store)
    with playing(AFTER - timedelta(minutes=1)):
        assert ON_RECEIPT in own(made)


def test_the_list_of_ones_reports_asks_no_more_than_before(store: Store) -> None:
    for _ in range(3):
        ended(store)
    assert queries("teacher", "/my-reports") <= MOST
