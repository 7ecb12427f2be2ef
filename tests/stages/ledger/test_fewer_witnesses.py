"""A witness is left out by nobody inside: the attempt is on record, told outside, and counts only with them."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.cli.ills import ills
from onrecord.duties.actions import tick
from onrecord.duties.models import Owed
from onrecord.ledger.actions import checkpoint, rebuild
from onrecord.ledger.facts import (
    Declined,
    Entry,
    Fact,
    Seconded,
    WitnessesNamed,
    WitnessFileAgrees,
)
from onrecord.ledger.gateway.clock import playing
from onrecord.ledger.models import Envelope
from onrecord.ledger.queries import entries, envelopes, policies, policy_in_force, promised, witness_file
from onrecord.ledger.rules.weaker import WITNESS_FILE
from onrecord.notices.models import Notice
from onrecord_witness.home import Home
from tests.partnership import PEOPLE, START, Store
from tests.stages.ledger.witnessing import named

AGREES, DISAGREES = Seconded(why="I have read it."), Declined(answer="disagree", why="No.")
OUTSIDE = {"scrutineer", "inspectorate"}
INSIDE = sorted(set(PEOPLE) - OUTSIDE)


@pytest.fixture
def fewer(store: Store, outside: Home, fresh_home: Path) -> Entry:
    """One witness is on record, and a file is put in place by which their signature is asked for no more."""
    named(fresh_home, outside, "")
    tick(START, sign=False)
    named(fresh_home, outside, "", "none")
    tick(START, sign=False)
    return entries([envelopes([WitnessesNamed.kind])[0].uid])[0]


def told() -> set[str]:
    rows = Notice.objects.filter(item__news__startswith="A file is put in place")
    return set(rows.values_list("recipient", flat=True))


def namings() -> list[bool]:
    """Every naming in order: whether it is a proposal."""
    return list(Envelope.objects.filter(kind=WitnessesNamed.kind).order_by("seq").values_list("proposed", flat=True))


def differences() -> list[tuple[str, str]]:
    """What the record says of the file, and how each duty stands that came of it."""
    rows = Envelope.objects.filter(kind="ledger.witness_file_differs").order_by("seq")
    owed = {row.opening: row.state for row in Owed.objects.filter(rule="witness-file-differs")}
    return [(row.coded["how"], owed[row.uid]) for row in rows]


def test_the_attempt_is_on_record_reaches_both_outside_and_changes_nothing(fewer: Entry, store: Store) -> None:
    assert (fewer.proposed, fewer.saying.fact.coded()["outside"]) == (True, "less")
    assert fewer.saying.lowering is not None
    assert "signatures that are not enough now" in fewer.saying.lowering.words
    assert (promised(None).quorum, namings(), told()) == ("inspectorate", [False, True], OUTSIDE)
    assert [(row.rule, row.role) for row in Owed.objects.filter(opening=fewer.id)] == [
        ("outside-agrees-to-witnesses", "scrutineer")
    ]
    assert (witness_file(), differences()) == ("weaker", [("weaker", "open")])


def test_the_same_file_is_one_attempt_however_often_the_watch_looks(fewer: Entry) -> None:
    tick(START + timedelta(minutes=1), sign=False)
    checkpoint()
    assert (namings(), len(differences()), Notice.objects.filter(item__news__startswith="A file").count()) == (
        [False, True],
        1,
        2,
    )


@pytest.mark.parametrize("user", INSIDE)
@pytest.mark.parametrize("said", [AGREES, DISAGREES])
def test_nobody_inside_answers_it(fewer: Entry, store: Store, user: str, said: Fact) -> None:
    with pytest.raises(Denied):
        store.say(user, said, fewer)
    assert (promised(None).quorum, Owed.objects.get(opening=fewer.id).state) == ("inspectorate", "open")


@pytest.mark.parametrize("user", INSIDE)
@pytest.mark.parametrize("fact", [WitnessesNamed(signers="nobody", digest="0" * 64, policy="quorum none\n")])
def test_nobody_names_witnesses_by_hand_and_that_it_was_tried_is_on_record(store: Store, user: str, fact: Fact) -> None:
    with pytest.raises(Denied):
        store.say(user, fact)
    rows = Envelope.objects.filter(kind="access.outside_change_refused")
    assert [(row.coded, row.agency) for row in rows] == [({"what": "witnesses"}, store.viewer(user).seat.agency)]
    assert set(Notice.objects.values_list("recipient", flat=True)) == OUTSIDE
    assert namings() == []


@pytest.mark.parametrize("user", sorted(OUTSIDE))
def test_it_counts_when_one_of_them_agrees(fewer: Entry, store: Store, user: str) -> None:
    before = promised(None)
    store.say(user, AGREES, fewer)
    assert (promised(None).quorum, namings()) == ("", [False, True, False])
    assert (promised(fewer.seq), promised(fewer.seq + 1)) == (before, before)
    tick(START, sign=False)
    assert (witness_file(), differences(), namings()) == ("", [("weaker", "met")], [False, True, False])
    assert set(rebuild(check=True).values()) == {True}


def test_what_they_refuse_stays_out_and_the_file_stays_an_alarm(
    fewer: Entry, store: Store, outside: Home, fresh_home: Path
) -> None:
    store.say("scrutineer", DISAGREES, fewer)
    tick(START, sign=False)
    assert (promised(None).quorum, namings(), witness_file()) == ("inspectorate", [False, True], "weaker")
    named(fresh_home, outside, "")
    tick(START, sign=False)
    assert (witness_file(), differences(), namings()) == ("", [("weaker", "met")], [False, True])


def test_one_that_was_only_proposed_is_no_policy_that_a_receipt_could_name(fewer: Entry) -> None:
    assert list(policies()) == [promised(None).policy]


def test_it_is_weighed_against_those_who_witness_now(
    fewer: Entry, store: Store, outside: Home, fresh_home: Path
) -> None:
    text = named(fresh_home, outside, "")
    (fresh_home / "witnesses.policy").write_text(f"# by another hand\n{text}")
    tick(START, sign=False)
    with pytest.raises(ValueError, match="Other witnesses"):
        store.say("scrutineer", AGREES, fewer)
    assert promised(None).quorum == "inspectorate"


def test_one_agreement_ends_every_alarm_before_it(store: Store, outside: Home, fresh_home: Path) -> None:
    kept, file = named(fresh_home, outside, ""), fresh_home / "witnesses.policy"
    tick(START, sign=False)
    for minutes in range(22):
        with playing(START + timedelta(minutes=minutes)):
            file.write_text("quorum nobody\n") if minutes % 2 else file.unlink()
            tick(START, sign=False)
    file.write_text(kept)
    tick(START, sign=False)
    assert (witness_file(), differences()) == ("", [("gone", "met"), ("wrong", "met")] * 11)


@pytest.mark.parametrize(("text", "how"), [(None, "gone"), ("quorum nobody\n", "wrong")])
def test_a_file_that_is_gone_or_wrong_is_an_alarm_and_leaves_nobody_out(
    store: Store, outside: Home, fresh_home: Path, text: str | None, how: str
) -> None:
    kept, file = named(fresh_home, outside, ""), fresh_home / "witnesses.policy"
    tick(START, sign=False)
    before = policy_in_force()
    file.write_text(text) if text else file.unlink()
    tick(START, sign=False)
    assert (witness_file(), differences(), policy_in_force()) == (how, [(how, "open")], before)
    late = Owed.objects.get(rule="witness-file-differs").due_at
    with playing(late):
        tick(late, sign=False)
        rows = Envelope.objects.filter(kind="duties.duty_escalated", coded__rule="witness-file-differs")
        assert [row.coded["told"] for row in rows] == [["scrutineer"]]
        file.write_text(kept)
        tick(late, sign=False)
        assert (witness_file(), differences()) == ("", [(how, "met_late")])


def test_without_a_policy_on_record_a_missing_file_is_no_alarm(store: Store, fresh_home: Path) -> None:
    tick(START, sign=False)
    assert (witness_file(), differences(), namings()) == ("", [], [])


def test_the_commands_say_so(store: Store, outside: Home, fresh_home: Path) -> None:
    named(fresh_home, outside, "")
    assert CliRunner().invoke(app, ["checkpoint"]).stderr == ""
    named(fresh_home, outside, "", "none")
    answer: Any = CliRunner().invoke(app, ["checkpoint"])
    assert (answer.exit_code, answer.stderr.split(".")[0]) == (
        0,
        "The file of witnesses asks less of those outside than is on record",
    )
    assert "counts only if one of them agrees" in CliRunner().invoke(app, ["witnesses"]).stdout
    assert [said for said in ills() if said.startswith("The file of witnesses")] == [WITNESS_FILE["weaker"]]


def test_the_agreement_of_the_file_is_said_by_the_watch_alone(fewer: Entry, store: Store) -> None:
    with pytest.raises(Denied):
        store.say("manager", WitnessFileAgrees())
    assert witness_file() == "weaker"


def test_the_duty_says_what_would_be_asked_less(fewer: Entry, client: Any) -> None:
    from tests.pages.browsing import signed_in, text  # noqa: PLC0415  # models need Django set up

    key = Owed.objects.get(opening=fewer.id).key
    page = text(signed_in("scrutineer").get(f"/duties/{key}"))
    assert "a checkpoint would count as witnessed with signatures that are not enough now" in page
