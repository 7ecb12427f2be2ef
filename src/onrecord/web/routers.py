"""Which table stands where: the reads ledger is the ledger's own code in a database of its own."""

from typing import Any


class Reads:
    """Only the ledger's tables exist in `reads`; everything exists in `default`."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Whether an app's tables belong in a database."""
        return app_label == "ledger" if db == "reads" else None
