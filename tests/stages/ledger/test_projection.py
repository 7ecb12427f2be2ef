"""A read table that fails is a nuisance, never a lost fact."""

import pytest

from onrecord.intake import projector as intake
from onrecord.intake.models import Report
from onrecord.ledger import projector as outsides
from onrecord.ledger.actions import append, heal, rebuild
from onrecord.ledger.facts import Entry
from onrecord.ledger.gateway.registry import projectors
from onrecord.ledger.models import Envelope, Unprojected
from onrecord.ledger.queries import entry
from tests.partnership import Store
from tests.stages.ledger.tampering import run, unguarded


def broken(entries: object) -> None:
    raise ZeroDivisionError("a planted fault")


def test_a_projector_that_raises_does_not_fail_the_append(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "project", broken)
    made = store.report()
    assert entry(made.id) == made
    assert list(Unprojected.objects.values_list("seq", "projector", "error")) == [
        (made.seq + number, "onrecord.intake.projector", "ZeroDivisionError") for number in (0, 1)
    ]  # the report, and where it went


def test_the_other_tables_are_written_all_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "project", broken)
    made = store.report()
    assert (Envelope.objects.filter(uid=made.id).count(), Report.objects.filter(uid=made.id).count()) == (1, 0)


def test_a_failure_in_the_database_itself_does_not_fail_the_append(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "project", lambda entries: run("SELECT no_such_column FROM intake_report"))
    made = store.report()
    assert entry(made.id) == made


def test_what_failed_is_healed_when_the_fault_is_mended(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(intake, "project", broken)
        made = store.report()
    assert (heal(), Report.objects.filter(uid=made.id).count(), Unprojected.objects.count()) == (2, 1, 0)
    assert set(rebuild(check=True).values()) == {True}


def test_healing_what_is_still_broken_mends_nothing_and_stops_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outsides, "project", broken)
    store.report()
    assert heal() <= 0
    assert Unprojected.objects.exists()


def test_an_entry_that_does_not_open_does_not_stop_the_watch(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as planted:
        planted.setattr(intake, "project", broken)
        store.report()
    with unguarded():
        run("DELETE FROM ledger_opening WHERE uid = (SELECT uid FROM ledger_leaf WHERE seq = 4)")
    before = Envelope.objects.count()
    assert (heal(), Envelope.objects.count()) == (0, before)


def test_every_projector_is_asked_in_the_order_of_the_settings(store: Store, settings: object) -> None:
    assert [made.__name__ for made in projectors()] == list(settings.PROJECTORS)


def test_nothing_said_writes_nothing(store: Store) -> None:
    before = Envelope.objects.count()
    assert (append([]), Envelope.objects.count()) == ([], before)


def test_a_failure_is_logged_without_a_word_of_what_was_said(
    store: Store, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A log is read by people who may read no case, and the error had the whole report in its hands."""

    def careless(entries: list[Entry]) -> None:
        raise ValueError(entries[0].saying.fact.child.family_name)

    monkeypatch.setattr(intake, "project", careless)
    store.report()
    logged = "".join(capfd.readouterr())
    found = [word in logged for word in ("projection failed", "ValueError", "test_projection.py:")]
    leaked = [word for word in ("Quillfeather", "Zephyrine", "marmalade", "ZZ9") if word in logged]
    assert (found, leaked) == ([True] * 3, [])
