"""Which model weighs: the one that was adopted last and counts, or else the one that is shipped."""

from onrecord.ledger.gateway.rows import asked
from onrecord.linkage.gateway import scales
from onrecord.linkage.gateway.model import any_kept, kept_scales
from onrecord.linkage.rules.scales import Scales

LAST_ADOPTED = "SELECT a.digest FROM linkage_adopted a ORDER BY a.seq DESC LIMIT 1"
"""SQL: the digest of the model that was adopted last and counts."""


def adopted() -> str:
    """The digest of the model that was adopted last and counts; "" for the one that is shipped."""
    return next((digest for (digest,) in asked(LAST_ADOPTED, ())), "")


def in_use() -> Scales:
    """The model in use."""
    return weights_of(adopted() if any_kept() else "")


def weights_of(digest: str) -> Scales:
    """The model with a digest; the shipped one for "" and where the file is gone."""
    return kept_scales(digest) if digest else scales()
