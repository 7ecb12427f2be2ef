"""Guards: what the database itself refuses, and the head row."""

from datetime import UTC, datetime
from typing import Any

from django.db import migrations

from onrecord.ledger.migrations._guards import POSTGRESQL, SQLITE


def put_up(apps: Any, schema_editor: Any) -> None:
    """Add the head row, then the guards."""
    using = schema_editor.connection.alias
    apps.get_model("ledger", "Head").objects.using(using).create(id=1, size=0, recorded_at=datetime(1970, 1, 1, tzinfo=UTC))
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """There is no way back: a record without guards is not one."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(put_up)]
