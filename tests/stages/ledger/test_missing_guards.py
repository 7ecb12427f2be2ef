"""A guard that somebody took down is named."""

import pytest
from django.db import DatabaseError, connections

from onrecord.ledger.gateway.guards import missing_guards, strange_guards
from tests.partnership import Store
from tests.stages.ledger.tampering import GUARDED, run, unguarded


@pytest.mark.parametrize("using", ["default", "reads"])
def test_guards_that_are_down_are_named_and_those_that_stand_are_not(using: str, store: Store) -> None:
    assert missing_guards(using) == []
    with unguarded(using):
        gone = missing_guards(using)
    into = {"ledger_in", "ledger_reseal_in"} if connections[using].vendor == "sqlite" else set()
    assert {name.rsplit("_", 1)[0].removesuffix("_no") for name in gone} == {*GUARDED, *into}
    assert missing_guards(using) == []


HOLLOW = {
    "sqlite": (
        "ledger_head_stays",
        "DROP TRIGGER ledger_head_stays",
        "CREATE TRIGGER ledger_head_stays BEFORE DELETE ON ledger_head WHEN 0 BEGIN SELECT 1; END",
    ),
    "postgresql": (
        "ledger_head_stays",
        "DROP TRIGGER ledger_head_stays ON ledger_head",
        """CREATE TRIGGER ledger_head_stays BEFORE DELETE ON ledger_head FOR EACH ROW WHEN (false)
           EXECUTE FUNCTION ledger_refuse()""",
    ),
}


@pytest.mark.parametrize("using", ["default", "reads"])
def test_a_guard_of_the_same_name_that_refuses_nothing_is_named(using: str, store: Store) -> None:
    name, *statements = HOLLOW[connections[using].vendor]
    for statement in statements:
        run(statement, using=using)
    assert missing_guards(using) == [name]


@pytest.mark.postgres
@pytest.mark.parametrize("arguments", ["", "given text"])
def test_a_function_that_guards_call_and_that_refuses_nothing_is_named(arguments: str, store: Store) -> None:
    gives = "text" if arguments else "trigger"
    run(f"""CREATE OR REPLACE FUNCTION ledger_refuse({arguments}) RETURNS {gives} LANGUAGE plpgsql AS $$
            BEGIN RETURN NULL; END $$""")
    assert missing_guards("default") == ["ledger_refuse"]


STRANGE = {
    "sqlite": (
        "CREATE TRIGGER quiet AFTER INSERT ON ledger_head BEGIN SELECT 1; END",
        "CREATE VIEW quiet AS SELECT 1",
        "CREATE TABLE quiet (uid text NOT NULL ON CONFLICT IGNORE)",
        "CREATE UNIQUE INDEX quiet ON ledger_checkpoint (size) WHERE size > 3",
        "ALTER TABLE ledger_about ADD COLUMN more integer CONSTRAINT quiet CHECK (seq < 9)",
    ),
    "postgresql": (
        "CREATE TRIGGER quiet AFTER INSERT ON ledger_head FOR EACH ROW EXECUTE FUNCTION ledger_refuse()",
        "CREATE VIEW quiet AS SELECT 1",
        "CREATE RULE quiet AS ON INSERT TO ledger_head DO INSTEAD NOTHING",
        "CREATE POLICY quiet ON ledger_head USING (false)",
        "CREATE UNIQUE INDEX quiet ON ledger_checkpoint (size) WHERE size > 3",
        "ALTER TABLE ledger_checkpoint ADD CONSTRAINT quiet EXCLUDE (size WITH =)",
        "ALTER TABLE ledger_checkpoint ADD CONSTRAINT quiet CHECK (size < 9)",
    ),
}


@pytest.mark.parametrize("using", ["default", "reads"])
@pytest.mark.parametrize("number", range(7))
def test_what_acts_on_a_table_and_is_none_of_ours_is_named(number: int, using: str, store: Store) -> None:
    assert strange_guards(using) == []
    for statement in STRANGE[connections[using].vendor][number : number + 1]:
        run(statement, using=using)
        named = "a limit of ledger_about" if "ADD COLUMN" in statement else "quiet"  # SQLite tells no name of it
        assert (strange_guards(using), missing_guards(using)) == ([named], [])


def test_the_head_takes_no_time_without_an_entry(store: Store) -> None:
    with pytest.raises(DatabaseError, match="only moves forward"):
        run("UPDATE ledger_head SET recorded_at = '2027-01-01 00:00:00'")
