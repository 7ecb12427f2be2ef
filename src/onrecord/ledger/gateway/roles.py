"""On PostgreSQL, a role that can add to the record and do nothing else to it.

The tables' owner makes and migrates them, and nobody runs the program as the owner: it assumes this role
(`ONRECORD_DATABASE_ROLE=onrecord_app`). Read tables stay writable, for they can always be made again.
"""

from django.db import connections, transaction

ROLE = "onrecord_app"

APPEND = "ledger_append(bigint, uuid, bytea, bytea, bytea, text, timestamptz)"
LOCK = "ledger_lock()"
RESEAL = "ledger_reseal(uuid, uuid, bytea, text)"

GRANTS = (
    """DO $$ BEGIN
         IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'onrecord_app') THEN CREATE ROLE onrecord_app NOLOGIN;
         END IF;
       END $$""",
    f"REVOKE ALL ON FUNCTION {APPEND} FROM PUBLIC",
    f"REVOKE ALL ON FUNCTION {LOCK} FROM PUBLIC",
    f"REVOKE ALL ON FUNCTION {RESEAL} FROM PUBLIC",
    f"GRANT EXECUTE ON FUNCTION {APPEND} TO {ROLE}",
    f"GRANT EXECUTE ON FUNCTION {RESEAL} TO {ROLE}",
    f"GRANT EXECUTE ON FUNCTION {LOCK} TO {ROLE}",
    f"GRANT USAGE ON SCHEMA public TO {ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {ROLE}",
    f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {ROLE}",
    f"REVOKE INSERT, UPDATE, DELETE ON ledger_leaf, ledger_opening, ledger_resealing, ledger_head FROM {ROLE}",
    f"REVOKE UPDATE, DELETE ON ledger_checkpoint, ledger_cosignature FROM {ROLE}",
)


def grant_role(using: str) -> None:
    """Give the role, made if it is missing, what it may do. The owner does this after every migration."""
    if connections[using].vendor != "postgresql":
        return
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for statement in GRANTS:
            cursor.execute(statement)
