"""What an edition would make of the duties that are open: counted whole, part by part, and told by the command."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from typer.testing import CliRunner

from onrecord.cli.law import law
from onrecord.duties.actions import adopt, proposal_effects
from onrecord.duties.models import Owed
from onrecord.duties.queries import effects, rulebook_in_force
from onrecord.ledger.facts import Seconded
from onrecord.ledger.gateway.clock import now
from onrecord.rulebook.facts import Match, Rule, Rulebook
from onrecord.rulebook.gateway import read, shipped
from onrecord.rulebook.gateway.frozen import sealed
from tests.partnership import START, Store

DECIDE = "decide-next-step"


def changed(how: Callable[[Rule], dict[str, Any]]) -> Rulebook:
    """The shipped edition with the rule on deciding changed."""
    made = read(shipped())
    rules = (rule.model_copy(update=how(rule)) if rule.id == DECIDE else rule for rule in made.rules)
    return sealed(tuple(rules), made.calendar)


def narrower(rule: Rule) -> dict[str, Any]:
    return {"opens": Match(kind=rule.opens.kind, where={"concern": ("missing",)})}


def test_a_rule_for_fewer_facts_takes_away_only_what_it_no_longer_means(store: Store) -> None:
    store.report()
    store.report(concern="missing")
    effect = proposal_effects(changed(narrower), START)
    assert (effect.gone, effect.later, effect.open_duties) == (1, 0, Owed.objects.filter(state="open").count())


def test_every_part_is_counted_once_and_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        store.report()
    whole, told = proposal_effects(changed(narrower), START), list[tuple[int, int]]()
    monkeypatch.setattr(effects, "AT_ONCE", 2)
    assert proposal_effects(changed(narrower), START, lambda done, of: told.append((done, of))) == whole
    assert (whole.gone, told[-1][0], len(told) > 1) == (5, told[-1][1], True)
    assert told[-1][1] == Owed.objects.filter(state="open").count()


def test_what_stands_by_an_earlier_edition_says_nothing_of_the_next(store: Store) -> None:
    store.report()
    made = adopt(changed(narrower), "Fewer.", START, store.viewer("director"))
    store.say("scrutineer", Seconded(why="I agree."), made)
    in_force = rulebook_in_force(now())
    assert in_force == changed(narrower)
    more = changed(lambda rule: narrower(rule) | {"rows": (*rule.rows, 94)})
    assert (proposal_effects(more, now()).lowers, Owed.objects.filter(rule=DECIDE, state="open").count()) == (False, 1)


def test_the_command_says_how_far_it_is_where_there_is_much(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store.report()
    copytree(shipped(), tmp_path / "rules")
    file = tmp_path / "rules" / f"{DECIDE}.yaml"
    file.write_text(file.read_text().replace("alarm: ", "alarm: standard # ", 1))
    quiet = CliRunner().invoke(law, ["check", str(tmp_path / "rules"), "--json"])
    assert (quiet.exit_code, quiet.stderr) == (0, "")
    assert json.loads(quiet.stdout)["lowers"] is True
    file.write_text(file.read_text().replace("clock: recorded", "clock: happened", 1))
    monkeypatch.setattr("onrecord.cli.law.AT_ONCE", 0)
    spoken = CliRunner().invoke(law, ["check", str(tmp_path / "rules")])
    assert (spoken.exit_code, "open duties compared." in spoken.stderr) == (0, True)
    assert "somebody outside has to agree." in spoken.stdout
