"""Keys that a read table may hold, and the only place that knows DuckDB and Splink."""

from onrecord.linkage.gateway.keyed import all_keyed, keyed

__all__ = ["all_keyed", "keyed"]
