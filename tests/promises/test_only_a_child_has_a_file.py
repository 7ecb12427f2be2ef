"""Nobody has a file as an adult of concern, so no child is treated as a suspect: a file is a child's own."""

from onrecord.ledger.facts import Entry, Person, mention_of
from onrecord.ledger.gateway.registry import catalogue
from tests.pages.browsing import signed_in, text
from tests.partnership import Store

BOY = "Barnaby Oxbow, 15, from Hill School, waits in the car."


def test_the_only_person_that_a_fact_describes_is_the_child_it_is_about() -> None:
    described = {
        (kind, name)
        for kind, fact in catalogue().items()
        for name, field in fact.model_fields.items()
        if Person.__name__ in str(field.annotation)
    }
    assert {name for _, name in described} == {"child"}
    assert ("intake.report_received", "child") in described


def test_a_boy_whom_a_report_names_has_no_file(store: Store) -> None:
    made: Entry = store.report(who=BOY)
    assert made.mentions == (mention_of(made.id, "child"),)
    for path in ("who", "people.0", "names.0"):
        page = signed_in("front-door").get(f"/children/{mention_of(made.id, path)}")
        assert (page.status_code, "Barnaby" in text(page)) == (403, False)
