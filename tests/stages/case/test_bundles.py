"""A bundle for a court: two agree, only the two get it, and the witness's program checks every word of it."""

import json
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest

from onrecord.access.rules import Denied
from onrecord.case.actions.bundles import NotSigned, hand_over, list_bundles
from onrecord.case.facts import BundleAsked, SafeContactSet
from onrecord.ledger.actions import checkpoint
from onrecord.ledger.facts import Declined, Entry, Seconded, mention_of
from onrecord.ledger.gateway.clock import now, playing
from onrecord.ledger.models import StoredLeaf
from onrecord.ledger.queries import NoSuchEntry
from onrecord.ledger.rules.leaf import digests, disclosures
from onrecord_witness import cli
from tests.pages.case.test_file import read_notes
from tests.partnership import START, Store

ASKED: dict[str, Any] = {
    "whom": "The family court, NB26 C00017",
    "opened": ["said"],
    "why": "The court ordered it on 1 October 2026.",
}
SECRETS = ("Zephyrine", "Quillfeather", "ZZ9 9ZZ", "marmalade", "Nia Prosser", "teacher", "After six")
"""What the report below says of the child, of what was seen, of who said it; and what keeps the child safe."""


def asked(store: Store, made: Entry, by: str = "team-manager", **changed: Any) -> Entry:
    """A bundle of the child's file asked for, and agreed to by nobody yet."""
    about = [mention_of(made.id, "child")]
    return store.say(by, BundleAsked.heard(ASKED | changed), about=about).entry


def agreed(store: Store, made: Entry, **changed: Any) -> Entry:
    """The same, with a second person's agreement, and signed."""
    one = asked(store, made, **changed)
    store.say("signer", Seconded(why="I saw the order."), one)
    checkpoint()
    return one


def reported(store: Store) -> Entry:
    """A report that says all the secrets, on a file with safe contact set."""
    made = store.report()
    store.decide(made)
    safe = {"who": "Her aunt", "how": "phone", "when": "After six", "must_not_know": ["The driver"]}
    store.say("social-worker", SafeContactSet.heard(safe | {"judged": "child"}), made)
    return made


def unpacked(data: bytes, folder: Path) -> Path:
    with ZipFile(BytesIO(data)) as archive:
        archive.extractall(folder)
    return folder


def got(store: Store, one: Entry, folder: Path, by: str = "team-manager") -> Path:
    return unpacked(hand_over(store.viewer(by), one.id, now())[1], folder)


