"""On PostgreSQL the program's own role can add to the record, and do nothing else to it."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, transaction

from onrecord.duties.models import Owed
from onrecord.intake.actions import open_receipt
from onrecord.ledger.actions import checkpoint, verify
from onrecord.ledger.gateway.roles import ROLE, grant_role
from tests.databases import ALIASES
from tests.partnership import START, Store
from tests.stages.ledger.erasing import erased
from tests.stages.ledger.tampering import record, run

pytestmark = pytest.mark.postgres
APPEND = "ledger_append(bigint, uuid, bytea, bytea, bytea, text, timestamptz)"
BYPASSES = (
    "INSERT INTO ledger_leaf SELECT max(seq) + 1, gen_random_uuid(), '{}', sha256('') FROM ledger_leaf",
    "UPDATE ledger_leaf SET payload = leaf_hash",
    "DELETE FROM ledger_opening",
    "TRUNCATE ledger_leaf",
    "UPDATE ledger_head SET size = 0",
    "UPDATE ledger_opening SET sealed = 'x'",
    "INSERT INTO ledger_resealing SELECT gen_random_uuid(), uid, '', '', key_id FROM ledger_opening",
    "SELECT ledger_reseal(gen_random_uuid(), (SELECT uid FROM ledger_leaf WHERE seq = 0), 'x', 'key')",
    "DELETE FROM ledger_checkpoint",
    "DELETE FROM ledger_cosignature",
    "UPDATE ledger_cosignature SET size = 0",
    "ALTER TABLE ledger_leaf DISABLE TRIGGER USER",
    "DROP TRIGGER ledger_leaf_no_update ON ledger_leaf",
    "DROP TABLE ledger_leaf",
    "SET session_replication_role = replica",
    f"ALTER FUNCTION {APPEND} OWNER TO {ROLE}",
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "CREATE TABLE public.ledger_leaf_new AS SELECT * FROM ledger_leaf",
    "COPY ledger_leaf FROM '/dev/null'",
)


@pytest.fixture
def as_role(own_store: Store) -> Iterator[Store]:
    """The store, entered by the role that the program assumes. Roles are the whole server's, so they are committed."""
    checkpoint()
    for using in ALIASES:
        grant_role(using)
        run(f"SET ROLE {ROLE}", using=using)
    yield own_store
    for using in ALIASES:
        run("RESET ROLE", using=using)


@pytest.mark.parametrize("statement", BYPASSES)
def test_the_role_cannot(statement: str, as_role: Store) -> None:
    before = record()
    with pytest.raises(DatabaseError), transaction.atomic():
        run(statement)
    assert record() == before


def test_the_role_can_do_the_programs_work(as_role: Store) -> None:
    made = as_role.report()
    open_receipt(as_role.viewer("teacher"), made.id, START)
    checkpoint()
    checkpoint("reads")
    erased((as_role.report(), "words"))
    checkpoint()
    assert {check.faults for using in ALIASES for check in verify(using)} == {()}
    assert Owed.objects.filter(opening=made.id).delete()[0] > 0


def test_giving_the_role_twice_changes_nothing(own_store: Store) -> None:
    grant_role("default")
    grant_role("default")
    run(f"SET ROLE {ROLE}")
    assert own_store.report().seq > 0
