"""Whether fields still make an entry: asked before something of it is erased, and of what stands in its place since."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from onrecord.ledger.facts import Corrected, Entry, When
from onrecord.ledger.queries import entries, said_in
from onrecord.ledger.rules.effect import HAPPENED, corrected_fact
from onrecord.ledger.rules.leaf import Leaf


def reader(made: Entry, leaf: Leaf) -> Callable[[Mapping[str, Any]], object]:
    """What raises Refused or ValueError for fields that do not make this entry. A correction fits what it corrects."""
    fix = made.saying.fact
    originals = entries(made.saying.regarding) if isinstance(fix, Corrected) else []

    def reads(tried: Mapping[str, Any]) -> None:
        saying = said_in(made.id, leaf, tried)
        for original in originals:
            corrected_fact(original, [replace(made, saying=saying)])
        if isinstance(saying.fact, Corrected) and saying.fact.field == HAPPENED:
            When.model_validate(json.loads(saying.fact.value))

    return reads
