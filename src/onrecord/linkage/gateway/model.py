"""The model that weighs online: one versioned file, made by the batch, beside it the card that says how good it is."""

import json
from functools import lru_cache
from pathlib import Path

from onrecord.linkage.rules.scales import Scales, scales_of

MODELS = Path(__file__).parents[1] / "data"
VERSION = "1"


@lru_cache(maxsize=1)
def scales() -> Scales:
    """The model in use."""
    return scales_of(json.loads(model_file(VERSION).read_text(encoding="utf-8")), VERSION)


def model_file(version: str) -> Path:
    """Where a model stands; its card is beside it, as HTML."""
    return MODELS / f"model-{version}.json"
