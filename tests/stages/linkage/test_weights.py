"""What people judged teaches weights; they are measured on other children, and adopted by a separate act, or not."""

import json
import re
from itertools import product
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from typer.testing import CliRunner

from onrecord.access.facts import RecordOpened
from onrecord.access.rules import Denied
from onrecord.cli.app import app
from onrecord.duties.actions.weights import adopt_weights, teach_weights
from onrecord.ledger.facts import Entry, Saying, Seconded, When, mention_of
from onrecord.ledger.gateway.clock import now
from onrecord.ledger.gateway.home import home
from onrecord.ledger.queries import every
from onrecord.ledger.rules.machine import MACHINE
from onrecord.linkage.actions import NotAdopted, register
from onrecord.linkage.facts import ChildRegistered, LinkJudged, ModelAdopted, ModelTaught
from onrecord.linkage.gateway import scales
from onrecord.linkage.gateway.model import NoSuchModel
from onrecord.linkage.queries import in_use
from tests.partnership import START, Store

GIVEN = ("Ada", "Beth", "Cleo", "Dora", "Elke", "Fern", "Gwen", "Hana", "Iris", "Jade", "Kezia", "Lotte")
FAMILY = ("Arden", "Brock", "Croft", "Dunmore", "Ellery", "Farrow", "Garland", "Hobday", "Ingram", "Jessop", "Kendal",
          "Lomax")  # fmt: skip
WHY = "It was measured on other children."


def listed(people: list[dict[str, str]]) -> list[Entry]:
    """Children of another list."""
    made = [
        ChildRegistered.heard({"child": one, "source": "education", "known_since": "2026-03-02", "need": "N0"})
        for one in people
    ]
    return register([Saying(uuid4(), fact, MACHINE, "machine", MACHINE, When.at(START)) for fact in made])


def judge(store: Store, one: Entry, other: Entry, verdict: str) -> None:
    about = [mention_of(made.id, "child") for made in (one, other)]
    store.say("front-door", LinkJudged(verdict=verdict, why="Compared."), about=about)


def judged(store: Store, verdicts: tuple[str, str] = ("same", "different")) -> None:
    """Of a hundred children, two names that are alike; of a hundred more, a brother or sister of the same day."""
    people = []
    for place, (given, family) in enumerate(list(product(GIVEN, FAMILY))[:100]):
        who = {"given_name": given, "family_name": family, "born": f"20{10 + place % 8}-0{1 + place % 9}-1{place % 7}"}
        people += [who, who | {"given_name": f"{given}morinda"}]
        twin = who | {"family_name": f"{family}wick", "phone": f"07700 900{place:03}"}
        people += [twin, twin | {"given_name": GIVEN[(GIVEN.index(given) + 5) % 12]}]
    made = listed(people)
    for start in range(0, len(made), 4):
        for pair, verdict in ((made[start : start + 2], verdicts[0]), (made[start + 2 : start + 4], verdicts[1])):
            judge(store, *pair, verdict)


def test_what_people_judged_is_measured_and_adopted_by_two(store: Store) -> None:
    judged(store)
    digest, made, card = teach_weights(store.viewer("front-door"), now())
    assert (made.learnt_from + made.held_out, made.worse, made.by_two) == (200, (), True)
    assert made.after.loss < made.before.loss
    assert in_use() is scales()
    proposal = adopt_weights(store.viewer("director"), digest, WHY, now())
    assert (proposal.proposed, in_use().version) == (True, "1")
    store.say("signer", Seconded(why="I read the card."), proposal)
    assert in_use().version == digest
    words = set(re.findall(r"[a-z]+", card.read_text().casefold()))
    assert words.isdisjoint(name.casefold() for name in (*GIVEN, *FAMILY))


