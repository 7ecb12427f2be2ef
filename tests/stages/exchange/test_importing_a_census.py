"""A census becomes the register of known children: whole or not at all, once, with one look-back a child."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from onrecord.access.rules import Denied
from onrecord.case.facts import LookBackDone
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.duties.queries import duties_as_at
from onrecord.exchange.actions import Imported, ReturnChanged
from onrecord.exchange.queries import NoSuchAgency
from onrecord.ledger.actions import checkpoint, rebuild, verify
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import all_lines, entries, size
from onrecord.linkage.facts import CENSUS_NEEDS, ChildRegistered
from tests.stages.exchange.census import CENSUS, spoilt

NEXT = ((">2026<", ">2027<"), (">2026-03-31<", ">2027-03-31<"))
"""The same children on the next year's census."""


def registered():
    return entries(line.id for line in all_lines() if line.kind == ChildRegistered.kind)


def owed() -> Counter[str]:
    return Counter(Owed.objects.values_list("rule", flat=True))


def test_every_child_is_registered_by_the_machine_for_childrens_social_care(imported) -> None:
    assert imported() == Imported(read=3, new=3, look_backs=3, unborn=1)
    found = registered()
    assert {(one.saying.by, one.saying.role, one.saying.agency, one.saying.on_behalf) for one in found} == {
        ("onrecord", "machine", "social-care", "social-care")
    }
    happened = found[0].saying.happened
    assert happened.earliest == datetime(2024, 5, 5, 23, tzinfo=UTC)
    assert happened.latest == datetime(2024, 5, 6, 23, tzinfo=UTC) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("by", "agency", "behalf"), [("director", "social-care", None), ("manager", "partnership", "social-care")]
)
def test_a_person_who_imports_speaks_in_their_own_role(imported, by: str, agency: str, behalf: str | None) -> None:
    imported(by=by)
    assert {(one.saying.by, one.saying.agency, one.saying.on_behalf) for one in registered()} == {(by, agency, behalf)}
    assert {one.saying.fact.source.split(",")[0] for one in registered()} == {"Northbrook Children's Services"}


def test_an_administrator_cannot_import(imported) -> None:
    before = size()
    with pytest.raises(Denied):
        imported(by="admin")
    assert size() == before


def test_the_same_file_again_records_nothing_new_whoever_imports_it(imported) -> None:
    imported()
    before = size()
    assert imported() == imported(by="director") == Imported(read=3, new=0, look_backs=0, unborn=1)
    assert size() == before


def test_a_changed_file_of_the_same_return_is_refused_whole_and_says_what_to_do(imported) -> None:
    imported()
    before = size()
    with pytest.raises(ReturnChanged) as refusal:
        imported(spoilt((">N6<", ">N5<"), ("INV0000002", "INV0000004")))
    assert size() == before
    assert "999, 2026, 2026-03-31, serial 001" in str(refusal.value)
    assert "1 child, the first on line" in str(refusal.value)
    assert "next serial number" in str(refusal.value)


def test_a_corrected_return_stands_beside_the_first_and_opens_no_second_look_back(imported) -> None:
    imported()
    fourth = CENSUS[CENSUS.index("<Child>") : CENSUS.index("</Child>") + 8].replace("INV0000001", "INV0000004")
    fourth = fourth.replace("<UPN>F999300114001</UPN>", "")
    corrected = spoilt((">N6<", ">N5<"), ("<SerialNo>001", "<SerialNo>002"), ("  </Children>", fourth + "</Children>"))
    assert imported(corrected) == Imported(read=4, new=4, look_backs=1, unborn=1)
    assert Counter(one.saying.fact.listing for one in registered()) == {"first": 4, "again": 3}
    assert owed()["look-back"] == 4
    assert imported() == Imported(read=3, new=0, look_backs=0, unborn=1)
    assert imported(corrected) == Imported(read=4, new=0, look_backs=0, unborn=1)


def test_next_years_census_opens_a_look_back_only_for_those_who_are_new(imported) -> None:
    imported()
    assert imported(spoilt(*NEXT, ("INV0000003", "INV0000005"))) == Imported(read=3, new=3, look_backs=1, unborn=1)
    assert owed()["look-back"] == 4


def test_another_authoritys_child_of_the_same_number_is_another_child(imported) -> None:
    imported()
    assert imported(spoilt((">999<", ">998<"))) == Imported(read=3, new=3, look_backs=3, unborn=1)


def test_imported_history_opens_one_look_back_a_child_and_is_late_with_nothing(imported, store) -> None:
    before = owed()
    imported()
    assert owed() - before == {"look-back": 3}
    rows = Owed.objects.filter(rule="look-back")
    due = rows.values_list("due_at", flat=True).first()
    opened = {row.opening for row in rows}
    assert opened == {one.id for one in registered()}
    for later in (timedelta(0), timedelta(days=30), due - store.start - timedelta(seconds=1)):
        mine = [duty for duty in duties_as_at(store.start + later, store.start) if duty.opening in opened]
        assert [duty.state for duty in mine] == ["open"] * 3
    climbed = Envelope.objects.filter(kind="duties.duty_escalated", coded__rule="look-back")
    for moment, count in ((due - timedelta(seconds=1), 0), (due, 3)):
        with playing(moment):
            tick(now(), sign=False)
        assert climbed.count() == count


def test_a_look_back_that_was_done_is_not_owed_again_by_next_years_census(imported, store) -> None:
    imported()
    child = registered()[0]
    fact = LookBackDone.heard({"outcome": "nothing_found", "found": "Read from the first page to the last."})
    store.say("team-manager", fact, child, uid=uuid4())
    imported(spoilt(*NEXT))
    states = Counter(Owed.objects.filter(rule="look-back").values_list("state", flat=True))
    assert states == {"met": 1, "open": 2}


def test_a_referral_to_come_is_kept_as_returned_and_has_not_happened_later_than_now(imported, store) -> None:
    imported(spoilt((">2026-01-15<", ">2030-01-15<")))
    child = registered()[1]
    assert f"{child.saying.fact.known_since}" == "2030-01-15"
    assert child.saying.happened.latest == store.start
    assert child.saying.happened.said == "on the list as 15 January 2030"


def test_what_was_imported_verifies_and_can_be_rebuilt(imported) -> None:
    imported()
    checkpoint()
    checkpoint("reads")
    assert [check.faults for check in verify() if check.faults] == []
    assert set(rebuild(check=True).values()) == {True}


def test_no_child_is_read_before_anybody_returns_a_census(imported, monkeypatch) -> None:
    monkeypatch.setattr("onrecord.exchange.queries.RETURNS_A_CENSUS", "probation")
    with pytest.raises(NoSuchAgency):
        imported()


def test_the_needs_are_those_the_census_has_coded_since_2022() -> None:
    assert set(CENSUS_NEEDS.words) == {f"N{number}" for number in range(10)}