def checked(folder: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """What the witness's program says of a folder, that knows nothing but what is in it."""
    home = str(folder / "nobody")
    status = cli.main(["bundle", str(folder), "--key", str(folder / "log.vkey"), "--home", home, "--json"])
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert status == (0 if found["holds"] else 1)
    return found


def test_every_entry_of_the_file_is_proved_and_only_what_was_agreed_is_opened(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = reported(store)
    found = checked(got(store, agreed(store, made), tmp_path), capsys)
    assert (found["holds"], [row["holds"] for row in found["entries"]]) == (True, [True] * len(found["entries"]))
    held = [(tmp_path / f"{row['entry']}.entry").read_bytes() for row in found["entries"]]
    assert held[0] == bytes(StoredLeaf.objects.get(uid=made.id).payload)
    first = found["entries"][0]["opened"]
    assert first["body.words"] == "She said a marmalade-coloured car waits for her."
    assert {"by", "on_behalf", "body.child"} & set(first) == set()


PARTS = {
    (): frozenset[str](),
    ("said",): frozenset({"marmalade"}),
    ("who",): frozenset({"Nia Prosser", "teacher"}),
    ("child",): frozenset({"Zephyrine", "Quillfeather", "ZZ9 9ZZ"}),
}


@pytest.mark.parametrize("parts", list(PARTS), ids=lambda parts: "-".join(parts) or "nothing")
def test_what_was_not_agreed_stands_nowhere_in_it(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str], parts: tuple[str, ...]
) -> None:
    folder = got(store, agreed(store, reported(store), opened=parts), tmp_path)
    said = json.dumps([row["opened"] for row in checked(folder, capsys)["entries"]])
    seen = {one for one in SECRETS if one.lower() in said.lower()}
    assert seen <= PARTS[parts] | {"teacher"}
    assert seen >= PARTS[parts] - {"Nia Prosser", "teacher"}


def test_what_keeps_the_child_safe_is_never_opened(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = got(store, agreed(store, reported(store), opened=["said", "who", "child"]), tmp_path)
    said = json.dumps(checked(folder, capsys))
    assert [one for one in ("aunt", "The driver", "After six") if one in said] == []


def test_a_word_that_was_changed_is_found(store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = got(store, agreed(store, reported(store)), tmp_path)
    path = sorted(folder.glob("*.opened"))[0]
    other = disclosures({"body.words": "She said that nobody waits."}, [bytes(16)])
    path.write_text(path.read_text() + f"{other[0]}\n")
    found = checked(folder, capsys)
    assert [row["holds"] for row in found["entries"]].count(False) == 1
    assert found["entries"][0]["words"].endswith("is not what the entry commits to.")
    assert digests(other)[0] not in (folder / f"{path.stem}.entry").read_text()


def test_only_the_days_asked_for_and_only_what_stood_there_when_it_was_asked(store: Store, tmp_path: Path) -> None:
    made = store.report()
    with playing(START + timedelta(days=3)):
        store.decide(made)
        late = asked(store, made, since="2026-10-06")
        early = asked(store, made, until="2026-10-06")
        for one in (late, early):
            store.say("signer", Seconded(why="I saw the order."), one)
        checkpoint()
        kinds = {name: kinds_in(got(store, one, tmp_path / name)) for name, one in (("late", late), ("early", early))}
    assert kinds == {
        "late": ["intake.decision_made/1"],
        "early": ["intake.report_received/1", "intake.report_routed/1"],
    }


def kinds_in(folder: Path) -> list[str]:
    return [json.loads(path.read_bytes())["kind"] for path in sorted(folder.glob("*.entry"))]


def refused(store: Store, one: Entry, by: str) -> bool:
    with pytest.raises(NoSuchEntry) as found:
        hand_over(store.viewer(by), one.id, now())
    return str(found.value) == f"There is no bundle {one.id}."


def test_nobody_gets_it_before_a_second_person_agreed_or_after_they_declined(store: Store) -> None:
    made = reported(store)
    waits, declined = asked(store, made), asked(store, made)
    store.say("signer", Declined(why="There is no order.", answer="disagree"), declined)
    checkpoint()
    assert [refused(store, one, "team-manager") for one in (waits, declined)] == [True, True]
    with pytest.raises(Denied):
        store.say("team-manager", Seconded(why="I agree with myself."), waits)


def test_only_the_two_get_it(store: Store) -> None:
    made = reported(store)
    one = agreed(store, made)
    before = read_notes()
    users = ("social-worker", "teacher", "head", "officer", "manager", "admin", "scrutineer", "front-door")
    assert [refused(store, one, user) for user in users] == [True] * len(users)
    assert refused(store, made, "team-manager")
    assert read_notes() == before


def test_each_time_it_is_had_is_a_read(store: Store, tmp_path: Path) -> None:
    one = agreed(store, reported(store))
    before = len(read_notes())
    got(store, one, tmp_path)
    assert read_notes()[before:] == [("bundle", "team-manager", None)]


def test_what_is_not_signed_yet_is_not_handed_over(store: Store) -> None:
    one = asked(store, reported(store))
    store.say("signer", Seconded(why="I saw the order."), one)
    with pytest.raises(NotSigned):
        hand_over(store.viewer("team-manager"), one.id, now())


def test_the_list_says_where_each_stands(store: Store) -> None:
    made = reported(store)
    agreed(store, made)
    asked(store, made, whom="An inquiry")
    mention = mention_of(made.id, "child")
    found = {
        user: [(one.fact.whom, one.ready, one.theirs) for one in list_bundles(store.viewer(user), mention, now())]
        for user in ("team-manager", "social-worker")
    }
    court = ASKED["whom"]
    assert found == {
        "team-manager": [("An inquiry", False, True), (court, True, True)],
        "social-worker": [("An inquiry", False, False), (court, True, False)],
    }
    for user in ("nurse", "manager"):
        with pytest.raises(Denied):
            list_bundles(store.viewer(user), mention, now())


@pytest.mark.parametrize("by", ["social-worker", "teacher", "officer"])
def test_a_manager_asks_for_it(store: Store, by: str) -> None:
    with pytest.raises(Denied):
        asked(store, reported(store), by=by)


def test_there_is_no_bundle_that_was_never_asked_for(store: Store) -> None:
    with pytest.raises(NoSuchEntry):
        hand_over(store.viewer("team-manager"), uuid4(), now())
