"""Which model weighs: the one that was adopted last and counts, or else the one that is shipped."""

from datetime import UTC, datetime

from onrecord.ledger.queries import answers, last_of, lines
from onrecord.ledger.rules.effect import standing
from onrecord.linkage.facts import ModelAdopted
from onrecord.linkage.gateway import scales
from onrecord.linkage.gateway.model import any_kept, kept_scales
from onrecord.linkage.rules.scales import Scales

LOOKED_AT = 20
"""So many of the newest adoptions are looked at: of more, some count long since."""


EVER = datetime(9999, 12, 31, tzinfo=UTC)


def adopted() -> str:
    """The digest of the model that was adopted last and counts; "" for the one that is shipped."""
    for line in last_of([ModelAdopted.kind], LOOKED_AT):
        around = [line, *lines(answers([line.id]))] if line.proposed else [line]
        if any(found.line.id == line.id for found in standing(around, EVER)):
            return str(line.coded["digest"])
    return ""


def in_use() -> Scales:
    """The model in use."""
    digest = adopted() if any_kept() else ""
    return kept_scales(digest) if digest else scales()
