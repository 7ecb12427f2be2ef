"""The page on which stands who was told what, and what they answered."""

from onrecord.ledger.queries import every
from onrecord.oversight.facts import WrittenReportHandedOver
from tests.pages.browsing import sheet, signed_in, text
from tests.pages.test_disagreeing import MOST
from tests.pages.test_disagreeing import queries as questions
from tests.partnership import Store
from tests.stages.oversight.test_told import ANSWERED, REPORT, put


def typing(**changed: str) -> dict[str, str]:
    """What a browser sends to hand over a report."""
    return sheet("record") | {f"record-{field}": said for field, said in (REPORT | changed).items()}


def test_a_report_is_handed_over_and_answered_in_sight(store: Store) -> None:
    typed = typing(fingerprint="4f" * 32)
    kind = WrittenReportHandedOver.kind
    sent = text(signed_in("teacher").post(f"/record/{kind}", typed, follow=True))
    assert "Recorded: Written report handed over. Owed now: answer a written report, by" in sent
    page = text(signed_in("scrutineer").get("/told"))
    assert "“Eighteen months” by Hana Whitcombe" in page
    assert "Northbrook Children&#x27;s Services answers by the end of Monday 2 November." in page


def test_a_wrong_fingerprint_says_what_to_give_and_keeps_what_was_typed(store: Store) -> None:
    typed = typing(fingerprint="4f4f")
    page = text(signed_in("teacher").post(f"/record/{WrittenReportHandedOver.kind}", typed))
    assert "Give the 64 signs that sha256sum prints" in page
    assert 'value="4f4f"' in page


def test_an_answer_stands_beside_it(store: Store) -> None:
    made = put(store, "teacher")
    store.say("head", ANSWERED, made)
    page = text(signed_in("teacher").get("/told"))
    assert "We look again by Friday." in page
    assert "answers by" not in page


def test_it_is_noted_before_it_is_shown(store: Store) -> None:
    made = put(store, "teacher")
    signed_in("head").get("/told")
    (opened,) = [made for batch in every("reads") for made in batch if made.saying.by == "head"]
    assert (opened.saying.fact.coded()["what"], opened.saying.about) == ("told", (made.id,))


def test_it_takes_as_many_questions_for_one_as_for_many(store: Store) -> None:
    counts = []
    for many in (1, 4):
        for _ in range(many):
            store.say("head", ANSWERED, put(store, "teacher"))
        counts.append(questions("head", "/told"))
    assert counts[0] == counts[1] <= MOST


def test_what_is_passed_and_not_in_force_is_shown_so_and_owed_by_nobody(store: Store) -> None:
    page = text(signed_in("teacher").get("/rulebook/rules/report-what-you-learnt"))
    assert "Not in force yet, no day is set; then 7 days." in page
    assert "From a day that is not set yet." in page
    assert "intake.abuse_learnt" not in text(signed_in("teacher").get("/record/new"))
    assert signed_in("teacher").get("/record/intake.abuse_learnt").status_code == 404