def test_weights_that_are_worse_are_not_adopted(store: Store) -> None:
    judged(store)
    first, _, _ = teach_weights(store.viewer("front-door"), now())
    store.say("signer", Seconded(why="I read the card."), adopt_weights(store.viewer("director"), first, WHY, now()))
    again, made, card = teach_weights(store.viewer("front-door"), now())
    assert (made.before, made.worse) == (made.after, ("It expects less well what people said.",))
    assert "It expects less well what people said." in card.read_text()
    with pytest.raises(NotAdopted, match="worse than those in use"):
        adopt_weights(store.viewer("director"), again, WHY, now())
    assert in_use().version == first


def test_too_few_judgements_are_not_adopted(store: Store) -> None:
    one, other = listed([{"given_name": "Ada", "family_name": "Arden"}] * 2)
    judge(store, one, other, "same")
    digest, made, _ = teach_weights(store.viewer("front-door"), now())
    assert len(made.worse) == 1
    with pytest.raises(NotAdopted, match="worse"):
        adopt_weights(store.viewer("director"), digest, WHY, now())
    assert in_use() is scales()


def test_only_what_was_measured_here_and_stands_as_it_was_is_adopted(store: Store) -> None:
    judged(store)
    digest, _, card = teach_weights(store.viewer("front-door"), now())
    file = card.with_name(f"model-{digest}.json")
    with pytest.raises(NoSuchModel):
        adopt_weights(store.viewer("director"), "0" * 64, WHY, now())
    adopt_weights(store.viewer("director"), digest, WHY, now())
    with pytest.raises(NotAdopted, match="since they were measured"):
        adopt_weights(store.viewer("manager"), digest, WHY, now())
    file.write_text(file.read_text() + " ")
    with pytest.raises(NoSuchModel, match="changed"):
        adopt_weights(store.viewer("manager"), digest, WHY, now())
    assert Path(home()) in file.parents


@pytest.mark.parametrize("by", ["teacher", "director", "admin", "scrutineer"])
def test_nobody_else_opens_what_was_judged(store: Store, by: str) -> None:
    with pytest.raises(Denied):
        teach_weights(store.viewer(by), now())


@pytest.mark.parametrize("by", ["front-door", "teacher", "admin", "signer"])
def test_nobody_else_adopts_weights(store: Store, by: str) -> None:
    with pytest.raises(Denied, match="director"):
        adopt_weights(store.viewer(by), "0" * 64, WHY, now())


@pytest.mark.parametrize(
    "fact",
    [
        ModelAdopted(digest="0" * 64, why=WHY),
        ModelTaught(
            digest="0" * 64, taught=1, held_out=1, same=1, before=1, after=1, dropped=0, worse="no", fair="measured"
        ),
    ],
)
def test_neither_is_said_past_its_own_door(store: Store, fact: Any) -> None:
    with pytest.raises(Denied, match="machine"):
        store.say("director", fact)


def test_a_changed_file_weighs_nothing(store: Store) -> None:
    judged(store)
    digest, _, card = teach_weights(store.viewer("front-door"), now())
    proposal = adopt_weights(store.viewer("director"), digest, WHY, now())
    card.with_name(f"model-{digest}.json").unlink()
    store.say("signer", Seconded(why="I read the card."), proposal)
    assert in_use() is scales()


def test_the_commands_say_what_they_did(store: Store) -> None:
    judged(store)
    taught = CliRunner().invoke(app, ["weights", "teach", "--by", "front-door", "--json"])
    told = json.loads(taught.stdout)
    assert (taught.exit_code, told["worse"], told["taught"] + told["held_out"]) == (0, [], 200)
    reads = [made.saying for batch in every("reads") for made in batch if isinstance(made.saying.fact, RecordOpened)]
    assert [(one.by, one.fact.what) for one in reads] == [("front-door", "linking")]
    adopted = CliRunner().invoke(app, ["weights", "adopt", told["digest"], "--why", WHY, "--by", "director"])
    assert adopted.output == "Proposed: it waits for a second signature.\n"
    assert CliRunner().invoke(app, ["weights", "show"]).output == "Those that are shipped with OnRecord.\n"
    denied = CliRunner().invoke(app, ["weights", "teach", "--by", "teacher"])
    assert (denied.exit_code, "front door" in denied.output) == (1, True)
