"""Keys that a read table may hold, the model that weighs, and the only place that knows DuckDB and Splink."""

from onrecord.linkage.gateway.keyed import all_keyed, keyed, numbered
from onrecord.linkage.gateway.model import scales

__all__ = ["all_keyed", "keyed", "numbered", "scales"]
