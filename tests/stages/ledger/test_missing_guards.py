"""A guard that somebody took down is named."""

import pytest
from django.db import connections

from onrecord.ledger.gateway.guards import missing_guards
from tests.partnership import Store
from tests.stages.ledger.tampering import GUARDED, unguarded


@pytest.mark.parametrize("using", ["default", "reads"])
def test_guards_that_are_down_are_named_and_those_that_stand_are_not(using: str, store: Store) -> None:
    assert missing_guards(using) == []
    with unguarded(using):
        gone = missing_guards(using)
    into = {"ledger_in", "ledger_reseal_in"} if connections[using].vendor == "sqlite" else set()
    assert {name.rsplit("_", 1)[0].removesuffix("_no") for name in gone} == {*GUARDED, *into}
    assert missing_guards(using) == []
