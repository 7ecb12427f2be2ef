"""The models that weigh online: the one that is shipped, and those that judgements taught, kept beside the record.

A model is known by the SHA-256 of its file. Beside each stands the card that says how good it is.
"""

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from onrecord.ledger.gateway.home import home, write_bytes
from onrecord.linkage.rules.scales import ModelUnfit, Scales, scales_of

MODELS = Path(__file__).parents[1] / "data"
VERSION = "1"
KEPT = "models"


class NoSuchModel(LookupError):
    """No model with this digest is kept here, or its file was changed."""


@lru_cache(maxsize=1)
def scales() -> Scales:
    """The model that is shipped."""
    return scales_of(shipped(), VERSION)


def shipped() -> dict[str, Any]:
    """The model that is shipped, as it is stored."""
    made: dict[str, Any] = json.loads(model_file(VERSION).read_text(encoding="utf-8"))
    return made


def model_file(version: str) -> Path:
    """Where a shipped model stands; its card is beside it, as HTML."""
    return MODELS / f"model-{version}.json"


def keep(model: dict[str, Any], card: str) -> tuple[str, Path]:
    """Keep a model and its card; its digest, and where the card stands."""
    text = (json.dumps(model, indent=1, sort_keys=True) + "\n").encode()
    digest = hashlib.sha256(text).hexdigest()
    write_bytes(_kept(digest), text)
    write_bytes(_kept(digest).with_suffix(".card.html"), card.encode())
    return digest, _kept(digest).with_suffix(".card.html")


def kept(digest: str) -> dict[str, Any]:
    """A kept model. Raises NoSuchModel where it is gone or is not what the digest promises."""
    try:
        text = _kept(digest).read_bytes()
    except (OSError, ValueError):
        raise NoSuchModel(f"No model {digest} is kept here.") from None
    if hashlib.sha256(text).hexdigest() != digest:
        raise NoSuchModel(f"The model {digest} was changed since it was kept.")
    made: dict[str, Any] = json.loads(text)
    return made


def any_kept() -> bool:
    """Whether any model was ever taught here. Where none stands, none that was adopted could weigh."""
    return next((home() / KEPT).glob("model-*.json"), None) is not None


def kept_scales(digest: str) -> Scales:
    """A kept model, ready to weigh with; the shipped one where it is gone, was changed or fits no more."""
    try:
        return _ready(str(_kept(digest)), digest)
    except (NoSuchModel, ModelUnfit):
        return scales()


@lru_cache(maxsize=4)
def _ready(path: str, digest: str) -> Scales:
    return scales_of(kept(digest), digest)


def _kept(digest: str) -> Path:
    if not digest.isalnum():
        raise NoSuchModel(f"{digest} is no digest.")
    return home() / KEPT / f"model-{digest}.json"
