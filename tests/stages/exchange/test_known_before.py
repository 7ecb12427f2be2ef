"""A report about a child of a census: the deciding front door learns who knew them and since when, and is noted."""

from datetime import date

import pytest

from onrecord.access.facts import RecordOpened
from onrecord.access.rules import Denied
from onrecord.intake.actions import known_before, opening
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.queries import every, size

UNKNOWN = {"child": {"upn": "X000000000000"}}


@pytest.fixture
def asked(imported, store):
    imported()

    def _asked(by: str = "front-door", **changed):
        report = store.report(**changed)
        return report, known_before(store.viewer(by), report.id, now())

    return _asked


def reads() -> list[tuple[str, str]]:
    found = [entry for batch in every("reads") for entry in batch if isinstance(entry.saying.fact, RecordOpened)]
    return [(entry.saying.by, entry.saying.fact.what) for entry in found]


@pytest.mark.parametrize("upn", ["F999300114001", "f9993 0011 4001"])
def test_by_pupil_number_by_whom_and_since_when(asked, upn: str) -> None:
    _, (known,) = asked(child={"upn": upn})
    assert known.source == "Northbrook Children's Services, Children in Need census 2026 (local authority 999)"
    assert (known.since, known.likeness.strong) == (date(2024, 5, 6), True)
    assert "same pupil number" in known.likeness.words


def test_by_child_id(asked) -> None:
    _, (known,) = asked(child={"local_id": "INV0000003"})
    assert (known.since, known.likeness.strong) == (date(2023, 2, 1), True)


def test_a_birth_date_and_sex_alone_are_only_could_be(asked) -> None:
    _, (known,) = asked(child={"born": "2012-01-03", "sex": "F"})
    assert known.likeness.strong is False
    assert set(known.likeness.words) == {"same birth date", "same sex recorded"}


def test_a_child_nobody_listed_is_not_known(asked) -> None:
    assert asked(**UNKNOWN)[1] == []


@pytest.mark.parametrize("by", ["teacher", "officer", "scrutineer", "admin", "social-worker"])
def test_nobody_else_learns_whether_a_child_is_known(asked, store, by: str) -> None:
    for changed in ({"child": {"upn": "F999300114001"}}, UNKNOWN):
        before = size("reads")
        with pytest.raises(Denied) as refusal:
            asked(by, **changed)
        assert str(refusal.value) == "Only the front door that decides can see this."
        assert size("reads") == before


def test_the_look_up_is_noted_before_it_is_answered(asked, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    looked = opening.candidates
    monkeypatch.setattr(opening, "candidates", lambda *given: seen.append(reads()[-1]) or looked(*given))
    report, _ = asked(child={"upn": "F999300114001"})
    assert seen == [("front-door", "known_before")]
    (last,) = [entry for batch in every("reads", size("reads") - 1) for entry in batch]
    assert last.saying.about == (report.id,)


def test_the_report_is_stored_whether_or_not_the_look_up_works(imported, store, monkeypatch) -> None:
    imported()
    monkeypatch.setattr(opening, "candidates", lambda *given: 1 / 0)
    report = store.report(child={"upn": "F999300114001"})
    with pytest.raises(ZeroDivisionError):
        known_before(store.viewer("front-door"), report.id, now())
    assert store.receipt(uid=report.id, child={"upn": "F999300114001"}).startswith("onrecord receipt v1")
